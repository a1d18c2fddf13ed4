import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ReceiveWebhook } from './receive-webhook';

/** Where warehouses call us. The contract they follow is `backends/generic-rest/contract.yaml`. */
@ApiExcludeController()
@Controller('inbound/wms')
export class WmsWebhooksController {
  constructor(private readonly webhooks: ReceiveWebhook) {}

  @Post(':connection')
  @HttpCode(202)
  receive(
    @Param('connection') connection: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<{ received: 'new' | 'duplicate' }> {
    return this.webhooks.receive({ connection, headers: request.headers, rawBody: request.rawBody ?? Buffer.alloc(0) });
  }
}
