import { DECIMAL_TEXT } from '#canonical/decimal';
import type { Check } from '../incoming';

/** A charge is an amount of money; negative for an allowance. Its currency is a rule of its own. */
export const charges: Check = ({ request }) =>
  (request.charges ?? []).flatMap(({ code, amount: { amount } }, index) => {
    if (DECIMAL_TEXT.test(amount)) return [];
    const detail = `the amount of ${code} is no decimal number`;
    const pointer = `/charges/${index}/amount/amount`;
    return [{ code: 'CHARGE_INVALID', detail, pointer, severity: 'REJECT', seen: amount }];
  });
