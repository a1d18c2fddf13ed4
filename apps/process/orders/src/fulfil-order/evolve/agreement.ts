import type { Draft } from '../draft';
import { isGivenBack, isPicked } from '../milestones';
import type { EventOf } from '../order-event';
import type { Cancellation, ChangeOutcome } from '../order-state';
import { reservedAs } from '../substitutes';

/** By the clock of the database. `policy-cancellation.ts` says what that ends. */
export function expired(draft: Draft): void {
  draft.progress.expired = true;
}

/** The promise moves; who waits keeps its place in line. */
export function promiseMoved(
  draft: Draft,
  { reservation, line, item, shipDate, newDate }: EventOf<'PROMISE_MOVED'>,
): void {
  for (const part of reservedAs(draft, line, item)?.parts ?? []) {
    const booked = part.bookedFor ?? part.promised;
    if (part.stage !== 'WAITING' || part.reservation !== reservation || booked !== shipDate) continue;
    part.bookedFor = shipDate;
    if (newDate === undefined) delete part.promised;
    else part.promised = newDate;
  }
}

/**
 * Another day or place. What a node works on and has not picked is taken back whole and goes out anew as another fulfilment order:
 * nothing is edited at the node.
 */
export function amended(draft: Draft, { amended: news }: EventOf<'AMENDED'>): void {
  draft.progress.amended = { ...draft.progress.amended, ...news };
  for (const fulfilment of draft.progress.fulfilments) {
    const open = draft.progress.lines.some(({ parts }) => parts.some((part) => part.fulfilment === fulfilment.id));
    if (!open || fulfilment.cancelling || isPicked(fulfilment.status) || isGivenBack(fulfilment.status)) continue;
    fulfilment.cancelling = [];
    draft.takeBack.push({ fulfilment: fulfilment.id, reason: 'changed' });
  }
}

/** After the events of the change itself: what came of its cancellation and of the nodes that were asked is its outcome. */
export function changed(draft: Draft, { key, followOn, message }: EventOf<'CHANGED'>): void {
  const { changes, cancellations, fulfilments } = draft.progress;
  if (changes.some((each) => each.key === key)) return;
  const asked = fulfilments.some(({ cancelling }) => cancelling !== undefined);
  const cancelled = cancellations.find((each) => each.key === key)?.outcome;
  changes.push({
    ...{ key, outcome: outcomeOf(cancelled, asked) },
    ...(followOn !== undefined && { followOn }),
    ...(message && { message: { ...message, at: draft.now } }),
  });
}

function outcomeOf(cancelled: Cancellation['outcome'] | undefined, asked: boolean): ChangeOutcome {
  if (asked || cancelled === 'REQUESTED') return 'REQUESTED';
  return cancelled === 'PARTIAL' || cancelled === 'NOTHING_TO_CANCEL' ? 'PARTIAL' : 'APPLIED';
}
