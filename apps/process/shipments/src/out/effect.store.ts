import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { ConfirmedShipment, Effect, EffectName, EffectState, PostedLine } from '../confirm-shipment/shipment';
import type { OrderInErp } from '../effects/due';

/** One effect of one version of one shipment. */
export interface EffectKey {
  readonly shipment: string;
  readonly revision: number;
  readonly name: EffectName;
}

const insertEffects: Statement = {
  name: 'effect-insert',
  text: `
    insert into shipments.effect (shipment_id, revision, name, state, reference, lines)
    select * from jsonb_to_recordset($1::jsonb)
           as r (shipment text, revision int, name text, state text, reference text, lines jsonb)
        on conflict (shipment_id, revision, name) do nothing`,
};

// From now on the effect asks for the same until it is answered. In key order, so that two sets cannot wait for each other.
const markAsked: Statement = {
  name: 'effect-asked',
  text: `
    update shipments.effect e set asked = true
      from (select shipment_id, revision, name from shipments.effect
             where (shipment_id, revision, name) in (select * from unnest($1::text[], $2::int[], $3::text[]))
               and state = 'PENDING' and not asked
             order by shipment_id, revision, name for update) as a
     where e.shipment_id = a.shipment_id and e.revision = a.revision and e.name = a.name`,
};

// The condition is the fence: of two runs of one effect only the first one changes anything. Shipments are locked first and in their order
// (locks.ts), so that two sets cannot wait for each other.
const settle: Statement = {
  name: 'effect-settle',
  text: `
    with ended as (
      select * from jsonb_to_recordset($2::jsonb)
        as r (shipment text, revision int, name text, "to" text, reference text, error text, attempts int, asked boolean)
    ), locked as materialized (
      select id from shipments.shipment where id in (select shipment from ended) order by id for no key update
    ), was as (
      select e.shipment_id, e.revision, e.name, e.troubled from shipments.effect e
       where (e.shipment_id, e.revision, e.name) in (select shipment, revision, name from ended)
         and (select count(*) from locked) > 0
       order by e.shipment_id, e.revision, e.name for update
    ), settled as (
      update shipments.effect e
         set state = n."to", reference = n.reference, error = n.error, attempts = e.attempts + n.attempts, updated_at = now(),
             asked = coalesce(n.asked, e.asked), troubled = case when n."to" = 'PENDING' then e.troubled else n."to" = 'FAILED' end
        from was join ended n on n.shipment = was.shipment_id and n.revision = was.revision and n.name = was.name
       where e.shipment_id = was.shipment_id and e.revision = was.revision and e.name = was.name and e.state = any($1::text[])
      returning e.shipment_id, e.revision, e.name, was.troubled
    ), counted as (
      update shipments.shipment s set version = s.version + n.times, updated_at = now(), position = null
        from (select shipment_id, count(*) as times from settled group by shipment_id) n
       where s.id = n.shipment_id
    )
    select shipment_id as shipment, revision, name, troubled from settled`,
};

const noteAttempt: Statement = {
  name: 'effect-attempt',
  text: `
    update shipments.effect set attempts = attempts + 1, error = $4, updated_at = now()
     where shipment_id = $1 and revision = $2 and name = $3 and state = 'PENDING'`,
};

const effectsOfShipments: Statement = {
  name: 'effect-of-shipments',
  text: `
    select s.id as shipment, o.order_id is not null as "inErp",
           array(select t.name from shipments.shipment other
                   join shipments.effect t on t.shipment_id = other.id and t.revision > 1
                  where other.order_id = s.order_id and t.name in ('ERP_REVERSAL', 'CREDIT_MEMO') and t.state = 'PENDING') as "takingBack",
           jsonb_agg(jsonb_build_object('name', e.name, 'revision', e.revision, 'state', e.state, 'asked', e.asked,
                                        'lines', e.lines, 'reference', e.reference)
                     order by e.revision, e.name) as effects
      from shipments.shipment s
      join shipments.effect e on e.shipment_id = s.id
      left join shipments.erp_order o on o.order_id = s.order_id
     where s.id = any($1::text[]) and s.state = 'CONFIRMED'
     group by s.id, o.order_id
     order by s.id`,
};

const lockEffects: Statement = {
  name: 'effect-lock',
  text: `
    select name from shipments.effect where shipment_id = $1 order by shipment_id, revision, name for update`,
};

