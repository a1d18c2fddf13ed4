import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InvariantReport } from '#contracts/availability/invariants.dto';
import {
  ChangeOrderRequest,
  ChangeOrderResponse,
  OrderCommands,
  RetryPreview,
} from '#contracts/orders/order-changes.dto';
import { OrdersApi } from '#contracts/orders/orders.api';
import {
  AcceptOrderRequest,
  AcceptOrderResponse,
  CancelOrderRequest,
  CancelOrderResponse,
  HoldOrderRequest,
  ListOrdersQuery,
  LookUpOrdersRequest,
  OrderNames,
  OrderPage,
  OrderSummary,
  OrderView,
  ReleaseHoldRequest,
  RetryHoldsRequest,
} from '#contracts/orders/orders.dto';

@Controller()
export class OrdersController {
  constructor(private readonly orders: OrdersApi) {}

  @Post('v1/orders')
  @HttpCode(200)
  accept(@Body() body: AcceptOrderRequest): Promise<AcceptOrderResponse> {
    return this.orders.accept(body);
  }

  @Get('v1/partners/:partner/orders/:id')
  get(@Param('partner') partner: string, @Param('id') id: string): Promise<OrderView> {
    return this.orders.get({ partner, id });
  }

  @Get('v1/orders')
  list(@Query() query: ListOrdersQuery): Promise<OrderPage> {
    return this.orders.list(query);
  }

  @Post('v1/orders/lookup')
  @HttpCode(200)
  lookUp(@Body() body: LookUpOrdersRequest): Promise<OrderNames> {
    return this.orders.lookUp(body);
  }

  @Post('v1/partners/:partner/orders/:id/cancel')
  @HttpCode(200)
  cancel(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: CancelOrderRequest,
  ): Promise<CancelOrderResponse> {
    return this.orders.cancel({ ...body, partner, id });
  }

  @Post('v1/partners/:partner/orders/:id/change')
  @HttpCode(200)
  change(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: ChangeOrderRequest,
  ): Promise<ChangeOrderResponse> {
    return this.orders.change({ ...body, partner, id });
  }

  @Get('v1/partners/:partner/orders/:id/commands')
  commands(@Param('partner') partner: string, @Param('id') id: string): Promise<OrderCommands> {
    return this.orders.commands({ partner, id });
  }

  @Post('v1/partners/:partner/orders/:id/holds')
  @HttpCode(200)
  hold(@Param('partner') partner: string, @Param('id') id: string, @Body() body: HoldOrderRequest): Promise<OrderView> {
    return this.orders.hold({ ...body, partner, id });
  }

  @Post('v1/partners/:partner/orders/:id/holds/:hold/release')
  @HttpCode(200)
  releaseHold(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Param('hold') hold: string,
    @Body() body: ReleaseHoldRequest,
  ): Promise<OrderView> {
    return this.orders.releaseHold({ ...body, partner, id, hold });
  }

  @Post('v1/partners/:partner/orders/:id/retry-holds')
  @HttpCode(200)
  retryHolds(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: RetryHoldsRequest,
  ): Promise<OrderView> {
    return this.orders.retryHolds({ ...body, partner, id });
  }

  @Get('v1/partners/:partner/orders/:id/retry-preview')
  previewRetry(@Param('partner') partner: string, @Param('id') id: string): Promise<RetryPreview> {
    return this.orders.previewRetry({ partner, id });
  }

  @Get('v1/summary')
  summary(): Promise<OrderSummary> {
    return this.orders.summary({});
  }

  @Get('v1/invariants')
  checkInvariants(): Promise<InvariantReport> {
    return this.orders.checkInvariants({});
  }
}
