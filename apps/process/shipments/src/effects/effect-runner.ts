import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { isLastTry, Jobs } from '#messaging/jobs';
import type { Job } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { NewEvent } from '#messaging/outbox';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import { crashPoint } from '#persistence/crash-point';
import type { Outcome } from '#persistence/gather';
import { withCorrelation } from '#service/correlation';
import { Log } from '#service/logging';
import { shipmentsConfig } from '../config';
import type { ShipmentsConfig } from '../config';
import type { EffectName, Shipment } from '../confirm-shipment/shipment';
import * as effects from '../out/effect.store';
import { lockShipmentRows, lockSubjects } from '../out/locks';
import { postingsOf } from '../out/posting.store';
import type { EffectPosting } from '../out/posting.store';
import { effectDone, effectFailed } from '../troubles';
import { dueEffects } from './due';
import { isOutsideEffect, QUEUES } from './effect';
import type { EffectAnswer, EffectJob, EffectResult, OutsideEffect, OutsideEffectName } from './effect';

/** After these something else of their order may go. */
const TAKES_BACK: readonly EffectName[] = ['ERP_REVERSAL', 'CREDIT_MEMO'];
/** A fault of ours is tried so often, then a person sees it. */
const MAX_DEFECTS = 20;

type AskedEffect = effects.EffectKey & { readonly name: OutsideEffectName };
/** How the attempt of an effect ended, for good. */
interface Ended {
  readonly shipment: Shipment;
  readonly settlement: effects.Settlement & AskedEffect;
  /** Not there when it failed. */
  readonly answer?: EffectAnswer;
}

/** It was not, or no longer, its turn. */
interface Idle {
  /** Shipment. */
  readonly idle: string;
}

/** Runs the effects that call other apps: call first, record the answers of many with the completion of their jobs. */
@Injectable()
export class EffectRunner implements OnModuleInit {
  private readonly due = new Gatherer<AskedEffect, EffectPosting | undefined>((asked) => this.dueOf(asked));
  private readonly effects = new Map<string, OutsideEffect>();

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly log: Log,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {}

  onModuleInit(): void {
    const { effectConcurrency: concurrency, effectAttempts: maxAttempts, backendRetrySeconds: maxBackoffSeconds } = this.config; // prettier-ignore
    this.jobs.handleGathered<Ended | Idle>(
      Object.values(QUEUES),
      (job) => this.run(job),
      (tx, ended) => this.record(tx, ended),
      { concurrency, maxAttempts, maxDefects: MAX_DEFECTS, maxBackoffSeconds },
    );
  }

  /** Before start. */
  register<Result extends EffectResult>(effect: OutsideEffect<Result>): void {
    this.effects.set(effect.queue, effect);
  }

  /**
   * Asks for every effect of these shipments whose turn has come. After the change that made it so, in its transaction: the rows of
   * the shipments are locked by then, so of two changes the second one sees the first. A job that is there is not waited for, even when
   * it is just being completed: who completes it wants those rows, and follows up after us.
   */
  async followUp(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    const known = await effects.effectsOf(tx, [...new Set(shipments)]);
    await this.jobs.enqueueMissing(
      tx,
      known.flatMap(({ shipment, effects: all, ...order }) =>
        dueEffects(all, order).flatMap(({ name, revision }) =>
          isOutsideEffect(name)
            ? [{ queue: QUEUES[name], key: keyOf(shipment, revision), payload: { shipment, revision } satisfies EffectJob }] // prettier-ignore
            : [],
        ),
      ),
    );
  }

  /** Tries a failed effect again. Errors: EFFECT_NOT_FAILED (conflict). */
  async retry(tx: Transaction, key: AskedEffect): Promise<void> {
    if (await this.reopen(tx, key)) return;
    const message = `${key.name} of shipment ${key.shipment} has not failed`;
    throw new CrossdockError({ code: 'EFFECT_NOT_FAILED', kind: 'conflict', message });
  }

  /** Tries these effects again in every version of their shipment in which they failed. What has not failed stays as it is. */
  async retryFailed(tx: Transaction, asked: readonly Omit<AskedEffect, 'revision'>[]): Promise<void> {
    const known = await effects.effectsOf(tx, [...new Set(asked.map(({ shipment }) => shipment))]);
    for (const { shipment, effects: all } of known) {
      const names = new Set(asked.flatMap((each) => (each.shipment === shipment ? [each.name] : [])));
      for (const { name, revision, state } of all)
        if (state === 'FAILED' && isOutsideEffect(name) && names.has(name))
          await this.reopen(tx, { shipment, revision, name });
    }
  }

  /** False when it had not failed. */
  private async reopen(tx: Transaction, { shipment, revision, name }: AskedEffect): Promise<boolean> {
    const settlement = { shipment, revision, name, to: 'PENDING', attempts: 0 } as const;
    const reopened = await effects.settleEffects(tx, ['FAILED'], [settlement]);
    if (reopened.length === 0) return false;
    // Without a key: a job that died by a crash still holds it. Two runs are harmless, the effect's state fences them.
    await this.jobs.enqueue(tx, [{ queue: QUEUES[name], payload: { shipment, revision } satisfies EffectJob }]);
    return true;
  }

  private async run(job: Job): Promise<Ended | Idle> {
    const effect = this.effects.get(job.queue);
    if (!effect) throw new Error(`nobody carries out what is in ${job.queue}`);
    const { shipment, revision = 1 } = job.payload as EffectJob;
    const posting = await this.due.call({ shipment, revision, name: effect.name });
    if (!posting) return { idle: shipment };
    return withCorrelation(posting.shipment.correlationId, () => this.attempt(effect, posting, job));
  }

