import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '#persistence/database';
import type { KeyMode } from '../partners/key-text';
import type { KeyRow } from '../partners/partners.store';

export interface NewClientRow {
  readonly id: string;
  readonly partner: string;
  readonly name: string;
  readonly mode: KeyMode;
  readonly scopes: readonly string[];
  readonly plan: string;
  /** Both or none: the issuer that makes its tokens, and its name there. */
  readonly issuer?: string;
  readonly externalId?: string;
}
export interface SecretSummary {
  readonly hint: string;
  readonly createdAt: Date;
  /** Works until then. */
  readonly expiresAt: Date | null;
}
export interface ClientSummary extends Omit<NewClientRow, 'issuer' | 'externalId'> {
  readonly issuer: string | null;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly version: string | null;
  /** Those that work, oldest first: none with an issuer of its own, otherwise one, or two while they are exchanged. */
  readonly secrets: SecretSummary[];
}

const LIVING = `c.revoked_at is null and o.active`;
const AS_KEY = `
  select c.id, c.partner, c.mode, c.scopes, c.plan, c.version, p.policies
    from gateway.oauth_client c
    join gateway.plan p on p.id = c.plan
    join gateway.partner o on o.id = c.partner`;
const FIND = { name: 'gateway-find-client', text: `${AS_KEY} where c.id = $1 and c.issuer is null and ${LIVING}` };
const FIND_EXTERNAL = {
  name: 'gateway-find-external-client',
  text: `${AS_KEY} where c.issuer = $1 and c.external_id = $2 and ${LIVING}`,
};
const FIND_BY_SECRET = `${AS_KEY} join gateway.oauth_secret s on s.client = c.id
   where c.id = $1 and s.hash = $2 and (s.expires_at is null or s.expires_at > now()) and ${LIVING}`;
const SUMMARY = `
  select c.id, c.partner, c.name, c.mode, c.scopes, c.plan, c.version, c.issuer, c.external_id as "externalId",
         c.created_at as "createdAt", c.revoked_at as "revokedAt",
         coalesce((select json_agg(json_build_object('hint', s.hint, 'createdAt', s.created_at, 'expiresAt', s.expires_at)
                                   order by s.created_at, s.hash)
                     from gateway.oauth_secret s
                    where s.client = c.id and c.revoked_at is null and (s.expires_at is null or s.expires_at > now())),
                  '[]') as secrets
    from gateway.oauth_client c`;

@Injectable()
export class ClientsStore {
  constructor(private readonly database: Database) {}

  /** A client that lives, of a partner who does, with what it may: as if it were a key. */
  async find(id: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<KeyRow>(FIND, [id]);
    return rows[0];
  }

  async findExternal(issuer: string, externalId: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<KeyRow>(FIND_EXTERNAL, [issuer, externalId]);
    return rows[0];
  }

  async findBySecret(id: string, secretHash: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<KeyRow>(FIND_BY_SECRET, [id, secretHash]);
    return rows[0];
  }

  /**
   * False when a client that lives has this name at this issuer already: of two who add it at the same instant one waits for the other
   * and is told so. Errors: a foreign key violation when the plan does not exist.
   */
  async insert(tx: Transaction, client: NewClientRow): Promise<boolean> {
    const { id, partner, name, mode, scopes, plan, issuer, externalId } = client;
    const { rowCount } = await tx.query(
      `insert into gateway.oauth_client (id, partner, name, mode, scopes, plan, issuer, external_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (issuer, external_id) where revoked_at is null do nothing`,
      [id, partner, name, mode, scopes, plan, issuer ?? null, externalId ?? null],
    );
    return rowCount > 0;
  }

  async insertSecret(tx: Transaction, client: string, hash: string, hint: string): Promise<void> {
    await tx.query(`insert into gateway.oauth_secret (client, hash, hint) values ($1, $2, $3)`, [client, hash, hint]);
  }

  /** Its secrets work so long still. */
  async expireSecrets(tx: Transaction, client: string, hours: number): Promise<void> {
    await tx.query(
      `update gateway.oauth_secret set expires_at = now() + make_interval(hours => $2)
        where client = $1 and expires_at is null`,
      [client, hours],
    );
  }

  async revoke(tx: Transaction, id: string): Promise<void> {
    await tx.query(`update gateway.oauth_client set revoked_at = now() where id = $1`, [id]);
  }

  /** All clients the partner ever had, oldest first. */
  async list(partner: string, db: Queryable = this.database.seenBy(partner)): Promise<ClientSummary[]> {
    const { rows } = await db.query<ClientSummary & { secrets: Record<keyof SecretSummary, string | null>[] }>(
      `${SUMMARY} where c.partner = $1 order by c.id`,
      [partner],
    );
    return rows.map((row) => ({ ...row, secrets: row.secrets.map(dated) }));
  }
}

/** JSON has no dates. */
function dated({ hint, createdAt, expiresAt }: Record<keyof SecretSummary, string | Date | null>): SecretSummary {
  return {
    hint: String(hint),
    createdAt: new Date(createdAt ?? 0),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}
