import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CancelEdgeOrderRequest, ListEdgeOrdersQuery } from '#contracts/edge/edge-orders.dto';
import { ChangeEdgeOrderRequest } from '#contracts/edge/edge-order-changes.dto';
import { EdgeValidation } from '#contracts/edge/edge-validation.dto';
import { CancelPartnerOrderResponse, ChangePartnerOrderResponse, PartnerOrder, PartnerOrderPage } from '#contracts/edge/partner-orders.dto'; // prettier-ignore
import { CurrentCaller, type Caller } from '#service/caller';
import { etagOf } from '#service/headers';
import { CanWait, Cost, IdempotencyKey, IfMatch, Scope, SecondCall } from '#service/operation';
import { OrdersView } from '../../views/orders';
import { PlaceOrderRequest } from './orders.dto';

const VERSIONED = { ETag: { description: 'Version of the order, for If-Match.', schema: { type: 'string' as const } } };
const PLACED = { ...VERSIONED, Location: { description: 'Path of the order.', schema: { type: 'string' as const } } };

/** Orders of version 2: one unit per line, a state for each part of it, and no change without key and version. */
@Controller('portal/v2/orders')
export class PortalOrdersV2Controller {
  constructor(private readonly orders: OrdersView) {}

  /**
   * Places an order. Everything is checked at once; faults come back as 422 with a pointer to each. The purchase order
   * number (with its release) names the order for ever: the same order again answers 200 with the first result, another
   * content under the same number 409 PURCHASE_ORDER_CONFLICT.
   */
  @Post()
  @Scope('portal:orders:write')
  @Cost(2)
  @IdempotencyKey({ required: true })
  @ApiResponse({ status: 201, type: PartnerOrder, headers: PLACED, description: 'Accepted.' })
  @ApiResponse({ status: 200, type: PartnerOrder, headers: PLACED, description: 'This purchase order was accepted before.' }) // prettier-ignore
  async place(
    @CurrentCaller() caller: Caller,
    @Body() request: PlaceOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerOrder> {
    const { created, order } = await this.orders.place(caller, request);
    void reply.code(created ? 201 : 200).header('location', `/portal/v2/orders/${order.id}`);
    return versioned(order, reply);
  }

  /**
   * Runs every check on an order and says what can be promised; creates and holds nothing. Always 200: what is wrong stands in the
   * answer, each finding with its severity, a pointer, the value seen and the value expected.
   */
  @Post('validate')
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
  @Scope('portal:orders:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListEdgeOrdersQuery): Promise<PartnerOrderPage> {
    return this.orders.list(caller, query);
  }

  /** One order: what became of each part of each line, and what has shipped. Unknown, or another partner's: 404 ORDER_UNKNOWN. */
  @Get(':id')
  @Scope('portal:orders:read')
  @ApiResponse({ status: 200, type: PartnerOrder, headers: VERSIONED })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerOrder> {
    return versioned(await this.orders.get(caller, id), reply);
  }

  /**
   * Changes an order until a warehouse has picked it, in the version that you saw: more or less of a line, another line, another day or
   * place. Less is taken off the order; what is added is an order of its own, named in `followOn`.
   */
  @Post(':id/change')
  @HttpCode(200)
  @Scope('portal:orders:write')
  @IdempotencyKey({ required: true })
  @IfMatch({ required: true })
  @ApiResponse({ status: 200, type: ChangePartnerOrderResponse, headers: VERSIONED })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: ChangeEdgeOrderRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangePartnerOrderResponse> {
    const answer = await this.orders.change(caller, id, request, { ifMatch, idempotencyKey });
    versioned(answer.order, reply);
    return answer;
  }

  /** Cancels what is still open, in the version that you saw: everything, or the lines named. What has shipped stays. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Scope('portal:orders:write')
  @IdempotencyKey({ required: true })
  @IfMatch({ required: true })
  @ApiBody({ type: CancelEdgeOrderRequest, required: false })
  @ApiResponse({ status: 200, type: CancelPartnerOrderResponse, headers: VERSIONED })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: CancelEdgeOrderRequest | null,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CancelPartnerOrderResponse> {
    const answer = await this.orders.cancel(caller, id, request ?? {}, { ifMatch, idempotencyKey });
    versioned(answer.order, reply);
    return answer;
  }
}

function versioned(order: PartnerOrder, reply: FastifyReply): PartnerOrder {
  void reply.header('etag', etagOf(order.version));
  return order;
}
