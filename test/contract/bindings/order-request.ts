import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';

export const PARTNER = 'harbour';

/** An order of the demo's partner that ships from the demo's stock. */
export function orderOf(purchaseOrder: string, more: Partial<AcceptOrderRequest> = {}): AcceptOrderRequest {
  return {
    partner: PARTNER,
    channel: 'portal',
    purchaseOrder,
    shipTo: 'BRISTOL',
    lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '2', unit: 'EA' } }],
    ...more,
  };
}
