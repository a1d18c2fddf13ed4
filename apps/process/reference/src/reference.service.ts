import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CrossdockError } from '#canonical/errors';
import { CUSTOMERS_PUT, ITEMS_PUT, type CustomersPut, type ItemsPut } from '#contracts/events/reference';
import { ReferenceApi } from '#contracts/reference/reference.api';
import type {
  CustomerDto,
  FindItemsQuery,
  FoundItems,
  ItemDto,
  ItemPage,
  ItemQuery,
  ListItemsQuery,
  NodeList,
  OrderSnapshot,
  OrderSnapshotQuery,
  PutCustomersRequest,
  PutItemsRequest,
  PutNodesRequest,
  PutPricesRequest,
  PutResult,
  PutResults,
} from '#contracts/reference/reference.dto';
import { Outbox } from '#messaging/outbox';
import { Database, type Transaction } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import * as items from './out/item.store';
import * as parties from './out/party.store';
import { ItemFinder } from './find-items/item-finder';
import { OPERATORS_OWN_OF_CUSTOMERS, OPERATORS_OWN_OF_ITEMS } from './map-codes/sources-of-truth';
import { snapshotsOf } from './out/snapshot.store';
import {
  check,
  customerFault,
  gtinsOf,
  itemFault,
  normalisedItem,
  priceFault,
  type Checked,
} from './put-records/check-records';
import { keepOwn } from './put-records/keep-own';

