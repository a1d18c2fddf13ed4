import type { ReservationChange } from '#contracts/availability/reservations.dto';
import type { Queryable, Statement } from '#persistence/database';

/** What happened to a reservation after it was made, as its history shows it. */
export interface NewReservationEvent {
  readonly reservation: string;
  readonly event: 'EXTENDED' | 'EXPIRED' | 'CONVERTED' | 'PREEMPTED';
  readonly detail: Omit<ReservationChange, 'event' | 'at'>;
  /** Idempotency of what a call asked for, and what it asked. */
  readonly key?: string;
  readonly hash?: string;
}

const insertEvents: Statement = {
  name: 'availability-reservation-events',
  text: `
    insert into availability.reservation_event (reservation, event, key, content_hash, detail)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
};

const readEvent: Statement = {
  name: 'availability-reservation-event',
  text: `
    select content_hash as hash, detail from availability.reservation_event
     where reservation = $1 and event = $2 and key = $3`,
};

export async function recordEvents(tx: Queryable, events: readonly NewReservationEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(insertEvents, [
    events.map((each) => each.reservation),
    events.map((each) => each.event),
    events.map((each) => each.key ?? null),
    events.map((each) => each.hash ?? null),
    events.map((each) => JSON.stringify(each.detail)),
  ]);
}

/** What was recorded of a call with this key. Index: reservation_event_key. */
export async function keptEvent(
  tx: Queryable,
  reservation: string,
  event: NewReservationEvent['event'],
  key: string,
): Promise<{ hash: string; detail: NewReservationEvent['detail'] } | undefined> {
  const { rows } = await tx.query<{ hash: string; detail: NewReservationEvent['detail'] }>(readEvent, [
    reservation,
    event,
    key,
  ]);
  return rows[0];
}

/** Indexes: release (reservation, key), reservation_event_reservation. */
const readHistory: Statement = {
  name: 'availability-reservation-history',
  text: `
    select event, at, detail from availability.reservation_event where reservation = $1
    union all
    select 'RELEASED', released_at, jsonb_build_object('lines',
             (select coalesce(jsonb_agg(jsonb_build_object('line', l->'line', 'quantity', l->'released')), '[]')
                from jsonb_array_elements(response->'lines') as l))
      from availability.release where reservation = $1
     order by at`,
};

/** Oldest first. */
export async function historyOf(db: Queryable, reservation: string): Promise<ReservationChange[]> {
  const { rows } = await db.query<{
    event: ReservationChange['event'];
    at: Date;
    detail: NewReservationEvent['detail'];
  }>(readHistory, [reservation]);
  return rows.map(({ event, at, detail }) => ({ event, at: at.toISOString(), ...detail }));
}
