import type { ShipmentCorrected } from '#contracts/events/shipments';
import { least, micro, text, type Micro } from '../promise/quantity';
import type { StockRecord } from './facts';

/** A goods issue of the shipment that the ledger has and that nothing has taken back. */
export interface StandingIssue {
  readonly id: string;
  readonly item: string;
  readonly node: string;
  readonly line: number;
  readonly quantity: string;
  readonly lot: string | null;
}

/**
 * What a corrected shipment means for the ledger: what it has of each changed line is taken back, and what really left is issued. What
 * had left before uses up no reservation again; only what is now more than before does.
 */
export function correctionsOf(
  { shipment, node, shippedAt, revision, reason, lines }: ShipmentCorrected,
  standing: readonly StandingIssue[],
  messageId: string,
): { readonly taken: StockRecord[]; readonly issued: StockRecord[] } {
  const common = { occurredAt: shippedAt, reference: shipment, messageId };
  const taken = lines.flatMap(({ item, line: shipped, reservedLine: line = shipped }) =>
    standing
      .filter((issue) => issue.line === line && issue.item === item)
      .map(({ id, node: at, quantity, lot }): StockRecord => ({
        ...{ ...common, id: `${id}~${revision}`, item, node: at, fact: 'REVERSED', quantity, reverses: id, reason },
        ...(lot === null ? {} : { lot }),
      })),
  );
  const issued = lines.flatMap((line): StockRecord[] => {
    const { reservedLine = line.line } = line;
    // Components of a kit share line and reservation, as the lines of an order do not.
    const alone = lines.filter((each) => each.line === line.line && each.reservation === line.reservation).length === 1;
    const id = `${shipment}-${line.line}-${line.reservation}${alone ? '' : `-${line.item}`}@${revision}`;
    const record = { ...common, item: line.item, node, line: reservedLine, fact: 'SHIPPED' as const };
    return portionsOf(line).map(({ lot, quantity, isMore }, index) => ({
      ...{ ...record, id: `${id}.${index + 1}`, quantity: text(quantity) },
      ...(lot === undefined ? {} : { lot }),
      ...(isMore ? { reservation: line.reservation } : {}),
    }));
  });
  return { taken, issued };
}

interface Portion {
  readonly lot: string | undefined;
  readonly quantity: Micro;
  /** Had not left before: it uses up the reservation. */
  readonly isMore: boolean;
}

/** Lot by lot, what has no lot last; as much as had left before uses up nothing. */
function portionsOf({ before, quantity, lots = [] }: ShipmentCorrected['lines'][0]): Portion[] {
  const named = lots.reduce((sum, each) => sum + micro(each.quantity), 0n);
  const whole = [
    ...lots.map((each) => ({ lot: each.lot, quantity: micro(each.quantity) })),
    { lot: undefined, quantity: micro(quantity) - named },
  ];
  let kept = least(micro(before), micro(quantity));
  return whole.flatMap(({ lot, quantity: of }): Portion[] => {
    const old = least(kept, of);
    kept -= old;
    const portions = [{ lot, quantity: old, isMore: false }, { lot, quantity: of - old, isMore: true }]; // prettier-ignore
    return portions.filter((portion) => portion.quantity > 0n);
  });
}
