import type { Queryable, Statement, Transaction } from '#persistence/database';
import { DISABLE_AFTER_HOURS, type DisableReason } from '../deliver/schedule';

export interface StoredEndpoint {
  readonly id: string;
  readonly partner: string;
  readonly url: string;
  /** null: all. */
  readonly eventTypes: string[] | null;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly disabledReason: 'BY_PARTNER' | DisableReason | null;
  readonly disabledAt: Date | null;
  /** Sealed. */
  readonly secret: Buffer;
  /** null also when its time is over. */
  readonly previousSecret: Buffer | null;
  readonly previousUntil: Date | null;
  readonly failingSince: Date | null;
  /** The receiver has asked to be left alone, and still is. */
  readonly quiet: boolean;
  readonly slow: boolean;
  /** Since when its partner is deactivated: nothing is sent until it is let in again. */
  readonly suspendedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = `
  id, partner, url, event_types as "eventTypes", description, enabled, disabled_reason as "disabledReason",
  disabled_at as "disabledAt", secret,
  case when previous_until > now() then previous_secret end as "previousSecret",
  case when previous_until > now() then previous_until end as "previousUntil",
  failing_since as "failingSince", suspended_at as "suspendedAt", coalesce(quiet_until > now(), false) as quiet, slow, version,
  created_at as "createdAt", updated_at as "updatedAt"`;

const readOne: Statement = {
  name: 'webhooks-endpoint-one',
  text: `select ${columns} from webhooks.endpoint where id = $1`,
};
const lockOne: Statement = {
  name: 'webhooks-endpoint-lock',
  text: `select ${columns} from webhooks.endpoint where id = $1 for no key update`,
};
const readOf: Statement = {
  name: 'webhooks-endpoint-of',
  text: `select ${columns} from webhooks.endpoint where partner = $1 order by id`,
};
const readEnabled: Statement = {
  name: 'webhooks-endpoint-enabled',
  text: `select ${columns} from webhooks.endpoint where partner = any($1) and enabled order by id for key share`,
};
const insertOne: Statement = {
  name: 'webhooks-endpoint-insert',
  text: `
    insert into webhooks.endpoint (id, partner, url, event_types, description, enabled, disabled_reason, disabled_at, secret)
    values ($1, $2, $3, $4, $5, $6, case when $6 then null else 'BY_PARTNER' end, case when $6 then null else now() end, $7)
    returning ${columns}`,
};
/** Enabled again, or elsewhere, it starts anew: nothing is known of how it fails. */
const updateOne: Statement = {
  name: 'webhooks-endpoint-update',
  text: `
    update webhooks.endpoint
       set event_types = $3, description = $4, enabled = $5,
           disabled_reason = case when $5 then null when enabled then 'BY_PARTNER' else disabled_reason end,
           disabled_at = case when $5 then null when enabled then now() else disabled_at end,
           failing_since = case when $5 and (not enabled or url <> $2) then null else failing_since end,
           quiet_until = case when $5 and (not enabled or url <> $2) then null else quiet_until end,
           url = $2, version = version + 1, updated_at = now()
     where id = $1 returning ${columns}`,
};
const rotateOne: Statement = {
  name: 'webhooks-endpoint-rotate',
  text: `
    update webhooks.endpoint
       set previous_secret = secret, previous_until = now() + $3 * interval '1 hour', secret = $2,
           version = version + 1, updated_at = now()
     where id = $1 returning ${columns}`,
};
/** Of successes only the first after a failure is written: a healthy endpoint costs no row. */
const noteStatement: Statement = {
  name: 'webhooks-endpoint-note',
  text: `
    with noted as (
      update webhooks.endpoint
         set failing_since = case when $2 then null else coalesce(failing_since, now()) end,
             quiet_until = case when $3 > 0 then now() + $3 * interval '1 second' else quiet_until end
       where id = $1 and ((failing_since is null) <> $2 or $3 > 0)
      returning failing_since
    )
    select coalesce((select failing_since from noted), (select failing_since from webhooks.endpoint where id = $1))
             <= now() - $4 * interval '1 hour' and not $2 as "tooLong"`,
};
const disableOne: Statement = {
  name: 'webhooks-endpoint-disable',
  text: `
    update webhooks.endpoint
       set enabled = false, disabled_reason = $2, disabled_at = now(), version = version + 1, updated_at = now()
     where id = $1 and enabled returning disabled_at as at`,
};

const suspendAll: Statement = {
  name: 'webhooks-endpoint-suspend',
  text: `update webhooks.endpoint set suspended_at = now() where partner = $1 and suspended_at is null`,
};
/** That nothing was taken while nothing was sent is no failure. */
const resumeAll: Statement = {
  name: 'webhooks-endpoint-resume',
  text: `
    with held as (
      select id, suspended_at from webhooks.endpoint where partner = $1 and suspended_at is not null for no key update)
    update webhooks.endpoint e set suspended_at = null, failing_since = null
      from held where e.id = held.id returning e.id, e.slow, held.suspended_at as "suspendedAt"`,
};

type ResumedEndpoint = Pick<StoredEndpoint, 'id' | 'slow'> & { readonly suspendedAt: Date };

export async function suspendOf(tx: Transaction, partner: string): Promise<void> {
  await tx.query(suspendAll, [partner]);
}

export async function resumeOf(tx: Transaction, partner: string): Promise<ResumedEndpoint[]> {
  return (await tx.query<ResumedEndpoint>(resumeAll, [partner])).rows;
}

export async function endpointsOf(db: Queryable, partner: string): Promise<StoredEndpoint[]> {
  return (await db.query<StoredEndpoint>(readOf, [partner])).rows;
}

export async function enabledOf(db: Queryable, partners: readonly string[]): Promise<StoredEndpoint[]> {
  return (await db.query<StoredEndpoint>(readEnabled, [partners])).rows;
}

export async function findForSending(db: Queryable, id: string): Promise<StoredEndpoint | undefined> {
  return (await db.query<StoredEndpoint>(readOne, [id])).rows[0];
}

export async function lockEndpoint(tx: Transaction, id: string): Promise<StoredEndpoint | undefined> {
  return (await tx.query<StoredEndpoint>(lockOne, [id])).rows[0];
}

export interface EndpointSettings {
  readonly url: string;
  readonly eventTypes: readonly string[] | null;
  readonly description: string | null;
  readonly enabled: boolean;
}

export async function insertEndpoint(
  tx: Transaction,
  id: string,
  partner: string,
  { url, eventTypes, description, enabled }: EndpointSettings,
  secret: Buffer,
): Promise<StoredEndpoint> {
  const values = [id, partner, url, eventTypes, description, enabled, secret];
  return only((await tx.query<StoredEndpoint>(insertOne, values)).rows);
}

export async function updateEndpoint(
  tx: Transaction,
  id: string,
  { url, eventTypes, description, enabled }: EndpointSettings,
): Promise<StoredEndpoint> {
  return only((await tx.query<StoredEndpoint>(updateOne, [id, url, eventTypes, description, enabled])).rows);
}

/** The present secret goes on signing for so many hours, beside the new one. */
export async function rotateSecret(
  tx: Transaction,
  id: string,
  secret: Buffer,
  hours: number,
): Promise<StoredEndpoint> {
  return only((await tx.query<StoredEndpoint>(rotateOne, [id, secret, hours])).rows);
}

export async function deleteEndpoint(tx: Transaction, id: string): Promise<void> {
  await tx.query({ name: 'webhooks-endpoint-delete', text: 'delete from webhooks.endpoint where id = $1' }, [id]);
}

export async function setSlow(tx: Transaction, id: string, slow: boolean): Promise<void> {
  const text = 'update webhooks.endpoint set slow = $2 where id = $1';
  await tx.query({ name: 'webhooks-endpoint-slow', text }, [id, slow]);
}

/** Notes whether anything was taken; true when nothing was for so long that the endpoint is to be disabled. */
export async function noteOutcome(tx: Transaction, id: string, taken: boolean, quietSeconds: number): Promise<boolean> {
  const values = [id, taken, quietSeconds, DISABLE_AFTER_HOURS];
  return (await tx.query<{ tooLong: boolean | null }>(noteStatement, values)).rows[0]?.tooLong === true;
}

/** When, as RFC 3339; undefined when it was disabled before. */
export async function setDisabled(tx: Transaction, id: string, reason: DisableReason): Promise<string | undefined> {
  return (await tx.query<{ at: Date }>(disableOne, [id, reason])).rows[0]?.at.toISOString();
}

function only(rows: readonly StoredEndpoint[]): StoredEndpoint {
  const [row] = rows;
  if (row === undefined) throw new Error('the endpoint is gone although its row was held');
  return row;
}
