import { Global, Module } from '@nestjs/common';
import type { AppDefinition } from '#service/app';
import { gatewayMigrations } from '../migrations/1764000000000-gateway';
import { gatewayConfig } from './config';
import { GatewayServices } from './gateway-services';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { IdempotencySweep } from './idempotency/sweep';
import { KeyRing } from './partners/key-ring';
import { PartnersService } from './partners/partners.service';
import { PartnersStore } from './partners/partners.store';

@Global()
@Module({
  providers: [
    gatewayConfig.provider,
    PartnersStore,
    PartnersService,
    KeyRing,
    IdempotencyStore,
    IdempotencySweep,
    GatewayServices,
  ],
  exports: [GatewayServices, PartnersService],
})
export class GatewayModule {}

/** The front door. Its routes come from the documents: see install.ts. */
export const gatewayApp: AppDefinition = {
  name: 'gateway',
  layer: 'gateway',
  module: GatewayModule,
  controllers: [],
  migrations: gatewayMigrations,
  config: [gatewayConfig],
};
