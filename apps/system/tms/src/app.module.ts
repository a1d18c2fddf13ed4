import { Global, Module } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import { TmsConnectionsApi, tmsConnectionsContract } from '#contracts/connections/connections.api';
import { TmsApi, tmsContract } from '#contracts/tms/tms.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { TmsConnectionsController } from './in/http/connections.controller';
import { TmsController } from './in/http/tms.controller';
import { ReceiveTracking } from './in/webhooks/receive-tracking';
import { TmsWebhooksController } from './in/webhooks/tms-webhooks.controller';
import { tmsMigrations } from './migrations';
import { TmsConnections } from './tms-connections';
import { TmsService } from './tms.service';

@Global()
@Module({
  providers: [
    secretsProvider,
    TmsConnections,
    TmsService,
    ReceiveTracking,
    localBinding(tmsContract, TmsService),
    localBinding(tmsConnectionsContract, TmsConnections),
  ],
  // The webhook controller is mounted by whoever starts the app, so what it calls is exported.
  exports: [TmsApi, TmsConnectionsApi, ReceiveTracking],
})
export class TmsModule {}

export const tmsApp: AppDefinition = {
  name: 'tms',
  layer: 'system',
  module: TmsModule,
  controllers: [TmsController, TmsConnectionsController],
  publicControllers: [TmsWebhooksController],
  migrations: tmsMigrations,
};
