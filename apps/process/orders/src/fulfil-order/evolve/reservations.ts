import { Decimal } from '#canonical/decimal';
import type { ReservedLine } from '#contracts/availability/reserve.dto';
import { answered, type Draft } from '../draft';
import { RESERVE } from '../order-command';
import type { EventOf } from '../order-event';
import type { Allocation, LineProgress, Part, Reservation } from '../order-state';
import { lineOf, put, quantityOf, take } from '../quantities';

/** The answer to a reservation: what is on hand is allocated, the rest waits, what is no longer wanted goes back. */
export function reserved(draft: Draft, { reservation: id, lines }: EventOf<'RESERVED'>): void {
  const reservation = draft.progress.reservations.find((each) => each.id === id);
  answered(draft, RESERVE(id));
  if (reservation?.state !== 'REQUESTED') return;
  reservation.state = 'HELD';
  for (const line of draft.progress.lines) {
    const answer = lines.find((each) => each.line === line.line);
    const asked = take(line, Infinity, (part) => part.stage === 'REQUESTED' && part.reservation === id);
    settle(draft, line, id, answer, quantityOf(asked));
  }
  for (const allocation of reservation.early.splice(0)) allocate(draft, reservation, allocation);
}

/** Fills `wanted` from the answer: on hand first, then promises, then the queue. */
function settle(
  draft: Draft,
  line: LineProgress,
  reservation: string,
  answer: ReservedLine | undefined,
  wanted: Decimal,
): void {
  let left = wanted;
  const offers = answer === undefined ? [] : offersOf(answer);
  for (const { quantity, ...place } of offers) {
    const taken = Decimal.min(left, quantity);
    const over = new Decimal(quantity).minus(taken);
    put(line, { ...place, reservation, quantity: taken.toFixed() });
    left = left.minus(taken);
    if (over.gt(0)) {
      const node = place.node === undefined ? {} : { node: place.node };
      draft.freed.push({ reservation, line: line.line, quantity: over.toFixed(), ...node });
    }
  }
  put(line, { stage: 'WAITING', reservation, quantity: left.toFixed() });
}

function offersOf({ slices, uncovered }: ReservedLine): Part[] {
  const onHand = slices.filter((slice) => slice.state !== 'PROMISED');
  const promised = slices.filter((slice) => slice.state === 'PROMISED');
  return [
    ...onHand.map(({ node, quantity }): Part => ({ stage: 'ALLOCATED', node, quantity })),
    ...promised.map(({ quantity, shipDate }): Part => ({ stage: 'WAITING', quantity, promised: shipDate })),
    { stage: 'WAITING', quantity: uncovered },
  ];
}

/** Waiting quantity is on hand now. It may be told before the answer to the reservation: then it is kept until that is here. */
export function stockAllocated(
  draft: Draft,
  { reservation: id, event, line, node, quantity }: EventOf<'STOCK_ALLOCATED'>,
): void {
  const reservation = draft.progress.reservations.find((each) => each.id === id);
  if (!reservation || reservation.seen.includes(event)) return;
  reservation.seen.push(event);
  const allocation = { event, line, node, quantity };
  if (reservation.state === 'REQUESTED') reservation.early.push(allocation);
  else allocate(draft, reservation, allocation);
}

/** More than still waits: a release of what waited has crossed this allocation and found it gone, so the surplus goes back here. */
function allocate(draft: Draft, reservation: Reservation, { line: number, node, quantity }: Allocation): void {
  const line = lineOf(draft, number);
  if (!line) return;
  const { id } = reservation;
  const taken = take(line, quantity, (each) => each.stage === 'WAITING' && each.reservation === id);
  for (const part of taken) put(line, { stage: 'ALLOCATED', reservation: id, node, quantity: part.quantity });
  const surplus = new Decimal(quantity).minus(quantityOf(taken));
  if (surplus.gt(0)) draft.freed.push({ reservation: id, line: number, node, quantity: surplus.toFixed() });
}

/** The reservation was never asked: its parts are new again, and its id is spent. */
export function reservationWithdrawn(draft: Draft, id: string): void {
  const reservation = draft.progress.reservations.find((each) => each.id === id);
  if (reservation?.state !== 'REQUESTED') return;
  reservation.state = 'VOID';
  for (const line of draft.progress.lines) {
    for (const { quantity, exclude } of take(
      line,
      Infinity,
      (part) => part.stage === 'REQUESTED' && part.reservation === id,
    )) {
      put(line, { stage: 'NEW', quantity, ...(exclude === undefined ? {} : { exclude }) });
    }
  }
}
