import type { CrossdockEvent } from '#canonical/event';
import type { ExceptionCleared, ExceptionOpened } from '#contracts/events/exceptions';
import type { EventType } from '#contracts/webhooks/event-types';
import type { ExceptionEventData, OrderLineEventData } from '#contracts/webhooks/partner-events.dto';
import type { Transaction } from '#persistence/database';
import { closeTroubles, openTroubles, type Trouble } from '../out/trouble.store';
import type { NewPartnerEvent } from './partner-events';

/** Findings that park a line of an order. */
const PARKING = ['ITEM_UNKNOWN', 'UNIT_UNKNOWN', 'UNIT_INEXACT'];
/** Whose trouble is a partner's business. What we are told of backends and jobs is ours alone. */
const DOMAINS = ['orders', 'shipments'];

/** An exception that is said again is the same one: partners hear of it once. */
export async function troublesOpened(
  tx: Transaction,
  events: readonly CrossdockEvent<ExceptionOpened>[],
): Promise<NewPartnerEvent[]> {
  const told = events.flatMap((event) => {
    const trouble = troubleOf(event.data);
    return trouble === undefined ? [] : [{ ...trouble, event }];
  });
  const fresh = await openTroubles(tx, told);
  return told
    .filter(({ key }, index) => fresh.has(key) && told.findIndex((each) => each.key === key) === index)
    .map(({ type, event, ...trouble }) => eventOf(trouble, type, event));
}

/** Only of those that were told. What ended was said: never why, which may name a backend or a person. */
export async function troublesCleared(
  tx: Transaction,
  events: readonly CrossdockEvent<ExceptionCleared>[],
): Promise<NewPartnerEvent[]> {
  const closed = await closeTroubles(tx, events.map(({ data }) => data.key)); // prettier-ignore
  return events.flatMap((event) => {
    const trouble = closed.get(event.data.key);
    closed.delete(event.data.key);
    return trouble === undefined ? [] : [eventOf(trouble, trouble.typeCleared, event)];
  });
}

function troubleOf(opened: ExceptionOpened): (Trouble & { readonly type: EventType }) | undefined {
  const { key, domain, code, object, line, partner, order } = opened;
  if (partner === undefined || !DOMAINS.includes(domain)) return undefined;
  const subject = order === undefined ? object : { type: 'order', id: order };
  if (domain === 'orders' && order !== undefined && line !== undefined && PARKING.includes(code)) {
    const data: OrderLineEventData = { order, line, code };
    return { key, partner, subject, data, type: 'order.line.parked', typeCleared: 'order.line.resumed' };
  }
  const data: ExceptionEventData = {
    ...{ objectType: object.type, objectId: object.id, code },
    ...(order !== undefined && { order }),
    ...(line !== undefined && { line }),
  };
  return { key, partner, subject, data, type: 'exception.opened', typeCleared: 'exception.cleared' };
}

function eventOf({ partner, subject, data }: Trouble, type: EventType, { id, time }: CrossdockEvent): NewPartnerEvent {
  return { partner, subject, data, type, occurredAt: time, origin: `${type}/${id}` };
}
