import { Global, Module } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import { ErpBooksApi, erpBooksContract } from '#contracts/connections/books.api';
import { ErpConnectionsApi, erpConnectionsContract } from '#contracts/connections/connections.api';
import { ErpApi, erpContract } from '#contracts/erp/erp.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { registry } from './backends/registry';
import { erpConfig } from './config';
import { ERP_REGISTRY, ErpConnections } from './connections.service';
import { ErpBooks } from './erp-books';
import { erpMigrations } from './erp.migrations';
import { ErpService } from './erp.service';
import { ErpBooksController } from './in/http/books.controller';
import { ErpConnectionsController } from './in/http/connections.controller';
import { ErpController } from './in/http/erp.controller';
import { MasterData } from './in/poll/master-data';
import { MasterDataPoller } from './in/poll/master-data.poller';
import { CursorStore } from './out/cursor.store';

@Global()
@Module({
  providers: [
    erpConfig.provider,
    secretsProvider,
    { provide: ERP_REGISTRY, useValue: registry },
    ErpConnections,
    CursorStore,
    MasterData,
    MasterDataPoller,
    ErpService,
    ErpBooks,
    localBinding(erpBooksContract, ErpBooks),
    localBinding(erpContract, ErpService),
    localBinding(erpConnectionsContract, ErpConnections),
  ],
  exports: [ErpApi, ErpConnectionsApi, ErpBooksApi],
})
export class ErpModule {}

/** Any ERP behind one canonical API. */
export const erpApp: AppDefinition = {
  name: 'erp',
  layer: 'system',
  module: ErpModule,
  controllers: [ErpController, ErpConnectionsController, ErpBooksController],
  migrations: erpMigrations,
  config: [erpConfig],
};
