import type { Check, Found } from '../incoming';
import { carrierOf } from '../incoming';

/** 17. Carrier, account and freight terms are among those agreed; who lets another pay names the account. */
export const routing: Check = {
  name: 'ROUTING',
  run: (incoming) => {
    const { request: { routing: sent }, snapshot: { customer } } = incoming; // prettier-ignore
    const named = carrierOf(incoming);
    if (!sent || !customer) return [];
    const found: Found[] = [];
    const agreed = (customer.routings ?? []).filter((each) => each.carrier === (named ?? each.carrier));
    const expected = (customer.routings ?? []).map(({ carrier, terms }) => `${carrier} ${terms}`).join(', ');
    if (customer.routings && !agreed.some((each) => each.terms === (sent.terms ?? each.terms))) {
      const detail = `customer ${customer.id} has no such routing`;
      const seen = [sent.carrier, sent.terms].filter((each) => each !== undefined).join(' ');
      found.push({ code: 'ROUTING_UNKNOWN', detail, pointer: '/routing', seen, expected });
    }
    const payer = sent.account ?? agreed.find((each) => each.terms === sent.terms)?.account;
    if ((sent.terms === 'COLLECT' || sent.terms === 'THIRD_PARTY') && payer === undefined) {
      const detail = `freight ${sent.terms} needs an account that pays`;
      found.push({ code: 'FREIGHT_ACCOUNT_MISSING', detail, pointer: '/routing/account' });
    }
    return found;
  },
};
