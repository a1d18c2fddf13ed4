import { ORDER_CHANGED, ORDER_ERP_CREATED } from '#contracts/events/catalogue';
import { warn, type Draft } from './draft';
import type { Fact } from './facts';
import type { Command } from './order-command';
import type { OrderEvent } from './order-event';
import { evolve } from './order-process';
import type { OrderContents, OrderState } from './order-state';
import { plan } from './plan';
import type { Surroundings } from './planned';
import { assertArithmetic } from './quantities';
import { lineStatus, orderStatus } from './status';
import { LINE_MOVES, ORDER_MOVES } from './transitions';
import { promiseChanges } from './promise-changes';
import { substitutedFacts } from './substituted-fact';
import { troubles } from './troubles';

export interface Decision {
  readonly state: OrderState;
  readonly commands: readonly Command[];
  /** ORDER_CHANGED carries the version that the caller saves. */
  readonly facts: readonly Fact[];
}

/**
 * Pure: the state after these events, and what it asks for. Several events at once plan once, so that stock that arrives line by
 * line leaves in one fulfilment order. I8 is asserted after every event.
 */
export function decide(
  before: OrderState,
  events: readonly OrderEvent[],
  around: Surroundings,
  version: number,
): Decision {
  const draft: Draft = {
    contents: before.contents,
    progress: copyOf(before.progress),
    now: around.now,
    freed: [],
    takeBack: [],
    again: [],
    tries: undefined,
  };
  for (const event of events) {
    evolve(draft, event);
    assertArithmetic(draft);
  }
  const { commands, facts } = plan(draft, around);
  assertArithmetic(draft);
  keepUnexpectedMoves(before, draft);
  const state = { contents: draft.contents, progress: draft.progress };
  const status = orderStatus(state);
  if (state.progress.erp.state === 'CREATED' && before.progress.erp.state !== 'CREATED')
    facts.push(erpCreatedFact(state));
  if (version === 1 || status !== orderStatus(before)) {
    facts.push({ type: ORDER_CHANGED, data: { status, version, ...changedFact(state.contents) } });
  }
  facts.push(...substitutedFacts(before, state, version));
  facts.push(...promiseChanges(before, state, version), ...troubles(version === 1 ? [] : before.progress.holds, state));
  return { state, commands, facts };
}

/** Plain data only. `structuredClone` takes several times as long, and each event of each order is decided on a copy. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyOf((value as Record<string, unknown>)[key]);
  return copy as T;
}

/** A duplicate or stale event leaves the order, its version included, as it was (I6). */
export function hasChanged(order: OrderState, { state, commands, facts }: Decision): boolean {
  if (commands.length > 0 || facts.length > 0 || state.contents !== order.contents) return true;
  return !isSame(state.progress, order.progress);
}

/** Plain data, by value. Stops at the first difference: most events make one. A field that is undefined is not there. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isSame(each, other[index]))
    );
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return (
    Object.keys(a).every((key) => isSame(a[key], b[key])) &&
    Object.keys(b).every((key) => key in a || b[key] === undefined)
  );
}

/** Facts win: the order is where they put it. A move that the tables do not know is shown, so that somebody looks at its cause. */
function keepUnexpectedMoves(before: OrderState, draft: Draft): void {
  const [from, to] = [orderStatus(before), orderStatus(draft)];
  if (from !== to && !ORDER_MOVES[from].includes(to))
    warn(draft, 'MOVE_UNEXPECTED', `the order went from ${from} to ${to}`);
  for (const [index, line] of before.progress.lines.entries()) {
    const now = draft.progress.lines[index];
    if (!now) continue;
    const [was, is] = [lineStatus(before, line), lineStatus(draft, now)];
    if (was !== is && !LINE_MOVES[was].includes(is))
      warn(draft, 'MOVE_UNEXPECTED', `line ${line.line} went from ${was} to ${is}`);
  }
}

function erpCreatedFact({ contents, progress }: OrderState): Fact {
  const { id: order, erpConnection } = contents;
  return { type: ORDER_ERP_CREATED, data: { order, erpConnection, documentNumber: progress.erp.documentNumber ?? '' } };
}

function changedFact({
  id,
  partner,
  purchaseOrder,
  total,
}: OrderContents): Pick<
  Extract<Fact, { type: typeof ORDER_CHANGED }>['data'],
  'order' | 'partner' | 'purchaseOrder' | 'total'
> {
  return { order: id, partner, purchaseOrder, ...(total && { total }) };
}
