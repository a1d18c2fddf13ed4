import { Global, Module } from '@nestjs/common';
import { availabilityContract } from '#contracts/availability/availability.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import type { AppDefinition } from '#service/app';
import { PortalAvailabilityController } from './in/http/availability.controller';
import { PortalItemsController } from './in/http/items.controller';
import { PortalOrdersController } from './in/http/orders.controller';
import { PortalReservationsController } from './in/http/reservations.controller';
import { PortalShipmentsController } from './in/http/shipments.controller';
import { NodeDays } from './out/node-days';
import { PortalProcesses } from './out/processes';
import { AvailabilityView } from './views/availability';
import { ItemsView } from './views/items';
import { OrdersView } from './views/orders';
import { ReservationsView } from './views/reservations';
import { ShipmentsView } from './views/shipments';

const views = [ItemsView, AvailabilityView, OrdersView, ReservationsView, ShipmentsView];

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
    PortalReservationsController,
    PortalShipmentsController,
  ],
  needs: [referenceContract, availabilityContract, ordersContract, validationContract, shipmentsContract],
};
