import { defineApi } from '../api';
import { FindItemsQuery, type FoundItems, type ItemDto, type ItemPage, ItemQuery, ListItemsQuery, type NodeList, NoQuery, type OrderSnapshot, OrderSnapshotQuery, PutCustomersRequest, PutItemsRequest, PutNodesRequest, PutPricesRequest, type PutResults } from './reference.dto'; // prettier-ignore

/** Items, customers, prices and nodes: the one owner of reference data. */
export abstract class ReferenceApi {
  /** Creates or replaces by SKU. A wrong record is rejected alone; the others are stored. */
  abstract putItems(request: PutItemsRequest): Promise<PutResults>;
  abstract putCustomers(request: PutCustomersRequest): Promise<PutResults>;
  abstract putPrices(request: PutPricesRequest): Promise<PutResults>;
  abstract putNodes(request: PutNodesRequest): Promise<PutResults>;
  /** By SKU, ascending. Errors: CURSOR_INVALID. */
  abstract listItems(query: ListItemsQuery): Promise<ItemPage>;
  /** Errors: ITEM_UNKNOWN (not-found). */
  abstract getItem(query: ItemQuery): Promise<ItemDto>;
  /** Many items by SKU or GTIN, as they were at most a quarter of a second ago. Never fails on unknown ids. */
  abstract findItems(query: FindItemsQuery): Promise<FoundItems>;
  abstract listNodes(query: NoQuery): Promise<NodeList>;
  /** Never fails on unknown ids: it answers what it knows. */
  abstract orderSnapshot(query: OrderSnapshotQuery): Promise<OrderSnapshot>;
}

export const referenceContract = defineApi<ReferenceApi>({
  token: ReferenceApi,
  document: 'process/reference.v1',
  name: 'reference',
  routes: {
    putItems: { verb: 'PUT', path: '/v1/items', input: PutItemsRequest },
    putCustomers: { verb: 'PUT', path: '/v1/customers', input: PutCustomersRequest },
    putPrices: { verb: 'PUT', path: '/v1/prices', input: PutPricesRequest },
    putNodes: { verb: 'PUT', path: '/v1/nodes', input: PutNodesRequest },
    listItems: { verb: 'GET', path: '/v1/items', input: ListItemsQuery },
    getItem: { verb: 'GET', path: '/v1/items/:sku', input: ItemQuery },
    findItems: { verb: 'POST', path: '/v1/items/find', input: FindItemsQuery },
    listNodes: { verb: 'GET', path: '/v1/nodes', input: NoQuery },
    orderSnapshot: { verb: 'POST', path: '/v1/order-snapshots', input: OrderSnapshotQuery },
  },
});
