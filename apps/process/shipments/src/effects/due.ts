import type { Effect, EffectName } from '../confirm-shipment/shipment';

/** Whether an effect may go now; what is not named here waits for nothing. */
const WAITS_FOR: Readonly<Partial<Record<EffectName, (effect: Effect, all: readonly Effect[]) => boolean>>> = {
  ERP_DELIVERY: (effect, all) => settled(all, 'ERP_DELIVERY', effect.revision),
  ERP_REVERSAL: (effect, all) => settled(all, 'ERP_DELIVERY', effect.revision + 1),
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

const NEEDS_SALES_ORDER: readonly EffectName[] = ['ERP_DELIVERY'];

/** Of the effects of one shipment those that wait and whose turn it is. */
export function dueEffects(all: readonly Effect[], inErp: boolean): Effect[] {
  return all.filter((effect) => {
    if (effect.state !== 'PENDING') return false;
    if (!inErp && NEEDS_SALES_ORDER.includes(effect.name)) return false;
    return WAITS_FOR[effect.name]?.(effect, all) ?? true;
  });
}

/** Every effect of this name before the revision is done, or not needed. One that failed holds up what builds on it. */
function settled(all: readonly Effect[], name: EffectName, before: number): boolean {
  return all
    .filter((effect) => effect.name === name && effect.revision < before)
    .every(({ state }) => state === 'DONE' || state === 'NOT_NEEDED');
}
