import type { ErpApi } from '#contracts/erp/erp.api';
import type { CancelSalesOrderRequest } from '#contracts/erp/erp.dto';
import type { OrderEvent } from '../order-event';

/** Tells the ERP what was cancelled. Idempotent by the cancellation's business key. */
export async function cancelErp(erp: ErpApi, request: CancelSalesOrderRequest, command: string): Promise<OrderEvent> {
  await erp.cancelSalesOrder(request);
  return { type: 'ERP_CANCELLED', command };
}
