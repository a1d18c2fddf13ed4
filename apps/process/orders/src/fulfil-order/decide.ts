import { ORDER_CHANGED, ORDER_ERP_CREATED } from '#contracts/events/catalogue';
import type { Draft } from './draft';
import type { Fact } from './facts';
import type { Command } from './order-command';
import type { OrderEvent } from './order-event';
import { evolve } from './order-process';
import type { OrderContents, OrderState } from './order-state';
import { plan, type Surroundings } from './plan';
import { assertArithmetic } from './quantities';
import { orderStatus } from './status';

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
    progress: structuredClone(before.progress),
    now: around.now,
    freed: [],
    takeBack: [],
    again: [],
  };
  for (const event of events) {
    evolve(draft, event);
    assertArithmetic(draft);
  }
  const { commands, facts } = plan(draft, around);
  assertArithmetic(draft);
  const state = { contents: draft.contents, progress: draft.progress };
  const status = orderStatus(state);
  if (state.progress.erp.state === 'CREATED' && before.progress.erp.state !== 'CREATED')
    facts.push(erpCreatedFact(state));
  if (version === 1 || status !== orderStatus(before)) {
    facts.push({ type: ORDER_CHANGED, data: { ...changedFact(state.contents), status, version } });
  }
  return { state, commands, facts };
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
