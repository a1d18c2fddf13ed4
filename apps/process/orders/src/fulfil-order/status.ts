import { Decimal, isPositive } from '#canonical/decimal';
import type { OrderLineStatus, OrderStatus } from '#canonical/order';
import { stopped } from './holds';
import type { LineProgress, OrderState, Part, Stage } from './order-state';
import { AT_NODE, quantityOf } from './quantities';

/** The furthest part of a line names its state. */
const FURTHEST: readonly (readonly [Stage, OrderLineStatus])[] = [
  ['PICKED', 'PICKED'],
  ['RELEASED', 'RELEASED'],
  ['ALLOCATED', 'ALLOCATED'],
  ['WAITING', 'BACKORDERED'],
];

export function lineStatus(state: OrderState, line: LineProgress): OrderLineStatus {
  const { progress } = state;
  if (line.parts.length === 0) {
    if (isPositive(line.shipped)) return 'SHIPPED';
    return isPositive(line.substituted ?? '0') ? 'SUBSTITUTED' : 'CANCELLED';
  }
  const furthest = FURTHEST.find(([stage]) => line.parts.some((part) => part.stage === stage))?.[1];
  if (furthest === 'PICKED') {
    const packed = progress.fulfilments.filter(({ status }) => status === 'PACKED').map(({ id }) => id);
    const isPacked = ({ stage, fulfilment = '' }: Part): boolean => stage === 'PICKED' && packed.includes(fulfilment);
    return line.parts.some(isPacked) ? 'PACKED' : 'PICKED';
  }
  if (furthest === 'RELEASED') return furthest;
  if (stopped(state).lines.has(line.line)) return 'HELD';
  if (furthest) return furthest;
  return line.parts.some((part) => part.exclude !== undefined) ? 'SHORT' : 'NEW';
}

/** The header state follows from lines and holds; it is never set. */
export function orderStatus(state: OrderState): OrderStatus {
  const { progress } = state;
  const parts = progress.lines.flatMap((line) => line.parts);
  const shipped = progress.lines.some((line) => isPositive(line.shipped));
  if (parts.length === 0) return shipped ? 'SHIPPED' : 'CANCELLED';
  if (isHeld(state)) return 'ON_HOLD';
  if (shipped) return 'PARTIALLY_SHIPPED';
  if (parts.some((part) => AT_NODE.includes(part.stage))) return isAskedBack(state) ? 'CANCEL_REQUESTED' : 'RELEASED';
  if (parts.every(isPromised)) return 'PROMISED';
  return parts.every(({ stage }) => stage === 'WAITING' || stage === 'ALLOCATED') ? 'BACKORDERED' : 'ACCEPTED';
}

/** The order as a whole, or every line of it that is open. */
function isHeld(state: OrderState): boolean {
  const { order, lines } = stopped(state);
  return order || state.progress.lines.every(({ line, parts }) => parts.length === 0 || lines.has(line));
}

function isPromised({ stage, promised }: Part): boolean {
  return stage === 'ALLOCATED' || (stage === 'WAITING' && promised !== undefined);
}

/** The nodes have been asked to stop, and nothing would be left if all of them did. */
function isAskedBack({ progress }: OrderState): boolean {
  const asked = progress.fulfilments.flatMap(({ cancelling = [] }) => cancelling);
  return progress.lines.every(({ line, parts }) => {
    const wanted = asked.filter((each) => each.line === line);
    return quantityOf(parts).lte(wanted.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)));
  });
}

/** Nothing is open any more; only corrections follow. */
export function isTerminal(status: OrderStatus): boolean {
  return status === 'SHIPPED' || status === 'CANCELLED';
}

/** A command or a node owes an answer. */
export function awaitsAnswer({ progress }: OrderState): boolean {
  return (
    progress.pending.length > 0 ||
    progress.lines.some((line) => line.parts.some((part) => AT_NODE.includes(part.stage)))
  );
}

/** Some of it waits for stock: explained, however long it takes. */
export function waitsForStock({ progress }: OrderState): boolean {
  return progress.lines.some((line) =>
    line.parts.some(({ stage, quantity }) => stage === 'WAITING' && isPositive(quantity)),
  );
}

/** The last day for what no node works on, while there is something of that kind. */
export function lastDay({ contents, progress }: OrderState): string | undefined {
  const idle = progress.lines.some((line) => line.parts.some(({ stage }) => !AT_NODE.includes(stage)));
  return idle && !progress.expired ? contents.cancelAfter : undefined;
}