  /** The effects that still wait, with what they post; jobs that start together are read together. */
  private async dueOf(asked: readonly AskedEffect[]): Promise<Outcome<EffectPosting | undefined>[]> {
    await effects.markAskedFor(this.database, asked);
    const known = await postingsOf(this.database, asked);
    return asked.map((key) => ({ value: known.get(placeOf(key)) }));
  }

  private async attempt(effect: OutsideEffect, { shipment, posting }: EffectPosting, job: Job): Promise<Ended> {
    const key = { shipment: shipment.id, revision: posting.revision, name: effect.name };
    try {
      const result = await effect.perform(shipment, posting);
      crashPoint('effect.answered');
      return { shipment, settlement: { ...key, ...outcomeOf(result) }, answer: { shipment, posting, result } };
    } catch (error) {
      return this.failed(shipment, key, { job, error });
    }
  }

  /** A refusal ends the effect until a person asks for it again; anything else is repeated, for days, and then ends it too. */
  private async failed(
    shipment: Shipment,
    key: AskedEffect,
    { job, error }: { readonly job: Job; readonly error: unknown },
  ): Promise<Ended> {
    const reason = reasonOf(error);
    if (!isLastTry(job, error)) {
      await effects.noteFailedAttempt(this.database, key, reason);
      throw error;
    }
    this.log.warn({ shipment: shipment.id, effect: key.name, error }, `${key.name} failed: ${reason}`);
    // A refusal is certain: nothing was made.
    const refused = error instanceof CrossdockError && error.kind === 'refused';
    return { shipment, settlement: { ...key, to: 'FAILED', error: reason, ...(refused ? { asked: false } : {}) } };
  }

  private async record(tx: Transaction, answers: readonly (Ended | Idle)[]): Promise<void> {
    const ended = firstOfEach(answers);
    const shipments = [...new Set(answers.map((each) => ('idle' in each ? each.idle : each.shipment.id)))];
    const settlements = [...ended.values()].map(({ settlement }) => settlement);
    const anew = await this.waitingForThese(tx, [...ended.values()]);
    const locks = this.byEffect([...ended.values()]).map(([effect, own]) => effect.lock?.(tx, own));
    const rows = lockShipmentRows(tx, [...shipments, ...anew]);
    const [settled] = await Promise.all([effects.settleEffects(tx, ['PENDING'], settlements), rows, ...locks]);
    const moved = settled.flatMap((key) => {
      const each = ended.get(placeOf(key));
      return each ? [{ ...each, troubled: key.troubled }] : [];
    });
    for (const [effect, own] of this.byEffect(moved)) await effect.after?.(tx, own);
    await this.outbox.publish(tx, moved.flatMap(troubleOf)); // prettier-ignore
    // Also where nothing was to do: whoever asked for more meanwhile has seen our job and left it to us.
    await this.followUp(tx, [...shipments, ...anew]);
  }

  /**
   * Shipments that wait for what has been taken back now, and those that are waiting by the time we have the lock of their order. Before
   * any other lock (out/locks.ts), and their rows are locked with ours.
   */
  private async waitingForThese(tx: Transaction, ended: readonly Ended[]): Promise<string[]> {
    const orders = ended.flatMap(({ shipment, settlement }) => (TAKES_BACK.includes(settlement.name) ? [shipment.fulfilmentOrder.order] : [])); // prettier-ignore
    if (orders.length === 0) return [];
    await lockSubjects(tx, 'order', orders);
    const waiting = [await effects.waitingIn(tx, orders, 'ERP_DELIVERY'), await effects.waitingIn(tx, orders, 'ERP_INVOICE')]; // prettier-ignore
    return waiting.flat();
  }

  /** What was answered, by the effect that asked. */
  private byEffect(ended: readonly Ended[]): [OutsideEffect, EffectAnswer[]][] {
    return [...this.effects.values()].flatMap((effect): [OutsideEffect, EffectAnswer[]][] => {
      const own = ended.flatMap(({ settlement, answer }) =>
        answer && settlement.name === effect.name ? [answer] : [],
      );
      return own.length > 0 ? [[effect, own]] : [];
    });
  }
}

/** Two runs of one effect may end at the same time: the first one counts. */
function firstOfEach(answers: readonly (Ended | Idle)[]): Map<string, Ended> {
  const ended = new Map<string, Ended>();
  for (const each of answers) {
    if ('idle' in each) continue;
    const place = placeOf(each.settlement);
    if (!ended.has(place)) ended.set(place, each);
  }
  return ended;
}

/** What a person is to know of it. */
function troubleOf({ shipment, settlement, answer, troubled }: Ended & { readonly troubled: boolean }): NewEvent[] {
  if (!answer) return [effectFailed(shipment, settlement.name, settlement.error ?? '')];
  return troubled ? [effectDone(shipment, settlement.name)] : [];
}

function outcomeOf(result: EffectResult): Pick<effects.Settlement, 'to' | 'reference' | 'error'> {
  if ('notNeeded' in result) return { to: 'NOT_NEEDED', error: result.notNeeded };
  return { to: 'DONE', reference: result.reference };
}

function keyOf(shipment: string, revision: number): string {
  return revision === 1 ? shipment : `${shipment}@${revision}`;
}

function placeOf({ shipment, revision, name }: effects.EffectKey): string {
  return `${name} ${revision} ${shipment}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof CrossdockError) return `${error.code}: ${error.message}`.slice(0, 1000);
  return String(error instanceof Error ? error.message : error).slice(0, 1000);
}
