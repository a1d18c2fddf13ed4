import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs, type Job, type NewJob } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { recordEvents } from '../out/reservation-event.store';
import { expired } from '../out/reservation.store';
import type { StoredSlice } from '../out/slice.store';
import { text, type Micro } from '../promise/quantity';
import { Freeing } from './freeing';
import { holdingsOf, unitsOf } from './holdings';

const EXPIRE_QUEUE = 'availability.expire';

/** Timers in one transaction at most: each may end as many reservations as were made together. */
const TIMERS_TOGETHER = 20;

interface Ending {
  readonly reservations: readonly string[];
}

/**
 * The timers of soft reservations that were made together: one for all that end at the same moment, named by the first of them.
 */
export function expiriesOf(made: readonly { readonly id: string; readonly ttlSeconds: number }[]): NewJob[] {
  const together = new Map<number, string[]>();
  for (const { id, ttlSeconds } of made) {
    const own = together.get(ttlSeconds);
    if (own) own.push(id);
    else together.set(ttlSeconds, [id]);
  }
  return [...together].map(([ttlSeconds, ids]) => timer(ids[0] ?? '', ids, ttlSeconds));
}

/** An extension sets a further timer: each end has its own, and one that was moved frees nothing. */
export function expiryAt(reservation: string, end: string, seconds: number): NewJob {
  return timer(`${reservation}@${end}`, [reservation], seconds);
}

function timer(key: string, reservations: readonly string[], delaySeconds: number): NewJob {
  return { queue: EXPIRE_QUEUE, key, payload: { reservations } satisfies Ending, delaySeconds };
}

/** Timers that were set one by one are still there after an update. */
function endingOf({ payload }: Job): readonly string[] {
  const { reservations, reservation } = payload as Partial<Ending> & { reservation?: string };
  return reservations ?? (reservation === undefined ? [] : [reservation]);
}

/** Soft reservations end by a timer of the database: what they held is free again, for who waits first. */
@Injectable()
export class Expiry implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly freeing: Freeing,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(EXPIRE_QUEUE, (jobs, tx) => this.expire(jobs, tx), { batchSize: TIMERS_TOGETHER });
  }

  private async expire(jobs: readonly Job[], tx: Transaction): Promise<void> {
    const ids = await expired(tx, jobs.flatMap(endingOf));
    if (ids.length === 0) return;
    const ended = await this.freeing.free(tx, ids, (slices) =>
      slices.filter((slice) => slice.state === 'RESERVED').map((slice) => ({ slice, quantity: 0n })),
    );
    await recordEvents(
      tx,
      [...byReservation(ended)].map(([reservation, lines]) => ({
        reservation,
        event: 'EXPIRED',
        detail: { lines: [...lines].map(([line, quantity]) => ({ line, quantity: text(quantity) })) },
      })),
    );
  }
}

function byReservation(slices: readonly StoredSlice[]): Map<string, Map<number, Micro>> {
  const result = new Map<string, Map<number, Micro>>();
  for (const holding of holdingsOf(slices)) {
    const { reservation, line } = holding[0];
    const lines = result.get(reservation) ?? new Map<number, Micro>();
    lines.set(line, (lines.get(line) ?? 0n) + unitsOf(holding));
    result.set(reservation, lines);
  }
  return result;
}
