import { defineApi } from '../api';
import { AccrueFreightRequest, CancelSalesOrderRequest, CreateSalesOrderRequest, type ErpReceivables, ErpReceivablesQuery, type ErpStock, ErpStockQuery, PostCreditMemoRequest, PostDeliveryRequest, type PostingResult, PostInvoiceRequest, ReverseDeliveryRequest, SyncMasterDataRequest, type SyncMasterDataResponse } from './erp.dto'; // prettier-ignore

/**
 * Any ERP, in canonical words. Every posting is idempotent by its business key: a repeated call answers the first document, and a
 * call whose outcome is unknown is looked up in the ERP before it is tried again. Errors of all: CONNECTION_UNKNOWN,
 * CONNECTION_PAUSED and BACKEND_UNAVAILABLE (unavailable), BACKEND_REFUSED (refused, with the ERP's own words), PERIOD_CLOSED
 * (unavailable: no period is open yet; the same call posts it, under its own business date, once one is).
 */
export abstract class ErpApi {
  abstract createSalesOrder(request: CreateSalesOrderRequest): Promise<PostingResult>;
  abstract cancelSalesOrder(request: CancelSalesOrderRequest): Promise<PostingResult>;
  abstract postDelivery(request: PostDeliveryRequest): Promise<PostingResult>;
  abstract postInvoice(request: PostInvoiceRequest): Promise<PostingResult>;
  /** Ability `canCorrect`. Errors: ABILITY_DISABLED (refused). */
  abstract reverseDelivery(request: ReverseDeliveryRequest): Promise<PostingResult>;
  /** Ability `canCorrect`. Errors: ABILITY_DISABLED (refused). */
  abstract postCreditMemo(request: PostCreditMemoRequest): Promise<PostingResult>;
  /** Ability `canAccrueFreight`. Errors: ABILITY_DISABLED (refused). */
  abstract accrueFreight(request: AccrueFreightRequest): Promise<PostingResult>;
  abstract stock(query: ErpStockQuery): Promise<ErpStock>;
  /** Ability `canReportReceivables`. Errors: ABILITY_DISABLED (refused), BACKEND_MALFORMED. */
  abstract receivables(query: ErpReceivablesQuery): Promise<ErpReceivables>;
  /** Reads items, customers and prices now and publishes what changed (it also runs on the connection's own interval). */
  abstract syncMasterData(request: SyncMasterDataRequest): Promise<SyncMasterDataResponse>;
}

export const erpContract = defineApi<ErpApi>({
  token: ErpApi,
  document: 'system/erp.v1',
  name: 'erp',
  routes: {
    createSalesOrder: { verb: 'POST', path: '/v1/sales-orders', input: CreateSalesOrderRequest },
    cancelSalesOrder: {
      verb: 'POST',
      path: '/v1/sales-orders/:salesOrder/cancellations',
      input: CancelSalesOrderRequest,
    },
    postDelivery: { verb: 'POST', path: '/v1/deliveries', input: PostDeliveryRequest },
    postInvoice: { verb: 'POST', path: '/v1/invoices', input: PostInvoiceRequest },
    reverseDelivery: { verb: 'POST', path: '/v1/delivery-reversals', input: ReverseDeliveryRequest },
    postCreditMemo: { verb: 'POST', path: '/v1/credit-memos', input: PostCreditMemoRequest },
    accrueFreight: { verb: 'POST', path: '/v1/freight-accruals', input: AccrueFreightRequest },
    stock: { verb: 'GET', path: '/v1/stock', input: ErpStockQuery },
    receivables: { verb: 'POST', path: '/v1/receivables/query', input: ErpReceivablesQuery },
    syncMasterData: { verb: 'POST', path: '/v1/connections/:connection/sync', input: SyncMasterDataRequest },
  },
});
