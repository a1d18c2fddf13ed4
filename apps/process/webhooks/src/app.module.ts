import { Global, Module } from '@nestjs/common';
import { secretsProvider } from '#connections/secrets.provider';
import { WebhooksApi, webhooksContract } from '#contracts/webhooks/webhooks.api';
import { egressConfig, egressProvider } from '#egress/egress.provider';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { webhooksMigrations } from '../migrations/migrations';
import { webhooksConfig } from './config';
import { Disable } from './deliver/disable';
import { Lanes } from './deliver/lanes';
import { Suspend } from './deliver/suspend';
import { Sender } from './deliver/sender';
import { Endpoints } from './endpoints/endpoints';
import { Replays } from './endpoints/replays';
import { OutboxEvents } from './in/events/outbox-events';
import { WebhooksController } from './in/http/webhooks.controller';
import { Forget } from './record-events/forget';
import { RecordEvents } from './record-events/record-events';
import { WebhooksService } from './webhooks.service';

/** Without what the process gives: the database, jobs and events. */
export const webhooksProviders = [
  webhooksConfig.provider,
  RecordEvents,
  Forget,
  OutboxEvents,
  Sender,
  Disable,
  Suspend,
  Lanes,
  Endpoints,
  Replays,
  WebhooksService,
];

@Global()
@Module({
  providers: [secretsProvider, egressProvider, ...webhooksProviders, localBinding(webhooksContract, WebhooksService)],
  exports: [WebhooksApi],
})
export class WebhooksModule {}

/** What partners are told: a feed of events each, and webhooks, signed and tried again until they are taken. */
export const webhooksApp: AppDefinition = {
  name: 'webhooks',
  layer: 'process',
  module: WebhooksModule,
  controllers: [WebhooksController],
  migrations: webhooksMigrations,
  config: [webhooksConfig, egressConfig],
};
