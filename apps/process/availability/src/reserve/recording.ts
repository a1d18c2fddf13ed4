import { Injectable } from '@nestjs/common';
import { RESERVATION_PREEMPTED, type ReservationPreempted } from '#contracts/events/catalogue';
import { Jobs } from '#messaging/jobs';
import { Outbox, type NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { settle } from '../out/exception.store';
import { recordEvents, type NewReservationEvent } from '../out/reservation-event.store';
import { write } from '../out/slice.store';
import { text } from '../promise/quantity';
import type { Batch, Preempted } from './batch';
import { PromiseRisks } from '../risk/promise-risks';
import { expiriesOf } from './expiry';
import type { Loss } from './preempt';
import { Waiters } from './waiters';

/** Writes what a batch of reservations has decided, in its transaction. */
@Injectable()
export class Recording {
  constructor(
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly waiters: Waiters,
    private readonly risks: PromiseRisks,
  ) {}

  /**
   * The items are locked. What the batch has set free goes to who waits; what it took may put other promises at risk. Where nothing
   * follows, and nothing is `asked` of the transaction afterwards, its commit goes out with what is written.
   */
  async record(tx: Transaction, batch: Batch, { asked }: { readonly asked: boolean }): Promise<void> {
    const { reservations, slices, timers, conversions, preempted, changed, dated } = batch;
    if (reservations.length === 0) return;
    const lost = preempted.flatMap(byLoser);
    const freed = [...new Set(changed.map(({ slice }) => slice.item))];
    // Those that are freed are judged with it.
    const taken = dated.filter((item) => !freed.includes(item));
    const written = Promise.all([
      write(tx, { reservations, created: slices, changed }),
      this.jobs.enqueue(tx, expiriesOf(timers)),
      recordEvents(tx, [...conversions, ...lost.map(historyOf)]),
      this.outbox.publish(tx, lost.map(eventOf)),
    ]);
    if (!asked && freed.length === 0 && taken.length === 0) tx.commit();
    const [flagged] = await written;
    if (freed.length > 0) await this.waiters.serve(tx, freed);
    if (freed.length > 0 && flagged) await settle(tx, freed);
    if (taken.length > 0) await this.risks.judge(tx, taken);
  }
}

interface Lost {
  readonly by: string;
  readonly losses: readonly [Loss, ...Loss[]];
}

function byLoser({ by, losses }: Preempted): Lost[] {
  const losers = new Map<string, [Loss, ...Loss[]]>();
  for (const loss of losses) {
    const known = losers.get(loss.slice.reservation);
    if (known) known.push(loss);
    else losers.set(loss.slice.reservation, [loss]);
  }
  return [...losers.values()].map((own) => ({ by, losses: own }));
}

function historyOf({ by, losses }: Lost): NewReservationEvent {
  const lines = losses.map(({ slice, quantity }) => ({ line: slice.line, quantity: text(quantity) }));
  return { reservation: losses[0].slice.reservation, event: 'PREEMPTED', detail: { by, lines } };
}

function eventOf({ by, losses }: Lost): NewEvent<ReservationPreempted> {
  const { reservation, partner, channel } = losses[0].slice;
  return {
    type: RESERVATION_PREEMPTED,
    source: 'process/availability',
    subject: reservation,
    partitionKey: reservation,
    data: {
      reservation,
      ...(partner === undefined ? {} : { partner }),
      ...(channel === undefined ? {} : { channel }),
      by,
      lines: losses.map(({ slice: { line, item, node }, quantity }) => ({
        line,
        item,
        node,
        quantity: text(quantity),
      })),
    },
  };
}
