import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { OrderContents } from '../fulfil-order/order-state';

/** How it may be filled: the partner's policy, unless the order says otherwise. It is kept with the order, as it was agreed then. */
export function filled(
  contents: OrderContents,
  policy: FulfilmentPolicy,
  { partial, cancelAfter }: Pick<AcceptOrderRequest, 'partial' | 'cancelAfter'>,
  follows: string | undefined,
): OrderContents {
  const agreed = partial === undefined ? policy : { ...policy, partial };
  return {
    ...contents,
    policy: agreed,
    shipComplete: contents.shipComplete || agreed.partial === 'SHIP_COMPLETE_ORDER',
    ...(cancelAfter !== undefined && { cancelAfter }),
    ...(follows !== undefined && { follows }),
  };
}
