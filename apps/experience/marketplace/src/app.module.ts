import { Global, Module } from '@nestjs/common';
import { availabilityContract } from '#contracts/availability/availability.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import type { AppDefinition } from '#service/app';
import { MarketplaceFeedsController } from './in/http/feeds.controller';
import { MarketplaceOrdersController } from './in/http/orders.controller';
import { MarketplaceProcesses } from './out/processes';
import { FeedsView } from './views/feeds';
import { OrdersView } from './views/orders';

@Global()
@Module({ providers: [MarketplaceProcesses, FeedsView, OrdersView], exports: [FeedsView, OrdersView] })
export class MarketplaceModule {}

/** What sales channels see: feeds and order intake. */
export const marketplaceApp: AppDefinition = {
  name: 'marketplace',
  layer: 'experience',
  module: MarketplaceModule,
  controllers: [MarketplaceFeedsController, MarketplaceOrdersController],
  needs: [referenceContract, availabilityContract, ordersContract, validationContract, shipmentsContract],
};
