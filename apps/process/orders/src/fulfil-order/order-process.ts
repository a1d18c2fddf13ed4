import { answered, endHolds, hold, type Draft } from './draft';
import { cancelled } from './evolve/cancellation';
import { commandFailed, commandRefused, erpCreated, withdrawn } from './evolve/commands';
import { amended, changed, expired, promiseMoved } from './evolve/agreement';
import { cancelAnswered, fulfilmentProgressed, nodeTold, releaseOvertaken } from './evolve/fulfilments';
import { holdReleased, retried } from './evolve/holds';
import { reserved, stockAllocated } from './evolve/reservations';
import { shipmentCorrected } from './evolve/corrections';
import { shipmentConfirmed, shipmentProgressed } from './evolve/shipments';
import { THE_PROCESS } from './holds';
import type { EventOf, OrderEvent } from './order-event';
import { linesLookedUp, placed } from './parked';

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
  SHIPMENT_CORRECTED: shipmentCorrected,
  SHIPMENT_PROGRESSED: shipmentProgressed,
  CANCEL: cancelled,
  WITHDRAWN: withdrawn,
  COMMAND_REFUSED: commandRefused,
  COMMAND_FAILED: commandFailed,
  HELD: (draft, { reason }) => hold(draft, reason),
  HOLD_RELEASED: holdReleased,
  OVERDUE: (draft, { detail }) => hold(draft, { type: 'ANSWER', code: ANSWER_OVERDUE, detail }),
  EXPIRED: expired,
  PROMISE_MOVED: promiseMoved,
  AMENDED: amended,
  CHANGED: changed,
  LINES_LOOKED_UP: linesLookedUp,
  PLACED: placed,
  RETRY: retried,
};

/** What a backend or a node says. What people and the calendar do is no answer: somebody else still owes one. */
const ANSWERS: readonly OrderEvent['type'][] = [
  'RESERVED',
  'STOCK_ALLOCATED',
  'RESERVATION_RELEASED',
  'ERP_CREATED',
  'ERP_CANCELLED',
  'NODE_TOLD',
  'RELEASE_OVERTAKEN',
  'FULFILMENT_PROGRESSED',
  'CANCEL_ANSWERED',
  'SHIPMENT_CONFIRMED',
  'SHIPMENT_PROGRESSED',
  'COMMAND_REFUSED',
  'COMMAND_FAILED',
];

/** Applies one event. An answer of any kind ends the hold that said none came. */
export function evolve<T extends OrderEvent['type']>(draft: Draft, event: EventOf<T>): void {
  if (ANSWERS.includes(event.type))
    endHolds(draft, THE_PROCESS, 'an answer came', (each) => each.code === ANSWER_OVERDUE);
  draft.tries = event.tries;
  const transition = TRANSITIONS[event.type] as (draft: Draft, event: EventOf<T>) => void;
  transition(draft, event);
}
