import type { InventoryFact } from '#canonical/inventory';
import type { FulfilmentStatus, OrderStatus, TrackingStatus } from '#canonical/order';
import type { ContractPriceDto, CustomerDto, ItemDto } from '../reference/reference.dto';
import type { AddressDto, MoneyDto } from '../values.dto';

/**
 * Every event type and its data. A type is a promise: its data only grows; what breaks it is a new version beside the old.
 * `partitionkey` is named at each: events with one key are delivered in order.
 */

/** system/erp → reference. Key: `<connection>`. */
export const ERP_ITEMS_CHANGED = 'crossdock.erp.items-changed.v1';
export interface ErpItemsChanged { readonly connection: string; readonly items: readonly ItemDto[] } // prettier-ignore
export const ERP_CUSTOMERS_CHANGED = 'crossdock.erp.customers-changed.v1';
export interface ErpCustomersChanged { readonly connection: string; readonly customers: readonly CustomerDto[] } // prettier-ignore
export const ERP_PRICES_CHANGED = 'crossdock.erp.prices-changed.v1';
export interface ErpPricesChanged { readonly connection: string; readonly prices: readonly ContractPriceDto[] } // prettier-ignore

/** system/wms → availability. A stock fact that is not a shipment. Key: `<node>`. */
export const WMS_INVENTORY_CHANGED = 'crossdock.wms.inventory-changed.v1';
export interface WmsInventoryChanged {
  /** `wms/<connection>`: ids are unique within it. */
  readonly source: string;
  readonly records: readonly {
    readonly id: string;
    readonly item: string;
    readonly node: string;
    readonly fact: InventoryFact;
    readonly quantity: string;
    readonly occurredAt: string;
    readonly reason?: string;
    readonly reference?: string;
    readonly sequence?: number;
    readonly toNode?: string;
    readonly fromNode?: string;
    readonly lot?: string;
    readonly expiresOn?: string;
    readonly reverses?: string;
  }[];
}

/** system/wms → orders. Where a fulfilment order stands; may come late, twice or out of order. Key: `<fulfilmentOrder>`. */
export const WMS_FULFILMENT_PROGRESSED = 'crossdock.wms.fulfilment-progressed.v1';
export interface WmsFulfilmentProgressed {
  readonly connection: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
  readonly status: FulfilmentStatus;
  readonly occurredAt: string;
  /** PICKED: what was picked, base units; less than released is a pick short. */
  readonly lines?: readonly {
    readonly line: number;
    readonly item: string;
    readonly quantity: string;
    /** UNECE code of the unit that the node counted in, when it said one. */
    readonly unit?: string;
  }[];
  readonly detail?: string;
}

/** system/wms → shipments. Goods have left. Key: `<fulfilmentOrder>`. */
export const WMS_SHIPPED = 'crossdock.wms.shipped.v1';
export interface WmsShipped {
  readonly connection: string;
  /** Unique in the warehouse; prefixed with the connection id it is our shipment id. */
  readonly shipmentId: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
  readonly shippedAt: string;
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly quantity: string;
    /** UNECE code of the unit that the warehouse counted in, when it said one. */
    readonly unit?: string;
    /** A line of several lots comes once for each. */
    readonly lot?: string;
    readonly serials?: readonly string[];
  }[];
  readonly packages: readonly { readonly id: string; readonly trackingNumber?: string; readonly weightKg?: string }[];
  readonly carrier?: string;
}

/**
 * system/wms → shipments. A departure was not what it was said to be: the whole of it as it really was, as the next version. It may come
 * before what it corrects. Key: `<fulfilmentOrder>`.
 */
export const WMS_SHIPMENT_CORRECTED = 'crossdock.wms.shipment-corrected.v1';
export interface WmsShipmentCorrected extends WmsShipped {
  /** 2 is the first correction. */
  readonly revision: number;
  readonly reason: string;
  /** When the warehouse said so. */
  readonly occurredAt: string;
}

