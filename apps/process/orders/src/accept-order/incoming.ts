import type { Finding } from '#canonical/errors';
import { baseQuantityOf } from '#canonical/units';
import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import type { OrderSnapshot, ResolvedItem } from '#contracts/reference/reference.dto';

/** What the house does with orders that are nearly right. */
export interface AcceptPolicy {
  readonly defaultErpConnection: string;
  /** Percent and absolute amount of one base unit; the larger allowance counts. */
  readonly priceTolerance: { readonly percent: string; readonly absolute: string };
  /** A price beyond the tolerance: refuse the order, hold it, or take our price and say so. */
  readonly priceDeviation: 'REJECT' | 'HOLD' | 'FIX';
}

/** An order as it came, and all that reference data knows about it. */
export interface Incoming {
  readonly request: AcceptOrderRequest;
  readonly snapshot: OrderSnapshot;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly policy: AcceptPolicy;
}

/** One rule. It answers everything that it finds wrong, never only the first. */
export type Check = (incoming: Incoming) => Finding[];

export interface IncomingLine {
  readonly line: OrderLineRequest;
  /** RFC 6901, e.g. `/lines/3`. */
  readonly pointer: string;
  readonly resolved: ResolvedItem | undefined;
  /** Base units in one unit of the line; undefined when the item is unknown or not sold in it. */
  readonly factor: string | undefined;
}

export function linesOf({ request, snapshot }: Incoming): IncomingLine[] {
  const items = new Map(snapshot.items.map((item) => [item.requested, item]));
  return request.lines.map((line, index) => {
    const resolved = items.get(line.item);
    const factor = resolved && baseQuantityOf(resolved.item, line.quantity.unit);
    return { line, pointer: `/lines/${index}`, resolved, factor };
  });
}
