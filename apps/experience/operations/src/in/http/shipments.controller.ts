import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  CorrectShipmentResponse,
  ListShipmentsQuery,
  OverShipTolerances,
  PutOverShipTolerancesRequest,
  ShipmentPage,
  ShipmentView,
} from '#contracts/shipments/shipments.dto';
import { IdempotencyKey, Scope, SecondCall } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';
import { CorrectShipmentBody, RetryEffectQuery, VoidShipmentBody } from './shipments.dto';

@Controller('operations/v1')
export class OperationsShipmentsController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Shipments of all partners, oldest change first, each with its effects: stock, label, ERP, notices. */
  @Get('shipments')
  @Scope('operations:shipments:read')
  list(@Query() query: ListShipmentsQuery): Promise<ShipmentPage> {
    return this.processes.shipments.list({ ...query });
  }

  /** One shipment of any partner, with the state, document number or error of each effect. */
  @Get('shipments/:id')
  @Scope('operations:shipments:read')
  get(@Param('id') id: string): Promise<ShipmentView> {
    return this.processes.shipments.get({ id });
  }

  /** Tries an effect that has failed once more. It is idempotent: what the backend already has is not posted again. */
  @Post('shipments/:id/effects/:effect/retry')
  @HttpCode(200)
  @IdempotencyKey({ required: false, without: 'finds the effect done or waiting' })
  @Scope('operations:shipments:write')
  retryEffect(
    @Param('id') id: string,
    @Param('effect') effect: string,
    @Query() query: RetryEffectQuery,
  ): Promise<ShipmentView> {
    return this.processes.shipments.retryEffect({ id, effect, ...query });
  }

  /** What a shipment really was, as its next version: stock, ERP, invoice and notices follow by the difference. */
  @Post('shipments/:id/corrections')
  @HttpCode(200)
  @SecondCall('is the same correction: its version is in the body')
  @Scope('operations:shipments:write')
  correct(@Param('id') id: string, @Body() body: CorrectShipmentBody): Promise<CorrectShipmentResponse> {
    return this.processes.shipments.correct({ ...body, id });
  }

  /** Nothing of it left: goods come back, what was billed is credited, an unused label is given back. */
  @Post('shipments/:id/void')
  @HttpCode(200)
  @SecondCall('finds it voided')
  @Scope('operations:shipments:write')
  void(@Param('id') id: string, @Body() body: VoidShipmentBody): Promise<CorrectShipmentResponse> {
    return this.processes.shipments.void({ ...body, id });
  }

  /** How much more than released may leave and be billed, by partner and item. */
  @Get('over-ship-tolerances')
  @Scope('operations:shipments:read')
  tolerances(): Promise<OverShipTolerances> {
    return this.processes.shipments.tolerances({});
  }

  /** Sets tolerances; they count for shipments that are confirmed from now on. */
  @Put('over-ship-tolerances')
  @Scope('operations:shipments:write')
  putTolerances(@Body() body: PutOverShipTolerancesRequest): Promise<OverShipTolerances> {
    return this.processes.shipments.putTolerances(body);
  }
}
