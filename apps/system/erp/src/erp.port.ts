import type { AccrueFreightRequest, CancelSalesOrderRequest, CreateSalesOrderRequest, CustomerReceivables, ErpStockLine, PostCreditMemoRequest, PostDeliveryRequest, PostInvoiceRequest, ReverseDeliveryRequest } from '#contracts/erp/erp.dto'; // prettier-ignore
import type { Money } from '#canonical/money';
import type { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';

/** A document as the ERP holds it. */
export interface ErpDocument {
  /** Number in the ERP. */
  readonly documentNumber: string;
  /** Net amount, where the ERP tells it. */
  readonly total?: Money;
}

/** Under which day the ERP is to post; the business date of the document when absent. It never changes the business date. */
interface Dated {
  readonly postingDate?: string;
}

export type SalesOrder = Omit<CreateSalesOrderRequest, 'connection'>;
export type Cancellation = Omit<CancelSalesOrderRequest, 'connection'>;
export type Delivery = Omit<PostDeliveryRequest, 'connection'> & Dated;
export type Invoice = Omit<PostInvoiceRequest, 'connection'> & Dated;
export type DeliveryReversal = Omit<ReverseDeliveryRequest, 'connection'> & Dated;
export type CreditMemo = Omit<PostCreditMemoRequest, 'connection'> & Dated;
export type FreightAccrual = Omit<AccrueFreightRequest, 'connection'> & Dated;

/** The kinds of documents in the posting ledger, and their names in the ERP's own books. */
export const DOCUMENT_KINDS = [
  'sales-order',
  'cancellation',
  'delivery',
  'invoice',
  'delivery-reversal',
  'credit-memo',
  'freight-accrual',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** One document of the ERP's books by our key. */
export interface ListedDocument {
  readonly businessKey: string;
  readonly documentNumber: string;
}

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
  canReportReceivables: 'Tells what customers owe, and their credit limits where it keeps them.',
  canProvideItems: 'Is the source of the item master.',
  canProvideCustomers: 'Is the source of customers and their ship-tos.',
  canProvidePrices: 'Is the source of contract prices.',
  canCorrect: 'Takes back parts of a delivery and credits parts of an invoice.',
  canAccrueFreight: 'Takes freight accruals.',
  canListDocuments:
    'Lists its documents by our business keys, so that its books can be compared with the posting ledger.',
} as const;
export type ErpAbility = keyof typeof ERP_ABILITIES;

/**
 * What any ERP must do. Every `create`/`post` is called at most once at a time per business key, and never again while its
 * outcome is unknown: then `find` is asked, which answers undefined only when it is certain that there is nothing. A document
 * left half made by an interrupted call is either finished by `find`, or reported as absent and finished by the next call.
 * Errors: those of `#resilience/outbound-errors`, and PERIOD_CLOSED (refused; details.nextOpenDate) where the ERP tells it.
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
  /** Ability `canCorrect`. */
  reverseDelivery(reversal: DeliveryReversal): Promise<ErpDocument>;
  findDeliveryReversal(reversal: DeliveryReversal): Promise<ErpDocument | undefined>;
  postCreditMemo(memo: CreditMemo): Promise<ErpDocument>;
  findCreditMemo(memo: CreditMemo): Promise<ErpDocument | undefined>;
  /** Ability `canAccrueFreight`. */
  accrueFreight(accrual: FreightAccrual): Promise<ErpDocument>;
  findFreightAccrual(accrual: FreightAccrual): Promise<ErpDocument | undefined>;
  /** Ability `canListDocuments`. By business key in code point order, after this one; at most `limit`. Equal keys are all listed. */
  documents(kind: DocumentKind, after: string, limit: number): Promise<readonly ListedDocument[]>;
  /** Ability `canReportStock`. All items of the node when none are named. */
  stock(node: string, items?: readonly string[]): Promise<readonly ErpStockLine[]>;
  /** Ability `canReportReceivables`. Of those that it knows; ≤ 200 are asked. */
  receivables(customers: readonly string[]): Promise<readonly CustomerReceivables[]>;
  /** Abilities `canProvideItems`, `canProvideCustomers`, `canProvidePrices`; from the beginning without a cursor; ≤ 500 a page. */
  changedItems(cursor: string | undefined): Promise<ChangePage<ItemDto>>;
  changedCustomers(cursor: string | undefined): Promise<ChangePage<CustomerDto>>;
  changedPrices(cursor: string | undefined): Promise<ChangePage<ContractPriceDto>>;
}
