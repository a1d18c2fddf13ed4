import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { Database, type Transaction } from '#persistence/database';
import { AuditStore, type Act } from '../audit/audit.store';
import { keyHash, keyHint, newKeyText } from '../partners/key-text';
import { assertScopes, unknownPartner, unknownPlan, type NewKey } from '../partners/partners.service';
import { PartnersStore } from '../partners/partners.store';
import { ClientsStore, type ClientSummary } from './clients.store';

/** `plan`: `standard` unless said. */
export interface NewClient extends NewKey {
  /** An issuer named in CROSSDOCK_TOKEN_ISSUERS that makes its tokens, and what the client is called there. It has no secret here. */
  readonly external?: { readonly issuer: string; readonly clientId: string };
}
/** The only place where the secret is ever seen; it has none when another issuer makes its tokens. */
export interface IssuedClient extends ClientSummary {
  readonly secret?: string;
}

/** Living clients of one partner. */
const CLIENTS_AT_MOST = 50;

/** Programs of partners that get access tokens. Every change is in the audit log, in the same transaction. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly database: Database,
    private readonly store: ClientsStore,
    private readonly partners: PartnersStore,
    private readonly audit: AuditStore,
  ) {}

  list(partner: string): Promise<ClientSummary[]> {
    return this.store.list(partner);
  }

  /** Errors: SCOPE_INVALID, PARTNER_UNKNOWN, PLAN_UNKNOWN, CLIENTS_TOO_MANY, CLIENT_EXISTS. */
  create({ external, ...client }: NewClient, act: Act): Promise<IssuedClient> {
    assertScopes(client.scopes);
    return this.database.transaction(async (tx) => {
      const plan = client.plan ?? 'standard';
      await this.lock(tx, client.partner);
      if ((await this.partners.plan(tx, plan)) === undefined) throw unknownPlan(plan);
      await this.assertRoom(tx, client.partner);
      const id = newId('app');
      const added = await this.store.insert(tx, {
        ...client,
        id,
        plan,
        ...(external && { issuer: external.issuer, externalId: external.clientId }),
      });
      if (!added) throw taken(external);
      const secret = external === undefined ? await this.addSecret(tx, id, client) : undefined;
      const after = await this.one(tx, client.partner, id);
      await this.audit.append(tx, { ...act, action: 'client.created', object: objectOf(after), after: said(after) });
      return { ...after, ...(secret !== undefined && { secret }) };
    });
  }

  /** A new secret; the old one works `overlapHours` longer. Errors: CLIENT_UNKNOWN, CLIENT_DEAD, CLIENT_EXTERNAL, ROTATION_RUNNING. */
  rotate(partner: string, id: string, overlapHours: number, act: Act): Promise<IssuedClient> {
    return this.database.transaction(async (tx) => {
      const before = await this.living(tx, partner, id);
      if (before.issuer !== null)
        throw refused('CLIENT_EXTERNAL', `${id} has no secret here: ${before.issuer} makes its tokens`);
      if (before.secrets.some(({ expiresAt }) => expiresAt !== null))
        throw refused('ROTATION_RUNNING', `${id} has two secrets that work already`);
      await this.store.expireSecrets(tx, id, overlapHours);
      const secret = await this.addSecret(tx, id, before);
      const after = await this.one(tx, partner, id);
      await this.audit.append(tx, {
        ...act,
        action: 'client.rotated',
        object: objectOf(after),
        before: said(before),
        after: said(after),
      });
      return { ...after, secret };
    });
  }

  /** Its tokens are dead within five seconds everywhere. Errors: CLIENT_UNKNOWN, CLIENT_DEAD. */
  revoke(partner: string, id: string, act: Act): Promise<ClientSummary> {
    return this.database.transaction(async (tx) => {
      const before = await this.living(tx, partner, id);
      await this.store.revoke(tx, id);
      await this.audit.append(tx, { ...act, action: 'client.revoked', object: objectOf(before), before: said(before) });
      return this.one(tx, partner, id);
    });
  }

  private async addSecret(tx: Transaction, id: string, { mode }: Pick<NewKey, 'mode'>): Promise<string> {
    const secret = newKeyText(mode, 'cds');
    await this.store.insertSecret(tx, id, keyHash(secret), keyHint(secret));
    return secret;
  }

  private async living(tx: Transaction, partner: string, id: string): Promise<ClientSummary> {
    await this.lock(tx, partner);
    const client = await this.one(tx, partner, id);
    if (client.revokedAt !== null) throw refused('CLIENT_DEAD', 'the client was revoked');
    return client;
  }

  private async one(tx: Transaction, partner: string, id: string): Promise<ClientSummary> {
    const found = (await this.store.list(partner, tx)).find((client) => client.id === id);
    if (found === undefined) throw unknownClient(id);
    return found;
  }

  /** Clients of one partner are counted and changed one at a time. */
  private async lock(tx: Transaction, partner: string): Promise<void> {
    if ((await this.partners.partnerForUpdate(tx, partner)) === undefined) throw unknownPartner(partner);
  }

  private async assertRoom(tx: Transaction, partner: string): Promise<void> {
    const living = (await this.store.list(partner, tx)).filter(({ revokedAt }) => revokedAt === null);
    if (living.length >= CLIENTS_AT_MOST)
      throw refused('CLIENTS_TOO_MANY', `${partner} has ${living.length} clients; revoke one first`);
  }
}

export function unknownClient(id: string): CrossdockError {
  return new CrossdockError({ code: 'CLIENT_UNKNOWN', kind: 'not-found', message: `no client ${id}` });
}

function objectOf({ partner, id }: ClientSummary): string {
  return `partner/${partner}/client/${id}`;
}

function said({ name, mode, scopes, plan, issuer, externalId, secrets }: ClientSummary): object {
  const hints = secrets.map(({ hint }) => hint);
  return { name, mode, scopes, plan, ...(issuer !== null && { issuer, externalId }), secrets: hints };
}

function taken(external: NewClient['external']): CrossdockError {
  return refused('CLIENT_EXISTS', `${external?.clientId} of ${external?.issuer} speaks for a partner already`);
}

function refused(code: string, message: string): CrossdockError {
  return new CrossdockError({ code, kind: 'conflict', message });
}
