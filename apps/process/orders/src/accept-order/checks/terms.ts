import type { Check, Found } from '../incoming';

/** 5. Payment terms and bill-to are the agreed ones; the agreed ones are used. */
export const terms: Check = {
  name: 'TERMS',
  run: ({ request, snapshot: { customer, billTo: mapped } }) => {
    if (!customer) return [];
    const found: Found[] = [];
    const { paymentTerms: sent, billTo } = request;
    const agreed = customer.paymentTerms;
    if (sent !== undefined && agreed !== undefined && sent !== agreed) {
      const detail = `${agreed} is agreed with customer ${customer.id}`;
      found.push({ code: 'TERMS_DIFFER', detail, pointer: '/paymentTerms', seen: sent, expected: agreed });
    }
    const party = customer.billTo ?? customer.id;
    if (billTo !== undefined && (mapped ?? billTo) !== party) {
      const detail = `customer ${customer.id} is billed to ${party}`;
      found.push({ code: 'BILL_TO_DIFFERS', detail, pointer: '/billTo', seen: billTo, expected: party });
    }
    return found;
  },
};
