import type { ShipmentContent } from '#contracts/shipments/shipments.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';

/** What a warehouse said of a version of a shipment. */
export interface SaidCorrection {
  readonly shipment: string;
  /** 2 is the first correction. */
  readonly revision: number;
  readonly fulfilmentOrder: string;
  /** What left; null when nothing did. */
  readonly content: ShipmentContent | null;
  readonly contentHash: string;
  readonly reason: string;
  readonly correlationId: string;
}

export interface DueCorrection extends SaidCorrection {
  /** A person has been told that it waits. */
  readonly alerted: boolean;
}

const insertSaid: Statement = {
  name: 'said-correction-insert',
  text: `
    insert into shipments.said_correction (shipment_id, revision, content_hash, fulfilment_order, content, reason, correlation_id)
    select shipment, revision, "contentHash", "fulfilmentOrder", nullif(content, 'null'), reason, "correlationId"
      from jsonb_to_recordset($1::jsonb)
           as r (shipment text, revision int, "contentHash" text, "fulfilmentOrder" text, content jsonb, reason text, "correlationId" text)
        on conflict do nothing`,
};

/** One at a time: each that is applied moves the version of its shipment. Index: said_correction_waiting. */
const nextDue: Statement = {
  name: 'said-correction-due',
  text: `
    select c.shipment_id as shipment, c.revision, c.fulfilment_order as "fulfilmentOrder", c.content, c.content_hash as "contentHash",
           c.reason, c.correlation_id as "correlationId", c.alerted_at is not null as alerted
      from shipments.said_correction c join shipments.shipment s on s.id = c.shipment_id
     where c.shipment_id = any($1::text[]) and c.state = 'WAITING' and c.revision <= s.revision + 1
     order by c.shipment_id, c.revision, c.position limit 1`,
};

const settle: Statement = {
  name: 'said-correction-settle',
  text: `
    update shipments.said_correction set state = $4, alerted_at = null
     where (shipment_id, revision, content_hash) = ($1, $2, $3)`,
};

const ordersOf: Statement = {
  name: 'said-correction-orders',
  text: `select distinct order_id as "order" from shipments.shipment where id = any($1::text[]) and order_id is not null`,
};

const alertWaiting: Statement = {
  name: 'said-correction-alert',
  text: `
    update shipments.said_correction c set alerted_at = now()
      from (select shipment_id, revision, content_hash from shipments.said_correction
             where state = 'WAITING' and alerted_at is null and received_at < now() - make_interval(mins => $1)
             order by shipment_id, revision limit 500 for update skip locked) as old
     where (c.shipment_id, c.revision, c.content_hash) = (old.shipment_id, old.revision, old.content_hash)
    returning c.shipment_id as shipment, c.revision, c.fulfilment_order as "fulfilmentOrder", c.correlation_id as "correlationId"`,
};

/** What was said before is there already. */
export async function keepSaid(tx: Transaction, said: readonly SaidCorrection[]): Promise<void> {
  await tx.query(insertSaid, [JSON.stringify(said)]);
}

/** The next one that can be decided: its predecessors are applied, or it is of a version that is known. */
export async function dueCorrection(tx: Transaction, shipments: readonly string[]): Promise<DueCorrection | undefined> {
  return (await tx.query<DueCorrection>(nextDue, [shipments])).rows[0];
}

export async function settleSaid(
  tx: Transaction,
  { shipment, revision, contentHash }: SaidCorrection,
  state: 'DONE' | 'CONFLICT' | 'REFUSED',
): Promise<void> {
  await tx.query(settle, [shipment, revision, contentHash, state]);
}

/** Orders of those shipments that are confirmed. */
export async function ordersOfShipments(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return (await db.query<{ order: string }>(ordersOf, [ids])).rows.map(({ order }) => order);
}

export type EarlyCorrection = Pick<SaidCorrection, 'shipment' | 'revision' | 'fulfilmentOrder' | 'correlationId'>;

/** Those that have waited so long for the version before them that a person has to know; each is answered once. */
export async function alertEarly(tx: Transaction, minutes: number): Promise<EarlyCorrection[]> {
  return (await tx.query<EarlyCorrection>(alertWaiting, [minutes])).rows;
}
