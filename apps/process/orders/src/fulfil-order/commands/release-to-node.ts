import { CrossdockError } from '#canonical/errors';
import type { WmsApi } from '#contracts/wms/wms.api';
import type { ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';
import type { OrderEvent } from '../order-event';

/**
 * Tells the node's warehouse system to ship. Idempotent by fulfilment order id. One that we have cancelled there before stays
 * cancelled: the release came late, and nobody refused anything.
 */
export async function releaseToNode(wms: WmsApi, request: ReleaseFulfilmentRequest): Promise<OrderEvent> {
  const { fulfilmentOrder: fulfilment } = request;
  try {
    await wms.release(request);
    return { type: 'NODE_TOLD', fulfilment };
  } catch (error) {
    const cancelled = error instanceof CrossdockError && error.code === 'FULFILMENT_CANCELLED';
    if (cancelled) return { type: 'RELEASE_OVERTAKEN', fulfilment };
    throw error;
  }
}
