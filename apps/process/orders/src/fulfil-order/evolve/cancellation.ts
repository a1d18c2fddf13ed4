import { Decimal } from '#canonical/decimal';
import { answered, endHolds, type Draft } from '../draft';
import { THE_PROCESS } from '../holds';
import { RELEASE_TO_NODE } from '../order-command';
import type { EventOf } from '../order-event';
import type { Cancellation, LineProgress, Stage } from '../order-state';
import { lineOf, quantityOf, take } from '../quantities';
import { withSubstitutes } from '../substitutes';
import { cancelPart } from './fulfilment-parts';
import { releaseWithdrawn } from './fulfilments';

/** What no node works on is cancelled at once, in this order: least certain first. */
const AT_ONCE: readonly Stage[] = ['NEW', 'REQUESTED', 'WAITING', 'ALLOCATED'];

interface Tally {
  wanted: Decimal;
  done: Decimal;
  asked: Decimal;
}

/** Cancels what is open: at once where nobody works on it, by asking where a node does; never what is picked or shipped. */
export function cancelled(draft: Draft, { key, lines, reason }: EventOf<'CANCEL'>): void {
  if (draft.progress.cancellations.some((each) => each.key === key)) return;
  withdrawRefused(draft);
  const tally: Tally = { wanted: new Decimal(0), done: new Decimal(0), asked: new Decimal(0) };
  const targets = targetsOf(draft, lines);
  for (const target of targets) {
    const line = lineOf(draft, target.line);
    if (line) cancelLine(draft, line, new Decimal(target.quantity ?? quantityOf(line.parts)), tally, reason);
  }
  const shipped = lines === undefined && draft.progress.lines.some((line) => new Decimal(line.shipped).gt(0));
  draft.progress.cancellations.push({ key, outcome: outcomeOf(tally, shipped) });
}

/** A line that is no longer wanted is not wanted as another item either. */
function targetsOf({ contents }: Draft, lines: EventOf<'CANCEL'>['lines']): NonNullable<EventOf<'CANCEL'>['lines']> {
  if (!lines) return contents.lines.map(({ line }) => ({ line }));
  const whole = lines.flatMap(({ line, quantity }) => (quantity === undefined ? line : []));
  const named = new Set(lines.map(({ line }) => line));
  const instead = [...withSubstitutes(contents, whole)].filter((line) => !named.has(line));
  return [...lines, ...instead.map((line) => ({ line }))];
}

function cancelLine(draft: Draft, line: LineProgress, wanted: Decimal, tally: Tally, reason: string | undefined): void {
  let left = wanted;
  for (const stage of AT_ONCE) {
    for (const part of take(line, left, (each) => each.stage === stage)) {
      cancelPart(draft, line, part);
      left = left.minus(part.quantity);
    }
  }
  const asked = askNodes(draft, line, left, reason);
  tally.wanted = tally.wanted.plus(wanted);
  tally.done = tally.done.plus(wanted.minus(left));
  tally.asked = tally.asked.plus(asked);
}

/** Asks each node for what it has not picked; what an earlier cancellation asked for already counts. */
function askNodes(draft: Draft, line: LineProgress, wanted: Decimal, reason: string | undefined): Decimal {
  let left = wanted;
  for (const part of line.parts.filter((each) => each.stage === 'RELEASED')) {
    if (left.lte(0)) break;
    const fulfilment = draft.progress.fulfilments.find((each) => each.id === part.fulfilment);
    if (!fulfilment) continue;
    const before = fulfilment.cancelling?.find((each) => each.line === line.line)?.quantity ?? '0';
    const asked = Decimal.min(new Decimal(part.quantity), left);
    const others = (fulfilment.cancelling ?? []).filter((each) => each.line !== line.line);
    if (!fulfilment.cancelling) draft.takeBack.push({ fulfilment: fulfilment.id, ...(reason ? { reason } : {}) });
    const quantity = Decimal.min(part.quantity, asked.plus(before)).toFixed();
    fulfilment.cancelling = [...others, { line: line.line, quantity }];
    left = left.minus(asked);
  }
  return wanted.minus(left);
}

/** A release that its warehouse refused is nowhere: nobody needs to be asked. */
function withdrawRefused(draft: Draft): void {
  for (const fulfilment of draft.progress.fulfilments) {
    const key = RELEASE_TO_NODE(fulfilment.id);
    const refused = endHolds(
      draft,
      THE_PROCESS,
      'what was refused is cancelled',
      (each) => each.code === 'BACKEND_REFUSED' && each.command?.key === key,
    );
    if (refused.length === 0) continue;
    answered(draft, key);
    releaseWithdrawn(draft, fulfilment.id);
  }
}

function outcomeOf({ wanted, done, asked }: Tally, shipped: boolean): Cancellation['outcome'] {
  if (asked.gt(0)) return 'REQUESTED';
  if (done.isZero()) return 'NOTHING_TO_CANCEL';
  return shipped || done.lt(wanted) ? 'PARTIAL' : 'CANCELLED';
}
