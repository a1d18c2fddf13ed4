import { Decimal } from '#canonical/decimal';
import type { ReservedLine } from '#contracts/availability/reserve.dto';
import { answered, free, type Draft } from '../draft';
import { RESERVE } from '../order-command';
import type { EventOf, SubstituteItem } from '../order-event';
import type { Allocation, LineProgress, Part, Reservation } from '../order-state';
import { put, quantityOf, take } from '../quantities';
import { reservedAs } from '../substitutes';
import { isSubstitute, substitute } from './substitutions';

/** The answer to a reservation: what is on hand is allocated, the rest waits, what is no longer wanted goes back. */
export function reserved(draft: Draft, { reservation: id, lines, substitutes = [] }: EventOf<'RESERVED'>): void {
  const reservation = draft.progress.reservations.find((each) => each.id === id);
  answered(draft, RESERVE(id));
  if (reservation?.state !== 'REQUESTED') return;
  reservation.state = 'HELD';
  // Lines that come in place of others are added behind these.
  for (const line of [...draft.progress.lines]) {
    const answer = lines.find((each) => each.line === line.line);
    const asked = take(line, Infinity, (part) => part.stage === 'REQUESTED' && part.reservation === id);
    settle(draft, line, id, { answer, substitutes }, quantityOf(asked));
  }
  for (const allocation of reservation.early.splice(0)) allocate(draft, reservation, allocation);
}

interface Answer {
  readonly answer: ReservedLine | undefined;
  readonly substitutes: readonly SubstituteItem[];
}

/** Fills `wanted` from the answer: on hand first, then what is delivered instead, then promises, then the queue. */
function settle(
  draft: Draft,
  line: LineProgress,
  reservation: string,
  { answer, substitutes }: Answer,
  wanted: Decimal,
): void {
  const own = answer?.slices.filter((slice) => !isSubstitute(slice)) ?? [];
  const onHand = own
    .filter((slice) => slice.state !== 'PROMISED')
    .map(({ node, quantity }): Part => ({ stage: 'ALLOCATED', node, quantity }));
  const promised = own
    .filter((slice) => slice.state === 'PROMISED')
    .map(({ quantity, shipDate }): Part => ({ stage: 'WAITING', quantity, promised: shipDate }));
  let left = fill(draft, line, reservation, onHand, wanted);
  if (answer) left = left.minus(substitute(draft, line, reservation, answer, left, substitutes));
  const uncovered: Part = { stage: 'WAITING', quantity: answer?.uncovered ?? '0' };
  left = fill(draft, line, reservation, [...promised, uncovered], left);
  put(line, { stage: 'WAITING', reservation, quantity: left.toFixed() });
}

/** Returns what is still wanted; what is offered beyond that goes back. */
function fill(
  draft: Draft,
  line: LineProgress,
  reservation: string,
  offers: readonly Part[],
  wanted: Decimal,
): Decimal {
  // prettier-ignore
  let left = wanted;
  for (const offer of offers) {
    const taken = Decimal.min(left, offer.quantity);
    const over = new Decimal(offer.quantity).minus(taken);
    put(line, { reservation, ...offer, quantity: taken.toFixed() });
    left = left.minus(taken);
    if (over.gt(0)) free(draft, line.line, { ...offer, reservation, quantity: over.toFixed() });
  }
  return left;
}

/** Waiting quantity is on hand now. It may be told before the answer to the reservation: then it is kept until that is here. */
export function stockAllocated(
  draft: Draft,
  { reservation: id, event, line, node, quantity, substitute: instead }: EventOf<'STOCK_ALLOCATED'>,
): void {
  const reservation = draft.progress.reservations.find((each) => each.id === id);
  if (!reservation || reservation.seen.includes(event)) return;
  reservation.seen.push(event);
  const allocation = { event, line, node, quantity, ...(instead && { substitute: instead }) };
  if (reservation.state === 'REQUESTED') reservation.early.push(allocation);
  else allocate(draft, reservation, allocation);
}

/** More than still waits: a release of what waited has crossed this allocation and found it gone, so the surplus goes back here. */
function allocate(draft: Draft, { id }: Reservation, { line: number, node, ...allocation }: Allocation): void {
  const { substitute: instead } = allocation;
  const line = reservedAs(draft, number, instead?.item ?? '');
  if (!line) return;
  const quantity = instead?.quantity ?? allocation.quantity;
  const place = { stage: 'ALLOCATED' as const, reservation: id, node, ...(line.line !== number && { reservedLine: number }) }; // prettier-ignore
  const taken = take(line, quantity, (each) => each.stage === 'WAITING' && each.reservation === id);
  for (const part of taken) put(line, { ...place, quantity: part.quantity });
  const surplus = new Decimal(quantity).minus(quantityOf(taken));
  if (surplus.gt(0)) free(draft, line.line, { ...place, quantity: surplus.toFixed() });
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
