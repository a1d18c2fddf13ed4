import { Global, Module } from '@nestjs/common';
import { ShipmentsApi, shipmentsContract } from '#contracts/shipments/shipments.api';
import { erpContract } from '#contracts/erp/erp.api';
import { tmsContract } from '#contracts/tms/tms.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { shipmentsMigrations } from '../migrations/migrations';
import { shipmentsConfig } from './config';
import { ConfirmShipment } from './confirm-shipment/confirm-shipment';
import { EffectRunner } from './effects/effect-runner';
import { ErpDeliveryEffect } from './effects/erp-delivery';
import { ErpInvoiceEffect } from './effects/erp-invoice';
import { GoodsIssue } from './effects/goods-issue';
import { LabelEffect } from './effects/label';
import { Notices } from './effects/notice';
import { ShipmentEvents } from './in/events/shipment-events';
import { ShipmentsController } from './in/http/shipments.controller';
import { ShipmentsService } from './shipments.service';
import { TrackShipment } from './track-shipment/track-shipment';

@Global()
@Module({
  providers: [
    shipmentsConfig.provider,
    ConfirmShipment,
    EffectRunner,
    GoodsIssue,
    LabelEffect,
    ErpDeliveryEffect,
    ErpInvoiceEffect,
    Notices,
    TrackShipment,
    ShipmentEvents,
    ShipmentsService,
    localBinding(shipmentsContract, ShipmentsService),
  ],
  exports: [ShipmentsApi],
})
export class ShipmentsModule {}

export const shipmentsApp: AppDefinition = {
  name: 'shipments',
  layer: 'process',
  module: ShipmentsModule,
  controllers: [ShipmentsController],
  migrations: shipmentsMigrations,
  config: [shipmentsConfig],
  needs: [erpContract, tmsContract],
};
