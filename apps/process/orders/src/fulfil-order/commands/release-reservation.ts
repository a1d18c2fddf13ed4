import type { AvailabilityApi } from '#contracts/availability/availability.api';
import type { ReleaseRequest } from '#contracts/availability/release.dto';
import type { OrderEvent } from '../order-event';

/** Gives back what the order no longer wants. Idempotent by key within the reservation; the key is the command's. */
export async function releaseReservation(availability: AvailabilityApi, request: ReleaseRequest): Promise<OrderEvent> {
  await availability.release(request);
  return { type: 'RESERVATION_RELEASED', command: request.key };
}
