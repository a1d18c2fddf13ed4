import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Test } from '@nestjs/testing';
import { CrossdockError } from '#canonical/errors';
import { Secrets } from '#connections/secrets';
import { ORDER_CHANGED, type OrderChanged } from '#contracts/events/catalogue';
import type { NewWebhookEndpoint, WebhookDeliveryDetail } from '#contracts/webhooks/webhooks.dto';
import { Egress } from '#egress/egress';
import { Jobs } from '#messaging/jobs';
import { messagingMigrations } from '#messaging/migrations';
import { Outbox, type NewEvent } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import { Database } from '#persistence/database';
import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { webhooksMigrations } from '../migrations/migrations';
import { webhooksProviders } from '../src/app.module';
import { webhooksConfig, type WebhooksConfig } from '../src/config';
import { WebhooksService } from '../src/webhooks.service';

export type TestWebhooks = Awaited<ReturnType<typeof testWebhooks>>;

/** The app on a real database and real messaging; receivers on this machine are allowed, unless `allow` says otherwise. */
export async function testWebhooks(changes: Partial<WebhooksConfig> = {}, allow = 'loopback') {
  const ground = await testDatabase(messagingMigrations, webhooksMigrations);
  const { database } = ground;
  const messaging = testMessaging(database, { pollSeconds: 0.1 });
  const { jobs, outbox, subscriptions } = messaging;
  const module = await Test.createTestingModule({
    providers: [
      ...webhooksProviders.filter((provider) => provider !== webhooksConfig.provider),
      { provide: webhooksConfig.token, useValue: { eventDays: 30, lanes: 4, timeoutMilliseconds: 1_000, ...changes } },
      { provide: Database, useValue: database },
      { provide: Jobs, useValue: jobs },
      { provide: Outbox, useValue: outbox },
      { provide: Subscriptions, useValue: subscriptions },
      { provide: Secrets, useValue: new Secrets(randomBytes(32)) },
      { provide: Egress, useValue: new Egress({ allow }) },
    ],
  }).compile();
  await module.init();
  await messaging.start();
  const service = module.get(WebhooksService);
  return {
    ...{ database, messaging, service },
    publish: (...events: NewEvent[]) => database.transaction((tx) => outbox.publish(tx, events)),
    endpoint: (partner: string, url: string, more: object = {}): Promise<NewWebhookEndpoint> =>
      service.createEndpoint({ partner, url, ...more }),
    /** As if so much time had passed for what waits: the database's clock is the only one that counts. */
    pass: async (endpoint: string, seconds: number): Promise<void> => {
      await database.query(`update webhooks.delivery set next_at = next_at - $2 * interval '1 second' where endpoint = $1`, [endpoint, seconds]); // prettier-ignore
      await database.query(`update webhooks.endpoint set failing_since = failing_since - $2 * interval '1 second', quiet_until = quiet_until - $2 * interval '1 second' where id = $1`, [endpoint, seconds]); // prettier-ignore
      await database.query(`update messaging.job set run_at = run_at - $2 * interval '1 second' where queue = 'webhooks.timer' and key = $1`, [endpoint, seconds]); // prettier-ignore
    },
    /** The newest delivery of an endpoint, once it is as wanted. */
    delivery: async (partner: string, endpoint: string, wanted: (delivery: WebhookDeliveryDetail) => boolean) => {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const { deliveries } = await service.deliveries({ partner, id: endpoint, limit: 1 });
        const [newest] = deliveries;
        const detail = newest && (await service.delivery({ partner, id: newest.id }));
        if (detail && wanted(detail)) return detail;
        if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(detail)}`);
        await sleep(20);
      }
    },
    close: async () => {
      await messaging.stop();
      await module.close();
      await ground.close();
    },
  };
}

export function orderChanged(
  order: string,
  version: number,
  status: OrderChanged['status'],
  partner = 'harbour',
): NewEvent {
  const data: OrderChanged = { order, partner, purchaseOrder: `PO-${order}`, status, version };
  return { type: ORDER_CHANGED, source: 'process/orders', subject: order, partitionKey: order, data };
}

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof CrossdockError ? error.code : String(error)),
  );