/** system/wms → shipments. Nothing of a departure has left. Key: `<fulfilmentOrder>`. */
export const WMS_SHIPMENT_VOIDED = 'crossdock.wms.shipment-voided.v1';
export interface WmsShipmentVoided extends Pick<WmsShipmentCorrected, 'revision' | 'reason' | 'occurredAt'> {
  readonly connection: string;
  readonly shipmentId: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
}

/** system/tms → shipments. Key: `<trackingNumber>`. */
export const TMS_TRACKING_UPDATED = 'crossdock.tms.tracking-updated.v1';
export interface TmsTrackingUpdated {
  readonly connection: string;
  readonly trackingNumber: string;
  readonly status: TrackingStatus;
  readonly occurredAt: string;
  readonly detail?: string;
}

/** orders → shipments. A node is about to work on it: what a later shipment confirmation needs to know. Key: `<order>`. */
export const ORDER_RELEASED = 'crossdock.orders.released.v1';
export interface OrderReleased {
  readonly order: string;
  readonly partner: string;
  readonly customer: string;
  readonly purchaseOrder: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
  readonly erpConnection: string;
  readonly tmsConnection: string;
  readonly currency: string;
  readonly shipFrom: AddressDto;
  readonly shipTo: AddressDto;
  /** `reservation` is the reservation that holds the line's stock (the order id, or one made after a pick short). */
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly quantity: string;
    readonly reservation: string;
    /** Line of the reservation, where it is another: of a substitute the line that it stands for. */
    readonly reservedLine?: number;
    readonly weightKg?: string;
    /** What the warehouse must record of each unit. */
    readonly capture?: 'LOT' | 'SERIAL';
    /** UNECE code of the base unit that `quantity` is in. */
    readonly unit?: string;
    /** Agreed price of one base unit. */
    readonly unitPrice?: MoneyDto;
  }[];
  /** The way it was sold, e.g. `marketplace`. */
  readonly channel?: string;
}

/** orders → shipments. The sales order is in the ERP: postings that waited for it may go. Key: `<order>`. */
export const ORDER_ERP_CREATED = 'crossdock.orders.erp-created.v1';
export interface OrderErpCreated { readonly order: string; readonly erpConnection: string; readonly documentNumber: string } // prettier-ignore

/** orders → anyone (feeds, webhooks). Key: `<order>`. */
export const ORDER_CHANGED = 'crossdock.orders.changed.v1';
export interface OrderChanged {
  readonly order: string;
  readonly partner: string;
  readonly purchaseOrder: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly total?: MoneyDto;
}

/** orders → anyone (feeds, webhooks, EDI 855 `IS`). Another item is delivered, with the partner's consent. Key: `<order>`. */
export const ORDER_SUBSTITUTED = 'crossdock.orders.substituted.v1';
export interface OrderSubstituted {
  readonly order: string;
  readonly partner: string;
  readonly purchaseOrder: string;
  readonly version: number;
  readonly lines: readonly {
    /** The new line. */
    readonly line: number;
    readonly item: string;
    /** Base units. */
    readonly quantity: string;
    readonly unitPrice?: MoneyDto;
    /** What was ordered, and how much of it is not delivered as such. */
    readonly insteadOf: { readonly line: number; readonly item: string; readonly quantity: string };
  }[];
}

/** orders → anyone (feeds, webhooks, EDI 855/870). Something waits, waits for another day, or no longer waits. Key: `<order>`. */
export const ORDER_PROMISE_CHANGED = 'crossdock.orders.promise-changed.v1';
export interface OrderPromiseChanged {
  readonly order: string;
  readonly partner: string;
  readonly purchaseOrder: string;
  readonly version: number;
  readonly lines: readonly (OrderPromise & {
    readonly line: number;
    readonly item: string;
    readonly before: OrderPromise;
  })[];
}
export interface OrderPromise {
  /** Base units that wait for stock. */
  readonly quantity: string;
  /** Latest day promised for them; absent when nobody knows. */
  readonly promisedDate?: string;
}

