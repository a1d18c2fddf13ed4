import { answered, hold, type Draft } from './draft';
import { cancelled } from './evolve/cancellation';
import { commandFailed, commandRefused, erpCreated, retried, withdrawn } from './evolve/commands';
import { cancelAnswered, fulfilmentProgressed, nodeTold, releaseOvertaken } from './evolve/fulfilments';
import { reserved, stockAllocated } from './evolve/reservations';
import { shipmentConfirmed, shipmentProgressed } from './evolve/shipments';
import type { EventOf, OrderEvent } from './order-event';

type Transitions = { readonly [T in OrderEvent['type']]: (draft: Draft, event: EventOf<T>) => void };

export const ANSWER_OVERDUE = 'ANSWER_OVERDUE';

/** What each event does to an order. What follows from the new state (commands, releases) is `plan.ts`. */
export const TRANSITIONS: Transitions = {
  RESERVED: reserved,
  STOCK_ALLOCATED: stockAllocated,
  RESERVATION_RELEASED: (draft, { command }) => answered(draft, command),
  ERP_CREATED: erpCreated,
  ERP_CANCELLED: (draft, { command }) => answered(draft, command),
  NODE_TOLD: nodeTold,
  RELEASE_OVERTAKEN: releaseOvertaken,
  FULFILMENT_PROGRESSED: fulfilmentProgressed,
  CANCEL_ANSWERED: cancelAnswered,
  SHIPMENT_CONFIRMED: shipmentConfirmed,
  SHIPMENT_PROGRESSED: shipmentProgressed,
  CANCEL: cancelled,
  WITHDRAWN: withdrawn,
  COMMAND_REFUSED: commandRefused,
  COMMAND_FAILED: commandFailed,
  OVERDUE: (draft, { detail }) => hold(draft, { code: ANSWER_OVERDUE, detail }),
  RETRY: retried,
};

/** Applies one event. An answer of any kind ends the hold that said none came. */
export function evolve<T extends OrderEvent['type']>(draft: Draft, event: EventOf<T>): void {
  const { progress } = draft;
  if (event.type !== 'OVERDUE') progress.holds = progress.holds.filter((each) => each.code !== ANSWER_OVERDUE);
  const transition = TRANSITIONS[event.type] as (draft: Draft, event: EventOf<T>) => void;
  transition(draft, event);
}
