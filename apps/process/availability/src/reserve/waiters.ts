import { Inject, Injectable } from '@nestjs/common';
import { STOCK_ALLOCATED, type StockAllocated } from '#contracts/events/catalogue';
import { Outbox, type NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { backorderRules } from '../out/backorder-rule.store';
import { loadBook } from '../out/book.store';
import { NodeDirectory } from '../out/node-directory';
import { PolicyDirectory } from '../out/policy-directory';
import { quotasOf } from '../out/quota.store';
import { slicesOf, waiting, write } from '../out/slice.store';
import { Ground } from '../promise/ground';
import { text } from '../promise/quantity';
import { forWaiters } from '../promise/terms';
import { PromiseRisks } from '../risk/promise-risks';
import { allocations, type Allocated } from './allocations';
import { kitsKey } from './holdings';
import { serve } from './serve';

/** Gives stock and supply that have become free to those who wait, in the transaction that freed them. */
@Injectable()
export class Waiters {
  constructor(
    private readonly nodes: NodeDirectory,
    private readonly policies: PolicyDirectory,
    private readonly outbox: Outbox,
    private readonly risks: PromiseRisks,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** The items are locked. What can then no longer be kept of what was promised for a day is put at risk. */
  async serve(tx: Transaction, items: readonly string[]): Promise<void> {
    await this.allocate(tx, items);
    await this.risks.judge(tx, items);
  }

  /** Publishes STOCK_ALLOCATED for each reservation line and node that got stock. */
  private async allocate(tx: Transaction, items: readonly string[]): Promise<void> {
    const slices = await waiting(tx, items);
    if (slices.length === 0) return;
    const waited = [...new Set(slices.map((slice) => slice.item))];
    const reading = await loadBook(tx, waited, this.config);
    const [rules, quotas] = [await backorderRules(tx, items), await quotasOf(tx, items)];
    const view = await this.nodes.at(reading.asOf);
    const terms = forWaiters(await this.policies.termsIn(tx, waited));
    const changes = serve(new Ground(reading.bookFor(view, terms, quotas), terms, view), slices, rules);
    if (changes.created.length === 0) return;
    await write(tx, { reservations: [], ...changes });
    const parts = changes.created.filter((slice) => kitsKey(slice) !== undefined);
    const held =
      parts.length === 0 ? [] : await slicesOf(tx, [...new Set(parts.map(({ reservation }) => reservation))]);
    await this.outbox.publish(tx, allocations(changes.created, held).map(allocated));
  }
}

export function allocated({
  reservation,
  line,
  item,
  node,
  quantity,
  substitute,
}: Allocated): NewEvent<StockAllocated> {
  return {
    type: STOCK_ALLOCATED,
    source: 'process/availability',
    subject: reservation,
    partitionKey: reservation,
    data: {
      ...{ reservation, line, item, node, quantity: text(quantity) },
      ...(substitute && { substitute: { item: substitute.item, quantity: text(substitute.quantity) } }),
    },
  };
}
