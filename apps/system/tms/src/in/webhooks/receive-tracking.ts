import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { TMS_TRACKING_UPDATED } from '#contracts/events/catalogue';
import type { TmsTrackingUpdated } from '#contracts/events/catalogue';
import { messageContradicted } from '#contracts/events/inbound-troubles';
import { Inbox } from '#messaging/inbox';
import type { ArchivedMessage } from '#messaging/inbox';
import { Jobs } from '#messaging/jobs';
import type { Job, NewJob } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { NewEvent } from '#messaging/outbox';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { correlationId } from '#service/correlation';
import { tmsBackends } from '../../backends/registry';
import { TmsConnections } from '../../tms-connections';
import type { TmsWebhooks, TrackingNews } from '../../tms.port';

const MAP_QUEUE = 'tms.map';

/** `index` is there when only that notification of the message is left to do. */
interface MapPayload {
  readonly connection: string;
  readonly message: string;
  readonly index?: number;
}

export interface TrackingWebhook {
  readonly connection: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** Tracking webhooks: proved, archived as they came, deduplicated; a job turns them into events. */
@Injectable()
export class ReceiveTracking implements OnModuleInit {
  constructor(
    private readonly connections: TmsConnections,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    // Enough attempts to outlast a connection that is paused for some days.
    this.jobs.handleBatch(MAP_QUEUE, (jobs, tx) => this.map(jobs, tx), { batchSize: 50, maxAttempts: 200 });
  }

  /**
   * Errors: CONNECTION_UNKNOWN (not-found), WEBHOOK_SIGNATURE_INVALID (unauthenticated: nothing is kept), MESSAGE_ID_CONFLICT
   * (conflict: kept beside the first, and told to a person).
   */
  async receive({ connection, headers, rawBody }: TrackingWebhook): Promise<{ received: 'new' | 'duplicate' }> {
    const webhooks = await this.webhooks(connection);
    const single = singleHeaders(headers);
    const messageId = webhooks.verify(single, rawBody);
    const outcome = await this.database.transaction(async (tx) => {
      const contentType = single['content-type'] ?? 'application/json';
      const message = { messageId, contentType, body: rawBody, correlationId: correlationId() };
      const receipt = await this.inbox.receive(tx, { source: `tms/${connection}`, ...message });
      const payload: MapPayload = { connection, message: receipt.id };
      if (receipt.outcome === 'new') await this.jobs.enqueue(tx, [{ queue: MAP_QUEUE, key: receipt.id, payload }]);
      if (receipt.outcome === 'conflict') {
        const told = { connection, messageId, contradiction: receipt.id };
        await this.outbox.publish(tx, [messageContradicted('system/tms', told, correlationId())]);
      }
      return receipt.outcome;
    });
    if (outcome !== 'conflict') return { received: outcome };
    const message = `message ${messageId} came before with another body`;
    throw new CrossdockError({ code: 'MESSAGE_ID_CONFLICT', kind: 'conflict', message, source: connection });
  }

  private async map(jobs: readonly Job[], tx: Transaction): Promise<void> {
    const events: NewEvent[] = [];
    const faulty: NewJob[] = [];
    for (const job of jobs) {
      const mapped = await this.mapOne(job.payload as MapPayload, tx);
      events.push(...mapped.events);
      faulty.push(...mapped.faulty);
    }
    await this.outbox.publish(tx, events);
    await this.jobs.enqueue(tx, faulty);
  }

  /** A notification that cannot be read becomes a job of its own, which goes dead alone with its reason. */
  private async mapOne(payload: MapPayload, tx: Transaction): Promise<{ events: NewEvent[]; faulty: NewJob[] }> {
    const { connection, message: id, index } = payload;
    const webhooks = await this.webhooks(connection);
    const message = await this.inbox.read(id, tx);
    if (!message)
      throw new CrossdockError({ code: 'MESSAGE_UNREADABLE', kind: 'invalid', message: `no message ${id}` });
    const mapped = webhooks.map(message.body);
    const [only] = index === undefined ? mapped : mapped.slice(index);
    if (mapped.length === 1 || index !== undefined) {
      if (only?.error) throw only.error;
      return { events: only?.news ? [eventOf(connection, only.news, message)] : [], faulty: [] };
    }
    return {
      events: mapped.flatMap((each) => (!each.error && each.news ? eventOf(connection, each.news, message) : [])),
      faulty: mapped.flatMap(({ error }, at): NewJob[] =>
        error ? [{ queue: MAP_QUEUE, key: `${id}/${at}`, payload: { ...payload, index: at } }] : [],
      ),
    };
  }

  private async webhooks(connection: string): Promise<TmsWebhooks> {
    const settings = await this.connections.inbound(connection);
    const webhooks = tmsBackends.find(({ manifest }) => manifest.product === settings.product)?.webhooks?.(settings);
    if (webhooks) return webhooks;
    const message = `there is no connection ${connection} that takes webhooks`;
    throw new CrossdockError({ code: 'CONNECTION_UNKNOWN', kind: 'not-found', message, source: connection });
  }
}

function eventOf(connection: string, news: TrackingNews, message: ArchivedMessage): NewEvent<TmsTrackingUpdated> {
  return {
    type: TMS_TRACKING_UPDATED,
    source: 'system/tms',
    subject: news.trackingNumber,
    partitionKey: news.trackingNumber,
    time: news.occurredAt,
    causationId: message.id,
    ...(message.correlationId === null ? {} : { correlationId: message.correlationId }),
    data: { connection, ...news },
  };
}

function singleHeaders(headers: TrackingWebhook['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : value]),
  );
}
