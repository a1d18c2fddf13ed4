import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { WebhooksApi } from '#contracts/webhooks/webhooks.api';
import { CreateWebhookEndpoint, DeletedWebhookEndpoint, DeleteWebhookEndpoint, ListPartnerEvents, ListWebhookDeliveries, NewWebhookEndpoint, PartnerEvent, PartnerEventPage, ReplayWebhooks, RotateWebhookSecret, UpdateWebhookEndpoint, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryPage, WebhookEndpoint, WebhookEndpointList, WebhookReplay } from '#contracts/webhooks/webhooks.dto'; // prettier-ignore

@Controller('v1/partners/:partner')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksApi) {}

  @Post('endpoints')
  createEndpoint(@Param('partner') partner: string, @Body() body: CreateWebhookEndpoint): Promise<NewWebhookEndpoint> {
    return this.webhooks.createEndpoint({ ...body, partner });
  }

  @Get('endpoints')
  endpoints(@Param('partner') partner: string): Promise<WebhookEndpointList> {
    return this.webhooks.endpoints({ partner });
  }

  @Get('endpoints/:id')
  endpoint(@Param('partner') partner: string, @Param('id') id: string): Promise<WebhookEndpoint> {
    return this.webhooks.endpoint({ partner, id });
  }

  @Put('endpoints/:id')
  updateEndpoint(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: UpdateWebhookEndpoint,
  ): Promise<WebhookEndpoint> {
    return this.webhooks.updateEndpoint({ ...body, partner, id });
  }

  @Post('endpoints/:id/delete')
  @HttpCode(200)
  deleteEndpoint(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: DeleteWebhookEndpoint,
  ): Promise<DeletedWebhookEndpoint> {
    return this.webhooks.deleteEndpoint({ ...body, partner, id });
  }

  @Post('endpoints/:id/rotate-secret')
  @HttpCode(200)
  rotateSecret(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: RotateWebhookSecret,
  ): Promise<NewWebhookEndpoint> {
    return this.webhooks.rotateSecret({ ...body, partner, id });
  }

  @Post('endpoints/:id/test')
  @HttpCode(200)
  test(@Param('partner') partner: string, @Param('id') id: string): Promise<WebhookDelivery> {
    return this.webhooks.test({ partner, id });
  }

  @Get('endpoints/:id/deliveries')
  deliveries(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Query() query: ListWebhookDeliveries,
  ): Promise<WebhookDeliveryPage> {
    return this.webhooks.deliveries({ ...query, partner, id });
  }

  @Post('endpoints/:id/replay')
  @HttpCode(200)
  replay(
    @Param('partner') partner: string,
    @Param('id') id: string,
    @Body() body: ReplayWebhooks,
  ): Promise<WebhookReplay> {
    return this.webhooks.replay({ ...body, partner, id });
  }

  @Get('deliveries/:id')
  delivery(@Param('partner') partner: string, @Param('id') id: string): Promise<WebhookDeliveryDetail> {
    return this.webhooks.delivery({ partner, id });
  }

  @Post('deliveries/:id/redeliver')
  @HttpCode(200)
  redeliver(@Param('partner') partner: string, @Param('id') id: string): Promise<WebhookDelivery> {
    return this.webhooks.redeliver({ partner, id });
  }

  @Get('events')
  events(@Param('partner') partner: string, @Query() query: ListPartnerEvents): Promise<PartnerEventPage> {
    return this.webhooks.events({ ...query, partner });
  }

  @Get('events/:id')
  event(@Param('partner') partner: string, @Param('id') id: string): Promise<PartnerEvent> {
    return this.webhooks.event({ partner, id });
  }
}
