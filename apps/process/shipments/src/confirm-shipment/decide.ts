import { Decimal, plain } from '#canonical/decimal';
import type { Finding } from '#canonical/errors';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { ConfirmedShipment, EffectName, EffectState, FulfilmentOrder, ShipmentLine } from './shipment';

/** Base units that earlier shipments of the fulfilment order took, by line and item. */
export type ShippedBefore = ReadonlyMap<string, string>;

/** Lines of one fulfilment order are known by line number and item. */
export function lineKey(line: { readonly line: number; readonly item: string }): string {
  return `${line.line}|${line.item}`;
}

/**
 * What the confirmation of a shipment means for a known fulfilment order. The goods have left, so nothing is refused: what
 * contradicts the release is recorded as it is and reported as a finding (domain/order-to-cash.md §6 rule 2).
 */
export function decideConfirmation(
  request: ConfirmShipmentRequest,
  fulfilmentOrder: FulfilmentOrder,
  shippedBefore: ShippedBefore,
): ConfirmedShipment {
  const findings: Finding[] = [];
  if (request.node !== fulfilmentOrder.node) findings.push(nodeDiffers(request.node, fulfilmentOrder.node));
  const lines = mergeLots(request).map((line) => decideLine(line, fulfilmentOrder, shippedBefore, findings));
  const trackingNumbers = [...new Set((request.packages ?? []).flatMap(({ trackingNumber }) => trackingNumber || []))];
  return {
    id: request.shipmentId,
    order: fulfilmentOrder.order,
    partner: fulfilmentOrder.partner,
    lines,
    findings,
    carrier: request.carrier ?? null,
    trackingNumbers,
    effects: firstEffects(lines, trackingNumbers),
  };
}

/** A label is bought only when the warehouse gave no tracking number; the notice leaves as soon as there is one to give. */
function firstEffects(
  lines: readonly ShipmentLine[],
  trackingNumbers: readonly string[],
): Record<EffectName, EffectState> {
  const tracked = trackingNumbers.length > 0;
  const billable = lines.some((line) => new Decimal(line.billable).gt(0));
  return {
    GOODS_ISSUE: 'PENDING',
    LABEL: tracked ? 'NOT_NEEDED' : 'PENDING',
    ERP_DELIVERY: 'PENDING',
    ERP_INVOICE: billable ? 'PENDING' : 'NOT_NEEDED',
    NOTICE: tracked ? 'DONE' : 'PENDING',
  };
}

interface ShippedQuantity {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly index: number;
}

/** The lots of a line are one quantity to stock, ERP and invoice; the lots themselves stay in the request that is kept. */
function mergeLots(request: ConfirmShipmentRequest): ShippedQuantity[] {
  const merged = new Map<string, ShippedQuantity>();
  for (const [index, { line, item, quantity }] of request.lines.entries()) {
    const before = merged.get(lineKey({ line, item }));
    const total = plain(new Decimal(quantity).plus(before?.quantity ?? 0));
    merged.set(lineKey({ line, item }), { line, item, quantity: total, index: before?.index ?? index });
  }
  return [...merged.values()];
}

function decideLine(
  { line, item, quantity, index }: ShippedQuantity,
  fulfilmentOrder: FulfilmentOrder,
  shippedBefore: ShippedBefore,
  findings: Finding[],
): ShipmentLine {
  const released = fulfilmentOrder.lines.find((candidate) => candidate.line === line && candidate.item === item);
  if (!released) {
    findings.push(notReleased(line, item, index));
    const reservation = fulfilmentOrder.lines.find((candidate) => candidate.item === item)?.reservation;
    return { line, item, quantity, billable: '0', reservation: reservation ?? fulfilmentOrder.order };
  }
  const open = Decimal.max(0, new Decimal(released.quantity).minus(shippedBefore.get(lineKey(released)) ?? 0));
  if (open.lt(quantity)) findings.push(overShipped(quantity, plain(open), index));
  return {
    line,
    item,
    quantity,
    billable: plain(Decimal.min(open, quantity)),
    reservation: released.reservation,
    ...(released.weightKg === undefined ? {} : { weightKg: released.weightKg }),
  };
}

function nodeDiffers(seen: string, expected: string): Finding {
  return {
    code: 'NODE_DIFFERS',
    detail: 'it left another node than it was released to',
    pointer: '/node',
    seen,
    expected,
  };
}

function notReleased(line: number, item: string, index: number): Finding {
  return {
    code: 'LINE_NOT_RELEASED',
    detail: `line ${line} with item ${item} is not part of the fulfilment order`,
    pointer: `/lines/${index}`,
  };
}

function overShipped(seen: string, expected: string, index: number): Finding {
  return {
    code: 'OVER_SHIPPED',
    detail: 'more left than was released and not yet shipped; the surplus is not invoiced',
    pointer: `/lines/${index}/quantity`,
    seen,
    expected,
  };
}
