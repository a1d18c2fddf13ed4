import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
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
}
export interface NewKeyRow extends Omit<KeyRow, 'policies'> {
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
}
export interface KeySummary extends Omit<KeyRow, 'policies'> {
  readonly name: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

const FIND_KEY = {
  name: 'gateway-find-key',
  text: `
    select k.id, k.partner, k.mode, k.scopes, k.plan, p.policies
      from gateway.api_key k
      join gateway.plan p on p.id = k.plan
      join gateway.partner o on o.id = k.partner
     where k.hash = $1 and k.revoked_at is null and o.active`,
};

@Injectable()
export class PartnersStore {
  constructor(private readonly database: Database) {}

  /** A key that is alive, of a partner who is. Index: api_key (hash). */
  async findKey(hash: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<KeyRow>(FIND_KEY, [hash]);
    return rows[0];
  }

  async putPartner(id: string, name: string): Promise<void> {
    await this.database.query(
      `insert into gateway.partner (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name`,
      [id, name],
    );
  }

  async putPlan(id: string, policies: readonly Policy[]): Promise<void> {
    await this.database.query(
      `insert into gateway.plan (id, policies) values ($1, $2::jsonb) on conflict (id) do update set policies = excluded.policies`,
      [id, JSON.stringify(policies)],
    );
  }

  /** Errors: a foreign key violation when the partner or the plan does not exist. */
  async insertKey(key: NewKeyRow): Promise<void> {
    await this.database.query(
      `insert into gateway.api_key (id, partner, name, mode, scopes, plan, hash, hint)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [key.id, key.partner, key.name, key.mode, key.scopes, key.plan, key.hash, key.hint],
    );
  }

  /** False when the partner has no such living key. */
  async revokeKey(partner: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update gateway.api_key set revoked_at = now() where partner = $1 and id = $2 and revoked_at is null`,
      [partner, id],
    );
    return rowCount > 0;
  }

  async listKeys(partner: string): Promise<KeySummary[]> {
    const { rows } = await this.database.query<KeySummary>(
      `select id, partner, name, mode, scopes, plan, hint, created_at as "createdAt", revoked_at as "revokedAt"
         from gateway.api_key where partner = $1 order by id`,
      [partner],
    );
    return rows;
  }
}
