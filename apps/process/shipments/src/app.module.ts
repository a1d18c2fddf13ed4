import { Global, Module } from '@nestjs/common';
import { ShipmentsApi, shipmentsContract } from '#contracts/shipments/shipments.api';
import { erpContract } from '#contracts/erp/erp.api';
import { tmsContract } from '#contracts/tms/tms.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { shipmentsMigrations } from '../migrations/migrations';
import { shipmentsConfig } from './config';
import { ConfirmShipment } from './confirm-shipment/confirm-shipment';
import { CorrectShipment } from './correct-shipment/correct-shipment';
import { HearCorrections } from './correct-shipment/hear-corrections';
import { CreditMemoEffect, ErpReversalEffect, LabelVoidEffect } from './effects/corrections';
import { EffectRunner } from './effects/effect-runner';
import { ErpDeliveryEffect } from './effects/erp-delivery';
import { ErpInvoiceEffect } from './effects/erp-invoice';
import { FreightAccrualEffect } from './effects/freight-accrual';
import { GoodsIssue } from './effects/goods-issue';
import { LabelEffect } from './effects/label';
import { Notices } from './effects/notice';
import { RetryEvents } from './in/events/retry-events';
import { ShipmentEvents } from './in/events/shipment-events';
import { ShipmentsController } from './in/http/shipments.controller';
import { ShipmentsService } from './shipments.service';
import { TrackShipment } from './track-shipment/track-shipment';
import { Waiting } from './watch/waiting';

@Global()
@Module({
  providers: [
    shipmentsConfig.provider,
    ConfirmShipment,
    CorrectShipment,
    HearCorrections,
    EffectRunner,
    GoodsIssue,
    LabelEffect,
    ErpDeliveryEffect,
    ErpInvoiceEffect,
    FreightAccrualEffect,
    ErpReversalEffect,
    CreditMemoEffect,
    LabelVoidEffect,
    Notices,
    TrackShipment,
    Waiting,
    ShipmentEvents,
    RetryEvents,
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
