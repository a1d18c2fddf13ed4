import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { InvariantReport } from '#contracts/availability/invariants.dto';
import { ListOrdersQuery, OrderPage, OrderSummary, OrderView } from '#contracts/orders/orders.dto';
import { FulfilmentPolicy, PartnerPolicy } from '#contracts/orders/fulfilment-policy.dto';
import { ChangeOrderResponse } from '#contracts/orders/order-changes.dto';
import { RefusedOrderPage, RefusedOrdersQuery } from '#contracts/orders/validation.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, IdempotencyKey, Scope, SecondCall } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';
import { InvariantsView } from '../../views/invariants';
import { ChangeBody, HoldBody, OperationsOrder, ReleaseHoldBody, RetryHoldsBody } from './orders.dto';

@Controller('operations/v1')
export class OperationsOrdersController {
  constructor(
    private readonly processes: OperationsProcesses,
    private readonly invariants: InvariantsView,
  ) {}

  /** Orders of all partners, newest first, in base units and with what is inside: holds, fulfilment orders, ERP document. */
  @Get('orders')
  @Scope('operations:orders:read')
  list(@Query() query: ListOrdersQuery): Promise<OrderPage> {
    return this.processes.orders.list({ ...query });
  }

  /** Orders and changes that were refused, as they were sent and with every finding, the newest first. */
  @Get('refused-orders')
  @Scope('operations:orders:read')
  refused(@Query() query: RefusedOrdersQuery): Promise<RefusedOrderPage> {
    return this.processes.validation.refusedOrders({ ...query });
  }

  /** One order of any partner, with what it has asked of the layers below: tries, error and next try of each command. */
  @Get('orders/:partner/:id')
  @Scope('operations:orders:read')
  async get(@Param('partner') partner: string, @Param('id') id: string): Promise<OperationsOrder> {
    const { orders } = this.processes;
    const [order, { commands }] = await Promise.all([orders.get({ partner, id }), orders.commands({ partner, id })]);
    return { ...order, commands };
  }

  /** Changes an order for its partner: more or less of a line in base units, another line, day or place. */
  @Post('orders/:partner/:id/change')
  @HttpCode(200)
  @SecondCall('is the same change: its key is in the body')
  @Scope('operations:orders:write')
  change(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: ChangeBody,
  ): Promise<ChangeOrderResponse> {
    return this.processes.orders.change({ ...body, partner, id });
  }

  /** How orders of a partner may be filled: as somebody set it, or as the house does. */
  @Get('partners/:partner/fulfilment-policy')
  @Scope('operations:orders:read')
  partnerPolicy(@Param('partner') partner: string): Promise<PartnerPolicy> {
    return this.processes.validation.partnerPolicy({ partner });
  }

  /** Sets how a partner's orders may be filled. Counts for orders accepted from then on, within seconds. */
  @Put('partners/:partner/fulfilment-policy')
  @Scope('operations:orders:write')
  putPartnerPolicy(
    @CurrentCaller() { keyId }: Caller,
    @Param('partner') partner: string,
    @Body() policy: FulfilmentPolicy,
  ): Promise<PartnerPolicy> {
    return this.processes.validation.putPartnerPolicy({ partner, policy, who: keyId });
  }

  /** Stops an order, or one of its lines, by hand: nothing more is released until the hold is. CREDIT also gives back stock. */
  @Post('orders/:partner/:id/holds')
  @HttpCode(200)
  @IdempotencyKey({ required: false, without: 'holds it again, which the release of either ends by itself' })
  @Scope('operations:orders:write')
  hold(
    @CurrentCaller() { keyId }: Caller,
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: HoldBody,
  ): Promise<OrderView> {
    return this.processes.orders.hold({ ...body, partner, id, who: body.who ?? keyId });
  }

  /**
   * Releases one hold. The order goes on once no blocking one is left; stock given back for want of credit is promised anew, as far
   * as it is still there.
   */
  @Post('orders/:partner/:id/holds/:hold/release')
  @HttpCode(200)
  @SecondCall('finds it released')
  @Scope('operations:orders:write')
  releaseHold(
    @CurrentCaller() { keyId }: Caller,
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Param('hold') hold: string,
    @Body() { who = keyId, why }: ReleaseHoldBody,
  ): Promise<OrderView> {
    return this.processes.orders.releaseHold({ partner, id, hold, who, why });
  }

  /**
   * Ends every hold that a failure opened (COMMAND, WAREHOUSE, ANSWER) once its cause is mended: commands that failed go out again with the same content under the same
   * business key, the rest is planned anew. A cause that is still there holds it again. Without holds nothing changes.
   */
  @Post('orders/:partner/:id/retry-holds')
  @HttpCode(200)
  @IdempotencyKey({ required: false, without: 'looks at the holds again' })
  @Scope('operations:orders:write')
  retryHolds(
    @CurrentCaller() { keyId }: Caller,
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() { reason }: RetryHoldsBody,
  ): Promise<OrderView> {
    return this.processes.orders.retryHolds({ partner, id, who: keyId, reason });
  }

  /** Orders by status, and how many nothing explains. */
  @Get('summary')
  @Scope('operations:orders:read')
  summary(): Promise<OrderSummary> {
    return this.processes.orders.summary({});
  }

  /** Checks the invariants of stock, orders and shipments, now. */
  @Get('invariants')
  @Scope('operations:orders:read')
  @Cost(10)
  checkInvariants(): Promise<InvariantReport> {
    return this.invariants.check();
  }
}
