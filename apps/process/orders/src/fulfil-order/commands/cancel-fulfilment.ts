import { CrossdockError } from '#canonical/errors';
import type { WmsApi } from '#contracts/wms/wms.api';
import type { CancelFulfilmentRequest } from '#contracts/wms/wms.dto';
import type { OrderEvent } from '../order-event';

/** Asks the node to stop. A warehouse that has never heard of the fulfilment order will not ship it. */
export async function cancelFulfilment(wms: WmsApi, request: CancelFulfilmentRequest): Promise<OrderEvent> {
  const { fulfilmentOrder: fulfilment } = request;
  try {
    const { outcome } = await wms.cancel(request);
    return { type: 'CANCEL_ANSWERED', fulfilment, outcome };
  } catch (error) {
    const unknown = error instanceof CrossdockError && error.code === 'FULFILMENT_UNKNOWN';
    if (unknown) return { type: 'CANCEL_ANSWERED', fulfilment, outcome: 'CANCELLED' };
    throw error;
  }
}