// Deliveries wait for the sales order, and for what takes others back; so do invoices.
const waitingEffects: Statement = {
  name: 'effect-waiting',
  text: `
    select distinct s.id from shipments.shipment s
      join shipments.effect e on e.shipment_id = s.id and e.name = $2 and e.state = 'PENDING'
     where s.order_id = any($1::text[]) and s.state = 'CONFIRMED'`,
};

const insertNotices: Statement = {
  name: 'notice-insert',
  text: `
    insert into shipments.notice (shipment_id, partner, carrier, tracking_numbers)
    select * from jsonb_to_recordset($1::jsonb) as r ("id" text, partner text, carrier text, "trackingNumbers" jsonb)
        on conflict (shipment_id) do nothing`,
};

/** An effect that a shipment is to have. */
export interface EffectToBe extends EffectKey {
  readonly state: EffectState;
  readonly reference?: string;
  readonly lines?: readonly PostedLine[] | null;
}

export async function addEffects(tx: Transaction, effects: readonly EffectToBe[]): Promise<void> {
  const rows = effects.map((effect) => ({ reference: null, lines: null, ...effect }));
  await tx.query(insertEffects, [JSON.stringify(rows)]);
}

/** Those that the first confirmation brings about. */
export function firstEffectsOf(shipments: readonly ConfirmedShipment[]): EffectToBe[] {
  return shipments.flatMap(({ id, effects }) =>
    Object.entries(effects).map(([name, state]) => ({ shipment: id, revision: 1, name: name as EffectName, state })),
  );
}

/** Says that the backends of these effects are being asked, where they wait. */
export async function markAskedFor(db: Queryable, keys: readonly EffectKey[]): Promise<void> {
  const columns = [keys.map(({ shipment }) => shipment), keys.map(({ revision }) => revision), keys.map(({ name }) => name)]; // prettier-ignore
  await db.query(markAsked, columns);
}

/** How one effect goes on. */
export interface Settlement extends EffectKey {
  readonly to: EffectState;
  readonly reference?: string | undefined;
  readonly error?: string | undefined;
  /** Tries that this adds; default 1. */
  readonly attempts?: number;
  /** False when it is certain that the backend has nothing of it: a correction may then ask for something else. */
  readonly asked?: boolean;
}

export interface Settled extends EffectKey {
  /** A person had been told that it failed. */
  readonly troubled: boolean;
}

/**
 * Moves effects on that are in one of these states, and the versions of their shipments with them. Answers those that moved. Each
 * effect is named once.
 */
export async function settleEffects(
  tx: Transaction,
  from: readonly EffectState[],
  settlements: readonly Settlement[],
): Promise<Settled[]> {
  if (settlements.length === 0) return [];
  const rows = settlements.map((each) => ({ attempts: 1, ...each }));
  return (await tx.query<Settled>(settle, [from, JSON.stringify(rows)])).rows;
}

/** A try that failed and will be repeated: shown, but no change of the shipment. */
export async function noteFailedAttempt(db: Queryable, key: EffectKey, error: string): Promise<void> {
  await db.query(noteAttempt, [key.shipment, key.revision, key.name, error]);
}

export interface ShipmentEffects extends OrderInErp {
  readonly shipment: string;
  readonly effects: readonly (Effect & { readonly reference: string | null })[];
}

export async function effectsOf(tx: Queryable, shipments: readonly string[]): Promise<ShipmentEffects[]> {
  return (await tx.query<ShipmentEffects>(effectsOfShipments, [shipments])).rows;
}

/** Nobody asks a backend for an effect of this shipment until the end of the transaction. */
export async function lockEffectsOf(tx: Transaction, shipment: string): Promise<void> {
  await tx.query(lockEffects, [shipment]);
}

/** Shipments of these orders of which an effect of this name waits. */
export async function waitingIn(tx: Transaction, orders: readonly string[], name: EffectName): Promise<string[]> {
  return (await tx.query<{ id: string }>(waitingEffects, [orders, name])).rows.map(({ id }) => id);
}

export interface Notice {
  readonly id: string;
  readonly partner: string;
  readonly carrier: string | null;
  readonly trackingNumbers: readonly string[];
}

export async function addNotices(tx: Transaction, notices: readonly Notice[]): Promise<void> {
  if (notices.length > 0) await tx.query(insertNotices, [JSON.stringify(notices)]);
}
