import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import {
  OrderPoliciesQuery,
  OrderPolicyList,
  PutOrderPoliciesRequest,
  PutOrderPoliciesResponse,
} from '#contracts/orders/validation.dto';
import { Cost, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

/** How orders of a partner are checked: severities, tolerances, what a missing mapping comes to. */
@Controller('operations/v1/policies/orders')
export class OperationsOrderPoliciesController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Each policy replaces the one of its partner, `*` that of everybody; with a fault nothing is stored. Counts within a second. */
  @Put()
  @Scope('operations:policies:write')
  @Cost(5)
  put(@Body() request: PutOrderPoliciesRequest): Promise<PutOrderPoliciesResponse> {
    return this.processes.validation.putOrderPolicies(request);
  }

  /** The policies as they were set. */
  @Get()
  @Scope('operations:policies:read')
  list(@Query() query: OrderPoliciesQuery): Promise<OrderPolicyList> {
    return this.processes.validation.orderPolicies({ ...query });
  }
}
