import { Inject, Injectable } from '@nestjs/common';
import type { NewJob } from '#messaging/jobs';
import { Jobs } from '#messaging/jobs';
import { Outbox, type NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { keepWorth } from '../credit/keep-worth';
import { ordersConfig, type OrdersConfig } from '../config';
import { Nodes } from '../out/nodes';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { RecentOrders } from '../out/recent-orders';
import { decide, hasChanged, type Decision } from './decide';
import { commandJob } from './command-job';
import type { Fact } from './facts';
import type { OrderEvent } from './order-event';
import type { OrderContents } from './order-state';
import type { Surroundings } from './planned';
import { SOURCE } from './troubles';

export interface OrderNews {
  readonly order: string;
  readonly event: OrderEvent;
}

/** Applies events to orders: state, commands and facts are saved in the caller's transaction, set by set. */
@Injectable()
export class ProcessOrders {
  private readonly recent = new RecentOrders();

  constructor(
    private readonly nodes: Nodes,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  /** Events of orders that do not exist are nobody's: a warehouse may also work for others. */
  async apply(tx: Transaction, news: readonly OrderNews[]): Promise<void> {
    const byOrder = new Map<string, OrderEvent[]>();
    for (const { order, event } of news) {
      const events = byOrder.get(order);
      if (events) events.push(event);
      else byOrder.set(order, [event]);
    }
    const around = await this.surroundings();
    const orders = await store.lock(tx, [...byOrder.keys()], this.recent);
    await this.decideAndSave(
      tx,
      orders.map((order) => ({ order, events: byOrder.get(order.contents.id) ?? [] })),
      around,
    );
  }

  /** For an order whose row the caller has locked. */
  async applyTo(
    tx: Transaction,
    order: StoredOrder,
    events: readonly OrderEvent[],
    around: Surroundings,
  ): Promise<StoredOrder> {
    const [saved] = await this.decideAndSave(tx, [{ order, events }], around);
    return saved ?? order;
  }

  /** Read before rows are locked: no outside call is made while an order is held. */
  async surroundings(): Promise<Surroundings> {
    const nodes = await this.nodes.current();
    const now = new Date().toISOString();
    return { now, today: now.slice(0, 10), nodes };
  }

  /** Commands become jobs and facts events, with the state that asked for them. */
  async dispatch(tx: Transaction, decisions: readonly Decision[]): Promise<void> {
    const jobs: NewJob[] = [];
    const events: NewEvent[] = [];
    for (const { state, commands, facts } of decisions) {
      for (const command of commands) jobs.push(commandJob(state.contents, command));
      for (const fact of facts) events.push(eventOf(state.contents, fact));
    }
    await Promise.all([this.jobs.enqueue(tx, jobs), this.outbox.publish(tx, events)]);
  }

  private async decideAndSave(
    tx: Transaction,
    sets: readonly { order: StoredOrder; events: readonly OrderEvent[] }[],
    around: Surroundings,
  ): Promise<StoredOrder[]> {
    const decided = sets.map(({ order, events }) => {
      const decision = decide(order, events, around, order.version + 1);
      return { order, decision, changed: hasChanged(order, decision) };
    });
    const changed = decided.filter((each) => each.changed);
    if (changed.length === 0) return decided.map(({ order }) => order);
    const updates = changed.map(({ order, decision }) => ({
      state: decision.state,
      version: order.version + 1,
      agreedAnew: decision.state.contents !== order.contents,
    }));
    // In one packet: none of them needs the answer of another.
    const [times] = await Promise.all([
      store.save(tx, updates, this.config.answerHours),
      keepWorth(tx, updates.map(({ state }) => state)), // prettier-ignore
      this.dispatch(tx, changed.map(({ decision }) => decision)), // prettier-ignore
    ]);
    return decided.map(({ order, decision: { state }, changed: moved }) => {
      if (!moved) return order;
      const updatedAt = times.get(order.contents.id) ?? order.updatedAt;
      const saved = { ...state, version: order.version + 1, createdAt: order.createdAt, updatedAt };
      tx.afterCommit(() => this.recent.keep(saved));
      return saved;
    });
  }
}

/** Facts of an order are delivered in order; so is what opens and clears one exception. */
function eventOf({ id, correlationId }: OrderContents, { type, data }: Fact): NewEvent {
  const key = 'key' in data ? data.key : id;
  return { type, source: SOURCE, subject: key, partitionKey: key, data, correlationId };
}
