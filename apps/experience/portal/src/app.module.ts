import { Global, Module } from '@nestjs/common';
import { availabilityContract } from '#contracts/availability/availability.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import { webhooksContract } from '#contracts/webhooks/webhooks.api';
import type { AppDefinition } from '#service/app';
import { PortalAvailabilityController } from './in/http/availability.controller';
import { PortalEventsController } from './in/http/events.controller';
import { PortalItemsController } from './in/http/items.controller';
import { PortalOrdersV2Controller } from './in/http/orders-v2.controller';
import { PortalOrdersController } from './in/http/orders.controller';
import { PortalReservationsController } from './in/http/reservations.controller';
import { PortalShipmentsController } from './in/http/shipments.controller';
import { PortalWebhooksController } from './in/http/webhooks.controller';
import { NodeDays } from './out/node-days';
import { PortalProcesses } from './out/processes';
import { AvailabilityView } from './views/availability';
import { ItemsView } from './views/items';
import { OrdersView } from './views/orders';
import { ReservationsView } from './views/reservations';
import { ShipmentsView } from './views/shipments';
import { WebhooksView } from './views/webhooks';

const views = [ItemsView, AvailabilityView, OrdersView, ReservationsView, ShipmentsView, WebhooksView];

@Global()
@Module({ providers: [PortalProcesses, NodeDays, ...views], exports: views })
export class PortalModule {}

/** What customers and their buyers see. */
export const portalApp: AppDefinition = {
  name: 'portal',
  layer: 'experience',
  module: PortalModule,
  controllers: [
    PortalItemsController,
    PortalAvailabilityController,
    PortalOrdersController,
    PortalOrdersV2Controller,
    PortalReservationsController,
    PortalShipmentsController,
    PortalEventsController,
    PortalWebhooksController,
  ],
  needs: [
    referenceContract,
    availabilityContract,
    ordersContract,
    validationContract,
    shipmentsContract,
    webhooksContract,
  ],
};
