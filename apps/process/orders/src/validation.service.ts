import { Injectable } from '@nestjs/common';
import type {
  PartnerPolicy,
  PartnerPolicyQuery,
  PutPartnerPolicyRequest,
} from '#contracts/orders/fulfilment-policy.dto';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { ValidationApi } from '#contracts/orders/validation.api';
import type {
  OrderPoliciesQuery,
  OrderPolicyList,
  PutOrderPoliciesRequest,
  PutOrderPoliciesResponse,
  RefusedOrderPage,
  RefusedOrdersQuery,
  ValidateOrderResponse,
} from '#contracts/orders/validation.dto';
import { RefusedOrders } from './accept-order/refused-orders';
import { ValidateOrder } from './accept-order/validate-order';
import { Policies } from './out/policies';

/** The checks of an order, and how orders of each partner are checked and filled. */
@Injectable()
export class ValidationService extends ValidationApi {
  constructor(
    private readonly validateOrder: ValidateOrder,
    private readonly policies: Policies,
    private readonly refused: RefusedOrders,
  ) {
    super();
  }

  async validate(request: AcceptOrderRequest): Promise<ValidateOrderResponse> {
    return this.validateOrder.validate(request);
  }

  async putOrderPolicies({ policies }: PutOrderPoliciesRequest): Promise<PutOrderPoliciesResponse> {
    return { stored: await this.policies.putChecks(policies) };
  }

  partnerPolicy({ partner }: PartnerPolicyQuery): Promise<PartnerPolicy> {
    return this.policies.filling(partner);
  }

  putPartnerPolicy(request: PutPartnerPolicyRequest): Promise<PartnerPolicy> {
    return this.policies.putFilling(request);
  }

  refusedOrders(query: RefusedOrdersQuery): Promise<RefusedOrderPage> {
    return this.refused.list(query);
  }

  async orderPolicies({ partner }: OrderPoliciesQuery): Promise<OrderPolicyList> {
    const all = await this.policies.checks();
    return { policies: all.filter((each) => partner === undefined || each.partner === partner) };
  }
}
