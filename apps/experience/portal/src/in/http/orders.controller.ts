import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CancelEdgeOrderRequest, CancelEdgeOrderResponse, EdgeOrder, EdgeOrderPage, ListEdgeOrdersQuery } from '#contracts/edge/edge-orders.dto'; // prettier-ignore
import { ChangeEdgeOrderRequest, ChangeEdgeOrderResponse } from '#contracts/edge/edge-order-changes.dto';
import { EdgeValidation } from '#contracts/edge/edge-validation.dto';
import { orderOfVersion1 } from '#contracts/edge/edge-orders';
import type { PartnerOrder } from '#contracts/edge/partner-orders.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { etagOf } from '#service/headers';
import { CanWait, Cost, Deprecated, IdempotencyKey, IfMatch, Scope, SecondCall } from '#service/operation';
import { OrdersView } from '../../views/orders';
import { PlaceOrderRequest } from './orders.dto';

const VERSIONED = { ETag: { description: 'Version of the order, for If-Match.', schema: { type: 'string' as const } } };
/** Why, and what to do: docs/adr/0027. */
const ENDS = { since: '2026-11-22', sunset: '2028-11-30' };
const PLACED = { ...VERSIONED, Location: { description: 'Path of the order.', schema: { type: 'string' as const } } };

/** Orders of version 1, made of what version 2 answers. */
@Controller('portal/v1/orders')
export class PortalOrdersController {
  constructor(private readonly orders: OrdersView) {}

  /**
   * Places an order. Everything is checked at once; faults come back as 422 with a pointer to each. The purchase order
   * number (with its release) names the order for ever: the same order again answers 200 with the first result, another
   * content under the same number 409 PURCHASE_ORDER_CONFLICT.
   */
  @Post()
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders' })
  @Scope('portal:orders:write')
  @Cost(2)
  @IdempotencyKey({ required: false })
  @ApiResponse({ status: 201, type: EdgeOrder, headers: PLACED, description: 'Accepted.' })
  @ApiResponse({
    status: 200,
    type: EdgeOrder,
    headers: PLACED,
    description: 'This purchase order was accepted before.',
  })
  async place(
    @CurrentCaller() caller: Caller,
    @Body() request: PlaceOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EdgeOrder> {
    const { created, order } = await this.orders.place(caller, request);
    reply.code(created ? 201 : 200).header('location', `/portal/v1/orders/${order.id}`);
    return versioned(order, reply);
  }

  /**
   * Runs every check on an order and says what can be promised; creates and holds nothing. Always 200: what is wrong stands in the
   * answer, each finding with its severity, a pointer, the value seen and the value expected.
   */
  @Post('validate')
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders/validate' })
  @HttpCode(200)
  @SecondCall('creates nothing')
  @CanWait()
  @Scope('portal:orders:write')
  @Cost(2)
  validate(@CurrentCaller() caller: Caller, @Body() request: PlaceOrderRequest): Promise<EdgeValidation> {
    return this.orders.validate(caller, request);
  }

  /** Lists orders, newest first. */
  @Get()
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders' })
  @Scope('portal:orders:read')
  async list(@CurrentCaller() caller: Caller, @Query() query: ListEdgeOrdersQuery): Promise<EdgeOrderPage> {
    const { orders, ...page } = await this.orders.list(caller, query);
    return { ...page, orders: orders.map(orderOfVersion1) };
  }

  /** One order: where each line stands and what has shipped. Unknown, or another partner's: 404 ORDER_UNKNOWN. */
  @Get(':id')
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders/{id}' })
  @Scope('portal:orders:read')
  @ApiResponse({ status: 200, type: EdgeOrder, headers: VERSIONED })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EdgeOrder> {
    return versioned(await this.orders.get(caller, id), reply);
  }

  /**
   * Changes an order until a warehouse has picked it: more or less of a line, another line, another day or place. Less is taken off the
   * order; what is added is an order of its own, named in `followOn`. Without an Idempotency-Key the content names the change, so
   * the same request twice is one; with If-Match it happens only in that version.
   */
  @Post(':id/change')
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders/{id}/change' })
  @HttpCode(200)
  @Scope('portal:orders:write')
  @IdempotencyKey({ required: false })
  @IfMatch({ required: false })
  @ApiResponse({ status: 200, type: ChangeEdgeOrderResponse, headers: VERSIONED })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: ChangeEdgeOrderRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangeEdgeOrderResponse> {
    const answer = await this.orders.change(caller, id, request, { ifMatch, idempotencyKey });
    return { ...answer, order: versioned(answer.order, reply) };
  }

  /**
   * Cancels what is still open: everything, or the lines named. What has shipped stays. Without an Idempotency-Key the
   * content names the cancellation, so the same request twice is one; with If-Match it happens only in that version.
   */
  @Post(':id/cancel')
  @Deprecated({ ...ENDS, successor: '/portal/v2/orders/{id}/cancel' })
  @HttpCode(200)
  @Scope('portal:orders:write')
  @IdempotencyKey({ required: false })
  @IfMatch({ required: false })
  @ApiBody({ type: CancelEdgeOrderRequest, required: false })
  @ApiResponse({ status: 200, type: CancelEdgeOrderResponse, headers: VERSIONED })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: CancelEdgeOrderRequest | null,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CancelEdgeOrderResponse> {
    const answer = await this.orders.cancel(caller, id, request ?? {}, { ifMatch, idempotencyKey });
    return { ...answer, order: versioned(answer.order, reply) };
  }
}

function versioned(order: PartnerOrder, reply: FastifyReply): EdgeOrder {
  void reply.header('etag', etagOf(order.version));
  return orderOfVersion1(order);
}
