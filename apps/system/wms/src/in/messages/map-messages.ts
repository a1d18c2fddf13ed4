import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Inbox } from '#messaging/inbox';
import { Jobs } from '#messaging/jobs';
import type { Job, NewJob } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { NewEvent } from '#messaging/outbox';
import { crashPoint } from '#persistence/crash-point';
import type { Transaction } from '#persistence/database';
import { WmsConnections } from '../../wms-connections';
import { eventsOf } from './publish';

export const MAP_QUEUE = 'wms.map';

/** `event` counts from 0 and is there when only that event of the message is left to do. */
export interface MapPayload {
  readonly connection: string;
  readonly message: string;
  readonly event?: number;
}

/** Archived webhooks become events. What cannot be understood goes dead alone, with its reason; all else goes on. */
@Injectable()
export class MapMessages implements OnModuleInit {
  constructor(
    private readonly connections: WmsConnections,
    private readonly inbox: Inbox,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(MAP_QUEUE, (jobs, tx) => this.map(jobs, tx), { batchSize: 20 });
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
    crashPoint('webhook.mapping');
  }

  private async mapOne(payload: MapPayload, tx: Transaction): Promise<{ events: NewEvent[]; faulty: NewJob[] }> {
    const port = await this.connections.webhooks(payload.connection);
    const message = await this.inbox.read(payload.message, tx);
    if (!message || !port) throw lost(payload);
    const mapped = port.map(message.body);
    const origin = {
      connection: payload.connection,
      message: message.id,
      correlationId: message.correlationId ?? undefined,
    };
    if (payload.event !== undefined || mapped.length === 1) {
      const one = mapped[payload.event ?? 0];
      if (one?.error) throw one.error;
      return { events: eventsOf(one?.facts ?? [], origin), faulty: [] };
    }
    const faulty = mapped.flatMap(({ error }, event): NewJob[] =>
      error ? [{ queue: MAP_QUEUE, key: `${message.id}/${event}`, payload: { ...payload, event } }] : [],
    );
    return {
      events: eventsOf(
        mapped.flatMap(({ facts }) => facts),
        origin,
      ),
      faulty,
    };
  }
}

function lost(payload: MapPayload): CrossdockError {
  const message = `message ${payload.message} is not in the archive, or ${payload.connection} takes no webhooks any more`;
  return new CrossdockError({ code: 'MESSAGE_UNREADABLE', kind: 'invalid', message, source: payload.connection });
}
