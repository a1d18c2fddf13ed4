import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { isLastTry, Jobs } from '#messaging/jobs';
import type { Job } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';
import { withCorrelation } from '#service/correlation';
import { Log } from '#service/logging';
import { shipmentsConfig } from '../config';
import type { ShipmentsConfig } from '../config';
import type { Shipment } from '../confirm-shipment/shipment';
import * as effects from '../out/effect.store';
import { postingsOf } from '../out/posting.store';
import type { EffectPosting } from '../out/posting.store';
import { effectDone, effectFailed } from '../troubles';
import { dueEffects } from './due';
import { isOutsideEffect, QUEUES } from './effect';
import type { EffectJob, EffectResult, OutsideEffect, OutsideEffectName } from './effect';

/** A backend that is back is noticed within a minute; a fault of ours is tried 20 times. */
const TRIES = { maxDefects: 20, maxBackoffSeconds: 60 };

type AskedEffect = effects.EffectKey & { readonly name: OutsideEffectName };
/** Records an answer; tells the shipment whose next effects may be due now. */
type Record = (tx: Transaction) => Promise<string | undefined>;

/** Runs the effects that call other apps: call first, record the answer with the completion of the job. */
@Injectable()
export class EffectRunner {
  private readonly due = new Gatherer<AskedEffect, EffectPosting | undefined>((asked) => this.dueOf(asked));

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly log: Log,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {}

  register<Result extends EffectResult>(effect: OutsideEffect<Result>): void {
    const { effectConcurrency: concurrency, effectAttempts: maxAttempts } = this.config;
    this.jobs.handleGathered<Record | undefined>(
      [effect.queue],
      (job) => this.run(effect, job),
      async (tx, records) => {
        const moved: (string | undefined)[] = [];
        for (const record of records) moved.push(await record?.(tx));
        await this.followUp(tx, moved.flatMap((shipment) => shipment ?? [])); // prettier-ignore
      },
      { ...TRIES, concurrency, maxAttempts },
    );
  }

  /**
   * Asks for every effect of these shipments whose turn has come. After the change that made it so, in its transaction: the rows of
   * the shipments are locked by then, so of two changes the second one sees the first.
   */
  async followUp(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    const known = await effects.effectsOf(tx, [...new Set(shipments)]);
    await this.jobs.enqueue(
      tx,
      known.flatMap(({ shipment, inErp, effects: all }) =>
        dueEffects(all, inErp).flatMap(({ name, revision }) =>
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
    const settlement = { from: ['FAILED'], to: 'PENDING', attempts: 0 } as const;
    const reopened = await effects.settleEffects(tx, [{ shipment, revision }], name, settlement);
    if (reopened.length === 0) return false;
    // Without a key: a job that died by a crash still holds it. Two runs are harmless, the effect's state fences them.
    await this.jobs.enqueue(tx, [{ queue: QUEUES[name], payload: { shipment, revision } satisfies EffectJob }]);
    return true;
  }

  private async run<Result extends EffectResult>(effect: OutsideEffect<Result>, job: Job): Promise<Record | undefined> {
    const { shipment, revision = 1 } = job.payload as EffectJob;
    const posting = await this.due.call({ shipment, revision, name: effect.name });
    if (!posting) return undefined;
    return withCorrelation(posting.shipment.correlationId, () => this.attempt(effect, posting, job));
  }

  /** The effects that still wait, with what they post; jobs that start together are read together. */
  private async dueOf(asked: readonly AskedEffect[]): Promise<Outcome<EffectPosting | undefined>[]> {
    await effects.markAskedFor(this.database, asked);
    const known = await postingsOf(this.database, asked);
    return asked.map((key) => ({ value: known.get(placeOf(key)) }));
  }

  private async attempt<Result extends EffectResult>(
    effect: OutsideEffect<Result>,
    { shipment, posting }: EffectPosting,
    job: Job,
  ): Promise<Record> {
    const key = { shipment: shipment.id, revision: posting.revision };
    try {
      const result = await effect.perform(shipment, posting);
      return async (tx) => {
        const [moved] = await effects.settleEffects(tx, [key], effect.name, {
          from: ['PENDING'],
          ...outcomeOf(result),
        });
        if (!moved) return undefined;
        await effect.after?.(tx, shipment, result, posting);
        if (moved.troubled) await this.outbox.publish(tx, [effectDone(shipment, effect.name)]);
        return shipment.id;
      };
    } catch (error) {
      return this.failed(effect, shipment, { ...key, name: effect.name }, { job, error });
    }
  }

  /** A refusal ends the effect until a person asks for it again; anything else is repeated, for days, and then ends it too. */
  private async failed(
    { name }: Pick<OutsideEffect, 'name'>,
    shipment: Shipment,
    key: effects.EffectKey,
    { job, error }: { readonly job: Job; readonly error: unknown },
  ): Promise<Record> {
    const reason = reasonOf(error);
    if (!isLastTry(job, error)) {
      await effects.noteFailedAttempt(this.database, key, reason);
      throw error;
    }
    this.log.warn({ shipment: shipment.id, effect: name, error }, `${name} failed: ${reason}`);
    // A refusal is certain: nothing was made.
    const refused = error instanceof CrossdockError && error.kind === 'refused';
    return async (tx) => {
      const settlement = { from: ['PENDING'], to: 'FAILED', error: reason, ...(refused ? { asked: false } : {}) } as const; // prettier-ignore
      const moved = await effects.settleEffects(tx, [key], name, settlement);
      if (moved.length > 0) await this.outbox.publish(tx, [effectFailed(shipment, name, reason)]);
      return undefined;
    };
  }
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
