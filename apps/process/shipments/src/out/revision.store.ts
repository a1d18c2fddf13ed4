import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { Finding } from '#canonical/errors';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { ShipmentLine } from '../confirm-shipment/shipment';
import type { Correction } from '../correct-shipment/decide';

/** A shipment as a correction finds it. */
export interface Correctable {
  readonly id: string;
  readonly state: 'PARKED' | 'CONFIRMED';
  readonly fulfilmentOrder: string;
  readonly order: string | null;
  readonly revision: number;
  readonly voided: boolean;
  readonly lines: readonly ShipmentLine[] | null;
  readonly findings: readonly Finding[];
  readonly request: ConfirmShipmentRequest;
  readonly correlationId: string;
}

const lockShipment: Statement = {
  name: 'revision-lock',
  text: `
    select id, state, fulfilment_order as "fulfilmentOrder", order_id as "order", revision, voided, lines, findings, request,
           correlation_id as "correlationId"
      from shipments.shipment where id = $1 for update`,
};

const fulfilmentOrderOf: Statement = {
  name: 'revision-fulfilment-order',
  text: `select fulfilment_order as id, order_id as "order" from shipments.shipment where id = $1`,
};

const findHash: Statement = {
  name: 'revision-hash',
  text: `select content_hash as "contentHash" from shipments.revision where shipment_id = $1 and revision = $2`,
};

// The first word is kept with the first correction: most shipments have none.
const insertRevision: Statement = {
  name: 'revision-insert',
  text: `
    insert into shipments.revision (shipment_id, revision, kind, content_hash, request, lines, received_at)
    select id, 1, 'CONFIRMED', content_hash, request, lines, received_at
      from shipments.shipment where id = $1 and revision = 1
        on conflict do nothing`,
};

const insertNext: Statement = {
  name: 'revision-next',
  text: `
    insert into shipments.revision (shipment_id, revision, kind, content_hash, request, lines, reason)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

const changeShipment: Statement = {
  name: 'revision-change',
  text: `
    update shipments.shipment
       set revision = $2, content_hash = $3, request = $4, lines = $5, findings = $6, voided = $7,
           parked_reason = case when state = 'PARKED' and not $7 then 'ORDER_UNKNOWN' end,
           alerted_at = case when parked_reason is distinct from 'UNIT_MISMATCH' then alerted_at end,
           carrier = coalesce($4::jsonb ->> 'carrier', carrier),
           version = version + 1, updated_at = now(), position = null
     where id = $1`,
};

// Whoever has been asked is asked for the same again, whatever the shipment is now.
const keepContent: Statement = {
  name: 'revision-keep-content',
  text: `
    update shipments.effect e
       set content = jsonb_build_object('request', s.request, 'lines', s.lines, 'carrier', s.carrier)
      from shipments.shipment s
     where s.id = $1 and e.shipment_id = s.id and e.asked and e.content is null and e.state in ('PENDING', 'FAILED')`,
};

const freeze: Statement = {
  name: 'revision-freeze',
  text: `
    update shipments.effect e set lines = r.lines
      from jsonb_to_recordset($2::jsonb) as r (name text, revision int, lines jsonb)
     where e.shipment_id = $1 and e.name = r.name and e.revision = r.revision`,
};

const drop: Statement = {
  name: 'revision-drop',
  text: `
    update shipments.effect e set state = 'NOT_NEEDED', error = $3, troubled = false, updated_at = now()
      from jsonb_to_recordset($2::jsonb) as r (name text, revision int)
     where e.shipment_id = $1 and e.name = r.name and e.revision = r.revision`,
};

const reopen: Statement = {
  name: 'revision-reopen',
  text: `
    update shipments.effect e set state = 'PENDING', lines = null, content = null, error = null, asked = false, troubled = false, updated_at = now()
      from jsonb_to_recordset($2::jsonb) as r (name text, revision int)
     where e.shipment_id = $1 and e.name = r.name and e.revision = r.revision`,
};

/** What has to be locked before the shipment itself. */
export async function subjectsOf(
  tx: Queryable,
  id: string,
): Promise<{ readonly id: string; readonly order: string | null } | undefined> {
  return (await tx.query<{ id: string; order: string | null }>(fulfilmentOrderOf, [id])).rows[0];
}

export async function lockForCorrection(tx: Transaction, id: string): Promise<Correctable | undefined> {
  return (await tx.query<Correctable>(lockShipment, [id])).rows[0];
}

/** The content of a version that is known already. */
export async function hashOfRevision(tx: Queryable, id: string, revision: number): Promise<string | undefined> {
  return (await tx.query<{ contentHash: string }>(findHash, [id, revision])).rows[0]?.contentHash;
}

export interface Revision {
  readonly revision: number;
  readonly contentHash: string;
  readonly request: ConfirmShipmentRequest;
  /** null while it is parked. */
  readonly lines: readonly ShipmentLine[] | null;
  readonly findings: readonly Finding[];
  readonly voided: boolean;
  readonly reason: string;
}

/** Keeps what stood until now, with the effects that have been asked for it, and writes what stands from now on. */
export async function recordRevision(tx: Transaction, id: string, next: Revision): Promise<void> {
  const { revision, contentHash, request, lines, findings, voided, reason } = next;
  const [said, posted] = [JSON.stringify(request), lines === null ? null : JSON.stringify(lines)];
  await tx.query(insertRevision, [id]);
  await tx.query(keepContent, [id]);
  await tx.query(insertNext, [id, revision, voided ? 'VOIDED' : 'CORRECTED', contentHash, said, posted, reason]);
  await tx.query(changeShipment, [id, revision, contentHash, said, posted, JSON.stringify(findings), voided]);
}

/** Applies what a correction means for the effects that are there already. */
export async function changeEffects(
  tx: Transaction,
  id: string,
  { frozen, dropped, reopened }: Correction,
  reason: string,
): Promise<void> {
  if (frozen.length > 0) await tx.query(freeze, [id, JSON.stringify(frozen)]);
  if (dropped.length > 0) await tx.query(drop, [id, JSON.stringify(dropped), reason]);
  if (reopened.length > 0) await tx.query(reopen, [id, JSON.stringify(reopened)]);
}
