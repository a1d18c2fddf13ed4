import type { Check } from '../incoming';

/**
 * 2. The purchase order number (with its release) is new, or names an order of the same content (§3.1). Only questions find this: an
 * order itself answers the first result, or is refused with PURCHASE_ORDER_CONFLICT.
 */
export const duplicate: Check = {
  name: 'DUPLICATE',
  run: ({ request: { purchaseOrder, purpose }, known }) => {
    const pointer = '/purchaseOrder';
    const restated = purpose === 'REPLACE' || purpose === 'CHANGE';
    if (!known && restated) {
      const detail = `there is no purchase order ${purchaseOrder} to change`;
      return [{ code: 'PURCHASE_ORDER_UNKNOWN', detail, pointer, severity: 'REJECT', seen: purchaseOrder }];
    }
    if (!known || restated || purpose === 'CANCELLATION') return [];
    if (known.sameContent || purpose === 'DUPLICATE') {
      const detail = `purchase order ${purchaseOrder} is order ${known.order}`;
      return [{ code: 'PURCHASE_ORDER_KNOWN', detail, pointer, severity: 'WARN', seen: purchaseOrder }];
    }
    const detail = `purchase order ${purchaseOrder} is order ${known.order}, with other content`;
    return [{ code: 'PURCHASE_ORDER_CONFLICT', detail, pointer, severity: 'REJECT', seen: purchaseOrder }];
  },
};
