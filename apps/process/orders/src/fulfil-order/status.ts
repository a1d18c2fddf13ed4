import type { OrderLineStatus, OrderStatus } from '#canonical/order';
import { Decimal } from '#canonical/decimal';
import type { LineProgress, OrderState, Stage } from './order-state';
import { AT_NODE, quantityOf } from './quantities';

/** The furthest part of a line names its state. */
const FURTHEST: readonly (readonly [Stage, OrderLineStatus])[] = [
  ['PICKED', 'PICKED'],
  ['RELEASED', 'RELEASED'],
  ['ALLOCATED', 'ALLOCATED'],
  ['WAITING', 'BACKORDERED'],
];

export function lineStatus(line: LineProgress): OrderLineStatus {
  if (line.parts.length === 0) return new Decimal(line.shipped).gt(0) ? 'SHIPPED' : 'CANCELLED';
  const furthest = FURTHEST.find(([stage]) => line.parts.some((part) => part.stage === stage));
  if (furthest) return furthest[1];
  return line.parts.some((part) => part.exclude !== undefined) ? 'SHORT' : 'NEW';
}

/** The header state follows from lines and holds; it is never set. */
export function orderStatus({ progress }: OrderState): OrderStatus {
  const parts = progress.lines.flatMap((line) => line.parts);
  const shipped = progress.lines.some((line) => new Decimal(line.shipped).gt(0));
  if (parts.length === 0) return shipped ? 'SHIPPED' : 'CANCELLED';
  if (progress.holds.length > 0) return 'ON_HOLD';
  if (shipped) return 'PARTIALLY_SHIPPED';
  if (parts.some((part) => AT_NODE.includes(part.stage))) return 'RELEASED';
  return parts.every((part) => part.stage === 'WAITING') ? 'BACKORDERED' : 'ACCEPTED';
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
  return progress.lines.some((line) => quantityOf(line.parts, 'WAITING').gt(0));
}
