import type { AvailabilityApi } from '#contracts/availability/availability.api';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { OrderEvent } from '../order-event';

/** Takes stock and promises; what cannot be promised waits in line. Idempotent by reservation id. */
export async function reserve(availability: AvailabilityApi, request: ReserveRequest): Promise<OrderEvent> {
  const { reservation, lines } = await availability.reserve(request);
  return { type: 'RESERVED', reservation, lines };
}
