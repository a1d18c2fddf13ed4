import { Decimal } from '#canonical/decimal';
import { free, warn, type Draft } from '../draft';
import type { Fulfilment, LineProgress, OrderState, Part } from '../order-state';
import { afterShort } from '../short';
import { put, quantityOf, take } from '../quantities';

export function partsAt(line: LineProgress, fulfilment: Fulfilment): Part[] {
  return line.parts.filter((part) => part.fulfilment === fulfilment.id);
}

/** The node is out of it; the stock there is still held for the order. */
export function toAllocated(line: LineProgress, fulfilment: Fulfilment): void {
  for (const part of take(line, Infinity, (each) => each.fulfilment === fulfilment.id)) {
    const { fulfilment: _, ...held } = part;
    put(line, { ...held, stage: 'ALLOCATED' });
  }
}

/** All that the node works on of this fulfilment order is past recall. */
export function toPicked(line: LineProgress, fulfilment: Fulfilment): void {
  for (const part of take(line, Infinity, (each) => each.stage === 'RELEASED' && each.fulfilment === fulfilment.id)) {
    put(line, { ...part, stage: 'PICKED' });
  }
}

export function cancelPart(draft: Draft, line: LineProgress, part: Part): void {
  line.cancelled = new Decimal(line.cancelled).plus(part.quantity).toFixed();
  free(draft, line.line, part);
}

/**
 * The node does not have it. What a cancellation wanted back anyway is cancelled; the rest goes back at that node and is reserved
 * anew where the policy looks for it, or cancelled. Of a search the ERP hears nothing: the order is as it was.
 */
export function comeUpShort(draft: Draft, line: LineProgress, fulfilment: Fulfilment, quantity: Decimal): void {
  const asked = fulfilment.cancelling?.find((each) => each.line === line.line);
  const cancel = Decimal.min(asked?.quantity ?? 0, Decimal.max(0, quantity));
  for (const part of take(line, cancel, (each) => each.fulfilment === fulfilment.id)) cancelPart(draft, line, part);
  if (asked) asked.quantity = new Decimal(asked.quantity).minus(cancel).toFixed();
  const short = take(line, quantity.minus(cancel), (each) => each.fulfilment === fulfilment.id);
  if (short.length === 0) return;
  draft.progress.shorts.push({ line: line.line, node: fulfilment.node, quantity: quantityOf(short).toFixed() });
  const avoid = afterShort(draft, line, fulfilment.node);
  for (const part of short) lookElsewhere(draft, line, part, avoid);
}

function lookElsewhere(draft: Draft, line: LineProgress, part: Part, avoid: ReturnType<typeof afterShort>): void {
  if (avoid === 'CANCEL') {
    cancelPart(draft, line, part);
    warn(draft, 'SHORT_CANCELLED', `line ${line.line}: ${part.quantity} were not found and are cancelled`);
    return;
  }
  free(draft, line.line, part);
  const before = draft.progress.reservations.find((each) => each.id === part.reservation)?.exclude ?? [];
  put(line, { stage: 'NEW', quantity: part.quantity, exclude: [...new Set([...before, ...avoid])] });
}

/** The node has passed its point of no return: what was asked back of it ships. */
export function tooLate(draft: Draft, fulfilment: Fulfilment): void {
  const { cancelling } = fulfilment;
  const missed = cancelling?.some((each) => each.quantity !== '0') === true;
  delete fulfilment.cancelling;
  if (cancelling?.length === 0)
    warn(draft, 'CHANGE_TOO_LATE', `${fulfilment.node} had picked ${fulfilment.id}: it leaves as it was agreed before`);
  if (missed)
    warn(draft, 'CANCEL_TOO_LATE', `${fulfilment.node} had picked ${fulfilment.id} when the cancellation came`);
}

/** Base units of a line that the node has picked, as far as it has said so. */
export function pickedOf(fulfilment: Fulfilment, line: number): Decimal {
  const picked = fulfilment.picked?.filter((each) => each.line === line) ?? [];
  return picked.reduce((sum, each) => sum.plus(each.quantity), new Decimal(0));
}

/** Base units of a line that have left under this fulfilment order. */
export function shippedBy({ progress }: OrderState, fulfilment: string, line: number): Decimal {
  return progress.shipments
    .filter((shipment) => shipment.fulfilment === fulfilment)
    .flatMap((shipment) => shipment.lines)
    .filter((each) => each.line === line)
    .reduce((sum, each) => sum.plus(each.quantity), new Decimal(0));
}

/** Picked and still to come in another shipment. */
export function pickedAndNotShipped(state: OrderState, fulfilment: Fulfilment, line: number): Decimal {
  return Decimal.max(0, pickedOf(fulfilment, line).minus(shippedBy(state, fulfilment.id, line)));
}
