import type { CreditClaim } from '../credit/credit-book';
import type { HoldReason, OrderState } from '../fulfil-order/order-state';
import type { Incoming } from './incoming';

/** Only what would be stopped by the limit has to be within it when it is recorded. */
export function creditOf(
  { snapshot, policy, today }: Incoming,
  state: OrderState,
  { holds }: { readonly holds: readonly HoldReason[] },
): { credit?: CreditClaim } {
  const terms = snapshot.customer?.credit;
  if (!terms) return {};
  const minded = policy.severities.CREDIT === 'HOLD' || policy.severities.CREDIT === 'REJECT';
  const within = minded && !holds.some(({ code }) => code === 'CREDIT_EXCEEDED');
  return { credit: { terms, policy: policy.credit, state, today, within } };
}
