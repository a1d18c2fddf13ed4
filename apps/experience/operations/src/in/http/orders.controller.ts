import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InvariantReport } from '#contracts/availability/invariants.dto';
import { ListOrdersQuery, OrderPage, OrderSummary, OrderView } from '#contracts/orders/orders.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';
import { InvariantsView } from '../../views/invariants';
import { HoldBody, ReleaseHoldBody, RetryHoldsBody } from './orders.dto';

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

  /** One order of any partner. */
  @Get('orders/:partner/:id')
  @Scope('operations:orders:read')
  get(@Param('partner') partner: string, @Param('id') id: string): Promise<OrderView> {
    return this.processes.orders.get({ partner, id });
  }

  /** Stops an order, or one of its lines, by hand: nothing more is released until the hold is. CREDIT also gives back stock. */
  @Post('orders/:partner/:id/holds')
  @HttpCode(200)
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
