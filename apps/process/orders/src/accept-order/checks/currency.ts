import type { Finding } from '#canonical/errors';
import type { Check } from '../incoming';

/** One order has one currency: the customer's. */
export const currency: Check = ({ request, snapshot }) => {
  const expected = snapshot.customer?.currency;
  if (expected === undefined) return [];
  const amounts = [
    ...request.lines.map(({ unitPrice }, index) => ({
      seen: unitPrice?.currency,
      pointer: `/lines/${index}/unitPrice/currency`,
    })),
    ...(request.charges ?? []).map(({ amount }, index) => ({
      seen: amount.currency,
      pointer: `/charges/${index}/amount/currency`,
    })),
  ];
  return amounts.flatMap(({ seen, pointer }): Finding[] => {
    if (seen === undefined || seen === expected) return [];
    const detail = `customer ${snapshot.customer?.id ?? ''} is billed in ${expected}`;
    return [{ code: 'CURRENCY_MISMATCH', detail, pointer, severity: 'REJECT', seen, expected }];
  });
};
