import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { PartnerPolicy, PutPartnerPolicyRequest } from '#contracts/orders/fulfilment-policy.dto';
import { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { ValidationApi } from '#contracts/orders/validation.api';
import {
  OrderPoliciesQuery,
  OrderPolicyList,
  PutOrderPoliciesRequest,
  PutOrderPoliciesResponse,
  RefusedOrderPage,
  RefusedOrdersQuery,
  ValidateOrderResponse,
} from '#contracts/orders/validation.dto';

@Controller()
export class ValidationController {
  constructor(private readonly validation: ValidationApi) {}

  @Post('v1/orders/validate')
  @HttpCode(200)
  validate(@Body() body: AcceptOrderRequest): Promise<ValidateOrderResponse> {
    return this.validation.validate(body);
  }

  @Put('v1/order-policies')
  putOrderPolicies(@Body() body: PutOrderPoliciesRequest): Promise<PutOrderPoliciesResponse> {
    return this.validation.putOrderPolicies(body);
  }

  @Get('v1/partners/:partner/policy')
  partnerPolicy(@Param('partner') partner: string): Promise<PartnerPolicy> {
    return this.validation.partnerPolicy({ partner });
  }

  @Put('v1/partners/:partner/policy')
  putPartnerPolicy(@Param('partner') partner: string, @Body() body: PutPartnerPolicyRequest): Promise<PartnerPolicy> {
    return this.validation.putPartnerPolicy({ ...body, partner });
  }

  @Get('v1/refused-orders')
  refusedOrders(@Query() query: RefusedOrdersQuery): Promise<RefusedOrderPage> {
    return this.validation.refusedOrders(query);
  }

  @Get('v1/order-policies')
  orderPolicies(@Query() query: OrderPoliciesQuery): Promise<OrderPolicyList> {
    return this.validation.orderPolicies(query);
  }
}
