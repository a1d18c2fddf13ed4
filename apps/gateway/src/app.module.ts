import { Global, Module } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import type { AppDefinition } from '#service/app';
import { gatewayMigrations } from '../migrations/1764000000000-gateway';
import { AuditStore } from './audit/audit.store';
import { gatewayConfig } from './config';
import { GatewayServices } from './gateway-services';
import { HourlySweep } from './hourly-sweep';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { KeptAnswersStore } from './idempotency/kept-answers.store';
import { AccountController } from './in/http/account.controller';
import { AuditController } from './in/http/audit.controller';
import { CertificationController } from './in/http/certification.controller';
import { ChangelogController } from './in/http/changelog.controller';
import { ClientsController } from './in/http/clients.controller';
import { PartnerClientsController } from './in/http/partner-clients.controller';
import { PartnersController } from './in/http/partners.controller';
import { OwnAuditController } from './in/http/own-audit.controller';
import { OwnPeopleController } from './in/http/own-people.controller';
import { PeopleController } from './in/http/people.controller';
import { PlansController } from './in/http/plans.controller';
import { RequestsController } from './in/http/requests.controller';
import { UsageController } from './in/http/usage.controller';
import { AccessTokens } from './oauth/access-tokens';
import { ClientsService } from './oauth/clients.service';
import { ClientsStore } from './oauth/clients.store';
import { OwnClients } from './oauth/own-clients';
import { SigningKeys } from './oauth/signing-keys';
import { TokenEndpoint } from './oauth/token-endpoint';
import { KeyRing } from './partners/key-ring';
import { OwnKeys } from './partners/own-keys';
import { PartnersService } from './partners/partners.service';
import { PartnersStore } from './partners/partners.store';
import { OwnPeople } from './people/own-people';
import { PeopleService } from './people/people.service';
import { PeopleStore } from './people/people.store';
import { Sessions } from './people/sessions';
import { SignIn } from './people/sign-in';
import { NamedByKey } from './pipeline/named-by-key';
import { CertificationStore } from './requests/certification.store';
import { FiguresStore } from './requests/figures.store';
import { RequestLog } from './requests/request-log';
import { RequestLogStore } from './requests/request-log.store';
import { Usage } from './requests/usage';
import { Pins } from './versions/pins';
import { Retirement } from './versions/retirement';
import { VersionStore } from './versions/version.store';

@Global()
@Module({
  providers: [
    gatewayConfig.provider,
    PartnersStore,
    PartnersService,
    AuditStore,
    OwnKeys,
    secretsProvider,
    SigningKeys,
    ClientsStore,
    ClientsService,
    OwnClients,
    AccessTokens,
    TokenEndpoint,
    KeyRing,
    IdempotencyStore,
    KeptAnswersStore,
    NamedByKey,
    PeopleStore,
    PeopleService,
    OwnPeople,
    Sessions,
    SignIn,
    CertificationStore,
    RequestLogStore,
    FiguresStore,
    RequestLog,
    Usage,
    VersionStore,
    Pins,
    Retirement,
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
    OwnPeople,
    CertificationStore,
    RequestLogStore,
    FiguresStore,
    Usage,
    VersionStore,
    ClientsService,
    OwnClients,
    AccessTokens,
    SigningKeys,
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
    CertificationController,
    ChangelogController,
    PartnersController,
    PeopleController,
    OwnPeopleController,
    ClientsController,
    PartnerClientsController,
    PlansController,
    AuditController,
    OwnAuditController,
  ],
  migrations: gatewayMigrations,
  config: [gatewayConfig],
};
