import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs, type Job, type NewJob } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { recordEvents } from '../out/reservation-event.store';
import { expired } from '../out/reservation.store';
import type { StoredSlice } from '../out/slice.store';
import { text, type Micro } from '../promise/quantity';
import { Freeing } from './freeing';

const EXPIRE_QUEUE = 'availability.expire';

/** The timer of a soft reservation. An extension sets a further one: each end has its own, and one that was moved frees nothing. */
export function expiryOf(reservation: string, ttlSeconds: number, end = ''): NewJob {
  return {
    queue: EXPIRE_QUEUE,
    key: end === '' ? reservation : `${reservation}@${end}`,
    payload: { reservation },
    delaySeconds: ttlSeconds,
  };
}

/** Soft reservations end by a timer of the database: what they held is free again, for who waits first. */
@Injectable()
export class Expiry implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly freeing: Freeing,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(EXPIRE_QUEUE, (jobs, tx) => this.expire(jobs, tx), { batchSize: 100 });
  }

  private async expire(jobs: readonly Job[], tx: Transaction): Promise<void> {
    const ids = await expired(tx, jobs.map((job) => (job.payload as { reservation: string }).reservation)); // prettier-ignore
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
  for (const { reservation, line, quantity } of slices) {
    const lines = result.get(reservation) ?? new Map<number, Micro>();
    lines.set(line, (lines.get(line) ?? 0n) + quantity);
    result.set(reservation, lines);
  }
  return result;
}
