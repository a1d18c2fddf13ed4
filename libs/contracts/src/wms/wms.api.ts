import { defineApi } from '../api';
import { CancelFulfilmentRequest, type CancelFulfilmentResponse, FulfilmentQuery, type FulfilmentState, ReleaseFulfilmentRequest, type ReleaseFulfilmentResponse, type WmsStock, WmsStockQuery } from './wms.dto'; // prettier-ignore

/** Any warehouse or 3PL, in canonical words. What it does comes back as events (`crossdock.wms.*`). */
export abstract class WmsApi {
  /** Idempotent by fulfilment order id; looked up before a retry when the outcome is unknown. */
  abstract release(request: ReleaseFulfilmentRequest): Promise<ReleaseFulfilmentResponse>;
  abstract cancel(request: CancelFulfilmentRequest): Promise<CancelFulfilmentResponse>;
  /** Errors: FULFILMENT_UNKNOWN (not-found). Only where the backend's ability `canReportFulfilment` is enabled. */
  abstract fulfilment(query: FulfilmentQuery): Promise<FulfilmentState>;
  abstract stock(query: WmsStockQuery): Promise<WmsStock>;
}

export const wmsContract = defineApi<WmsApi>({
  token: WmsApi,
  document: 'system/wms.v1',
  name: 'wms',
  routes: {
    release: { verb: 'POST', path: '/v1/fulfilment-orders', input: ReleaseFulfilmentRequest },
    cancel: { verb: 'POST', path: '/v1/fulfilment-orders/:fulfilmentOrder/cancel', input: CancelFulfilmentRequest },
    fulfilment: { verb: 'GET', path: '/v1/fulfilment-orders/:fulfilmentOrder', input: FulfilmentQuery },
    stock: { verb: 'GET', path: '/v1/stock', input: WmsStockQuery },
  },
});
