import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EdgeOrder } from '#contracts/edge/edge-orders.dto';
import { EdgeValidation } from '#contracts/edge/edge-validation.dto';
import { OrderContent } from '#contracts/orders/orders.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { etagOf } from '#service/headers';
import { CanWait, Cost, IdempotencyKey, Scope, SecondCall } from '#service/operation';
import { OrdersView } from '../../views/orders';

const VERSIONED = { ETag: { description: 'Version of the order.', schema: { type: 'string' as const } } };

@Controller('marketplace/v1/orders')
export class MarketplaceOrdersController {
  constructor(private readonly orders: OrdersView) {}

  /** Takes an order of the channel; the channel's order number is the purchase order. The same number again answers the first result. */
  @Post()
  @Scope('marketplace:orders:write')
  @Cost(2)
  @IdempotencyKey({ required: false })
  @ApiResponse({ status: 201, type: EdgeOrder, headers: VERSIONED, description: 'Accepted.' })
  @ApiResponse({ status: 200, type: EdgeOrder, headers: VERSIONED, description: 'This order was accepted before.' })
  async place(
    @CurrentCaller() caller: Caller,
    @Body() request: OrderContent,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EdgeOrder> {
    const { created, order } = await this.orders.place(caller, request);
    void reply.code(created ? 201 : 200).header('etag', etagOf(order.version));
    return order;
  }

  /** Runs every check and says what can be promised; creates and holds nothing. Always 200: what is wrong stands in the answer. */
  @Post('validate')
  @HttpCode(200)
  @SecondCall('creates nothing')
  @CanWait()
  @Scope('marketplace:orders:write')
  @Cost(2)
  validate(@CurrentCaller() caller: Caller, @Body() request: OrderContent): Promise<EdgeValidation> {
    return this.orders.validate(caller, request);
  }
}
