import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { InvariantReport, InvariantsQuery } from '#contracts/availability/invariants.dto';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';
import {
  ConfirmShipmentRequest,
  ConfirmShipmentResponse,
  CorrectShipmentRequest,
  CorrectShipmentResponse,
  ListShipmentsQuery,
  OverShipTolerances,
  PutOverShipTolerancesRequest,
  ShipmentPage,
  ShipmentView,
  VoidShipmentRequest,
} from '#contracts/shipments/shipments.dto';

@Controller()
export class ShipmentsController {
  constructor(private readonly shipments: ShipmentsApi) {}

  @Post('v1/shipments')
  @HttpCode(200)
  confirm(@Body() body: ConfirmShipmentRequest): Promise<ConfirmShipmentResponse> {
    return this.shipments.confirm(body);
  }

  @Post('v1/shipments/:id/corrections')
  @HttpCode(200)
  correct(@Param('id') id: string, @Body() body: CorrectShipmentRequest): Promise<CorrectShipmentResponse> {
    return this.shipments.correct({ ...body, id });
  }

  @Post('v1/shipments/:id/void')
  @HttpCode(200)
  void(@Param('id') id: string, @Body() body: VoidShipmentRequest): Promise<CorrectShipmentResponse> {
    return this.shipments.void({ ...body, id });
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
  retryEffect(
    @Param('id') id: string,
    @Param('effect') effect: string,
    @Query('revision') revision?: number,
  ): Promise<ShipmentView> {
    return this.shipments.retryEffect({ id, effect, ...(revision === undefined ? {} : { revision }) });
  }

  @Get('v1/over-ship-tolerances')
  tolerances(): Promise<OverShipTolerances> {
    return this.shipments.tolerances({});
  }

  @Put('v1/over-ship-tolerances')
  putTolerances(@Body() body: PutOverShipTolerancesRequest): Promise<OverShipTolerances> {
    return this.shipments.putTolerances(body);
  }

  @Get('v1/invariants')
  checkInvariants(@Query() query: InvariantsQuery): Promise<InvariantReport> {
    return this.shipments.checkInvariants(query);
  }
}
