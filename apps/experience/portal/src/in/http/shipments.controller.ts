import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EdgeShipment, EdgeShipmentFeed, EdgeShipmentFeedQuery } from '#contracts/edge/edge-shipments.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { etagOf } from '#service/headers';
import { Scope } from '#service/operation';
import { ShipmentsView } from '../../views/shipments';

@Controller('portal/v1/shipments')
export class PortalShipmentsController {
  constructor(private readonly shipments: ShipmentsView) {}

  /** Shipments as they change, oldest change first: ask again with `since` for what is new. */
  @Get()
  @Scope('portal:shipments:read')
  list(@CurrentCaller() caller: Caller, @Query() query: EdgeShipmentFeedQuery): Promise<EdgeShipmentFeed> {
    return this.shipments.list(caller, query);
  }

  /** One shipment with its tracking. Unknown, or another partner's: 404 SHIPMENT_UNKNOWN. */
  @Get(':id')
  @Scope('portal:shipments:read')
  @ApiResponse({
    status: 200,
    type: EdgeShipment,
    headers: { ETag: { description: 'Version of the shipment.', schema: { type: 'string' } } },
  })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EdgeShipment> {
    const shipment = await this.shipments.get(caller, id);
    void reply.header('etag', etagOf(shipment.version));
    return shipment;
  }
}
