import { createHmac } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { request } from 'undici';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { Jobs } from '#messaging/jobs';
import type { Job, NewJob, RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Queryable } from '#persistence/database';
import { Faults } from '../faults';
import { scattered, SCATTERED_SECONDS } from '../scattered';
import { renderFile } from './wms.file-format';
import * as store from './wms.store';
import type { Installation, WarehouseEvent } from './wms.types';

const DELIVER_QUEUE = 'sandbox.wms.deliver';
const WRITE_QUEUE = 'sandbox.wms.write';
/** A gateway in front of the receiver takes 1 MB. */
const BYTES_PER_WEBHOOK = 400_000;
const EVENTS_PER_WEBHOOK = 500;
const ATTEMPTS = 500;
/** How wrong the clock of a warehouse is that has that fault. */
const CLOCK_OFF_SECONDS = 600;

interface Delivery {
  readonly installation: string;
  readonly messageId: string;
  readonly events: readonly WarehouseEvent[];
  readonly attempt: number;
  /** It is what another delivery left for later. */
  readonly scattered?: boolean;
}

interface FileToWrite {
  readonly installation: string;
  readonly name: string;
  readonly content: string;
}

/** What the simulated warehouses tell the world: as signed webhooks, or as files in a folder. A kill loses none of it. */
@Injectable()
export class WarehouseOutbound implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly faults: Faults,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(DELIVER_QUEUE, (job) => this.deliver(job.payload as Delivery), { concurrency: 4 });
    this.jobs.handle(WRITE_QUEUE, (job) => this.write(job), { concurrency: 2, maxAttempts: 1_000_000 });
  }

  /** Answers with 2xx end it; anything else is tried again, ever later but at least each ten seconds. */
  private async deliver(delivery: Delivery): Promise<RecordOutcome | void> {
    const [installation] = await store.installations(this.database, [delivery.installation]);
    if (!installation) return;
    const isFirst = delivery.attempt === 0 && delivery.scattered !== true;
    const { now, later } = isFirst
      ? scattered(this.faults, 'wms', installation.installation, delivery.events)
      : { now: delivery.events, later: [] };
    const status = now.length === 0 ? 204 : await this.post(installation, { ...delivery, events: now });
    const next: NewJob[] = [];
    if (later.length > 0) {
      const payload: Delivery = { ...delivery, messageId: newId('msg'), events: later, attempt: 0, scattered: true };
      next.push({ queue: DELIVER_QUEUE, payload, delaySeconds: SCATTERED_SECONDS });
    }
    if (status < 200 || status >= 300) {
      const attempt = delivery.attempt + 1;
      if (attempt > ATTEMPTS) throw givenUp(delivery, status);
      const delaySeconds = Math.min(10, 0.25 * 2 ** Math.min(attempt, 6));
      next.push({ queue: DELIVER_QUEUE, payload: { ...delivery, events: now, attempt }, delaySeconds });
    }
    if (next.length > 0) return (tx) => this.jobs.enqueue(tx, next);
  }

  /** One webhook, as the armed faults have it. Its status; 0 without an answer. */
  private async post(installation: Installation, delivery: Delivery): Promise<number> {
    const strikes = (mode: string): boolean =>
      this.faults.take('wms', installation.installation, 'deliver', [mode]) !== undefined;
    // Lost on the way: the warehouse believes that it was taken.
    if (strikes('lost')) return 204;
    const inOrder = strikes('out-of-order') ? [...delivery.events].reverse() : delivery.events;
    const clock = (strikes('clock-ahead') ? CLOCK_OFF_SECONDS : 0) - (strikes('clock-behind') ? CLOCK_OFF_SECONDS : 0);
    const events = inOrder.map((event) => ({ ...event, occurredAt: laterBy(clock, event.occurredAt) }));
    const body = JSON.stringify(events.length === 1 ? events[0] : { events });
    const skew = strikes('old-timestamp') ? -3600 : clock;
    const status = await post(installation, delivery.messageId, body, { skew, forged: strikes('bad-signature') });
    if (status >= 200 && status < 300 && strikes('duplicate'))
      await post(installation, delivery.messageId, body, { skew: 0, forged: false });
    return status;
  }

  /** Names are given out before: writing the same file again changes nothing. */
  private async write(job: Job): Promise<void> {
    const { installation: id, name, content } = job.payload as FileToWrite;
    const [installation] = await store.installations(this.database, [id]);
    if (!installation?.directory) return;
    await writeWhole(join(installation.directory, 'from-warehouse'), name, content);
  }
}

/** Queues events in the transaction that made them true. */
export async function tell(
  jobs: Jobs,
  tx: Queryable,
  installation: Installation,
  events: readonly WarehouseEvent[],
): Promise<void> {
  if (events.length === 0) return;
  if (installation.product === 'file') await tellByFile(jobs, tx, installation, events);
  else await jobs.enqueue(tx, webhooksOf(installation, events));
}

function webhooksOf({ installation }: Installation, events: readonly WarehouseEvent[]): NewJob[] {
  const packs: WarehouseEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = JSON.stringify(event).length;
    const last = packs.at(-1);
    if (!last || last.length === EVENTS_PER_WEBHOOK || bytes + size > BYTES_PER_WEBHOOK) {
      packs.push([event]);
      bytes = size;
    } else {
      last.push(event);
      bytes += size;
    }
  }
  return packs.map((pack) => {
    const payload: Delivery = { installation, messageId: newId('msg'), events: pack, attempt: 0 };
    return { queue: DELIVER_QUEUE, payload };
  });
}

async function tellByFile(
  jobs: Jobs,
  tx: Queryable,
  installation: Installation,
  events: readonly WarehouseEvent[],
): Promise<void> {
  const kinds = [
    ['CON', events.filter(({ type }) => type.startsWith('fulfilment.'))],
    ['SNP', events.filter(({ type }) => type === 'inventory.snapshot')],
    ['STK', events.filter(({ type }) => type.startsWith('inventory.') && type !== 'inventory.snapshot')],
  ] as const;
  for (const [type, some] of kinds) {
    if (some.length === 0) continue;
    const file = await store.fileNumber(tx, installation.installation);
    const rendered = renderFile(installation, type, file, some);
    const payload: FileToWrite = { installation: installation.installation, ...rendered };
    // One after the other: the reader checks the chain of file ids.
    await jobs.enqueue(tx, [{ queue: WRITE_QUEUE, orderKey: installation.installation, payload }]);
  }
}

async function post(
  installation: Installation,
  messageId: string,
  body: string,
  fault: { skew: number; forged: boolean },
): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000) + fault.skew);
  const key = Buffer.from((installation.webhookSecret ?? '').replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', fault.forged ? 'forged' : key)
    .update(`${messageId}.${timestamp}.${body}`)
    .digest('base64');
  try {
    const answer = await request(installation.webhookUrl ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
        'user-agent': 'crossdock-sandbox-wms',
      },
      body,
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return 0;
  }
}

function laterBy(seconds: number, time: string): string {
  return seconds === 0 ? time : new Date(Date.parse(time) + seconds * 1000).toISOString();
}

/** As `.tmp` first, so that no reader sees half a file. */
export async function writeWhole(folder: string, name: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.tmp`), content);
  await rename(join(folder, `${name}.tmp`), join(folder, name));
}

function givenUp(delivery: Delivery, status: number): CrossdockError {
  const message = `webhook ${delivery.messageId} of ${delivery.installation} was not taken: status ${status}`;
  return new CrossdockError({ code: 'WEBHOOK_NOT_TAKEN', kind: 'refused', message });
}
