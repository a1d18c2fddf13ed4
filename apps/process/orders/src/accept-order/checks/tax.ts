import type { Check } from '../incoming';

/** 12. Who orders without tax has a certificate that is valid on the day it ships. The jurisdiction is the country of the ship-to. */
export const tax: Check = {
  name: 'TAX',
  run: ({ request, snapshot: { customer }, today }) => {
    const { taxExemption: sent } = request;
    if (sent === undefined || !customer) return [];
    const day = request.requestedDate !== undefined && request.requestedDate > today ? request.requestedDate : today;
    const known = (customer.taxExemptions ?? []).filter(({ certificate }) => certificate === sent);
    if (known.some(({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || validTo >= day)))
      return [];
    const words = known.length > 0 ? `is not valid on ${day}` : `is not one of customer ${customer.id}`;
    return [
      { code: 'TAX_EXEMPTION_INVALID', detail: `certificate ${sent} ${words}`, pointer: '/taxExemption', seen: sent },
    ];
  },
};
