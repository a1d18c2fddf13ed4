import type { Effect, EffectName } from '../confirm-shipment/shipment';

/** Whether an effect may go now; what is not named here waits for nothing. */
const WAITS_FOR: Readonly<Partial<Record<EffectName, (effect: Effect, all: readonly Effect[]) => boolean>>> = {
  ERP_DELIVERY: (effect, all) => settled(all, 'ERP_DELIVERY', effect.revision),
  // An invoice that has been asked for bills what was delivered until now: the ERP would refuse it once that is taken back.
  ERP_REVERSAL: (effect, all) =>
    settled(all, 'ERP_DELIVERY', effect.revision + 1) &&
    !all.some(({ name, state, asked }) => name === 'ERP_INVOICE' && state === 'PENDING' && asked),
  // Bills a delivery, after the advance ship notice (domain/order-to-cash.md §6 rule 5).
  ERP_INVOICE: (effect, all) =>
    settled(all, 'ERP_DELIVERY', effect.revision + 1) &&
    settled(all, 'ASN', effect.revision + 1) &&
    settled(all, 'ERP_INVOICE', effect.revision),
  CREDIT_MEMO: (effect, all) => settled(all, 'ERP_INVOICE', effect.revision + 1),
  // What the label costs is known when it is bought.
  FREIGHT_ACCRUAL: (_, all) => settled(all, 'ERP_DELIVERY', 2) && settled(all, 'LABEL', 2),
  LABEL_VOID: (_, all) => settled(all, 'LABEL', 2),
};

/** What else has happened to the order of a shipment. */
export interface OrderInErp {
  /** The sales order is in the ERP. */
  readonly inErp: boolean;
  /** Effects of any shipment of the order that wait to take something back. */
  readonly takingBack: readonly EffectName[];
}

const NEEDS_SALES_ORDER: readonly EffectName[] = ['ERP_DELIVERY'];
/**
 * What was taken back of an order ships anew in another shipment. An ERP that has not heard of the first would refuse the second as more
 * than was ordered, or billed. One that failed is with a person, who may post it in the ERP by hand: nobody waits for it.
 */
const AFTER_TAKEN_BACK: Readonly<Partial<Record<EffectName, EffectName>>> = { ERP_DELIVERY: 'ERP_REVERSAL', ERP_INVOICE: 'CREDIT_MEMO' }; // prettier-ignore

/** Of the effects of one shipment those that wait and whose turn it is. */
export function dueEffects(all: readonly Effect[], { inErp, takingBack }: OrderInErp): Effect[] {
  return all.filter((effect) => {
    if (effect.state !== 'PENDING') return false;
    if (!inErp && NEEDS_SALES_ORDER.includes(effect.name)) return false;
    const first = AFTER_TAKEN_BACK[effect.name];
    // One that has been asked for goes on: what takes it back waits for it.
    if (first && !effect.asked && takingBack.includes(first)) return false;
    return WAITS_FOR[effect.name]?.(effect, all) ?? true;
  });
}

/** Every effect of this name before the revision is done, or not needed. One that failed holds up what builds on it. */
function settled(all: readonly Effect[], name: EffectName, before: number): boolean {
  return all
    .filter((effect) => effect.name === name && effect.revision < before)
    .every(({ state }) => state === 'DONE' || state === 'NOT_NEEDED');
}
