import { Global, Module } from '@nestjs/common';
import type { AppDefinition } from '#service/app';
import { gatewayMigrations } from '../migrations/1764000000000-gateway';
import { AuditStore } from './audit/audit.store';
import { gatewayConfig } from './config';
import { GatewayServices } from './gateway-services';
import { HourlySweep } from './hourly-sweep';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { AccountController } from './in/http/account.controller';
import { AuditController } from './in/http/audit.controller';
import { PartnersController } from './in/http/partners.controller';
import { PeopleController } from './in/http/people.controller';
import { PlansController } from './in/http/plans.controller';
import { RequestsController } from './in/http/requests.controller';
import { UsageController } from './in/http/usage.controller';
import { KeyRing } from './partners/key-ring';
import { OwnKeys } from './partners/own-keys';
import { PartnersService } from './partners/partners.service';
import { PartnersStore } from './partners/partners.store';
import { PeopleService } from './people/people.service';
import { PeopleStore } from './people/people.store';
import { Sessions } from './people/sessions';
import { SignIn } from './people/sign-in';
import { RequestLog } from './requests/request-log';
import { RequestLogStore } from './requests/request-log.store';
import { Usage } from './requests/usage';

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
    PeopleStore,
    PeopleService,
    Sessions,
    SignIn,
    RequestLogStore,
    RequestLog,
    Usage,
    HourlySweep,
    GatewayServices,
  ],
  exports: [
    GatewayServices,
    PartnersService,
    PartnersStore,
    OwnKeys,
    AuditStore,
    PeopleService,
    RequestLogStore,
    Usage,
  ],
})
export class GatewayModule {}

/** The front door. It has routes of its own for keys, partners and the audit log; all others come from the documents: see install.ts. */
export const gatewayApp: AppDefinition = {
  name: 'gateway',
  layer: 'gateway',
  module: GatewayModule,
  controllers: [
    AccountController,
    RequestsController,
    UsageController,
    PartnersController,
    PeopleController,
    PlansController,
    AuditController,
  ],
  migrations: gatewayMigrations,
  config: [gatewayConfig],
};
