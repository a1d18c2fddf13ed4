import { createHash } from 'node:crypto';
import { Decimal, plain } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import { inMinorUnits } from '#canonical/money';
import type { CancelLine, OrderLineView, OrderShipment, OrderView } from '../orders/orders.dto';
import type {
  CancelEdgeLine,
  CancelEdgeOrderRequest,
  EdgeOrder,
  EdgeOrderLine,
  EdgeOrderShipment,
} from './edge-orders.dto';
import { inUnit, pricePerUnit } from './quantities';

/** An order in the partner's units, without what is ours alone (customer, ERP document, fulfilment orders). */
export function edgeOrder(order: OrderView): EdgeOrder {
  const units = new Map(order.lines.map((line) => [line.line, line]));
  return {
    id: order.id,
    purchaseOrder: order.purchaseOrder,
    ...(order.release === undefined ? {} : { release: order.release }),
    status: order.status,
    version: order.version,
    shipTo: order.shipTo,
    ...(order.shipToAddress && { shipToAddress: order.shipToAddress }),
    ...(order.requestedDate === undefined ? {} : { requestedDate: order.requestedDate }),
    shipComplete: order.shipComplete,
    lines: order.lines.map((line) => edgeLine(line, units)),
    charges: order.charges.map((charge) => ({ ...charge, amount: inMinorUnits(charge.amount) })),
    ...(order.total === undefined ? {} : { total: order.total }),
    holds: order.holds.map(({ code, detail, line, since }) => ({
      code,
      detail,
      since,
      ...(line !== undefined && { line }),
    })),
    warnings: order.warnings,
    findings: order.findings,
    shipments: order.shipments.map((shipment) => edgeShipment(shipment, units)),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

function edgeLine(line: OrderLineView, units: ReadonlyMap<number, OrderLineView>): EdgeOrderLine {
  const { insteadOf } = line;
  const original = insteadOf && units.get(insteadOf.line);
  return {
    line: line.line,
    item: line.item,
    description: line.description,
    ordered: inUnit(line.ordered, line),
    shipped: inUnit(line.shipped, line),
    open: inUnit(line.open, line),
    cancelled: inUnit(line.cancelled, line),
    substituted: inUnit(line.substituted, line),
    backordered: inUnit(line.backordered, line),
    status: line.status,
    ...(insteadOf && original && { insteadOf: { ...insteadOf, quantity: inUnit(insteadOf.quantity, original) } }),
    ...(line.unitPrice === undefined
      ? {}
      : {
          unitPrice: pricePerUnit(line.unitPrice, line.baseQuantityPerUnit),
        }),
    ...(line.promisedDate === undefined ? {} : { promisedDate: line.promisedDate }),
  };
}

function edgeShipment(shipment: OrderShipment, units: ReadonlyMap<number, OrderLineView>): EdgeOrderShipment {
  return {
    id: shipment.id,
    node: shipment.node,
    shippedAt: shipment.shippedAt,
    ...(shipment.carrier === undefined ? {} : { carrier: shipment.carrier }),
    trackingNumbers: shipment.trackingNumbers,
    ...(shipment.tracking === undefined ? {} : { tracking: shipment.tracking }),
    lines: shipment.lines.map(({ line, item, quantity }) => {
      const ordered = units.get(line);
      if (ordered === undefined)
        throw new RangeError(`shipment ${shipment.id} names line ${line}, which the order lacks`);
      return { line, item, quantity: inUnit(quantity, ordered) };
    }),
  };
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
