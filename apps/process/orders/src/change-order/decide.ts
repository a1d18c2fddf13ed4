import { Decimal } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { ChangeLine, OrderChange } from '#contracts/orders/order-changes.dto';
import type { CancelLine, OrderLineRequest } from '#contracts/orders/orders.dto';
import type { LineProgress, OrderState } from '../fulfil-order/order-state';
import { lineOf, quantityOf } from '../fulfil-order/quantities';
import { isTerminal, orderStatus } from '../fulfil-order/status';

/** What a change asks for, as what can be done. */
export interface AgreedChange {
  /** What this order gives up. */
  readonly less: CancelLine[];
  /** What another order adds. */
  readonly more: OrderLineRequest[];
}

/**
 * Pure. Up to the no-cancel point of a line, the node's word that it has picked, less is possible; more always is. Errors: ORDER_CLOSED,
 * CHANGE_INVALID with all findings, CHANGE_TOO_LATE with those lines.
 */
export function decideChange(order: OrderState, change: OrderChange): AgreedChange {
  const { contents } = order;
  const { lines = [], add = [], requestedDate, shipTo } = change;
  if (isTerminal(orderStatus(order)))
    throw new CrossdockError({
      code: 'ORDER_CLOSED',
      kind: 'conflict',
      message: `nothing of ${contents.id} is open any more`,
    });
  const findings = [...faultsOf(order, change)];
  if (lines.length + add.length === 0 && requestedDate === undefined && shipTo === undefined)
    findings.push({ code: 'CHANGE_EMPTY', detail: 'the change asks for nothing', pointer: '' });
  if (findings.length > 0)
    throw new CrossdockError({ code: 'CHANGE_INVALID', kind: 'invalid', message: 'the change is wrong', findings });
  const late = [...lines.flatMap((line, index) => tooMuch(order, line, index)), ...tooLateToMove(order, change)];
  if (late.length > 0)
    throw new CrossdockError({
      code: 'CHANGE_TOO_LATE',
      kind: 'conflict',
      message: 'a node has picked it',
      findings: late,
    });
  return {
    less: lines.flatMap(({ line, decrease, drop }): CancelLine[] => {
      if (drop) return [{ line }];
      return decrease === undefined ? [] : [{ line, quantity: decrease }];
    }),
    more: [...lines.flatMap((line) => moreOf(order, line)), ...add],
  };
}

function faultsOf({ contents }: OrderState, { lines = [], add = [] }: OrderChange): Finding[] {
  const numbers = new Set(contents.lines.map(({ line }) => line));
  const named = lines.flatMap(({ line, increase, decrease, drop }, index): Finding[] => {
    const pointer = `/lines/${index}`;
    if (!numbers.has(line))
      return [{ code: 'LINE_UNKNOWN', detail: `the order has no line ${line}`, pointer: `${pointer}/line` }];
    if (lines.findIndex((each) => each.line === line) < index)
      return [{ code: 'LINE_REPEATED', detail: `line ${line} is changed twice`, pointer: `${pointer}/line` }];
    const asked = [increase !== undefined, decrease !== undefined, drop === true].filter(Boolean).length;
    const detail = 'a line is increased, decreased or dropped: exactly one of them';
    return asked === 1 ? [] : [{ code: 'CHANGE_UNCLEAR', detail, pointer }];
  });
  const added = add.flatMap(({ line }, index): Finding[] => {
    const known = numbers.has(line) || add.findIndex((each) => each.line === line) < index;
    const detail = `the order has a line ${line} already`;
    return known ? [{ code: 'LINE_DUPLICATE', detail, pointer: `/add/${index}/line` }] : [];
  });
  const more = add.length > 0 || lines.some(({ increase }) => increase !== undefined);
  const whole: Finding[] =
    contents.shipComplete && more
      ? [
          {
            code: 'CHANGE_SHIP_COMPLETE',
            detail: 'the order ships complete: what is added needs an order of its own',
            pointer: '',
          },
        ]
      : [];
  return [...named, ...added, ...whole];
}

/** Open, not picked, and not asked back already. */
function recallable(order: OrderState, line: LineProgress): Decimal {
  const asked = order.progress.fulfilments
    .flatMap(({ cancelling = [] }) => cancelling)
    .filter((each) => each.line === line.line)
    .reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  return quantityOf(line.parts.filter(({ stage }) => stage !== 'PICKED')).minus(asked);
}

function tooMuch(order: OrderState, { line: number, decrease, drop }: ChangeLine, index: number): Finding[] {
  const line = lineOf(order, number);
  if (!line || (decrease === undefined && !drop)) return [];
  const left = recallable(order, line);
  const wanted = new Decimal(decrease ?? quantityOf(line.parts));
  if (wanted.lte(left) && wanted.gt(0)) return [];
  const detail = `of line ${number} ${left.toFixed()} can still be taken back`;
  return [{ code: 'NO_CANCEL_POINT', detail, pointer: `/lines/${index}`, seen: wanted.toFixed(), expected: `at most ${left.toFixed()}` }]; // prettier-ignore
}

function tooLateToMove(order: OrderState, { requestedDate, shipTo }: OrderChange): Finding[] {
  const movable = order.progress.lines.some((line) => recallable(order, line).gt(0));
  if (movable) return [];
  const detail = 'all that is open is picked';
  return [
    ...(requestedDate === undefined ? [] : [{ code: 'NO_CANCEL_POINT', detail, pointer: '/requestedDate' }]),
    ...(shipTo === undefined ? [] : [{ code: 'NO_CANCEL_POINT', detail, pointer: '/shipTo' }]),
  ];
}

function moreOf({ contents }: OrderState, { line: number, increase }: ChangeLine): OrderLineRequest[] {
  const ordered = contents.lines.find(({ line }) => line === number);
  if (!ordered || increase === undefined) return [];
  return [{ line: number, item: ordered.item, quantity: { value: increase, unit: ordered.baseUnit } }];
}
