import { Global, Module } from '@nestjs/common';
import type { AppDefinition } from '#service/app';
import { sandboxCarrierConfig } from './carrier/carrier.config';
import { sandboxCarrierMigrations } from './carrier/carrier.migrations';
import { sandboxCarrierControllers, sandboxCarrierProviders } from './carrier/carrier.providers';
import { sandboxErpMigrations } from './erp/erp.migrations';
import { sandboxErpControllers, sandboxErpProviders } from './erp/erp.providers';
import { FaultInterceptor, Faults, FaultsController } from './faults';
import { SandboxIdentity } from './identity/identity';
import { SeedController } from './seed.controller';
import { sandboxWmsConfig } from './wms/wms.config';
import { sandboxWmsMigrations } from './wms/wms.migrations';
import { sandboxWmsControllers, sandboxWmsProviders } from './wms/wms.providers';

@Global()
@Module({
  providers: [
    Faults,
    FaultInterceptor,
    SandboxIdentity,
    ...sandboxErpProviders,
    ...sandboxWmsProviders,
    ...sandboxCarrierProviders,
  ],
  exports: [Faults, FaultInterceptor, ...sandboxErpProviders, ...sandboxWmsProviders, ...sandboxCarrierProviders],
})
export class SandboxModule {}

/** Simulated backends with fault injection: the demo, a partner's trials, and tests. Never part of a production installation. */
export const sandboxApp: AppDefinition = {
  name: 'sandbox',
  layer: 'sandbox',
  module: SandboxModule,
  controllers: [
    FaultsController,
    SeedController,
    ...sandboxErpControllers,
    ...sandboxWmsControllers,
    ...sandboxCarrierControllers,
  ],
  migrations: {
    schema: 'sandbox',
    migrations: [...sandboxErpMigrations, ...sandboxWmsMigrations, ...sandboxCarrierMigrations],
  },
  config: [sandboxWmsConfig, sandboxCarrierConfig],
};
