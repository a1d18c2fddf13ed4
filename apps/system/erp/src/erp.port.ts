import type { CancelSalesOrderRequest, CreateSalesOrderRequest, ErpStockLine, PostDeliveryRequest, PostInvoiceRequest } from '#contracts/erp/erp.dto'; // prettier-ignore
import type { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';

/** A document as the ERP holds it. */
export interface ErpDocument {
  /** Number in the ERP. */
  readonly documentNumber: string;
}

export type SalesOrder = Omit<CreateSalesOrderRequest, 'connection'>;
export type Cancellation = Omit<CancelSalesOrderRequest, 'connection'>;
export type Delivery = Omit<PostDeliveryRequest, 'connection'>;
export type Invoice = Omit<PostInvoiceRequest, 'connection'>;

/** Records that changed since a cursor, oldest change first. */
export interface ChangePage<Record> {
  readonly records: readonly Record[];
  /** Where to go on; kept by us and given back as it is. */
  readonly cursor: string;
  /** More are there now. */
  readonly more: boolean;
}

/** What only some ERPs can do: the names a manifest may declare, and the service asks for. */
export const ERP_ABILITIES = {
  canReportStock: 'Tells the quantity on hand per item and node.',
  canProvideItems: 'Is the source of the item master.',
  canProvideCustomers: 'Is the source of customers and their ship-tos.',
  canProvidePrices: 'Is the source of contract prices.',
} as const;
export type ErpAbility = keyof typeof ERP_ABILITIES;

/**
 * What any ERP must do. Every `create`/`post` is called at most once at a time per business key, and never again while its
 * outcome is unknown: then `find` is asked, which answers undefined only when it is certain that there is nothing. A document
 * left half made by an interrupted call is either finished by `find`, or reported as absent and finished by the next call.
 * Errors: those of `#resilience/outbound-errors`.
 */
export interface ErpPort {
  createSalesOrder(order: SalesOrder): Promise<ErpDocument>;
  findSalesOrder(order: SalesOrder): Promise<ErpDocument | undefined>;
  cancelSalesOrder(cancellation: Cancellation): Promise<ErpDocument>;
  findCancellation(cancellation: Cancellation): Promise<ErpDocument | undefined>;
  /** Goods issue: the ERP's stock at the node goes down by the delivered quantities. */
  postDelivery(delivery: Delivery): Promise<ErpDocument>;
  findDelivery(delivery: Delivery): Promise<ErpDocument | undefined>;
  postInvoice(invoice: Invoice): Promise<ErpDocument>;
  findInvoice(invoice: Invoice): Promise<ErpDocument | undefined>;
  /** Ability `canReportStock`. All items of the node when none are named. */
  stock(node: string, items?: readonly string[]): Promise<readonly ErpStockLine[]>;
  /** Abilities `canProvideItems`, `canProvideCustomers`, `canProvidePrices`; from the beginning without a cursor; ≤ 500 a page. */
  changedItems(cursor: string | undefined): Promise<ChangePage<ItemDto>>;
  changedCustomers(cursor: string | undefined): Promise<ChangePage<CustomerDto>>;
  changedPrices(cursor: string | undefined): Promise<ChangePage<ContractPriceDto>>;
}
