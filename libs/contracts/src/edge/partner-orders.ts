import { Decimal, plain } from '#canonical/decimal';
import { inMinorUnits } from '#canonical/money';
import type { OrderLineView, OrderShipment, OrderView } from '../orders/orders.dto';
import type { EdgeOrderShipment, EdgeQuantity } from './edge-orders.dto';
import type { OrderLinePart, PartnerOrder, PartnerOrderLine } from './partner-orders.dto';
import { inUnit, ONE, pricePerUnit } from './quantities';

/** An order in the partner's units, without what is ours alone (customer, ERP document, fulfilment orders). Version 1 is made of it (edge-orders.ts). */
export function partnerOrder(order: OrderView): PartnerOrder {
  const units = new Map(order.lines.map((line) => [line.line, unitOf(line, order.shipments)]));
  return {
    id: order.id,
    purchaseOrder: order.purchaseOrder,
    ...(order.release === undefined ? {} : { release: order.release }),
    status: order.status,
    version: order.version,
    shipTo: { code: order.shipTo, ...(order.shipToAddress && { address: order.shipToAddress }) },
    ...(order.requestedDate === undefined ? {} : { requestedDate: order.requestedDate }),
    shipComplete: order.shipComplete,
    lines: order.lines.map((line) => lineOf(line, units)),
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
    shipments: order.shipments.map((shipment) => shipmentOf(shipment, order.lines, units)),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

/** Says base units in the one unit of a line. */
type InUnit = (base: string) => EdgeQuantity;
type Units = ReadonlyMap<number, InUnit>;

/** The unit it was ordered in, where all of its quantities can be said in it exactly; else the base unit. */
function unitOf(line: OrderLineView, shipments: readonly OrderShipment[]): InUnit {
  const { ordered, shipped, open, cancelled, substituted, backordered, unit, baseUnit } = line;
  const left = shipments.flatMap(({ lines }) => lines.filter((each) => each.line === line.line));
  const all = [ordered, shipped, open, cancelled, substituted, backordered, ...left.map(({ quantity }) => quantity)];
  if (all.every((base) => inUnit(base, line).unit === unit)) return (base) => inUnit(base, line);
  return inBaseUnit(baseUnit);
}

function lineOf(line: OrderLineView, units: Units): PartnerOrderLine {
  const { insteadOf } = line;
  const original = insteadOf && units.get(insteadOf.line);
  const say = sayer(units, line.line);
  return {
    line: line.line,
    item: line.item,
    description: line.description,
    pack: { unit: line.unit, baseUnit: line.baseUnit, baseQuantity: plain(line.baseQuantityPerUnit) },
    ordered: say(line.ordered),
    parts: partsOf(line, say),
    status: line.status,
    ...(insteadOf && original && { insteadOf: { ...insteadOf, quantity: original(insteadOf.quantity) } }),
    ...(line.unitPrice === undefined ? {} : { unitPrice: pricePerUnit(line.unitPrice, line.baseQuantityPerUnit) }),
    ...(line.promisedDate === undefined ? {} : { promisedDate: line.promisedDate }),
  };
}

function partsOf({ shipped, open, backordered, substituted, cancelled }: OrderLineView, say: InUnit): OrderLinePart[] {
  const moving = plain(new Decimal(open).minus(backordered));
  const parts: OrderLinePart[] = [
    { state: 'SHIPPED', quantity: say(shipped) },
    { state: 'OPEN', quantity: say(moving) },
    { state: 'BACKORDERED', quantity: say(backordered) },
    { state: 'SUBSTITUTED', quantity: say(substituted) },
    { state: 'CANCELLED', quantity: say(cancelled) },
  ];
  return parts.filter(({ quantity }) => !new Decimal(quantity.value).isZero());
}

function shipmentOf(shipment: OrderShipment, ordered: readonly OrderLineView[], units: Units): EdgeOrderShipment {
  return {
    id: shipment.id,
    node: shipment.node,
    shippedAt: shipment.shippedAt,
    ...(shipment.carrier === undefined ? {} : { carrier: shipment.carrier }),
    trackingNumbers: shipment.trackingNumbers,
    ...(shipment.tracking === undefined ? {} : { tracking: shipment.tracking }),
    lines: shipment.lines.map(({ line, item, quantity }) => {
      const say = units.get(line) ?? inBaseUnit(ordered.find((each) => each.item === item)?.baseUnit ?? ONE);
      return { line, item, quantity: say(quantity) };
    }),
  };
}

/** What a warehouse has sent is said also when nobody ordered it. */
function inBaseUnit(unit: string): InUnit {
  return (base) => ({ value: plain(base), unit });
}

function sayer(units: Units, line: number): InUnit {
  const say = units.get(line);
  if (say === undefined) throw new RangeError(`the order lacks line ${line}`);
  return say;
}
