import { Decimal, plain } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import { withinTolerance } from '#canonical/money';
import type { ChangeLine, OrderChange } from '#contracts/orders/order-changes.dto';
import type { OrderLineRequest } from '#contracts/orders/orders.dto';
import { sentPrice } from '../accept-order/checks/price';
import { linesOf, type Incoming, type IncomingLine } from '../accept-order/incoming';
import { agreed, type OrderState } from '../fulfil-order/order-state';
import { isTerminal, orderStatus } from '../fulfil-order/status';
import { reallyCancelled } from '../fulfil-order/substitutes';

/** A change of one of the orders that a purchase order has become. */
export interface Restated {
  readonly order: OrderState;
  readonly change: OrderChange;
}

/**
 * Pure. What a content that is said anew asks of the orders there are: the first one, and those that follow it with what was added
 * since, in their order. More goes to the oldest order that has the line, less comes off the newest first. Errors: CHANGE_INVALID with
 * all findings.
 */
export function restate(family: readonly OrderState[], incoming: Incoming): Restated[] {
  const [first] = family;
  if (!first) throw new RangeError('a purchase order has at least one order');
  const { purpose, shipTo, requestedDate } = incoming.request;
  const lines = linesOf(incoming);
  const findings = [
    ...termsFindings(first, incoming),
    ...lines.flatMap((line) => lineFindings(family, incoming, line)),
  ];
  if (findings.length > 0)
    throw new CrossdockError({ code: 'CHANGE_INVALID', kind: 'invalid', message: 'the change is wrong', findings });
  const place = incoming.snapshot.shipTo?.id ?? shipTo;
  const changes = new Map<OrderState, { lines: ChangeLine[]; add: OrderLineRequest[] }>();
  const isOver = (order: OrderState): boolean => isTerminal(orderStatus(order));
  const allOver = family.every(isOver);
  const of = (order: OrderState) => changes.get(order) ?? changes.set(order, { lines: [], add: [] }).get(order);
  for (const { line: sent, base } of lines) {
    const having = family.filter((order) => wantedOf(order, sent.line));
    const owners = [...having.filter((order) => !isOver(order)), ...having.filter(isOver)];
    if (owners.length === 0) of(first)?.add.push(sent);
    else for (const [order, line] of difference(owners, sent.line, new Decimal(base ?? 0))) of(order)?.lines.push(line);
  }
  for (const [order, line] of purpose === 'REPLACE' ? leftOut(family, lines) : []) of(order)?.lines.push(line);
  return family.flatMap((order): Restated[] => {
    const { lines: changed = [], add = [] } = changes.get(order) ?? {};
    const now = agreed(order);
    const moves = allOver || !isOver(order);
    const change: OrderChange = {
      ...(changed.length > 0 && { lines: changed }),
      ...(add.length > 0 && { add }),
      ...(moves && place !== now.shipTo && { shipTo }),
      ...(moves && requestedDate !== undefined && requestedDate !== now.requestedDate && { requestedDate }),
    };
    return Object.keys(change).length === 0 ? [] : [{ order, change }];
  });
}

/**
 * Base units that are wanted of a line by now, shipped or not: what a node has been asked to give back is no longer wanted, although it
 * has not answered. Undefined when the order has no such line.
 */
function wantedOf({ contents, progress }: OrderState, number: number): Decimal | undefined {
  const index = contents.lines.findIndex(({ line }) => line === number);
  const [ordered, line] = [contents.lines[index], progress.lines[index]];
  const asked = progress.fulfilments
    .flatMap(({ cancelling = [] }) => cancelling)
    .filter((each) => each.line === number)
    .reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  return ordered && line && new Decimal(ordered.ordered).minus(reallyCancelled(line)).minus(asked);
}

function difference(owners: readonly OrderState[], line: number, wanted: Decimal): [OrderState, ChangeLine][] {
  const now = owners.map((order) => wantedOf(order, line) ?? new Decimal(0));
  const more = wanted.minus(now.reduce((sum, each) => sum.plus(each), new Decimal(0)));
  const [oldest] = owners;
  if (more.gt(0)) return oldest ? [[oldest, { line, increase: plain(more) }]] : [];
  let less = more.negated();
  return [...owners].reverse().flatMap((order): [OrderState, ChangeLine][] => {
    const taken = Decimal.min(less, wantedOf(order, line) ?? 0);
    less = less.minus(taken);
    return taken.gt(0) ? [[order, { line, decrease: plain(taken) }]] : [];
  });
}

/** Lines that a whole order said anew no longer names. A substitute goes with the line that it stands for. */
function leftOut(family: readonly OrderState[], lines: readonly IncomingLine[]): [OrderState, ChangeLine][] {
  const named = new Set(lines.map(({ line }) => line.line));
  return family.flatMap((order) =>
    order.contents.lines
      .filter(({ line, insteadOf }) => !insteadOf && !named.has(line) && wantedOf(order, line)?.gt(0))
      .map(({ line }): [OrderState, ChangeLine] => [order, { line, decrease: plain(wantedOf(order, line) ?? 0) }]),
  );
}

/** What was agreed with the order and no change can move. */
function termsFindings({ contents }: OrderState, { request }: Incoming): Finding[] {
  const moved = (pointer: string, before: unknown, now: unknown): Finding[] =>
    now === undefined || JSON.stringify(before) === JSON.stringify(now)
      ? []
      : [{ code: 'CHANGE_NOT_POSSIBLE', detail: `${pointer.slice(1)} stays as it was agreed`, pointer }];
  return [
    ...moved('/shipComplete', contents.shipComplete, request.shipComplete),
    ...moved('/partial', contents.policy?.partial, request.partial),
    ...moved('/cancelAfter', contents.cancelAfter, request.cancelAfter),
    ...moved('/charges', contents.charges, request.charges),
  ];
}

function lineFindings(family: readonly OrderState[], incoming: Incoming, line: IncomingLine): Finding[] {
  const { pointer, resolved, base, line: sent } = line;
  const ordered = family.flatMap(({ contents }) => contents.lines).find((each) => each.line === sent.line);
  // A line that is new is checked as any new line is.
  if (!ordered || ordered.parked) return [];
  const seen = sent.item;
  if (resolved?.item.sku !== ordered.item) {
    const detail = `line ${sent.line} is ${ordered.item}: leave it out and add the other item as a line of its own`;
    return [{ code: 'LINE_ITEM_CHANGED', detail, pointer: `${pointer}/item`, seen, expected: ordered.item }];
  }
  if (base === undefined) {
    const detail = `${ordered.item} is not sold in ${sent.quantity.unit}`;
    return [{ code: 'UNIT_UNKNOWN', detail, pointer: `${pointer}/quantity/unit`, seen: sent.quantity.unit }];
  }
  const price = sentPrice(line);
  if (!price || !ordered.unitPrice || withinTolerance(price, ordered.unitPrice, incoming.policy.priceTolerance))
    return [];
  const detail = `line ${sent.line}: the price stays as it was agreed`;
  return [{ code: 'PRICE_CHANGED', detail, pointer: `${pointer}/unitPrice`, seen: price.amount, expected: ordered.unitPrice.amount }]; // prettier-ignore
}
