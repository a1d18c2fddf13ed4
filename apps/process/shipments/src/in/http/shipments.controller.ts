import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InvariantReport, InvariantsQuery } from '#contracts/availability/invariants.dto';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';
import {
  ConfirmShipmentRequest,
  ConfirmShipmentResponse,
  ListShipmentsQuery,
  ShipmentPage,
  ShipmentView,
} from '#contracts/shipments/shipments.dto';

@Controller()
export class ShipmentsController {
  constructor(private readonly shipments: ShipmentsApi) {}

  @Post('v1/shipments')
  @HttpCode(200)
  confirm(@Body() body: ConfirmShipmentRequest): Promise<ConfirmShipmentResponse> {
    return this.shipments.confirm(body);
  }

  @Get('v1/shipments/:id')
  get(@Param('id') id: string, @Query('partner') partner?: string): Promise<ShipmentView> {
    return this.shipments.get(partner === undefined ? { id } : { id, partner });
  }

  @Get('v1/shipments')
  list(@Query() query: ListShipmentsQuery): Promise<ShipmentPage> {
    return this.shipments.list(query);
  }

  @Post('v1/shipments/:id/effects/:effect/retry')
  @HttpCode(200)
  retryEffect(@Param('id') id: string, @Param('effect') effect: string): Promise<ShipmentView> {
    return this.shipments.retryEffect({ id, effect });
  }

  @Get('v1/invariants')
  checkInvariants(@Query() query: InvariantsQuery): Promise<InvariantReport> {
    return this.shipments.checkInvariants(query);
  }
}
