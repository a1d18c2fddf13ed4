import { Global, Module } from '@nestjs/common';
import { Inbox } from './inbox';
import { JobOperations } from './job-operations';
import { Jobs } from './jobs';
import { Listener } from './listener';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { Subscriptions } from './subscriptions';

/** Jobs, events and the inbox of one process. Needs a `Database` that is provided globally. */
@Global()
@Module({
  providers: [Listener, Jobs, JobOperations, Outbox, Subscriptions, Relay, Inbox],
  exports: [Jobs, JobOperations, Outbox, Subscriptions, Relay, Inbox],
})
export class MessagingModule {}
