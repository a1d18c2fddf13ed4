import type { ReleaseResponse } from '#contracts/availability/release.dto';
import type { ReserveResponse } from '#contracts/availability/reserve.dto';
import type { Queryable, Statement } from '#persistence/database';
import { slicesOf } from './slice.store';

const readResponses: Statement = {
  name: 'availability-reservation-responses',
  text: `select id, response from availability.reservation where id = any($1)`,
};

/** The first answers to these reservations. */
export async function responses(db: Queryable, ids: readonly string[]): Promise<Map<string, ReserveResponse>> {
  const { rows } = await db.query<{ id: string; response: ReserveResponse }>(readResponses, [ids]);
  return new Map(rows.map((row) => [row.id, row.response]));
}

const takeRelease: Statement = {
  name: 'availability-release-take',
  text: `
    insert into availability.release (reservation, key, content_hash, response) values ($1, $2, $3, '{}')
    on conflict (reservation, key) do nothing`,
};

const readRelease: Statement = {
  name: 'availability-release-read',
  text: `select content_hash as hash, response from availability.release where reservation = $1 and key = $2`,
};

const answerRelease: Statement = {
  name: 'availability-release-answer',
  text: `update availability.release set response = $3 where reservation = $1 and key = $2`,
};

/** True for the first with this key; a second one waits for the first to commit. */
export async function isFirstRelease(tx: Queryable, reservation: string, key: string, hash: string): Promise<boolean> {
  return (await tx.query(takeRelease, [reservation, key, hash])).rowCount === 1;
}

export async function release(
  tx: Queryable,
  reservation: string,
  key: string,
): Promise<{ hash: string; response: ReleaseResponse } | undefined> {
  return (await tx.query<{ hash: string; response: ReleaseResponse }>(readRelease, [reservation, key])).rows[0];
}

export async function keepRelease(tx: Queryable, key: string, response: ReleaseResponse): Promise<void> {
  await tx.query(answerRelease, [response.reservation, key, JSON.stringify(response)]);
}

/** Locked, so that an extension that commits first is seen, and one that comes later finds what has ended. */
const readExpired: Statement = {
  name: 'availability-expired',
  text: `
    select id from availability.reservation where id = any($1) and expires_at <= now() order by id for update`,
};

/** Those of these reservations whose time has run out, by the clock of the database; their rows are locked. */
export async function expired(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return (await db.query<{ id: string }>(readExpired, [ids])).rows.map((row) => row.id);
}

export interface StoredReservation {
  readonly id: string;
  readonly kind: 'SOFT' | 'FIRM';
  readonly partner: string | null;
  readonly channel: string | null;
  readonly priority: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly response: ReserveResponse;
  /** The clock of the database. */
  readonly now: Date;
}

const readReservation = `
    select id, kind, partner, channel, priority, created_at as "createdAt", expires_at as "expiresAt", response, now() as now
      from availability.reservation where id = $1 and ($2::text is null or partner = $2)`;
const findReservation: Statement = { name: 'availability-reservation', text: readReservation };
const lockReservation: Statement = { name: 'availability-reservation-lock', text: `${readReservation} for update` };

/** A reservation, if it is this partner's; anybody's without one. */
export async function find(
  db: Queryable,
  id: string,
  partner: string | undefined,
): Promise<StoredReservation | undefined> {
  return (await db.query<StoredReservation>(findReservation, [id, partner ?? null])).rows[0];
}

/** The same, locked. Whoever locks it locks items only after it. */
export async function lockOne(
  tx: Queryable,
  id: string,
  partner: string | undefined,
): Promise<StoredReservation | undefined> {
  return (await tx.query<StoredReservation>(lockReservation, [id, partner ?? null])).rows[0];
}

const moveEnd: Statement = {
  name: 'availability-reservation-extend',
  text: `update availability.reservation set expires_at = $2 where id = $1`,
};

export async function putEnd(tx: Queryable, id: string, expiresAt: Date): Promise<void> {
  await tx.query(moveEnd, [id, expiresAt]);
}

/** Items of which these reservations hold or await something: they only ever become fewer. */
export async function itemsOf(tx: Queryable, reservations: readonly string[]): Promise<string[]> {
  if (reservations.length === 0) return [];
  return (await slicesOf(tx, reservations)).map((slice) => slice.item);
}

const readSoft: Statement = {
  name: 'availability-soft-reservations',
  text: `select id, partner from availability.reservation where id = any($1) and kind = 'SOFT'`,
};

/** Those of these ids that are soft reservations, also ended ones, with their partner. */
export async function softOwners(
  tx: Queryable,
  reservations: readonly string[],
): Promise<Map<string, string | undefined>> {
  const { rows } = await tx.query<{ id: string; partner: string | null }>(readSoft, [reservations]);
  return new Map(rows.map(({ id, partner }) => [id, partner ?? undefined]));
}
