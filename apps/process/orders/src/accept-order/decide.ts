import type { Finding } from '#canonical/errors';
import { extend, total, type Money } from '#canonical/money';
import { toBase } from '#canonical/units';
import type { OrderWarning } from '#contracts/orders/orders.dto';
import type { HoldReason, OrderContents, OrderedLine } from '../fulfil-order/order-state';
import { charges as chargeAmounts } from './checks/charges';
import { currency } from './checks/currency';
import { item } from './checks/item';
import { lineNumbers } from './checks/line-numbers';
import { ourPrice, price, sentPrice } from './checks/price';
import { quantity } from './checks/quantity';
import { requestedDate } from './checks/requested-date';
import { shipTo } from './checks/ship-to';
import { linesOf, type Check, type Incoming, type IncomingLine } from './incoming';

/** All rules run, whatever the others find. */
const CHECKS: readonly Check[] = [shipTo, lineNumbers, item, quantity, currency, chargeAmounts, price, requestedDate];

export type Acceptance =
  | {
      readonly accepted: true;
      readonly contents: OrderContents;
      readonly warnings: OrderWarning[];
      readonly holds: HoldReason[];
    }
  | { readonly accepted: false; readonly findings: readonly Finding[] };

/** Pure. One REJECT refuses the order, with everything that was found; HOLD, WARN and FIX go into the order. */
export function decide(incoming: Incoming, identity: { id: string; correlationId: string }): Acceptance {
  const findings = CHECKS.flatMap((check) => check(incoming));
  const { customer, shipTo: place } = incoming.snapshot;
  if (!customer || !place || findings.some((finding) => finding.severity === 'REJECT'))
    return { accepted: false, findings };
  const { request, today, policy } = incoming;
  const lines = linesOf(incoming).map((line) => orderedLine(incoming, line));
  const charges = request.charges ?? [];
  const day = request.requestedDate;
  const sum = totalOf(
    lines,
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
    shipComplete: request.shipComplete ?? false,
    lines,
    charges,
    ...(sum && { total: sum }),
    correlationId: identity.correlationId,
  };
  const held = findings.filter((finding) => finding.severity === 'HOLD');
  const holds = held.map(({ code, detail }): HoldReason => ({ type: 'VALIDATION', code, detail }));
  return {
    accepted: true,
    contents,
    warnings: findings.filter((finding) => !held.includes(finding)).map(warningOf),
    holds,
  };
}

function orderedLine(incoming: Incoming, line: IncomingLine): OrderedLine {
  const { resolved, factor, line: sent } = line;
  if (!resolved || factor === undefined) throw new RangeError(`line ${sent.line} was not resolved`);
  const unitPrice = ourPrice(incoming, line) ?? sentPrice(line);
  const { sku, description, baseUnit, weightKg } = resolved.item;
  return {
    line: sent.line,
    item: sku,
    description,
    unit: sent.quantity.unit,
    baseUnit,
    baseQuantityPerUnit: factor,
    ordered: toBase(resolved.item, sent.quantity),
    ...(unitPrice && { unitPrice }),
    ...(weightKg !== undefined && { weightKg }),
  };
}

/** Lines are rounded, then summed. Absent when a line has no price. */
function totalOf(lines: readonly OrderedLine[], charges: readonly Money[], currencyCode: string): Money | undefined {
  const amounts: Money[] = [];
  for (const { ordered, unitPrice } of lines) {
    if (!unitPrice) return undefined;
    amounts.push(extend(ordered, unitPrice));
  }
  return total([...amounts, ...charges], currencyCode);
}

function warningOf({ code, detail, pointer }: Finding): OrderWarning {
  return { code, detail, ...(pointer !== undefined && { pointer }) };
}
