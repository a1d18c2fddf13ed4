import type { ErpApi } from '#contracts/erp/erp.api';
import type { CreateSalesOrderRequest } from '#contracts/erp/erp.dto';
import type { OrderEvent } from '../order-event';

/** The sales order in the ERP. Idempotent by business key: our order id. */
export async function createErpOrder(erp: ErpApi, request: CreateSalesOrderRequest): Promise<OrderEvent> {
  const { documentNumber } = await erp.createSalesOrder(request);
  return { type: 'ERP_CREATED', documentNumber };
}