/** shipments → availability (goods issue), orders. Key: `<order>`. */
export const SHIPMENT_CONFIRMED = 'crossdock.shipments.confirmed.v1';
export interface ShipmentConfirmed {
  readonly shipment: string;
  readonly order: string;
  readonly partner: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
  readonly shippedAt: string;
  readonly carrier?: string;
  readonly trackingNumbers: readonly string[];
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly quantity: string;
    readonly reservation: string;
    /** Line of the reservation, where it is another. */
    readonly reservedLine?: number;
    /** Which lots left, where the warehouse said so; what they do not sum up to has no lot. */
    readonly lots?: readonly { readonly lot: string; readonly quantity: string }[];
    readonly serials?: readonly string[];
  }[];
}

/** shipments → orders, anyone. A later fact about a confirmed shipment: label bought, tracking moved, posting made. Key: `<order>`. */
export const SHIPMENT_PROGRESSED = 'crossdock.shipments.progressed.v1';
export interface ShipmentProgressed {
  readonly shipment: string;
  readonly order: string;
  readonly partner: string;
  readonly carrier?: string;
  readonly trackingNumbers: readonly string[];
  readonly tracking?: TrackingStatus;
  readonly version: number;
}

/** availability → shipments. The ledger has the goods issue of this shipment. Key: `<order>`. */
export const GOODS_ISSUED = 'crossdock.availability.goods-issued.v1';
export interface GoodsIssued {
  readonly shipment: string;
  /** Version of the shipment that the ledger now has; 1 when absent. */
  readonly revision?: number;
}

/** availability → anyone (feeds, webhooks). A more urgent reservation has taken what a soft one held. Key: `<reservation>`. */
export const RESERVATION_PREEMPTED = 'crossdock.availability.reservation-preempted.v1';
export interface ReservationPreempted {
  /** The one that lost. */
  readonly reservation: string;
  readonly partner?: string;
  readonly channel?: string;
  /** The one that has it now. */
  readonly by: string;
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly node: string;
    readonly quantity: string;
  }[];
}

/** availability → orders. Waiting quantity of a firm reservation is now on hand and held for it. Key: `<reservation>`. */
export const STOCK_ALLOCATED = 'crossdock.availability.stock-allocated.v1';
export interface StockAllocated {
  readonly reservation: string;
  readonly line: number;
  /** The item that the line asked for; `quantity` is of it. */
  readonly item: string;
  readonly node: string;
  readonly quantity: string;
  /** What is held in its place, base units of it. */
  readonly substitute?: { readonly item: string; readonly quantity: string };
}

/** availability → whoever is connected to the source. Numbers are missing in what it told us: please tell them again. Key: `<source>`. */
export const STOCK_GAP_FOUND = 'crossdock.availability.stock-gap-found.v1';
export interface StockGapFound {
  /** As in the facts, e.g. `wms/<connection>`. */
  readonly source: string;
  readonly node: string;
  readonly missing: readonly { readonly from: number; readonly to: number }[];
}

/** availability → anyone. Part of a dated promise can no longer be kept on its day, or differently than said before. Key: `<reservation>`. */
export const PROMISE_AT_RISK = 'crossdock.availability.promise-at-risk.v1';
export interface PromiseAtRisk extends DatedPromise {
  /** Base units that cannot ship on that day. */
  readonly quantity: string;
  /** First day on which they could, without moving a promise that is kept; absent when no known supply covers them. */
  readonly newDate?: string;
}

/** availability → anyone. A promise that was at risk can be kept after all, or is no longer owed. Key: `<reservation>`. */
export const PROMISE_RISK_RESOLVED = 'crossdock.availability.promise-risk-resolved.v1';
export type PromiseRiskResolved = DatedPromise;

export interface DatedPromise {
  /** The order id, with `~n` behind it when the order made a later reservation. */
  readonly reservation: string;
  readonly line: number;
  readonly item: string;
  readonly node: string;
  /** Node-local day that was promised. */
  readonly shipDate: string;
}
