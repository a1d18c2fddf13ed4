import type { FulfilmentStatus } from '#canonical/order';

/** From here on the goods are in the node's hands and a cancellation is too late. */
export function isPicked(status: FulfilmentStatus): boolean {
  return status === 'PICKED' || status === 'PACKED' || status === 'SHIPPED';
}

/** The node will not ship (more of) it. */
export function isGivenBack(status: FulfilmentStatus): status is 'CANCELLED' | 'REJECTED' {
  return status === 'CANCELLED' || status === 'REJECTED';
}
