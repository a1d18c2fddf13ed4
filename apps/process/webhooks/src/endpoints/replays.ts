import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import type { ReplayWebhooks, WebhookDeliveryQuery, WebhookEndpointQuery, WebhookReplay } from '#contracts/webhooks/webhooks.dto'; // prettier-ignore
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { lookAt } from '../deliver/lane';
import { addDeliveries, findDelivery, replayable, type StoredDelivery } from '../out/delivery.store';
import { lockFeed } from '../out/event.store';
import { RecordEvents } from '../record-events/record-events';
import { Endpoints } from './endpoints';

const MOST = 10_000;

/** What somebody asks to be sent: a test, one delivery again, or what happened in a time. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly endpoints: Endpoints,
    private readonly events: RecordEvents,
  ) {}

  async test(query: WebhookEndpointQuery): Promise<StoredDelivery> {
    const { partner, id } = query;
    return this.database.transaction(async (tx) => {
      await lockFeed(tx, [partner]);
      await this.endpoints.heldEnabled(tx, query);
      const { rows } = await tx.query<{ now: Date }>({ name: 'webhooks-now', text: 'select now() as now' });
      const event = {
        ...{ partner, type: 'webhook.test' as const, subject: { type: 'webhook-endpoint', id } },
        ...{ occurredAt: (rows[0]?.now ?? new Date()).toISOString(), data: { endpoint: id } },
        origin: `webhook.test/${newId('wht')}`,
      };
      const [delivery] = await this.events.record(tx, [event], id);
      return known(delivery && (await findDelivery(tx, partner, delivery.id)), id);
    });
  }

  /** One that is on its way already is not sent twice; one that waits for its next try is tried at once. */
  async redeliver({ partner, id }: WebhookDeliveryQuery): Promise<StoredDelivery> {
    return this.database.transaction(async (tx) => {
      const delivery = known(await findDelivery(tx, partner, id), id);
      const endpoint = await this.endpoints.heldEnabled(tx, { partner, id: delivery.endpoint });
      await addDeliveries(tx, [delivery]);
      await this.jobs.enqueue(tx, [lookAt(endpoint)]);
      return known(await findDelivery(tx, partner, id), id);
    });
  }

  /** Errors: as of Endpoints.heldEnabled. */
  async replay({ partner, id, what, from, to }: ReplayWebhooks): Promise<WebhookReplay> {
    const range = { from, to, failedOnly: what === 'FAILED' };
    return this.database.transaction(async (tx) => {
      const endpoint = await this.endpoints.heldEnabled(tx, { partner, id });
      const found = await replayable(tx, endpoint, range, MOST + 1);
      const chosen = found.slice(0, MOST);
      await addDeliveries(tx, chosen.map(({ recordedAt: _, ...event }) => ({ ...event, id: newId('dlv'), endpoint: id, partner }))); // prettier-ignore
      if (chosen.length > 0) await this.jobs.enqueue(tx, [lookAt(endpoint)]);
      const next = found[MOST]?.recordedAt;
      return { queued: chosen.length, ...(next !== undefined && { continueFrom: next }) };
    });
  }
}

function known(delivery: StoredDelivery | undefined, id: string): StoredDelivery {
  if (delivery !== undefined) return delivery;
  throw unknownDelivery(id);
}

export function unknownDelivery(id: string): CrossdockError {
  return new CrossdockError({ code: 'DELIVERY_UNKNOWN', kind: 'not-found', message: `there is no delivery ${id}` });
}
