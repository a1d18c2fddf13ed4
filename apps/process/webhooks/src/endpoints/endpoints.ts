import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { Secrets } from '#connections/secrets';
import type { CreateWebhookEndpoint, DeleteWebhookEndpoint, RotateWebhookSecret, UpdateWebhookEndpoint, WebhookEndpointContent, WebhookEndpointQuery } from '#contracts/webhooks/webhooks.dto'; // prettier-ignore
import { Egress } from '#egress/egress';
import { Database, type Queryable, type Transaction } from '#persistence/database';
import { Disable } from '../deliver/disable';
import { secretContext } from '../deliver/sender';
import { failPending } from '../out/delivery.store';
import { deleteEndpoint, endpointsOf, findForSending, insertEndpoint, lockEndpoint, rotateSecret, updateEndpoint, type EndpointSettings, type StoredEndpoint } from '../out/endpoint.store'; // prettier-ignore
import { lockFeed } from '../out/event.store';

const MOST_ENDPOINTS = 20;
const SECRET_BYTES = 32;
const DEFAULT_OVERLAP_HOURS = 24;

/** An endpoint with its new secret in clear. */
export interface WithSecret {
  readonly endpoint: StoredEndpoint;
  readonly secret: string;
}

/** Where partners are told. What another partner has is not found. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly egress: Egress,
    private readonly disable: Disable,
  ) {}

  async create({ partner, ...content }: CreateWebhookEndpoint): Promise<WithSecret> {
    await this.refuseWrongTarget(content.url);
    const id = newId('whe');
    const { secret, sealed } = this.newSecret(id);
    return this.database.transaction(async (tx) => {
      // Held while they are counted: two at once must not both be the last that fits.
      await lockFeed(tx, [partner]);
      if ((await endpointsOf(tx, partner)).length >= MOST_ENDPOINTS) throw tooMany();
      return { endpoint: await insertEndpoint(tx, id, partner, settingsOf(content), sealed), secret };
    });
  }

  list(partner: string): Promise<StoredEndpoint[]> {
    return endpointsOf(this.database.seenBy(partner), partner);
  }

  async get(query: WebhookEndpointQuery, db: Queryable = this.database.seenBy(query.partner)): Promise<StoredEndpoint> {
    return own(await findForSending(db, query.id), query);
  }

  async update({ partner, id, expectedVersion, ...content }: UpdateWebhookEndpoint): Promise<StoredEndpoint> {
    await this.get({ partner, id });
    await this.refuseWrongTarget(content.url);
    return this.database.transaction(async (tx) => {
      const before = await this.held(tx, { partner, id }, expectedVersion);
      const settings = settingsOf(content);
      const after = await updateEndpoint(tx, id, settings);
      if (!settings.enabled) await failPending(tx, id);
      else if (wasDisabledByUs(before)) await this.disable.over(tx, id, 'it was enabled again');
      return after;
    });
  }

  async delete({ partner, id, expectedVersion }: DeleteWebhookEndpoint): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.held(tx, { partner, id }, expectedVersion);
      await deleteEndpoint(tx, id);
      if (wasDisabledByUs(before)) await this.disable.over(tx, id, 'it was deleted');
    });
  }

  /** Errors: ENDPOINT_UNKNOWN, ROTATION_RUNNING: a third secret would end the first one before its time. */
  async rotate({ partner, id, overlapHours = DEFAULT_OVERLAP_HOURS }: RotateWebhookSecret): Promise<WithSecret> {
    const { secret, sealed } = this.newSecret(id);
    return this.database.transaction(async (tx) => {
      const before = await this.held(tx, { partner, id });
      if (before.previousSecret !== null) {
        const until = before.previousUntil?.toISOString() ?? '';
        throw conflict('ROTATION_RUNNING', `the secret before this one still signs, until ${until}`);
      }
      return { endpoint: await rotateSecret(tx, id, sealed, overlapHours), secret };
    });
  }

  /** Its row, held until the transaction ends, in the version that is expected. */
  async held(tx: Transaction, query: WebhookEndpointQuery, expectedVersion?: number): Promise<StoredEndpoint> {
    const endpoint = own(await lockEndpoint(tx, query.id), query);
    if (expectedVersion === undefined || expectedVersion === endpoint.version) return endpoint;
    const message = `the endpoint is in version ${endpoint.version}`;
    throw new CrossdockError({ code: 'VERSION_STALE', kind: 'precondition', message });
  }

  /** The same, and it may be sent something. Errors: ENDPOINT_UNKNOWN, ENDPOINT_DISABLED. */
  async heldEnabled(tx: Transaction, query: WebhookEndpointQuery): Promise<StoredEndpoint> {
    const endpoint = await this.held(tx, query);
    if (!endpoint.enabled) throw conflict('ENDPOINT_DISABLED', 'the endpoint is disabled: enable it first');
    return endpoint;
  }

  private newSecret(id: string): { readonly secret: string; readonly sealed: Buffer } {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret, sealed: this.secrets.seal(secret, secretContext(id)) };
  }

  /** Plain http shows every event to whoever is on the way: only a sandbox may be told so. */
  private async refuseWrongTarget(text: string): Promise<void> {
    const { url, addresses } = await this.egress.resolved(text);
    if (url.protocol === 'https:' || this.egress.isExempt(addresses)) return;
    throw new CrossdockError({
      code: 'ENDPOINT_NOT_HTTPS',
      kind: 'refused',
      message: 'webhooks are sent by https only',
    });
  }
}

function settingsOf({ url, eventTypes, description, enabled }: WebhookEndpointContent): EndpointSettings {
  return { url, eventTypes: eventTypes ?? null, description: description ?? null, enabled: enabled ?? true };
}

function wasDisabledByUs({ disabledReason }: StoredEndpoint): boolean {
  return disabledReason !== null && disabledReason !== 'BY_PARTNER';
}

function own(endpoint: StoredEndpoint | undefined, { partner, id }: WebhookEndpointQuery): StoredEndpoint {
  if (endpoint?.partner === partner) return endpoint;
  throw new CrossdockError({ code: 'ENDPOINT_UNKNOWN', kind: 'not-found', message: `there is no endpoint ${id}` });
}

function tooMany(): CrossdockError {
  return conflict('ENDPOINTS_TOO_MANY', `there are ${MOST_ENDPOINTS} endpoints already; delete one first`);
}

function conflict(code: string, message: string): CrossdockError {
  return new CrossdockError({ code, kind: 'conflict', message });
}
