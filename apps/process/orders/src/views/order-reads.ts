import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import type {
  ListOrdersQuery,
  LookUpOrdersRequest,
  OrderNames,
  OrderPage,
  OrderQuery,
  OrderSummary,
  OrderView,
} from '#contracts/orders/orders.dto';
import type { OrderCommands } from '#contracts/orders/order-changes.dto';
import { JobOperations } from '#messaging/job-operations';
import { Database } from '#persistence/database';
import { Gather } from '../accept-order/gather';
import { EVERYBODY } from '../accept-order/policy';
import * as lists from '../out/order-list.store';
import * as store from '../out/order.store';
import { unknownOrder } from '../out/unknown-order';
import { commandViews, jobsOf } from './commands';
import { orderView } from './order-view';

/** Everything that can be asked about orders; nothing is changed by asking. */
@Injectable()
export class OrderReads {
  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly jobs: JobOperations,
  ) {}

  async get({ partner, id }: OrderQuery): Promise<OrderView> {
    return orderView(await this.find(partner, id));
  }

  async list({ partner, status, purchaseOrder, cursor, limit = 50 }: ListOrdersQuery): Promise<OrderPage> {
    // Across partners there is no one rule: the house's spelling finds most.
    const key =
      purchaseOrder === undefined
        ? undefined
        : await this.gather.keyOf({ partner: partner ?? EVERYBODY, purchaseOrder });
    const filter = { partner, status, purchaseOrderKey: key };
    const after = decodeCursor(cursor, ['text'], 'orders', filter)?.[0] ?? '';
    const found = await lists.page(this.database.seenBy(partner), filter, after, limit + 1);
    const orders = found.slice(0, limit).map(orderView);
    const last = orders.at(-1);
    return found.length > limit && last ? { orders, next: encodeCursor([last.id], 'orders', filter) } : { orders };
  }

  async lookUp({ ids }: LookUpOrdersRequest): Promise<OrderNames> {
    return { orders: await lists.namesOf(this.database, ids) };
  }

  async commands({ partner, id }: OrderQuery): Promise<OrderCommands> {
    const order = await this.find(partner, id);
    return { commands: commandViews(order, await this.jobs.find(jobsOf(order))) };
  }

  async summary(): Promise<OrderSummary> {
    const statuses = await lists.statusCounts(this.database);
    return { statuses, unexplained: await lists.unexplained(this.database) };
  }

  async checkInvariants(): Promise<InvariantReport> {
    const counts = await lists.statusCounts(this.database);
    const checked = counts.reduce((sum, each) => sum + each.count, 0);
    return { checked, breaches: await lists.breaches(this.database) };
  }

  /** Errors: ORDER_UNKNOWN. */
  private async find(partner: string, id: string): Promise<store.StoredOrder> {
    const order = await store.find(this.database.seenBy(partner), partner, id);
    if (order) return order;
    throw unknownOrder(id);
  }
}
