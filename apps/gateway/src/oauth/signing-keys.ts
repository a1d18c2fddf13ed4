import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { Secrets } from '#connections/secrets';
import { Database, type Transaction } from '#persistence/database';
import { AuditStore, INSTALLATION, type Act } from '../audit/audit.store';

export const SIGNED_WITH = 'ES256';
/** A signing key is exchanged after so many days by itself. */
const DAYS = 30;
/** How long a key that signs no more is still believed: longer than any token lives. */
const OVERLAP_MINUTES = 60;
/** Keys are read anew after so long: a key withdrawn elsewhere is believed no longer than a revoked key. */
const KNOWN_MS = 4000;

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}
interface Row {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly sealed: Buffer;
  /** Neither withdrawn nor past its days. */
  readonly current: boolean;
}

const BELIEVED = `select kid, public_jwk as "publicJwk", sealed,
                         (expires_at is null and created_at > now() - make_interval(days => ${DAYS})) as current
                    from gateway.signing_key where expires_at is null or expires_at > now()`;

/** The keys that sign access tokens: one signs, older ones are believed for an hour, all processes share them. */
@Injectable()
export class SigningKeys {
  private known: { readonly rows: readonly Row[]; readonly at: number } | undefined;
  private signer: SigningKey | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: AuditStore,
  ) {}

  /** Public halves, for whoever checks a token. */
  async published(): Promise<JWK[]> {
    return (await this.believed()).map(({ publicJwk }) => publicJwk);
  }

  /** Undefined for a key we never had, or withdrew. */
  async verifier(kid: string): Promise<CryptoKey | undefined> {
    const isNamed = (row: Row): boolean => row.kid === kid;
    // Another process may just have made it: an unknown key costs one question, as an unknown API key does.
    const row = (await this.believed()).find(isNamed) ?? (await this.believed(0)).find(isNamed);
    return row === undefined ? undefined : ((await importJWK(row.publicJwk, SIGNED_WITH)) as CryptoKey);
  }

  /** The key that signs now; made when there is none, or the last one is past its days. */
  async current(): Promise<SigningKey> {
    const row = (await this.believed()).find(({ current }) => current) ?? (await this.exchange(OVERLAP_MINUTES));
    if (this.signer?.kid === row.kid) return this.signer;
    const jwk = JSON.parse(this.secrets.open(row.sealed, contextOf(row.kid))) as JWK;
    this.signer = { kid: row.kid, privateKey: (await importJWK(jwk, SIGNED_WITH)) as CryptoKey };
    return this.signer;
  }

  /** A new key signs from now on. `withdraw`: tokens of all older keys are dead within five seconds, else they live out. */
  async rotate(withdraw: boolean, act: Act): Promise<string> {
    const { kid } = await this.exchange(withdraw ? 0 : OVERLAP_MINUTES, { act, withdraw });
    return kid;
  }

  private async believed(maxAge = KNOWN_MS): Promise<readonly Row[]> {
    if (this.known !== undefined && Date.now() - this.known.at < maxAge) return this.known.rows;
    // The time starts before the question, as with keys of partners.
    const at = Date.now();
    const { rows } = await this.database.query<Row>(BELIEVED);
    this.known = { rows, at };
    return rows;
  }

  /** One at a time over all processes. Nobody's act: needed because none signs, and whoever came second takes what the first has made. */
  private async exchange(overlapMinutes: number, by?: { act: Act; withdraw: boolean }): Promise<Row> {
    const row = await this.database.transaction(async (tx) => {
      await tx.query(`lock table gateway.signing_key in share row exclusive mode`);
      const { rows } = await tx.query<Row>(BELIEVED);
      const theirs = rows.find(({ current }) => current);
      if (by === undefined && theirs !== undefined) return theirs;
      // Also those on their way out: to withdraw means all of them.
      await tx.query(
        `update gateway.signing_key set expires_at = now() + make_interval(mins => $1)
          where expires_at is null or expires_at > now() + make_interval(mins => $1)`,
        [overlapMinutes],
      );
      const made = await this.make(tx);
      const after = { kid: made.kid, withdrawn: by?.withdraw ?? false };
      await this.audit.append(tx, {
        ...(by?.act ?? INSTALLATION),
        action: 'signing-key.made',
        object: 'signing-key',
        after,
      });
      return made;
    });
    this.known = undefined;
    return row;
  }

  private async make(tx: Transaction): Promise<Row> {
    const pair = await generateKeyPair(SIGNED_WITH, { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const publicJwk: JWK = { ...jwk, kid, use: 'sig', alg: SIGNED_WITH };
    const sealed = this.secrets.seal(JSON.stringify(await exportJWK(pair.privateKey)), contextOf(kid));
    await tx.query(`insert into gateway.signing_key (kid, public_jwk, sealed) values ($1, $2, $3)`, [
      kid,
      publicJwk,
      sealed,
    ]);
    return { kid, publicJwk, sealed, current: true };
  }
}

function contextOf(kid: string): string {
  return `gateway.signing_key/${kid}`;
}
