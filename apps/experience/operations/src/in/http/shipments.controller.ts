import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ListShipmentsQuery, ShipmentPage, ShipmentView } from '#contracts/shipments/shipments.dto';
import { Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

@Controller('operations/v1')
export class OperationsShipmentsController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Shipments of all partners, oldest change first, each with its effects: goods issue, label, ERP delivery and invoice, notice. */
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
  @Scope('operations:shipments:write')
  retryEffect(@Param('id') id: string, @Param('effect') effect: string): Promise<ShipmentView> {
    return this.processes.shipments.retryEffect({ id, effect });
  }
}
