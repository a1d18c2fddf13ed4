import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NewWebhookEndpoint, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryFilter, WebhookDeliveryPage, WebhookEndpoint, WebhookEndpointContent, WebhookEndpointList, WebhookReplay, WebhookReplayContent, WebhookRotationContent } from '#contracts/webhooks/webhooks.dto'; // prettier-ignore
import { CurrentCaller, type Caller } from '#service/caller';
import { etagOf } from '#service/headers';
import { CanWait, Cost, IdempotencyKey, IfMatch, Scope, SecondCall, TestKeys } from '#service/operation';
import { WebhooksView } from '../../views/webhooks';

const VERSIONED = { ETag: { description: 'Version of the endpoint, for If-Match.', schema: { type: 'string' as const } } }; // prettier-ignore
const CREATED = { ...VERSIONED, Location: { description: 'Path of the endpoint.', schema: { type: 'string' as const } } }; // prettier-ignore

/** Where a partner is told. An answer with a secret is never kept, so none of these takes an Idempotency-Key. */
@Controller('portal/v1')
export class PortalWebhooksController {
  constructor(private readonly webhooks: WebhooksView) {}

  /**
   * Registers an address that events are sent to, signed with a secret that is shown this once. Only https to the public Internet: what
   * its name means is checked now and at every connection. When the answer is lost, delete the endpoint and make another.
   */
  @Post('webhook-endpoints')
  @TestKeys()
  @SecondCall('makes another endpoint, which can be deleted: its secret is never answered twice')
  @Scope('portal:webhooks:write')
  @Cost(10)
  @ApiResponse({ status: 201, type: NewWebhookEndpoint, headers: CREATED, description: 'Registered.' })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() body: WebhookEndpointContent,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewWebhookEndpoint> {
    const made = await this.webhooks.create(caller, body);
    void reply.header('location', `/portal/v1/webhook-endpoints/${made.id}`);
    return versioned(made, reply);
  }

  /** All endpoints of the partner: at most 20. */
  @Get('webhook-endpoints')
  @Scope('portal:webhooks:read')
  list(@CurrentCaller() caller: Caller): Promise<WebhookEndpointList> {
    return this.webhooks.list(caller);
  }

  /** One endpoint. Unknown, or another partner's: 404 ENDPOINT_UNKNOWN. */
  @Get('webhook-endpoints/:id')
  @Scope('portal:webhooks:read')
  @ApiResponse({ status: 200, type: WebhookEndpoint, headers: VERSIONED })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookEndpoint> {
    return versioned(await this.webhooks.get(caller, id), reply);
  }

  /** Replaces the settings: what is left out goes back to its default. One that was disabled is enabled again by `enabled: true`. */
  @Put('webhook-endpoints/:id')
  @TestKeys()
  @Scope('portal:webhooks:write')
  @Cost(5)
  @IfMatch({ required: true })
  @ApiResponse({ status: 200, type: WebhookEndpoint, headers: VERSIONED })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: WebhookEndpointContent,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookEndpoint> {
    return versioned(await this.webhooks.update(caller, id, body, ifMatch), reply);
  }

  /** Deletes an endpoint with its deliveries. What has happened stays in the event feed. */
  @Delete('webhook-endpoints/:id')
  @TestKeys()
  @HttpCode(204)
  @Scope('portal:webhooks:write')
  @IfMatch({ required: false })
  @ApiResponse({ status: 204, description: 'Deleted.' })
  delete(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.webhooks.delete(caller, id, ifMatch);
  }

  /** Makes a new secret and shows it, once. The old one signs too for `overlapHours`; until then 409 ROTATION_RUNNING. */
  @Post('webhook-endpoints/:id/rotate-secret')
  @TestKeys()
  @HttpCode(200)
  @SecondCall('makes another secret: one is never answered twice')
  @Scope('portal:webhooks:write')
  @Cost(10)
  @ApiBody({ type: WebhookRotationContent, required: false })
  @ApiResponse({ status: 200, type: NewWebhookEndpoint, headers: VERSIONED })
  async rotate(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: WebhookRotationContent | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewWebhookEndpoint> {
    return versioned(await this.webhooks.rotate(caller, id, body ?? {}), reply);
  }

  /** Sends `webhook.test` to this endpoint, whatever types it wants. */
  @Post('webhook-endpoints/:id/test')
  @HttpCode(200)
  @CanWait()
  @IdempotencyKey({ required: false, without: 'sends another test message' })
  @Scope('portal:webhooks:write')
  @Cost(5)
  test(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WebhookDelivery> {
    return this.webhooks.test(caller, id);
  }

  /** Deliveries to an endpoint, newest first. */
  @Get('webhook-endpoints/:id/deliveries')
  @Scope('portal:webhooks:read')
  deliveries(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: WebhookDeliveryFilter,
  ): Promise<WebhookDeliveryPage> {
    return this.webhooks.deliveries(caller, id, query);
  }

  /** Sends what happened in a time again: what failed, or all of it. Receivers know an event by its id, so repeating this does no harm. */
  @Post('webhook-endpoints/:id/replay')
  @HttpCode(200)
  @CanWait()
  @IdempotencyKey({ required: false, without: 'sends the same messages once more, under the same ids' })
  @Scope('portal:webhooks:write')
  @Cost(10)
  replay(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: WebhookReplayContent,
  ): Promise<WebhookReplay> {
    return this.webhooks.replay(caller, id, body);
  }

  /** One delivery, with its attempts and what the receiver answered. Unknown, or another partner's: 404 DELIVERY_UNKNOWN. */
  @Get('webhook-deliveries/:id')
  @Scope('portal:webhooks:read')
  delivery(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WebhookDeliveryDetail> {
    return this.webhooks.delivery(caller, id);
  }

  /** Sends one event again, at once and with all its attempts anew. */
  @Post('webhook-deliveries/:id/redeliver')
  @HttpCode(200)
  @CanWait()
  @IdempotencyKey({ required: false, without: 'sends the same message once more, under the same id' })
  @Scope('portal:webhooks:write')
  redeliver(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WebhookDelivery> {
    return this.webhooks.redeliver(caller, id);
  }
}

function versioned<T extends WebhookEndpoint>(endpoint: T, reply: FastifyReply): T {
  void reply.header('etag', etagOf(endpoint.version));
  return endpoint;
}
