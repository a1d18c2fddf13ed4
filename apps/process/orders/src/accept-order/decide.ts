import { extend, total, type Money } from '#canonical/money';
import type { OrderWarning } from '#contracts/orders/orders.dto';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import type { HoldReason, OrderContents, OrderedLine } from '../fulfil-order/order-state';
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

/**
 * Pure. One REJECT of the order refuses it, with everything that was found. One of a line drops that line, unless the order ships
 * complete or nothing would be left. HOLD stops its line or the order; WARN and FIX go along.
 */
export function decide(incoming: Incoming, identity: { id: string; correlationId: string }): Acceptance {
  const findings = findEverything(incoming);
  const { customer, shipTo: place } = incoming.snapshot;
  const dropped = droppedLines(incoming, findings);
  if (!customer || !place || dropped === 'ALL') return { accepted: false, findings };
  const { request, today, policy } = incoming;
  const lines = linesOf(incoming).map((line) => orderedLine(incoming, line));
  const charges = request.charges ?? [];
  const day = request.requestedDate;
  const sum = totalOf(
    lines.filter(({ line }) => !dropped.includes(line)),
    charges.map((charge) => charge.amount),
    customer.currency,
  );
  const contents: OrderContents = {
    id: identity.id,
    partner: request.partner,
    customer: customer.id,
    purchaseOrder: request.purchaseOrder,
    ...(request.release !== undefined && { release: request.release }),
    shipTo: place.id,
    shipToAddress: place.address,
    channel: request.channel,
    ...(request.reservation !== undefined && { reservation: request.reservation }),
    currency: customer.currency,
    erpConnection: customer.erpConnection ?? policy.defaultErpConnection,
    ...(day !== undefined && { requestedDate: day < today ? today : day }),
    ...(incoming.credit && { credit: true }),
    shipComplete: request.shipComplete ?? false,
    lines,
    charges,
    ...(sum && { total: sum }),
    ...(findings.length > 0 && { findings }),
    correlationId: identity.correlationId,
  };
  // What parks a line is held by the process itself, as long as it is parked.
  const parked = lines.flatMap((line) => (line.parked ? line.line : []));
  const holds = holdsOf(findings.filter(({ line }) => line === undefined || !parked.includes(line)));
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
  const { value, unit } = sent.quantity;
  const consents = sent.substitutes ?? incoming.request.substitutes ?? incoming.fulfilment.substitutes ?? false;
  const consent = consents && { substitutes: true as const };
  if (isUnresolved(line) || !resolved || factor === undefined) {
    const description = resolved?.item.description ?? '';
    const asSent = { unit, baseUnit: unit, baseQuantityPerUnit: '1', ordered: value };
    return {
      line: sent.line,
      item: resolved?.item.sku ?? sent.item,
      description,
      ...asSent,
      ...consent,
      parked: { request: sent },
    };
  }
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
    ...consent,
    ...(unitPrice && { unitPrice }),
    ...(weightKg !== undefined && { weightKg }),
    ...(capture !== undefined && { capture }),
  };
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
