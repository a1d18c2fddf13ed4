import { Decimal, plain } from '#canonical/decimal';
import { lineKey } from '../confirm-shipment/decide';
import type { Effect, EffectName, PostedLine, ShipmentLine } from '../confirm-shipment/shipment';

/** An effect that the correction brings about. */
export interface NewEffect {
  readonly name: EffectName;
  readonly state: 'PENDING' | 'DONE';
  readonly lines: readonly PostedLine[] | null;
}

export interface Correction {
  /** Effects that have been asked for with what stood until now, and go on with it. */
  readonly frozen: readonly {
    readonly name: EffectName;
    readonly revision: number;
    readonly lines: readonly PostedLine[];
  }[];
  /** Not asked for and no longer wanted. */
  readonly dropped: readonly { readonly name: EffectName; readonly revision: number }[];
  /** Not asked for: they are now about the new content, as the first confirmation would have been. */
  readonly reopened: readonly { readonly name: EffectName; readonly revision: number }[];
  readonly added: readonly NewEffect[];
}

interface Standing {
  readonly before: readonly ShipmentLine[];
  readonly effects: readonly Effect[];
}

/**
 * What a correction does to the effects. One that has been asked for keeps what it asked for, because its backend may have it: the
 * difference is posted by effects of the correction. One that has not been asked for takes the new content, so an invoice that was
 * still to come is one invoice, for what really left (domain/order-to-cash.md §11.2). No lines: the shipment is void.
 */
export function decideCorrection({ before, effects }: Standing, after: readonly ShipmentLine[]): Correction {
  const delivered = flowOf(effects, 'ERP_DELIVERY', 'ERP_REVERSAL', quantitiesOf(before));
  const billed = flowOf(effects, 'ERP_INVOICE', 'CREDIT_MEMO', billablesOf(before));
  const shipping = correctFlow(delivered, quantitiesOf(after), ['ERP_DELIVERY', 'ERP_REVERSAL']);
  const billing = correctFlow(billed, billablesOf(after), ['ERP_INVOICE', 'CREDIT_MEMO']);
  const rest = after.length === 0 ? withdraw(effects) : { dropped: [], added: [] };
  return {
    frozen: [...shipping.frozen, ...billing.frozen],
    dropped: [...shipping.dropped, ...billing.dropped, ...rest.dropped],
    reopened: [...shipping.reopened, ...billing.reopened],
    added: [
      { name: 'GOODS_ISSUE', state: 'PENDING', lines: null },
      { name: 'ASN', state: 'DONE', lines: null },
      ...[...shipping.added, ...billing.added, ...rest.added],
    ],
  };
}

/** Effects that post quantities forth and back: deliveries and their reversals, invoices and credit memos. */
interface Flow {
  readonly effects: readonly Effect[];
  /** Base units by line that the asked ones have posted or will post. */
  readonly asked: ReadonlyMap<string, PostedLine>;
  /** What an effect without lines of its own posts. */
  readonly whole: readonly PostedLine[];
}

function flowOf(effects: readonly Effect[], forth: EffectName, back: EffectName, whole: readonly PostedLine[]): Flow {
  const own = effects.filter(({ name, state }) => (name === forth || name === back) && state !== 'NOT_NEEDED');
  const asked = new Map<string, PostedLine>();
  for (const effect of own.filter((each) => each.asked)) {
    for (const { line, item, quantity } of effect.lines ?? whole) {
      const key = lineKey({ line, item });
      const sign = effect.name === forth ? 1 : -1;
      const sum = new Decimal(quantity).times(sign).plus(asked.get(key)?.quantity ?? 0);
      asked.set(key, { line, item, quantity: plain(sum) });
    }
  }
  return { effects: own, asked, whole };
}

function correctFlow(
  { effects, asked, whole }: Flow,
  target: readonly PostedLine[],
  [forth, back]: readonly [EffectName, EffectName],
): Correction {
  const frozen = effects
    .filter((effect) => effect.asked && effect.lines === null)
    .map(({ name, revision }) => ({ name, revision, lines: whole }));
  const waiting = effects.filter((effect) => !effect.asked);
  const first = waiting.find(({ name, revision }) => name === forth && revision === 1);
  const reopened = first && target.length > 0 ? [{ name: forth, revision: 1 }] : [];
  const dropped = waiting
    .filter((effect) => effect !== first || target.length === 0)
    .map(({ name, revision }) => ({ name, revision }));
  // The first one has posted nothing yet: it will post all there is to post.
  if (first) return { frozen, dropped, reopened, added: [] };
  const more = difference(target, asked);
  const less = difference([...asked.values()], new Map(target.map((line) => [lineKey(line), line])));
  const added: NewEffect[] = [];
  if (more.length > 0) added.push({ name: forth, state: 'PENDING', lines: more });
  if (less.length > 0) added.push({ name: back, state: 'PENDING', lines: less });
  return { frozen, dropped, reopened, added };
}

/** By how much each of the lines is above what stands, where it is. */
function difference(lines: readonly PostedLine[], standing: ReadonlyMap<string, PostedLine>): PostedLine[] {
  return lines.flatMap(({ line, item, quantity }) => {
    const above = new Decimal(quantity).minus(standing.get(lineKey({ line, item }))?.quantity ?? 0);
    return above.gt(0) ? [{ line, item, quantity: plain(above) }] : [];
  });
}

/** Of a shipment that did not take place: no label is bought any more, one that was bought is given back, nobody is told of it. */
function withdraw(effects: readonly Effect[]): Pick<Correction, 'dropped' | 'added'> {
  const waits = ({ name, state, asked }: Effect): boolean =>
    state === 'PENDING' && !asked && ['LABEL', 'FREIGHT_ACCRUAL', 'NOTICE', 'CHANNEL_FULFILMENT'].includes(name);
  const label = effects.find(({ name }) => name === 'LABEL');
  const bought = label?.state === 'DONE' || (label?.asked === true && label.state !== 'NOT_NEEDED');
  return {
    dropped: effects.filter(waits).map(({ name, revision }) => ({ name, revision })),
    added: bought ? [{ name: 'LABEL_VOID', state: 'PENDING', lines: null }] : [],
  };
}

function quantitiesOf(lines: readonly ShipmentLine[]): PostedLine[] {
  return lines.map(({ line, item, quantity }) => ({ line, item, quantity }));
}

function billablesOf(lines: readonly ShipmentLine[]): PostedLine[] {
  return lines
    .filter(({ billable }) => new Decimal(billable).gt(0))
    .map(({ line, item, billable }) => ({ line, item, quantity: billable }));
}
