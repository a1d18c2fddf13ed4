import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ReceiveTracking } from './receive-tracking';

/** Where carriers call us, in the form that each of them has. */
@ApiExcludeController()
@Controller('inbound/tms')
export class TmsWebhooksController {
  constructor(private readonly tracking: ReceiveTracking) {}

  @Post(':connection')
  @HttpCode(202)
  receive(
    @Param('connection') connection: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<{ received: 'new' | 'duplicate' }> {
    return this.tracking.receive({ connection, headers: request.headers, rawBody: request.rawBody ?? Buffer.alloc(0) });
  }
}
