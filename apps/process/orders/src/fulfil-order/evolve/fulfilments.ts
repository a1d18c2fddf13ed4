import type { FulfilmentStatus } from '#canonical/order';
import { answered, endHolds, hold, warn, type Draft } from '../draft';
import { THE_PROCESS } from '../holds';
import { isGivenBack, isPicked } from '../milestones';
import { CANCEL_FULFILMENT, RELEASE_TO_NODE } from '../order-command';
import type { EventOf } from '../order-event';
import type { Fulfilment } from '../order-state';
import { quantityOf, take } from '../quantities';
import { reportIn } from '../transitions';
import {
  cancelPart,
  comeUpShort,
  partsAt,
  pickedAndNotShipped,
  toAllocated,
  tooLate,
  toPicked,
} from './fulfilment-parts';

type PickedLines = NonNullable<EventOf<'FULFILMENT_PROGRESSED'>['lines']>;

/** The warehouse system has taken the fulfilment order; milestones may have come before. */
export function nodeTold(draft: Draft, { fulfilment }: EventOf<'NODE_TOLD'>): void {
  answered(draft, RELEASE_TO_NODE(fulfilment));
}

/** A milestone implies all before it. What was picked is taken also from a late one, because no later one says it. */
export function fulfilmentProgressed(draft: Draft, event: EventOf<'FULFILMENT_PROGRESSED'>): void {
  const fulfilment = draft.progress.fulfilments.find((each) => each.id === event.fulfilment);
  if (!fulfilment) {
    warn(draft, 'FACT_UNEXPECTED', `${event.status} is reported of ${event.fulfilment}, which the order does not have`);
    return;
  }
  if (isGivenBack(fulfilment.status)) {
    afterTheEnd(draft, fulfilment, event.status);
    return;
  }
  if (isGivenBack(event.status)) {
    givenBack(draft, fulfilment, event.status, event.detail);
    return;
  }
  if (reportIn(fulfilment.status, event.status) === 'ADVANCES') fulfilment.status = event.status;
  if (event.status === 'PICKED' && event.lines) picked(draft, fulfilment, event.lines);
  if (!isPicked(event.status)) return;
  for (const line of draft.progress.lines) toPicked(line, fulfilment);
  tooLate(draft, fulfilment);
}

/** It changes nothing, and is not lost: if goods leave all the same, their shipment says so. */
function afterTheEnd(draft: Draft, { id, node, status }: Fulfilment, report: FulfilmentStatus): void {
  if (reportIn(status, report) !== 'UNEXPECTED') return;
  warn(draft, 'FACT_UNEXPECTED', `${node} reports ${report} of ${id}, which is ${status}`);
}

/** Counted in another unit than the order's nobody knows how much was picked: the shipment will say what left. */
function picked(draft: Draft, fulfilment: Fulfilment, lines: PickedLines): void {
  const baseUnits = new Map(draft.contents.lines.map(({ line, baseUnit }) => [line, baseUnit]));
  const other = lines.find(({ line, unit }) => unit !== undefined && unit !== (baseUnits.get(line) ?? unit));
  if (!other) pickedShort(draft, fulfilment, lines);
  else warn(draft, 'FACT_UNEXPECTED', `${fulfilment.id} was picked in ${other.unit}, not in ${baseUnits.get(other.line)}: it is not counted`); // prettier-ignore
}

/** Less picked than released: the node does not have the rest. A line not named was not picked. */
function pickedShort(draft: Draft, fulfilment: Fulfilment, lines: PickedLines): void {
  fulfilment.picked = lines.map(({ line, quantity }) => ({ line, quantity }));
  for (const line of draft.progress.lines) {
    const open = quantityOf(partsAt(line, fulfilment));
    comeUpShort(draft, line, fulfilment, open.minus(pickedAndNotShipped(draft, fulfilment, line.line)));
  }
}

/** Our own cancellation was there first: what was asked back is cancelled and the rest sent out anew. No reason to hold. */
export function releaseOvertaken(draft: Draft, { fulfilment: id }: EventOf<'RELEASE_OVERTAKEN'>): void {
  answered(draft, RELEASE_TO_NODE(id), 'OVERTAKEN');
  const fulfilment = draft.progress.fulfilments.find((each) => each.id === id);
  if (fulfilment && !isGivenBack(fulfilment.status) && !isPicked(fulfilment.status))
    takeBack(draft, fulfilment, 'CANCELLED');
}

/** Cancelled as we asked. Else the node had a reason: hold, and keep the stock. */
function givenBack(
  draft: Draft,
  fulfilment: Fulfilment,
  status: 'CANCELLED' | 'REJECTED',
  said: string | undefined,
): void {
  if (!draft.progress.lines.some((line) => partsAt(line, fulfilment).length > 0)) return;
  const asked = fulfilment.cancelling !== undefined;
  takeBack(draft, fulfilment, status);
  if (asked) return;
  const words = said === undefined ? '' : `: ${said}`;
  const verb = status === 'CANCELLED' ? 'cancelled' : 'rejected';
  const detail = `${fulfilment.node} ${verb} ${fulfilment.id}${words}`;
  hold(draft, { type: 'WAREHOUSE', code: `FULFILMENT_${status}`, detail });
}

/** Cancels what was asked back; the rest is allocated again, and its release no longer matters. */
function takeBack(draft: Draft, fulfilment: Fulfilment, status: 'CANCELLED' | 'REJECTED'): void {
  if (fulfilment.status !== 'SHIPPED') fulfilment.status = status;
  const asked = fulfilment.cancelling;
  delete fulfilment.cancelling;
  answered(draft, CANCEL_FULFILMENT(fulfilment.id));
  const release = RELEASE_TO_NODE(fulfilment.id);
  endHolds(draft, THE_PROCESS, 'the node has given it back', (each) => each.command?.key === release);
  for (const line of draft.progress.lines) {
    const wanted = asked?.find((each) => each.line === line.line)?.quantity ?? '0';
    for (const part of take(line, wanted, (each) => each.fulfilment === fulfilment.id)) cancelPart(draft, line, part);
    toAllocated(line, fulfilment);
  }
}

/** Never sent, or refused on arrival: the stock is as it was before the release. */
export function releaseWithdrawn(draft: Draft, id: string): void {
  const fulfilment = draft.progress.fulfilments.find((each) => each.id === id);
  if (fulfilment?.status !== 'REQUESTED') return;
  fulfilment.status = 'CANCELLED';
  delete fulfilment.cancelling;
  for (const line of draft.progress.lines) toAllocated(line, fulfilment);
}

/** What a node answers to a request to stop. REQUESTED: the answer comes as a milestone. */
export function cancelAnswered(draft: Draft, { fulfilment: id, outcome }: EventOf<'CANCEL_ANSWERED'>): void {
  answered(draft, CANCEL_FULFILMENT(id));
  const fulfilment = draft.progress.fulfilments.find((each) => each.id === id);
  if (!fulfilment?.cancelling) return;
  if (outcome === 'CANCELLED') givenBack(draft, fulfilment, 'CANCELLED', undefined);
  if (outcome === 'TOO_LATE') tooLate(draft, fulfilment);
}
