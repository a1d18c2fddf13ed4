import { Decimal, subtract } from '#canonical/decimal';
import type { CancelSalesOrderRequest, CreateSalesOrderRequest, ErpOrderLine } from '#contracts/erp/erp.dto';
import { agreed, type OrderState } from './order-state';

/** The sales order as the ERP shall know it: what is not cancelled yet. Business key: the order id. */
export function createErpRequest(state: OrderState, today: string): CreateSalesOrderRequest {
  const { contents, progress } = state;
  const { requestedDate: day, shipToAddress } = agreed(state);
  return {
    connection: contents.erpConnection,
    businessKey: contents.id,
    customer: contents.customer,
    purchaseOrder: contents.purchaseOrder,
    requestedDate: day !== undefined && day > today ? day : today,
    currency: contents.currency,
    shipTo: shipToAddress,
    lines: contents.lines.flatMap(({ line, item, ordered, baseUnit, unitPrice }, index): ErpOrderLine[] => {
      const quantity = subtract(ordered, progress.lines[index]?.cancelled ?? '0');
      return quantity === '0' ? [] : [{ line, item, quantity, unit: baseUnit, ...(unitPrice && { unitPrice }) }];
    }),
    charges: contents.charges.map((charge) => ({ ...charge })),
    correlationId: contents.correlationId,
  };
}

/** What was cancelled since the ERP was last told. All at once when nothing of the order is left: every ERP can do that. */
export function cancelErpRequest({ contents, progress }: OrderState, businessKey: string): CancelSalesOrderRequest {
  const whole = progress.lines.every(
    (line) => line.parts.length === 0 && new Decimal(line.shipped).isZero() && line.cancelledInErp === '0',
  );
  const lines = progress.lines.flatMap(({ line, cancelled, cancelledInErp }, index) => {
    const quantity = subtract(cancelled, cancelledInErp);
    return quantity === '0' ? [] : [{ line, item: contents.lines[index]?.item ?? '', quantity }];
  });
  return {
    connection: contents.erpConnection,
    salesOrder: contents.id,
    businessKey,
    ...(whole ? {} : { lines }),
  };
}
