import { Global, Module } from '@nestjs/common';
import {
  erpConnectionsContract,
  tmsConnectionsContract,
  wmsConnectionsContract,
} from '#contracts/connections/connections.api';
import { erpBooksContract } from '#contracts/connections/books.api';
import { availabilityContract } from '#contracts/availability/availability.api';
import { evidenceContract } from '#contracts/exceptions/evidence.api';
import { exceptionsContract } from '#contracts/exceptions/exceptions.api';
import { ledgerContract } from '#contracts/availability/ledger.api';
import { feedsContract } from '#contracts/availability/feeds.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import { mappingsContract } from '#contracts/reference/mappings.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import type { AppDefinition } from '#service/app';
import { OperationsBooksController } from './in/http/books.controller';
import { OperationsConnectionsController } from './in/http/connections.controller';
import { OperationsEvidenceController } from './in/http/evidence.controller';
import { OperationsExceptionsController } from './in/http/exceptions.controller';
import { OperationsFeedsController } from './in/http/feeds.controller';
import { OperationsInventoryController } from './in/http/inventory.controller';
import { OperationsLedgerController } from './in/http/ledger.controller';
import { OperationsMappingsController } from './in/http/mappings.controller';
import { OperationsOrderPoliciesController } from './in/http/order-policies.controller';
import { OperationsOrdersController } from './in/http/orders.controller';
import { OperationsPoliciesController } from './in/http/policies.controller';
import { OperationsReferenceController } from './in/http/reference.controller';
import { OperationsShipmentsController } from './in/http/shipments.controller';
import { OperationsBackends } from './out/backends';
import { OperationsProcesses } from './out/processes';
import { OperationsTrouble } from './out/trouble';
import { InvariantsView } from './views/invariants';
import { ReplayView } from './views/replay';

const providers = [OperationsProcesses, OperationsTrouble, OperationsBackends, InvariantsView, ReplayView];

@Global()
@Module({ providers, exports: providers })
export class OperationsModule {}

/** What operators see: reference data, stock, every order, connections. */
export const operationsApp: AppDefinition = {
  name: 'operations',
  layer: 'experience',
  module: OperationsModule,
  controllers: [
    OperationsReferenceController,
    OperationsMappingsController,
    OperationsInventoryController,
    OperationsLedgerController,
    OperationsPoliciesController,
    OperationsFeedsController,
    OperationsOrdersController,
    OperationsOrderPoliciesController,
    OperationsShipmentsController,
    OperationsExceptionsController,
    OperationsEvidenceController,
    OperationsConnectionsController,
    OperationsBooksController,
  ],
  needs: [
    referenceContract,
    mappingsContract,
    availabilityContract,
    ledgerContract,
    feedsContract,
    ordersContract,
    validationContract,
    shipmentsContract,
    exceptionsContract,
    evidenceContract,
    erpConnectionsContract,
    wmsConnectionsContract,
    tmsConnectionsContract,
    erpBooksContract,
  ],
};
