import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Jobs } from '#messaging/jobs';
import type { Job, RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Queryable, Transaction } from '#persistence/database';
import { Faults } from '../faults';
import { scattered, SCATTERED_SECONDS } from '../scattered';
import { sandboxCarrierConfig } from './carrier.config';
import type { SandboxCarrierConfig } from './carrier.config';
import { notifications } from './carrier.shapes';
import { CarrierBooks } from './carrier.store';
import type { CarrierInstallation } from './carrier.store';

const TICK = 'sandbox.carrier.tick';
const WEBHOOK = 'sandbox.carrier.webhook';
/** Seconds between two milestones of a parcel at speed 1. */
const STEP_SECONDS = 3;
/** Ticks gather what is due, so that many parcels travel in few notifications. */
const SHORTEST_TICK_SECONDS = 0.1;
const ARM_WITHIN_MS = 20;
const LABELS_PER_TICK = 500;
const WEBHOOK_DEADLINE_MS = 10_000;

interface TickPayload {
  readonly installation: string;
}
interface WebhookPayload {
  readonly installation: string;
  readonly body: readonly unknown[];
  /** It is what another notification left for later. */
  readonly scattered?: boolean;
}

/** Parcels move by timers in the database: accepted, in transit, delivered. A kill loses none of them. */
@Injectable()
export class CarrierProgress implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly stepSeconds: number;
  private readonly log = new Logger('sandbox-carrier');
  private readonly arming = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly books: CarrierBooks,
    private readonly faults: Faults,
    @Inject(sandboxCarrierConfig.token) config: SandboxCarrierConfig,
  ) {
    this.stepSeconds = STEP_SECONDS / Math.max(0.01, Number(config.speed));
  }

  onModuleInit(): void {
    this.jobs.handleBatch(TICK, (jobs, tx) => this.tick(jobs, tx));
    this.jobs.handle(WEBHOOK, (job) => this.deliver(job), { concurrency: 4 });
  }

  /** A kill between a label and its timer would leave the parcel standing: all that wait get a timer at the start. */
  async onApplicationBootstrap(): Promise<void> {
    for (const installation of await this.books.installationsUnderWay()) await this.arm(this.database, installation);
  }

  /**
   * One timer per installation runs as long as a parcel is on its way. Call it after the parcel is committed: a timer that is
   * already there then sees it when it fires.
   */
  async arm(db: Queryable, installation: string, seconds = this.stepSeconds): Promise<void> {
    const delaySeconds = Math.max(SHORTEST_TICK_SECONDS, seconds);
    await this.jobs.enqueue(db, [
      { queue: TICK, key: installation, payload: { installation } satisfies TickPayload, delaySeconds },
    ]);
  }

  /** The same for every parcel of the last moment together; a kill in that moment is what the start looks for. */
  armSoon(installation: string): void {
    if (this.arming.has(installation)) return;
    const timer = setTimeout(() => {
      this.arming.delete(installation);
      this.arm(this.database, installation).catch((error: unknown) =>
        this.log.warn(`no timer for ${installation}: ${String(error)}`),
      );
    }, ARM_WITHIN_MS);
    this.arming.set(installation, timer);
  }

  onModuleDestroy(): void {
    for (const timer of this.arming.values()) clearTimeout(timer);
    this.arming.clear();
  }

  private async tick(jobs: readonly Job[], tx: Transaction): Promise<void> {
    for (const job of jobs) {
      const { installation } = job.payload as TickPayload;
      const moved = await this.books.advance(tx, installation, LABELS_PER_TICK, this.stepSeconds);
      const body = moved.flatMap((row) => notifications(row));
      const webhook: WebhookPayload = { installation, body };
      if (body.length > 0) await this.jobs.enqueue(tx, [{ queue: WEBHOOK, payload: webhook }]);
      const next = await this.books.secondsToNext(tx, installation);
      if (next !== undefined) await this.arm(tx, installation, next);
    }
  }

  private async deliver(job: Job): Promise<RecordOutcome | void> {
    const payload = job.payload as WebhookPayload;
    const { installation, body } = payload;
    const account = await this.books.account(installation);
    if (!account?.webhookUrl) return;
    const { now, later } =
      payload.scattered === true ? { now: body, later: [] } : scattered(this.faults, 'carrier', installation, body);
    if (now.length > 0) await notify(account, account.webhookUrl, now);
    if (later.length === 0) return;
    const left: WebhookPayload = { installation, body: later, scattered: true };
    return (tx) => this.jobs.enqueue(tx, [{ queue: WEBHOOK, payload: left, delaySeconds: SCATTERED_SECONDS }]);
  }
}

async function notify(account: CarrierInstallation, url: string, body: readonly unknown[]): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [account.webhookHeader ?? 'x-crossdock-webhook-secret']: account.webhookSecret ?? '',
    },
    body: JSON.stringify(body.length === 1 ? body[0] : body),
    signal: AbortSignal.timeout(WEBHOOK_DEADLINE_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the tracking webhook was answered with ${response.status}`);
}
