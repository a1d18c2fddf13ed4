import { Decimal, plain } from '#canonical/decimal';
import type { Finding } from '#canonical/errors';
import type { ConfirmShipmentRequest, ShipmentContent } from '#contracts/shipments/shipments.dto';
import type { ConfirmedShipment, EffectState, FirstEffect, FulfilmentOrder, ShipmentLine } from './shipment';
import { noSurplus } from './tolerance';
import type { SurplusOf } from './tolerance';

/** Base units that earlier shipments of the fulfilment order took, by line and item. */
export type ShippedBefore = ReadonlyMap<string, string>;

/** Lines of one fulfilment order are known by line number and item. */
export function lineKey(line: { readonly line: number; readonly item: string }): string {
  return `${line.line}|${line.item}`;
}

/** What left by a shipment, seen from its release. */
export interface ShippedContent {
  readonly lines: readonly ShipmentLine[];
  readonly findings: readonly Finding[];
}

/**
 * What the confirmation of a shipment means for a known fulfilment order. The goods have left, so nothing is refused: what
 * contradicts the release is recorded as it is and reported as a finding (domain/order-to-cash.md §6 rule 2).
 */
export function decideConfirmation(
  request: ConfirmShipmentRequest,
  fulfilmentOrder: FulfilmentOrder,
  shippedBefore: ShippedBefore,
  surplus: SurplusOf = noSurplus,
): ConfirmedShipment {
  const { lines, findings } = decideContent(request, fulfilmentOrder, shippedBefore, surplus);
  const trackingNumbers = [...new Set((request.packages ?? []).flatMap(({ trackingNumber }) => trackingNumber || []))];
  return {
    id: request.shipmentId,
    order: fulfilmentOrder.order,
    partner: fulfilmentOrder.partner,
    lines,
    findings,
    carrier: request.carrier ?? null,
    trackingNumbers,
    effects: firstEffects(request, fulfilmentOrder, lines, trackingNumbers),
  };
}

/** The lines that left and what of them is billed: shipped, but not more than was released and is tolerated. */
export function decideContent(
  content: ShipmentContent,
  fulfilmentOrder: FulfilmentOrder,
  shippedBefore: ShippedBefore,
  surplus: SurplusOf,
): ShippedContent {
  const findings: Finding[] = [];
  if (content.node !== fulfilmentOrder.node) findings.push(nodeDiffers(content.node, fulfilmentOrder.node));
  const lines = mergeLots(content).map((line) =>
    decideLine(line, fulfilmentOrder, shippedBefore, { surplus, findings }),
  );
  return { lines, findings: [...findings, ...notCaptured(content, fulfilmentOrder)] };
}

/** Goods left without what must be known of them: a recall or a warranty could not be followed to them. */
function notCaptured({ lines }: ShipmentContent, { lines: released }: FulfilmentOrder): Finding[] {
  return released.flatMap(({ line, item, capture }): Finding[] => {
    const own = lines.filter((each) => each.line === line && each.item === item);
    const left = own.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
    const known =
      capture === 'LOT'
        ? own.filter(({ lot }) => lot !== undefined).reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0))
        : new Decimal(new Set(own.flatMap(({ serials = [] }) => serials)).size);
    if (capture === undefined || known.gte(left)) return [];
    const [code, what] = capture === 'LOT' ? ['LOT_MISSING', 'lot'] : ['SERIAL_MISSING', 'serial number'];
    const detail = `line ${line}: of ${plain(left)} of ${item} the ${what} of ${plain(left.minus(known))} was not recorded`;
    const pointer = `/lines/${lines.findIndex((each) => each.line === line && each.item === item)}`;
    return [{ code, detail, pointer, seen: plain(known), expected: plain(left) }];
  });
}

/** The first line whose unit is not the one that the release counts in: how much left is then not known. */
export function wrongUnit(
  content: ShipmentContent,
  { lines: released }: Pick<FulfilmentOrder, 'lines'>,
): { readonly line: number; readonly seen: string; readonly expected: string } | undefined {
  for (const { line, item, unit } of content.lines) {
    const expected = released.find((each) => each.line === line && each.item === item)?.unit;
    if (unit !== undefined && expected !== undefined && unit !== expected) return { line, seen: unit, expected };
  }
  return undefined;
}

/**
 * A label is bought only when the warehouse gave no tracking number; notice and channel are told as soon as there is one to give. The
 * advance ship notice leaves at once: it must be there before the truck. Freight is accrued when we pay the carrier.
 */
function firstEffects(
  request: ConfirmShipmentRequest,
  { channel }: FulfilmentOrder,
  lines: readonly ShipmentLine[],
  trackingNumbers: readonly string[],
): Record<FirstEffect, EffectState> {
  const tracked = trackingNumbers.length > 0;
  const billable = lines.some((line) => new Decimal(line.billable).gt(0));
  const paidByUs = request.freight === undefined || request.freight.terms.startsWith('PREPAID');
  const freightKnown = request.freight?.amount !== undefined || !tracked;
  return {
    GOODS_ISSUE: 'PENDING',
    LABEL: tracked ? 'NOT_NEEDED' : 'PENDING',
    ERP_DELIVERY: 'PENDING',
    ASN: 'DONE',
    CHANNEL_FULFILMENT: isSoldByChannel(channel) ? (tracked ? 'DONE' : 'PENDING') : 'NOT_NEEDED',
    ERP_INVOICE: billable ? 'PENDING' : 'NOT_NEEDED',
    FREIGHT_ACCRUAL: paidByUs && freightKnown ? 'PENDING' : 'NOT_NEEDED',
    NOTICE: tracked ? 'DONE' : 'PENDING',
  };
}

/** A channel that wants to be told what has left; the portal and files show it themselves. */
function isSoldByChannel(channel: string | null | undefined): boolean {
  return channel?.toLowerCase() === 'marketplace';
}

interface ShippedQuantity {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly index: number;
}

/** The lots of a line are one quantity to stock, ERP and invoice; the lots themselves stay in the request that is kept. */
function mergeLots(request: ShipmentContent): ShippedQuantity[] {
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
  { surplus, findings }: { readonly surplus: SurplusOf; readonly findings: Finding[] },
): ShipmentLine {
  const released = fulfilmentOrder.lines.find((candidate) => candidate.line === line && candidate.item === item);
  if (!released) {
    findings.push(notReleased(line, item, index));
    const { reservation = fulfilmentOrder.order, reservedLine } =
      fulfilmentOrder.lines.find((candidate) => candidate.item === item) ?? {};
    return { line, item, quantity, billable: '0', reservation, ...(reservedLine !== undefined && { reservedLine }) };
  }
  const allowed = surplus(released).plus(released.quantity);
  const open = Decimal.max(0, allowed.minus(shippedBefore.get(lineKey(released)) ?? 0));
  if (open.lt(quantity)) findings.push(overShipped(quantity, plain(open), index));
  return {
    line,
    item,
    quantity,
    billable: plain(Decimal.min(open, quantity)),
    reservation: released.reservation,
    ...(released.reservedLine === undefined ? {} : { reservedLine: released.reservedLine }),
    ...(released.weightKg === undefined ? {} : { weightKg: released.weightKg }),
    ...(released.unitPrice === undefined ? {} : { unitPrice: released.unitPrice }),
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
    detail: 'more left than was released, not yet shipped and tolerated; the surplus is not invoiced',
    pointer: `/lines/${index}/quantity`,
    seen,
    expected,
  };
}
