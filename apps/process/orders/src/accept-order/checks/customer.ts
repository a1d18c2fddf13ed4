import type { Check, Found } from '../incoming';

/** 3. The customer is active, not blocked for order, delivery or billing, and registered for tax. */
export const customer: Check = {
  name: 'CUSTOMER',
  run: ({ snapshot }) => {
    const who = snapshot.customer;
    if (!who) return [];
    const pointer = '/shipTo';
    const found: Found[] = [];
    if (who.status === 'BLOCKED' || who.blocks?.includes('ORDER'))
      found.push({ code: 'CUSTOMER_BLOCKED', detail: `customer ${who.id} may not order at present`, pointer });
    if (who.blocks?.includes('DELIVERY'))
      found.push({
        code: 'DELIVERY_BLOCKED',
        detail: `nothing is delivered to customer ${who.id} at present`,
        pointer,
      });
    if (who.blocks?.includes('BILLING'))
      found.push({ code: 'BILLING_BLOCKED', detail: `customer ${who.id} is not billed at present`, pointer });
    if (who.taxRegistered === false)
      found.push({
        code: 'TAX_REGISTRATION_MISSING',
        detail: `customer ${who.id} has no valid tax registration`,
        pointer,
      });
    return found;
  },
};
