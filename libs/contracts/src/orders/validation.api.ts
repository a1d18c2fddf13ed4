import { defineApi } from '../api';
import { type PartnerPolicy, PartnerPolicyQuery, PutPartnerPolicyRequest } from './fulfilment-policy.dto';
import { AcceptOrderRequest } from './orders.dto';
import {
  OrderPoliciesQuery,
  type OrderPolicyList,
  PutOrderPoliciesRequest,
  type PutOrderPoliciesResponse,
  type RefusedOrderPage,
  RefusedOrdersQuery,
  type ValidateOrderResponse,
} from './validation.dto';

/** How orders of each partner are checked and filled, and the checks without the order. */
export abstract class ValidationApi {
  /** Runs every check and says what can be promised; creates and holds nothing. Never refuses for what the checks find. */
  abstract validate(request: AcceptOrderRequest): Promise<ValidateOrderResponse>;
  /** Replaces policies by partner. Errors: POLICY_INVALID (invalid, a finding per fault): then nothing is stored. */
  abstract putOrderPolicies(request: PutOrderPoliciesRequest): Promise<PutOrderPoliciesResponse>;
  abstract orderPolicies(query: OrderPoliciesQuery): Promise<OrderPolicyList>;
  /** How orders of a partner may be filled. */
  abstract partnerPolicy(query: PartnerPolicyQuery): Promise<PartnerPolicy>;
  /** Counts for orders accepted from then on, within seconds. */
  abstract putPartnerPolicy(request: PutPartnerPolicyRequest): Promise<PartnerPolicy>;
  /** What was refused, as it was sent and why, the newest first. Errors: CURSOR_INVALID. */
  abstract refusedOrders(query: RefusedOrdersQuery): Promise<RefusedOrderPage>;
}

export const validationContract = defineApi<ValidationApi>({
  token: ValidationApi,
  document: 'process/orders.v1',
  name: 'validation',
  routes: {
    validate: { verb: 'POST', path: '/v1/orders/validate', input: AcceptOrderRequest },
    putOrderPolicies: { verb: 'PUT', path: '/v1/order-policies', input: PutOrderPoliciesRequest },
    partnerPolicy: { verb: 'GET', path: '/v1/partners/:partner/policy', input: PartnerPolicyQuery },
    putPartnerPolicy: { verb: 'PUT', path: '/v1/partners/:partner/policy', input: PutPartnerPolicyRequest },
    refusedOrders: { verb: 'GET', path: '/v1/refused-orders', input: RefusedOrdersQuery },
    orderPolicies: { verb: 'GET', path: '/v1/order-policies', input: OrderPoliciesQuery },
  },
});
