import { createHash } from 'node:crypto';
import { Decimal, plain } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { CancelLine, OrderView } from '../orders/orders.dto';
import type { CancelEdgeLine, CancelEdgeOrderRequest, EdgeOrder, EdgeOrderLine, EdgeQuantity } from './edge-orders.dto';
import type { OrderLinePack, OrderLinePart, PartnerOrder, PartnerOrderLine } from './partner-orders.dto';
import { partnerOrder } from './partner-orders';
import { inUnit } from './quantities';

/** An order as version 1 shows it: of the newest version, with each quantity in whichever unit says it exactly. */
export function edgeOrder(order: OrderView): EdgeOrder {
  return orderOfVersion1(partnerOrder(order));
}

/** The step from version 2 back to version 1. Pure. */
export function orderOfVersion1({ shipTo, lines, shipments, ...same }: PartnerOrder): EdgeOrder {
  const packs = new Map(lines.map(({ line, pack }) => [line, pack]));
  return {
    ...same,
    shipTo: shipTo.code,
    ...(shipTo.address && { shipToAddress: shipTo.address }),
    lines: lines.map((line) => lineOfVersion1(line, packs)),
    shipments: shipments.map((shipment) => ({
      ...shipment,
      lines: shipment.lines.map((line) => ({ ...line, quantity: alone(line.quantity, packs.get(line.line)) })),
    })),
  };
}

function lineOfVersion1(
  { pack, ordered, parts, insteadOf, ...same }: PartnerOrderLine,
  packs: ReadonlyMap<number, OrderLinePack>,
): EdgeOrderLine {
  const of = (...states: OrderLinePart['state'][]): EdgeQuantity => {
    const those = parts.filter(({ state }) => states.includes(state)).map(({ quantity }) => quantity.value);
    return alone({ value: plain(Decimal.sum(0, ...those)), unit: ordered.unit }, pack);
  };
  return {
    ...same,
    ordered: alone(ordered, pack),
    shipped: of('SHIPPED'),
    open: of('OPEN', 'BACKORDERED'),
    cancelled: of('CANCELLED'),
    substituted: of('SUBSTITUTED'),
    backordered: of('BACKORDERED'),
    ...(insteadOf && { insteadOf: { ...insteadOf, quantity: alone(insteadOf.quantity, packs.get(insteadOf.line)) } }),
  };
}

/** A quantity by itself, in packs where it can be said so: version 1 chose the unit of each quantity alone. */
function alone(quantity: EdgeQuantity, pack: OrderLinePack | undefined): EdgeQuantity {
  if (pack === undefined || quantity.unit === pack.unit) return quantity;
  return inUnit(quantity.value, { ...pack, baseQuantityPerUnit: pack.baseQuantity });
}

/** Lines to cancel in base units. Errors: CANCEL_INVALID with a finding for each unknown line or unit. */
export function cancelLines(lines: readonly CancelEdgeLine[], order: OrderView): CancelLine[] {
  const findings: Finding[] = [];
  const result = lines.map(({ line, quantity }, index): CancelLine => {
    const ordered = order.lines.find((candidate) => candidate.line === line);
    if (ordered === undefined) {
      findings.push({
        code: 'LINE_UNKNOWN',
        detail: `the order has no line ${line}`,
        pointer: `/lines/${index}/line`,
        seen: String(line),
      });
      return { line };
    }
    if (quantity === undefined) return { line };
    if (quantity.unit === ordered.baseUnit) return { line, quantity: plain(quantity.value) };
    if (quantity.unit === ordered.unit) {
      return { line, quantity: plain(new Decimal(quantity.value).times(ordered.baseQuantityPerUnit)) };
    }
    const expected = [...new Set([ordered.unit, ordered.baseUnit])].join(' or ');
    findings.push({
      code: 'UNIT_UNKNOWN',
      detail: `line ${line} is in ${expected}`,
      pointer: `/lines/${index}/quantity/unit`,
      seen: quantity.unit,
      expected,
    });
    return { line };
  });
  if (findings.length > 0)
    throw new CrossdockError({
      code: 'CANCEL_INVALID',
      kind: 'invalid',
      message: 'the cancellation names what the order does not have',
      findings,
    });
  return result;
}

/** Names a cancellation sent without an Idempotency-Key by its content: said twice it is one cancellation. */
export function cancelKey(request: CancelEdgeOrderRequest): string {
  const content = JSON.stringify([
    (request.lines ?? []).map(({ line, quantity }) => [line, quantity?.value, quantity?.unit]),
    request.reason,
  ]);
  return `content:${createHash('sha256').update(content).digest('hex')}`;
}
