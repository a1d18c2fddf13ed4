import { Global, Module } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import { WmsConnectionsApi, wmsConnectionsContract } from '#contracts/connections/connections.api';
import { WmsApi, wmsContract } from '#contracts/wms/wms.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { wmsConfig } from './config';
import { StockGaps } from './in/events/stock-gaps';
import { LoadFile } from './in/files/load-file';
import { PollFiles } from './in/files/poll-files';
import { WmsConnectionsController } from './in/http/connections.controller';
import { WmsController } from './in/http/wms.controller';
import { MapMessages } from './in/messages/map-messages';
import { ReceiveWebhook } from './in/webhooks/receive-webhook';
import { WmsWebhooksController } from './in/webhooks/wms-webhooks.controller';
import { wmsMigrations } from './migrations';
import { WmsConnections } from './wms-connections';
import { WmsService } from './wms.service';

@Global()
@Module({
  providers: [
    wmsConfig.provider,
    secretsProvider,
    WmsConnections,
    WmsService,
    localBinding(wmsContract, WmsService),
    localBinding(wmsConnectionsContract, WmsConnections),
    StockGaps,
    MapMessages,
    ReceiveWebhook,
    LoadFile,
    PollFiles,
  ],
  exports: [WmsApi, WmsConnectionsApi, ReceiveWebhook],
})
export class WmsModule {}

export const wmsApp: AppDefinition = {
  name: 'wms',
  layer: 'system',
  module: WmsModule,
  controllers: [WmsController, WmsConnectionsController],
  publicControllers: [WmsWebhooksController],
  migrations: wmsMigrations,
  config: [wmsConfig],
};
