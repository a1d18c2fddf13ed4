import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InvariantReport } from '#contracts/availability/invariants.dto';
import { ListOrdersQuery, OrderPage, OrderSummary, OrderView } from '#contracts/orders/orders.dto';
import { Cost, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';
import { InvariantsView } from '../../views/invariants';
import { RetryHoldsBody } from './orders.dto';

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

  /**
   * Lifts every hold of an order once its cause is mended: commands that failed go out again with the same content under the same
   * business key, the rest is planned anew. A cause that is still there holds it again. Without holds nothing changes.
   */
  @Post('orders/:partner/:id/retry-holds')
  @HttpCode(200)
  @Scope('operations:orders:write')
  retryHolds(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() { reason }: RetryHoldsBody,
  ): Promise<OrderView> {
    return this.processes.orders.retryHolds({ partner, id, reason });
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