/** The one owner of items, customers, prices and nodes. */
@Injectable()
export class ReferenceService extends ReferenceApi {
  private readonly finder: ItemFinder;
  /** What several orders ask for at once is read together. */
  private readonly snapshots = new Gatherer<OrderSnapshotQuery, OrderSnapshot>(async (queries) =>
    (await snapshotsOf(this.database, queries)).map((value) => ({ value })),
  );

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
    this.finder = new ItemFinder(database);
  }

  async putItems(request: PutItemsRequest): Promise<PutResults> {
    return this.database.transaction((tx) => this.storeItems(tx, request));
  }

  async putCustomers(request: PutCustomersRequest): Promise<PutResults> {
    return this.database.transaction((tx) => this.storeCustomers(tx, request));
  }

  async putPrices(request: PutPricesRequest): Promise<PutResults> {
    return this.database.transaction((tx) => this.storePrices(tx, request));
  }

  async putNodes({ nodes }: PutNodesRequest): Promise<PutResults> {
    const checked = check(
      nodes,
      (node) => node.id,
      () => undefined,
    );
    return this.database.transaction((tx) =>
      stored(
        checked,
        (node) => node.id,
        nodes,
        (good) => parties.putNodes(tx, good),
      ),
    );
  }

  /** In the caller's transaction: events of an ERP are applied where they are completed. */
  async storeItems(tx: Transaction, request: PutItemsRequest): Promise<PutResults> {
    const checked = check(request.items, (item) => item.sku, itemFault);
    tx.afterCommit(() => this.finder.forget());
    const answer = await stored(
      checked,
      (item) => item.sku,
      request.items,
      (good) => items.putItems(tx, good.map(normalisedItem)),
    );
    await this.tellPut(tx, request.items, answer);
    return answer;
  }

  /** What an ERP says of items: what operators own and the ERP leaves out stays. */
  async storeErpItems(tx: Transaction, { items: sent }: PutItemsRequest): Promise<PutResults> {
    const before = await items.itemDocuments(
      tx,
      sent.map((item) => item.sku),
    );
    return this.storeItems(tx, {
      items: sent.map((item) => keepOwn(OPERATORS_OWN_OF_ITEMS, before.get(item.sku), item)),
    });
  }

  /** The same of customers. */
  async storeErpCustomers(tx: Transaction, { customers: sent }: PutCustomersRequest): Promise<PutResults> {
    const before = await parties.customerDocuments(
      tx,
      sent.map((customer) => customer.id),
    );
    return this.storeCustomers(tx, {
      customers: sent.map((customer) => keepOwn(OPERATORS_OWN_OF_CUSTOMERS, before.get(customer.id), customer)),
    });
  }

  async storeCustomers(tx: Transaction, { customers }: PutCustomersRequest): Promise<PutResults> {
    const checked = check(customers, (customer) => customer.id, customerFault);
    const answer = await stored(
      checked,
      (customer) => customer.id,
      customers,
      (good) => parties.putCustomers(tx, good),
    );
    await this.tellShipTos(tx, customers, answer);
    return answer;
  }

  async storePrices(tx: Transaction, { prices }: PutPricesRequest): Promise<PutResults> {
    const checked = check(prices, parties.priceId, priceFault);
    return stored(checked, parties.priceId, prices, (good) => parties.putPrices(tx, good));
  }

  async listItems({ cursor, limit = 50, search }: ListItemsQuery): Promise<ItemPage> {
    const found = await items.pageOfItems(
      this.database,
      decodeCursor(cursor, ['text'], 'items', { search })?.[0] ?? '',
      search,
      limit + 1,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return found.length > limit && last
      ? { items: page, next: encodeCursor([last.sku], 'items', { search }) }
      : { items: page };
  }

  async getItem({ sku }: ItemQuery): Promise<ItemDto> {
    const item = await items.itemOf(this.database, sku);
    if (item) return item;
    throw new CrossdockError({ code: 'ITEM_UNKNOWN', kind: 'not-found', message: `no item ${sku}` });
  }

  async findItems({ ids }: FindItemsQuery): Promise<FoundItems> {
    return { items: await this.finder.find(ids) };
  }

  async listNodes(): Promise<NodeList> {
    return { nodes: await parties.allNodes(this.database) };
  }

  orderSnapshot(query: OrderSnapshotQuery): Promise<OrderSnapshot> {
    return this.snapshots.call(query);
  }

  /** One event for all that is new or changed, so that what waits for an item goes on by itself. */
  private async tellPut(tx: Transaction, sent: readonly ItemDto[], { results }: PutResults): Promise<void> {
    const changed = changedOf(sent, results);
    if (changed.length === 0) return;
    const ids = changed.flatMap((item) => [item.sku, ...gtinsOf(item)]);
    const data: ItemsPut = { ids: [...new Set(ids)] };
    const event = { type: ITEMS_PUT, source: 'process/reference', subject: 'items', partitionKey: 'items', data };
    await this.outbox.publish(tx, [event]);
  }

  /** So that an order which waits for a ship-to goes on by itself. */
  private async tellShipTos(tx: Transaction, sent: readonly CustomerDto[], { results }: PutResults): Promise<void> {
    const shipTos = changedOf(sent, results).flatMap(({ partner, shipTos: places }) =>
      places.map(({ id }) => ({ partner, id })),
    );
    if (shipTos.length === 0) return;
    const data: CustomersPut = { shipTos };
    const event = { type: CUSTOMERS_PUT, source: 'process/reference', subject: 'customers', partitionKey: 'customers' };
    await this.outbox.publish(tx, [{ ...event, data }]);
  }
}

/** Those that were stored and were not so before. */
function changedOf<T>(sent: readonly T[], results: readonly PutResult[]): T[] {
  return sent.filter((_, index) => ['created', 'updated'].includes(results[index]?.outcome ?? ''));
}

/** Stores the good ones and answers one result per record, in the order they were sent. */
async function stored<T>(
  checked: Checked<T>,
  idOf: (record: T) => string,
  sent: readonly T[],
  store: (good: readonly T[]) => Promise<PutResult[]>,
): Promise<PutResults> {
  const outcomes = checked.good.length > 0 ? await store(checked.good) : [];
  const queues = new Map<string, PutResult[]>();
  for (const result of [...outcomes, ...checked.rejected])
    queues.set(result.id, [...(queues.get(result.id) ?? []), result]);
  return { results: sent.flatMap((record) => queues.get(idOf(record))?.shift() ?? []) };
}
