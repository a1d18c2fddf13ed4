import type { Queryable, Statement, Transaction } from '#persistence/database';

/** Any number that only the relay locks: one fans out at a time, so jobs get their ids in the order of events. */
const relayLock = 7_243_002;

/** Says in the transaction itself whether it relays, so that what follows needs no answer before it is sent. */
const takeTurn: Statement = {
  name: 'outbox-relay-lock',
  text: `select set_config('crossdock.relay', pg_try_advisory_xact_lock($1)::text, true)`,
};

/**
 * Everything not yet dispatched, oldest first, becomes one job per subscription. Never "id > last seen": ids are
 * given before commit, so a smaller one can appear later.
 */
const dispatchEvents: Statement = {
  name: 'outbox-dispatch',
  text: `
    with due as materialized (
      select id, event_id, type, partition_key, envelope || jsonb_build_object('sequence', id::text) as payload
        from messaging.outbox
       where dispatched_at is null and current_setting('crossdock.relay') = 'true'
       order by id limit $1 for update skip locked
    ), fanned as (
      insert into messaging.job (queue, key, order_key, payload)
      select s.queue, d.event_id::text, s.subscriber || ':' || d.partition_key, d.payload
        from due d join messaging.subscription s on s.type in (d.type, '*')
       order by d.id, s.subscriber
      on conflict (queue, key) where key is not null do nothing
    ), marked as (
      update messaging.outbox o set dispatched_at = now() from due d where o.id = d.id
    )
    select count(*)::int as dispatched from due`,
};

const registerSubscription: Statement = {
  name: 'subscription-register',
  text: `
    insert into messaging.subscription as s (subscriber, type, queue) values ($1, $2, $3)
    on conflict (subscriber, type) do update set queue = excluded.queue
    returning (xmax = 0) as is_new`,
};

const replayEvents: Statement = {
  name: 'outbox-replay',
  text: `
    insert into messaging.job (queue, key, order_key, payload)
    select s.queue, o.event_id::text, s.subscriber || ':' || o.partition_key,
           o.envelope || jsonb_build_object('sequence', o.id::text)
      from messaging.outbox o join messaging.subscription s on s.type in (o.type, '*')
     where s.subscriber = $1 and o.id >= $2 and ($3::text is null or s.type = $3) and o.dispatched_at is not null
     order by o.id
    on conflict (queue, key) where key is not null do nothing`,
};

const deleteOldEvents: Statement = {
  name: 'outbox-retention',
  text: `
    delete from messaging.outbox where id in (
      select id from messaging.outbox
       where dispatched_at < now() - $1 * interval '1 day' order by dispatched_at limit $2)`,
};

/** Keeps every relay waiting until this transaction ends. */
export async function lockRelay(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [relayLock]);
}

/**
 * Returns how many events were fanned out: 0 also when another transaction relays. Two statements, because only the second one sees
 * all that was committed before its turn.
 */
export async function dispatch(tx: Transaction, limit: number): Promise<number> {
  const turn = tx.query(takeTurn, [relayLock]);
  const fanned = tx.query<{ dispatched: number }>(dispatchEvents, [limit]);
  tx.commit();
  const [, { rows }] = await Promise.all([turn, fanned]);
  return rows[0]?.dispatched ?? 0;
}

/** True when the subscription did not exist before. */
export async function register(db: Queryable, subscriber: string, type: string, queue: string): Promise<boolean> {
  const { rows } = await db.query<{ is_new: boolean }>(registerSubscription, [subscriber, type, queue]);
  return rows[0]?.is_new === true;
}

export async function retire(db: Queryable, subscriber: string, type: string): Promise<void> {
  await db.query('delete from messaging.subscription where subscriber = $1 and type = $2', [subscriber, type]);
}

/** Queues dispatched events again, of one subscribed type or of all; returns how many. */
export async function replay(db: Queryable, subscriber: string, fromId: string, type?: string): Promise<number> {
  return (await db.query(replayEvents, [subscriber, fromId, type ?? null])).rowCount;
}

export async function deleteOld(db: Queryable, days: number, limit: number): Promise<number> {
  return (await db.query(deleteOldEvents, [days, limit])).rowCount;
}
