import { extend, total, type Money } from '#canonical/money';
import type { Address } from '#canonical/party';
import type { OrderWarning } from '#contracts/orders/orders.dto';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import type { HoldReason, OrderContents, OrderedLine } from '../fulfil-order/order-state';
import { SHIP_TO_UNKNOWN } from '../fulfil-order/parked';
import { isUnresolved } from './checks/item';
import { orderedQuantity } from './checks/multiple';
import { findEverything } from './find-everything';
import { isAllOrNothing, linesOf, type Incoming, type IncomingLine } from './incoming';
import { priceInForce } from './value';

/** Whose work it is to end a hold of a check; customer service, or credit for credit, where none is named. */
const OWNERS: Partial<Record<OrderFinding['check'], string>> = {
  ITEM: 'master-data',
  UNIT: 'master-data',
  PRICE: 'sales',
  TAX: 'finance',
  COMPLIANCE: 'compliance',
};

export type Acceptance =
  | {
      readonly accepted: true;
      readonly contents: OrderContents;
      readonly warnings: OrderWarning[];
      readonly holds: HoldReason[];
      /** Lines that the order goes without. */
      readonly dropped: readonly number[];
    }
  | { readonly accepted: false; readonly findings: readonly OrderFinding[] };

const NOWHERE: Address = { name: '', street: '', city: '', postalCode: '', country: '' };

/**
 * Pure. One REJECT of the order refuses it, with everything that was found. One of a line drops that line, unless the order ships
 * complete or nothing would be left. HOLD stops its line or the order; WARN and FIX go along. A ship-to that names nothing parks the order.
 */
export function decide(
  incoming: Incoming,
  identity: { id: string; correlationId: string },
  findings: readonly OrderFinding[] = findEverything(incoming),
): Acceptance {
  const { customer, shipTo: place } = incoming.snapshot;
  const dropped = droppedLines(incoming, findings);
  if (dropped === 'ALL') return { accepted: false, findings };
  const { request, today, policy } = incoming;
  const isPlaced = customer !== undefined && place !== undefined;
  const lines = linesOf(incoming).map((line) => (isPlaced ? orderedLine(incoming, line) : asSent(incoming, line)));
  const charges = request.charges ?? [];
  const day = request.requestedDate;
  const sum =
    customer &&
    totalOf(
      lines.filter(({ line }) => !dropped.includes(line)),
      charges.map((charge) => charge.amount),
      customer.currency,
    );
  const contents: OrderContents = {
    id: identity.id,
    partner: request.partner,
    customer: customer?.id ?? '',
    purchaseOrder: request.purchaseOrder,
    ...(request.release !== undefined && { release: request.release }),
    shipTo: place?.id ?? request.shipTo,
    shipToAddress: place?.address ?? NOWHERE,
    ...(!isPlaced && { unplaced: request }),
    channel: request.channel,
    ...(request.reservation !== undefined && { reservation: request.reservation }),
    currency: customer?.currency ?? '',
    erpConnection: customer?.erpConnection ?? policy.defaultErpConnection,
    ...(day !== undefined && { requestedDate: day < today ? today : day }),
    ...(incoming.credit && { credit: true }),
    shipComplete: request.shipComplete ?? false,
    lines,
    charges,
    ...(sum && { total: sum }),
    ...(findings.length > 0 && { findings }),
    correlationId: identity.correlationId,
  };
  // What parks a line, or the order, is held by the process itself as long as it is parked.
  const parked = lines.flatMap((line) => (line.parked ? line.line : []));
  const holds = holdsOf(
    findings.filter(({ line, code }) =>
      line === undefined ? isPlaced || code !== SHIP_TO_UNKNOWN : !parked.includes(line),
    ),
  );
  const warnings = findings
    .filter(({ severity }) => severity === 'WARN' || severity === 'FIX')
    .map(({ code, detail, pointer }): OrderWarning => ({ code, detail, ...(pointer !== undefined && { pointer }) }));
  return { accepted: true, contents, warnings, holds, dropped };
}

/** A hold for each finding that asks for one. */
export function holdsOf(findings: readonly OrderFinding[]): HoldReason[] {
  return findings
    .filter(({ severity }) => severity === 'HOLD')
    .map(({ check, code, detail, line, seen, expected }) => ({
      type: check === 'CREDIT' ? 'CREDIT' : 'VALIDATION',
      code,
      detail,
      ...(seen !== undefined && { seen }),
      ...(expected !== undefined && { expected }),
      ...(OWNERS[check] !== undefined && { owner: OWNERS[check] }),
      ...(line !== undefined && { line }),
    }));
}

/** Lines that a REJECT of theirs drops; ALL when that, or a REJECT of the order, refuses the order. */
export function droppedLines(incoming: Incoming, findings: readonly OrderFinding[]): readonly number[] | 'ALL' {
  const rejects = findings.filter(({ severity }) => severity === 'REJECT');
  const dropped = [...new Set(rejects.flatMap(({ line }) => line ?? []))];
  const whole = rejects.some(({ line }) => line === undefined) || (isAllOrNothing(incoming) && dropped.length > 0);
  return whole || dropped.length === incoming.request.lines.length ? 'ALL' : dropped;
}

/** A line whose codes mean nothing yet is recorded as it was sent, parked: nothing is asked of anybody for it. */
export function orderedLine(incoming: Incoming, line: IncomingLine): OrderedLine {
  const { resolved, factor, line: sent } = line;
  if (isUnresolved(line) || !resolved || factor === undefined) return asSent(incoming, line);
  const unitPrice = priceInForce(incoming, line);
  const { sku, description, baseUnit, weightKg, capture } = resolved.item;
  return {
    line: sent.line,
    item: sku,
    description,
    unit: line.unit,
    baseUnit,
    baseQuantityPerUnit: factor,
    ordered: orderedQuantity(incoming, line),
    ...consentOf(incoming, line),
    ...(unitPrice && { unitPrice }),
    ...(weightKg !== undefined && { weightKg }),
    ...(capture !== undefined && { capture }),
  };
}

function asSent(incoming: Incoming, line: IncomingLine): OrderedLine {
  const { resolved, line: sent } = line;
  const { value, unit } = sent.quantity;
  return {
    line: sent.line,
    item: resolved?.item.sku ?? sent.item,
    description: resolved?.item.description ?? '',
    ...{ unit, baseUnit: unit, baseQuantityPerUnit: '1', ordered: value },
    ...consentOf(incoming, line),
    parked: { request: sent },
  };
}

function consentOf({ request, fulfilment }: Incoming, { line }: IncomingLine): { substitutes?: true } {
  const consents = line.substitutes ?? request.substitutes ?? fulfilment.substitutes ?? false;
  return consents ? { substitutes: true } : {};
}

/** Lines are rounded, then summed. Absent when a line has no price. */
export function totalOf(
  lines: readonly OrderedLine[],
  charges: readonly Money[],
  currencyCode: string,
): Money | undefined {
  const amounts: Money[] = [];
  for (const { ordered, unitPrice } of lines) {
    if (!unitPrice) return undefined;
    amounts.push(extend(ordered, unitPrice));
  }
  return total([...amounts, ...charges], currencyCode);
}
