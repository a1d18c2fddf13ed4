import { Global, Module, type Provider } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import { egressConfig, egressProvider } from '#egress/egress.provider';
import { AvailabilityApi, availabilityContract } from '#contracts/availability/availability.api';
import { LedgerApi, ledgerContract } from '#contracts/availability/ledger.api';
import { FeedsApi, feedsContract } from '#contracts/availability/feeds.api';
import { PlanningApi, planningContract } from '#contracts/availability/planning.api';
import { referenceContract } from '#contracts/reference/reference.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { availabilityMigrations } from '../migrations/availability.migrations';
import { AvailabilityService } from './availability.service';
import { availabilityConfig } from './config';
import { DriftSweep } from './feed/drift-sweep';
import { Feeds } from './feed/feeds';
import { KitFollow } from './feed/kit-follow';
import { FeedPush } from './feed/push';
import { Receivers } from './feed/receivers';
import { ToldNumbers } from './feed/told';
import { FeedsService } from './feeds.service';
import { StockEvents } from './in/events/stock-events';
import { AvailabilityController } from './in/http/availability.controller';
import { LedgerController } from './in/http/ledger.controller';
import { FeedsController } from './in/http/feeds.controller';
import { PlanningController } from './in/http/planning.controller';
import { Expectations } from './ledger/expectations';
import { Gaps } from './ledger/gaps';
import { Postings } from './ledger/postings';
import { Sequencing } from './ledger/sequencing';
import { SourceRules } from './ledger/source-rules';
import { StockLedger } from './ledger/stock-ledger';
import { LedgerService } from './ledger.service';
import { Transit } from './ledger/transit';
import { NodeDirectory } from './out/node-directory';
import { PolicyDirectory } from './out/policy-directory';
import { SourceRuleDirectory } from './out/source-rule-directory';
import { Policies } from './policy/policies';
import { Shortages } from './read/shortages';
import { WhatIfs } from './read/what-ifs';
import { PlanningService } from './planning.service';
import { ChannelNumbers } from './read/channel-numbers';
import { Deltas } from './read/deltas';
import { Invariants } from './read/invariants';
import { LedgerPages } from './read/ledger-pages';
import { Promises } from './read/promises';
import { Reading } from './read/reading';
import { RefusedFacts } from './read/refused-facts';
import { Sources } from './read/sources';
import { Timelines } from './read/timelines';
import { ReservationViews } from './read/reservations';
import { Expiry } from './reserve/expiry';
import { Extensions } from './reserve/extend';
import { Freeing } from './reserve/freeing';
import { Recording } from './reserve/recording';
import { Releases } from './reserve/release';
import { Reservations } from './reserve/reservations';
import { Reserving } from './reserve/reserving';
import { Waiters } from './reserve/waiters';
import { OpenRisks } from './risk/open-risks';
import { ServeKits } from './reserve/serve-kits';
import { PromiseRisks } from './risk/promise-risks';
import { RiskSweep } from './risk/risk-sweep';

/** Everything but the binding of the API; tests provide what is around it. */
export const availabilityProviders: Provider[] = [
  availabilityConfig.provider,
  NodeDirectory,
  SourceRuleDirectory,
  PolicyDirectory,
  OpenRisks,
  Shortages,
  WhatIfs,
  PromiseRisks,
  RiskSweep,
  Waiters,
  Sequencing,
  Transit,
  StockLedger,
  Gaps,
  Postings,
  Expectations,
  StockEvents,
  Recording,
  Reservations,
  Freeing,
  Releases,
  Extensions,
  Reserving,
  Expiry,
  Policies,
  Promises,
  ChannelNumbers,
  Deltas,
  Receivers,
  FeedPush,
  Feeds,
  ToldNumbers,
  KitFollow,
  ServeKits,
  DriftSweep,
  FeedsService,
  Timelines,
  Invariants,
  ReservationViews,
  Reading,
  AvailabilityService,
  LedgerPages,
  RefusedFacts,
  SourceRules,
  Sources,
  LedgerService,
  PlanningService,
];

@Global()
@Module({
  providers: [
    ...availabilityProviders,
    secretsProvider,
    egressProvider,
    localBinding(availabilityContract, AvailabilityService),
    localBinding(planningContract, PlanningService),
    localBinding(ledgerContract, LedgerService),
    localBinding(feedsContract, FeedsService),
  ],
  exports: [AvailabilityApi, PlanningApi, LedgerApi, FeedsApi],
})
export class AvailabilityModule {}

export const availabilityApp: AppDefinition = {
  name: 'availability',
  layer: 'process',
  module: AvailabilityModule,
  controllers: [AvailabilityController, PlanningController, LedgerController, FeedsController],
  migrations: availabilityMigrations,
  config: [availabilityConfig, egressConfig],
  needs: [referenceContract],
};
