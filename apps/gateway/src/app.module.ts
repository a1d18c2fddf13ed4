import { Global, Module } from '@nestjs/common';
import type { AppDefinition } from '#service/app';
import { gatewayMigrations } from '../migrations/1764000000000-gateway';
import { AuditStore } from './audit/audit.store';
import { gatewayConfig } from './config';
import { GatewayServices } from './gateway-services';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { IdempotencySweep } from './idempotency/sweep';
import { AccountController } from './in/http/account.controller';
import { AuditController } from './in/http/audit.controller';
import { PartnersController } from './in/http/partners.controller';
import { PlansController } from './in/http/plans.controller';
import { KeyRing } from './partners/key-ring';
import { OwnKeys } from './partners/own-keys';
import { PartnersService } from './partners/partners.service';
import { PartnersStore } from './partners/partners.store';

@Global()
@Module({
  providers: [
    gatewayConfig.provider,
    PartnersStore,
    PartnersService,
    AuditStore,
    OwnKeys,
    KeyRing,
    IdempotencyStore,
    IdempotencySweep,
    GatewayServices,
  ],
  exports: [GatewayServices, PartnersService, PartnersStore, OwnKeys, AuditStore],
})
export class GatewayModule {}

/** The front door. It has routes of its own for keys, partners and the audit log; all others come from the documents: see install.ts. */
export const gatewayApp: AppDefinition = {
  name: 'gateway',
  layer: 'gateway',
  module: GatewayModule,
  controllers: [AccountController, PartnersController, PlansController, AuditController],
  migrations: gatewayMigrations,
  config: [gatewayConfig],
};
