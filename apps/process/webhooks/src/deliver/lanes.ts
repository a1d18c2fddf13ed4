import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { PartnerEvent } from '#contracts/webhooks/webhooks.dto';
import { Jobs, type Job, type RecordOutcome } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { webhooksConfig, type WebhooksConfig } from '../config';
import { dueDeliveries, failPending, nextDue, recordAttempts, type DueDelivery } from '../out/delivery.store';
import { findForSending, lockEndpoint, noteOutcome, setSlow, type StoredEndpoint } from '../out/endpoint.store';
import { eventsAt } from '../out/event.store';
import { Disable } from './disable';
import { FAST_LANES, lookAt, SLOW_LANES, timerOf, TIMERS } from './lane';
import { verdictOf, type DisableReason } from './schedule';
import { AT_ONCE, Sender, type Sent } from './sender';

interface Attempt {
  readonly delivery: DueDelivery;
  readonly sent: Sent;
}
/** How a turn ended. */
interface Turn {
  readonly slow: boolean;
  readonly disable?: DisableReason;
}

/** A fault of ours must not stop a lane for good. */
const FOR_EVER = 1_000_000;
const BATCH = 200;
/** An endpoint that is served for so long lets others go first. */
const TURN_MS = 2_000;
/** Longer answers than this, on average, and the endpoint is served among the slow ones. */
const SLOW_MS = 1_000;

/**
 * One lane per endpoint, one turn at a time: what is due is sent, a few at once, and what came of it is written down. A process that dies
 * between the two leaves it due: it is sent again under the same id, none is lost.
 */
@Injectable()
export class Lanes implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly sender: Sender,
    private readonly disable: Disable,
    @Inject(webhooksConfig.token) private readonly config: WebhooksConfig,
  ) {}

  onModuleInit(): void {
    const options = { concurrency: this.config.lanes, maxAttempts: FOR_EVER, maxBackoffSeconds: 60 };
    this.jobs.handle(FAST_LANES, (job) => this.serve(endpointOf(job), false), options);
    this.jobs.handle(SLOW_LANES, (job) => this.serve(endpointOf(job), true), options);
    this.jobs.handleBatch(TIMERS, (jobs, tx) => this.ring(tx, jobs.map(endpointOf)), { maxAttempts: FOR_EVER });
  }

  private async ring(tx: Transaction, endpoints: readonly string[]): Promise<void> {
    // In the wrong queue for one that has become slow or quick meanwhile: its lane hands it over.
    await this.jobs.enqueue(tx, endpoints.map((id) => lookAt({ id, slow: false }))); // prettier-ignore
  }

  private async serve(id: string, slow: boolean): Promise<RecordOutcome | void> {
    const first = await findForSending(this.database, id);
    if (first === undefined) return;
    if (first.slow !== slow) return (tx) => this.jobs.enqueue(tx, [lookAt(first)]);
    const turn = await this.turn(first);
    return (tx) => this.endTurn(tx, first, turn);
  }

  private async turn(endpoint: StoredEndpoint): Promise<Turn> {
    const until = Date.now() + TURN_MS;
    let current: StoredEndpoint | undefined = endpoint;
    let { slow } = endpoint;
    while (current?.enabled === true && !current.quiet && current.suspendedAt === null) {
      const due = await dueDeliveries(this.database, current.id, slow ? AT_ONCE : BATCH);
      if (due.length === 0) break;
      const attempts = await this.attempt(current, due);
      slow = isSlow(attempts);
      const disable = await this.settle(current, attempts);
      if (disable !== undefined) return { slow, disable };
      if (Date.now() > until || attempts.length < due.length) break;
      current = await findForSending(this.database, current.id);
    }
    return { slow };
  }

  /** Those that are still to be sent when one gets no answer stay due: nobody waits for the same silence again and again. */
  private async attempt(endpoint: StoredEndpoint, due: readonly DueDelivery[]): Promise<Attempt[]> {
    const events = await eventsAt(this.database, endpoint.partner, due.map(({ position }) => position)); // prettier-ignore
    const secrets = this.sender.secretsOf(endpoint);
    const attempts: Attempt[] = [];
    const rest = due.values();
    let enough = false;
    const work = async (): Promise<void> => {
      for (const delivery of rest) {
        if (enough) return;
        const sent = await this.send(endpoint.url, secrets, events.get(delivery.position));
        attempts.push({ delivery, sent });
        enough ||= sent.status === undefined || sent.retryAfter !== undefined;
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, work));
    return attempts;
  }

  private send(url: string, secrets: readonly string[], stored: (PartnerEvent & { position: string }) | undefined) {
    if (stored === undefined) return Promise.resolve<Sent>({ milliseconds: 0, error: 'the event is no longer kept' });
    const { position: _, ...event } = stored;
    return this.sender.send(url, secrets, event);
  }

  /** Says why the endpoint is to be disabled, if it is. */
  private async settle({ id }: StoredEndpoint, attempts: readonly Attempt[]): Promise<DisableReason | undefined> {
    const outcomes = attempts.map(({ delivery, sent }) => {
      const verdict = verdictOf(delivery.attempts + 1, sent.status);
      return { id: delivery.id, tried: delivery.attempts, ...verdict, sent };
    });
    const taken = outcomes.some(({ state }) => state === 'DELIVERED');
    const quietSeconds = Math.max(0, ...attempts.map(({ sent }) => sent.retryAfter ?? 0));
    const tooLong = await this.database.transaction(async (tx) => {
      const failing = await noteOutcome(tx, id, taken, quietSeconds);
      await recordAttempts(tx, outcomes);
      return failing;
    });
    if (outcomes.some(({ gone }) => gone)) return 'GONE';
    return tooLong ? 'FAILING' : undefined;
  }

  /** Commits with the end of the turn: whoever makes something due from here on has a job of its own. */
  private async endTurn(tx: Transaction, { id, partner }: StoredEndpoint, { slow, disable }: Turn): Promise<void> {
    if (disable !== undefined) await this.disable.disable(tx, { id, partner }, disable);
    const endpoint = await lockEndpoint(tx, id);
    if (endpoint === undefined) return;
    if (!endpoint.enabled) {
      await failPending(tx, id);
      return;
    }
    if (endpoint.slow !== slow) await setSlow(tx, id, slow);
    // Whoever lets the partner in again has the lane look.
    if (endpoint.suspendedAt !== null) return;
    const seconds = await nextDue(tx, id);
    if (seconds === undefined) return;
    await this.jobs.cancel(tx, TIMERS, id);
    await this.jobs.enqueue(tx, [seconds <= 0 ? lookAt({ id, slow }) : timerOf(id, seconds)]);
  }
}

function endpointOf({ payload }: Job): string {
  return (payload as { endpoint: string }).endpoint;
}

function isSlow(attempts: readonly Attempt[]): boolean {
  const milliseconds = attempts.reduce((sum, { sent }) => sum + sent.milliseconds, 0);
  return attempts.some(({ sent }) => sent.status === undefined) || milliseconds > SLOW_MS * attempts.length;
}
