import type { Check } from '../incoming';

/** The ship-to is one of the partner's, and its customer may order. */
export const shipTo: Check = ({ request, snapshot }) => {
  if (!snapshot.customer || !snapshot.shipTo) {
    const detail = `${request.partner} has no ship-to ${request.shipTo}`;
    return [{ code: 'SHIP_TO_UNKNOWN', detail, pointer: '/shipTo', severity: 'REJECT', seen: request.shipTo }];
  }
  if (snapshot.customer.status === 'ACTIVE') return [];
  const detail = `customer ${snapshot.customer.id} may not order at present`;
  return [{ code: 'CUSTOMER_BLOCKED', detail, pointer: '/shipTo', severity: 'REJECT' }];
};
