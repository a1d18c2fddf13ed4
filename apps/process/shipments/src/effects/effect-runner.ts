import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { isLastTry, Jobs } from '#messaging/jobs';
import type { Job, RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';
import { withCorrelation } from '#service/correlation';
import { Log } from '#service/logging';
import { shipmentsConfig } from '../config';
import type { ShipmentsConfig } from '../config';
import type { EffectName, Shipment } from '../confirm-shipment/shipment';
import * as effects from '../out/effect.store';
import { shipmentsOf } from '../out/shipment.store';
import { QUEUES } from './effect';
import type { EffectJob, OutsideEffect, OutsideEffectName } from './effect';

/** A backend that is back is noticed within a minute; a fault of ours is tried 20 times. */
const TRIES = { maxDefects: 20, maxBackoffSeconds: 60 };

interface AskedEffect {
  readonly shipment: string;
  readonly name: EffectName;
}

/** Runs the effects that call other apps: call first, record the answer with the completion of the job. */
@Injectable()
export class EffectRunner {
  private readonly due = new Gatherer<AskedEffect, Shipment | undefined>((asked) => this.dueOf(asked));

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly log: Log,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {}

  register<Result extends { readonly reference: string }>(effect: OutsideEffect<Result>): void {
    const { effectConcurrency: concurrency, effectAttempts: maxAttempts } = this.config;
    this.jobs.handleGathered<RecordOutcome | void>(
      [effect.queue],
      (job) => this.run(effect, job),
      async (tx, records) => {
        for (const record of records) await record?.(tx);
      },
      { ...TRIES, concurrency, maxAttempts },
    );
  }

  /** Asks for an effect of these shipments, in the transaction that made it due. */
  async enqueue(tx: Transaction, name: OutsideEffectName, shipments: readonly string[]): Promise<void> {
    const queue = QUEUES[name];
    await this.jobs.enqueue(
      tx,
      shipments.map((shipment) => ({ queue, key: shipment, payload: { shipment } satisfies EffectJob })),
    );
  }

  /** Tries a failed effect again. Errors: EFFECT_NOT_FAILED (conflict). */
  async retry(tx: Transaction, shipment: string, name: OutsideEffectName): Promise<void> {
    const reopened = await effects.settleEffects(tx, [shipment], name, {
      from: ['FAILED'],
      to: 'PENDING',
      attempts: 0,
    });
    if (reopened.length === 0) {
      const message = `${name} of shipment ${shipment} has not failed`;
      throw new CrossdockError({ code: 'EFFECT_NOT_FAILED', kind: 'conflict', message });
    }
    // Without a key: a job that died by a crash still holds it. Two runs are harmless, the effect's state fences them.
    await this.jobs.enqueue(tx, [{ queue: QUEUES[name], payload: { shipment } satisfies EffectJob }]);
  }

  private async run<Result extends { readonly reference: string }>(
    effect: OutsideEffect<Result>,
    job: Job,
  ): Promise<RecordOutcome | void> {
    const { shipment: id } = job.payload as EffectJob;
    const shipment = await this.due.call({ shipment: id, name: effect.name });
    if (!shipment) return;
    return withCorrelation(shipment.correlationId, () => this.attempt(effect, shipment, job));
  }

  /** The shipments of effects that still wait; jobs that start together are read together. */
  private async dueOf(asked: readonly AskedEffect[]): Promise<Outcome<Shipment | undefined>[]> {
    const pending = await effects.arePending(this.database, asked);
    const wanted = new Set(asked.filter((_, index) => pending[index]).map(({ shipment }) => shipment));
    const shipments = wanted.size > 0 ? await shipmentsOf(this.database, [...wanted]) : new Map<string, Shipment>();
    return asked.map(({ shipment }, index) => ({ value: pending[index] ? shipments.get(shipment) : undefined }));
  }

  private async attempt<Result extends { readonly reference: string }>(
    effect: OutsideEffect<Result>,
    shipment: Shipment,
    job: Job,
  ): Promise<RecordOutcome> {
    try {
      const result = await effect.perform(shipment);
      return async (tx) => {
        const settlement = { from: ['PENDING'], to: 'DONE', reference: result.reference } as const;
        const moved = await effects.settleEffects(tx, [shipment.id], effect.name, settlement);
        if (moved.length > 0) await effect.after?.(tx, shipment, result);
      };
    } catch (error) {
      return this.failed(effect, shipment.id, job, error);
    }
  }

  /** A refusal ends the effect until a person asks for it again; anything else is repeated, for days, and then ends it too. */
  private async failed(
    { name }: Pick<OutsideEffect, 'name'>,
    shipment: string,
    job: Job,
    error: unknown,
  ): Promise<RecordOutcome> {
    const reason = reasonOf(error);
    if (!isLastTry(job, error)) {
      await effects.noteFailedAttempt(this.database, shipment, name, reason);
      throw error;
    }
    this.log.warn({ shipment, effect: name, error }, `${name} failed: ${reason}`);
    return async (tx) => {
      await effects.settleEffects(tx, [shipment], name, { from: ['PENDING'], to: 'FAILED', error: reason });
    };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof CrossdockError) return `${error.code}: ${error.message}`.slice(0, 1000);
  return String(error instanceof Error ? error.message : error).slice(0, 1000);
}
