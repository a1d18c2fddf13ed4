import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { OrderContents } from './order-state';

/** How orders are filled where nobody has said otherwise. */
export const HOUSE_POLICY: FulfilmentPolicy = {
  partial: 'PARTIAL_OK',
  backorder: true,
  pickShort: 'OTHER_NODE',
};

export function policyOf({ policy = HOUSE_POLICY, shipComplete }: OrderContents): FulfilmentPolicy {
  return shipComplete ? { ...policy, partial: 'SHIP_COMPLETE_ORDER' } : policy;
}
