import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '#persistence/database';
import type { Policy } from '../limits/gcra';
import type { KeyMode } from './key-text';

/** A key as it is used: who it is, what it may, how much. */
export interface KeyRow {
  readonly id: string;
  readonly partner: string;
  readonly mode: KeyMode;
  readonly scopes: string[];
  readonly plan: string;
  readonly policies: Policy[];
  /** The Crossdock-Version it is served as unless it asks for another; null until its first use. */
  readonly version: string | null;
}
export interface NewKeyRow extends Omit<KeyRow, 'policies'> {
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
  /** The key it takes over from. */
  readonly replaces?: string;
}
export interface KeySummary extends Omit<KeyRow, 'policies'> {
  readonly name: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly replaces: string | null;
  /** Works until then. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Neither revoked nor past its time. */
  readonly living: boolean;
}
export interface PartnerRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: Date;
}
export interface PlanRow {
  readonly id: string;
  readonly policies: Policy[];
}

const FIND_KEY = {
  name: 'gateway-find-key',
  text: `
    select k.id, k.partner, k.mode, k.scopes, k.plan, k.version, p.policies
      from gateway.api_key k
      join gateway.plan p on p.id = k.plan
      join gateway.partner o on o.id = k.partner
     where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and o.active`,
};
const SUMMARY = `id, partner, name, mode, scopes, plan, version, hint, created_at as "createdAt", replaces,
                 expires_at as "expiresAt", revoked_at as "revokedAt",
                 (revoked_at is null and (expires_at is null or expires_at > now())) as living`;
const PARTNER = `id, name, active, created_at as "createdAt"`;

@Injectable()
export class PartnersStore {
  constructor(private readonly database: Database) {}

  /** A key that is alive, of a partner who is. Index: api_key (hash). */
  async findKey(hash: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<KeyRow>(FIND_KEY, [hash]);
    return rows[0];
  }

  /** Partners after `after`, by id. */
  async partners(limit: number, after: string): Promise<PartnerRow[]> {
    const { rows } = await this.database.query<PartnerRow>(
      `select ${PARTNER} from gateway.partner where id > $2 order by id limit $1`,
      [limit, after],
    );
    return rows;
  }

  /** Locked until the transaction ends: keys of a partner are counted and changed one at a time. */
  async partnerForUpdate(tx: Transaction, id: string): Promise<PartnerRow | undefined> {
    const { rows } = await tx.query<PartnerRow>(`select ${PARTNER} from gateway.partner where id = $1 for update`, [
      id,
    ]);
    return rows[0];
  }

  async partner(id: string): Promise<PartnerRow | undefined> {
    const { rows } = await this.database.query<PartnerRow>(`select ${PARTNER} from gateway.partner where id = $1`, [
      id,
    ]);
    return rows[0];
  }

  async putPartner(tx: Transaction, { id, name, active }: Omit<PartnerRow, 'createdAt'>): Promise<PartnerRow> {
    const { rows } = await tx.query<PartnerRow>(
      `insert into gateway.partner (id, name, active) values ($1, $2, $3)
       on conflict (id) do update set name = excluded.name, active = excluded.active
       returning ${PARTNER}`,
      [id, name, active],
    );
    const [stored] = rows;
    if (stored === undefined) throw new Error(`partner ${id} was not stored`);
    return stored;
  }

  async plans(): Promise<PlanRow[]> {
    const { rows } = await this.database.query<PlanRow>(`select id, policies from gateway.plan order by id`);
    return rows;
  }

  async plan(db: Queryable, id: string): Promise<PlanRow | undefined> {
    const { rows } = await db.query<PlanRow>(`select id, policies from gateway.plan where id = $1`, [id]);
    return rows[0];
  }

  async putPlan(tx: Transaction, id: string, policies: readonly Policy[]): Promise<void> {
    await tx.query(
      `insert into gateway.plan (id, policies) values ($1, $2::jsonb) on conflict (id) do update set policies = excluded.policies`,
      [id, JSON.stringify(policies)],
    );
  }

  /** Errors: a foreign key violation when the plan does not exist. */
  async insertKey(tx: Transaction, key: NewKeyRow): Promise<KeySummary> {
    const { rows } = await tx.query<KeySummary>(
      `insert into gateway.api_key (id, partner, name, mode, scopes, plan, hash, hint, replaces, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${SUMMARY}`,
      [
        key.id,
        key.partner,
        key.name,
        key.mode,
        key.scopes,
        key.plan,
        key.hash,
        key.hint,
        key.replaces ?? null,
        key.version,
      ],
    );
    const [stored] = rows;
    if (stored === undefined) throw new Error(`key ${key.id} was not stored`);
    return stored;
  }

  async revokeKey(tx: Transaction, id: string): Promise<void> {
    await tx.query(`update gateway.api_key set revoked_at = now() where id = $1`, [id]);
  }

  /** The key works so long still. */
  async expireKey(tx: Transaction, id: string, hours: number): Promise<void> {
    await tx.query(`update gateway.api_key set expires_at = now() + make_interval(hours => $2) where id = $1`, [
      id,
      hours,
    ]);
  }

  /** All keys the partner ever had, oldest first. */
  async keys(db: Queryable, partner: string): Promise<KeySummary[]> {
    const { rows } = await db.query<KeySummary>(
      `select ${SUMMARY} from gateway.api_key where partner = $1 order by id`,
      [partner],
    );
    return rows;
  }

  listKeys(partner: string): Promise<KeySummary[]> {
    return this.keys(this.database.seenBy(partner), partner);
  }
}
