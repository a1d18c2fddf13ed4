import type { FulfilmentStatus } from '#canonical/order';

/** How far along each milestone is. A milestone that comes late or twice changes nothing: ranks only grow. */
export const MILESTONE_RANK: Readonly<Record<FulfilmentStatus, number>> = {
  REQUESTED: 0,
  ACCEPTED: 1,
  IN_PROGRESS: 2,
  PICKED: 3,
  PACKED: 4,
  SHIPPED: 5,
  CANCELLED: 6,
  REJECTED: 6,
};

/** From here on the goods are in the node's hands and a cancellation is too late. */
export function isPicked(status: FulfilmentStatus): boolean {
  return status === 'PICKED' || status === 'PACKED' || status === 'SHIPPED';
}

/** The node will not ship (more of) it. */
export function isGivenBack(status: FulfilmentStatus): status is 'CANCELLED' | 'REJECTED' {
  return status === 'CANCELLED' || status === 'REJECTED';
}
