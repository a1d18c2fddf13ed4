import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Subscriptions } from '#messaging/subscriptions';
import type { EventBatchHandler } from '#messaging/subscriptions';
import { SUBSCRIBER } from '../../config';
import { tell } from '../../out/timeline.store';
import { TELLERS, toldBy } from '../../timeline/told';

/** What happens to orders, written down as it is told: many events in one statement. */
@Injectable()
export class TimelineEvents implements OnModuleInit {
  constructor(private readonly subscriptions: Subscriptions) {}

  onModuleInit(): void {
    const write: EventBatchHandler<unknown> = (events, tx) =>
      tell(
        tx,
        events.map((event) => ({ event, told: toldBy(event) })),
      );
    for (const type of Object.keys(TELLERS)) this.subscriptions.batch(SUBSCRIBER, type, write);
  }
}
