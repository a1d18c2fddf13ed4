import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { ConfirmedShipment, EffectName, EffectState } from '../confirm-shipment/shipment';

const insertEffects: Statement = {
  name: 'effect-insert',
  text: `
    insert into shipments.effect (shipment_id, name, state)
    select * from unnest($1::text[], $2::text[], $3::text[])
        on conflict (shipment_id, name) do nothing`,
};

const pendingOf: Statement = {
  name: 'effect-pending',
  text: `
    select e.shipment_id as shipment, e.name
      from unnest($1::text[], $2::text[]) as asked (shipment_id, name)
      join shipments.effect e on e.shipment_id = asked.shipment_id and e.name = asked.name
     where e.state = 'PENDING'`,
};

// The condition is the fence: of two runs of one effect only the first one changes anything.
const settle: Statement = {
  name: 'effect-settle',
  text: `
    with settled as (
      update shipments.effect set state = $4, reference = $5, error = $6, attempts = attempts + $7, updated_at = now()
       where shipment_id = any($1::text[]) and name = $2 and state = any($3::text[])
      returning shipment_id)
    update shipments.shipment s set version = s.version + 1, updated_at = now(), position = null
      from settled where s.id = settled.shipment_id
    returning s.id`,
};

const noteAttempt: Statement = {
  name: 'effect-attempt',
  text: `
    update shipments.effect set attempts = attempts + 1, error = $3, updated_at = now()
     where shipment_id = $1 and name = $2 and state = 'PENDING'`,
};

// Deliveries wait for the sales order: these may go now.
const waitingDeliveries: Statement = {
  name: 'effect-waiting-deliveries',
  text: `
    select s.id from shipments.shipment s
      join shipments.effect e on e.shipment_id = s.id and e.name = 'ERP_DELIVERY' and e.state = 'PENDING'
     where s.order_id = any($1::text[]) and s.state = 'CONFIRMED'`,
};

const insertNotices: Statement = {
  name: 'notice-insert',
  text: `
    insert into shipments.notice (shipment_id, partner, carrier, tracking_numbers)
    select * from jsonb_to_recordset($1::jsonb) as r ("id" text, partner text, carrier text, "trackingNumbers" jsonb)
        on conflict (shipment_id) do nothing`,
};

export async function addEffects(tx: Transaction, shipments: readonly ConfirmedShipment[]): Promise<void> {
  const rows = shipments.flatMap(({ id, effects }) =>
    Object.entries(effects).map(([name, state]) => ({ id, name, state })),
  );
  const columns = [rows.map(({ id }) => id), rows.map(({ name }) => name), rows.map(({ state }) => state)];
  await tx.query(insertEffects, columns);
}

/** Of each effect asked for: does it still wait? */
export async function arePending(
  db: Queryable,
  asked: readonly { readonly shipment: string; readonly name: EffectName }[],
): Promise<boolean[]> {
  const columns = [asked.map(({ shipment }) => shipment), asked.map(({ name }) => name)];
  const { rows } = await db.query<{ shipment: string; name: string }>(pendingOf, columns);
  const pending = new Set(rows.map(({ shipment, name }) => `${name} ${shipment}`));
  return asked.map(({ shipment, name }) => pending.has(`${name} ${shipment}`));
}

export interface Settlement {
  readonly from: readonly EffectState[];
  readonly to: EffectState;
  readonly reference?: string | undefined;
  readonly error?: string;
  /** Default 1. */
  readonly attempts?: number;
}

/** Moves an effect of these shipments on, and their versions with it. Answers those that moved. */
export async function settleEffects(
  tx: Transaction,
  shipments: readonly string[],
  name: EffectName,
  { from, to, reference, error, attempts = 1 }: Settlement,
): Promise<string[]> {
  const values = [shipments, name, from, to, reference ?? null, error ?? null, attempts];
  return (await tx.query<{ id: string }>(settle, values)).rows.map(({ id }) => id);
}

/** A try that failed and will be repeated: shown, but no change of the shipment. */
export async function noteFailedAttempt(
  db: Queryable,
  shipment: string,
  name: EffectName,
  error: string,
): Promise<void> {
  await db.query(noteAttempt, [shipment, name, error]);
}

export async function deliveriesWaitingFor(tx: Transaction, orders: readonly string[]): Promise<string[]> {
  return (await tx.query<{ id: string }>(waitingDeliveries, [orders])).rows.map(({ id }) => id);
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
