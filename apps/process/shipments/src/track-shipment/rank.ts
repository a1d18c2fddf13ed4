import { TRACKING_STATUSES } from '#canonical/order';
import type { TrackingStatus } from '#canonical/order';

/** How far a parcel is; a fact of a lower rank that comes late changes nothing. */
export function rankOf(status: TrackingStatus): number {
  return TRACKING_STATUSES.indexOf(status);
}
