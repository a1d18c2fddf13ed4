import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PARTNER_PUT, type PartnerPut } from '#contracts/events/partners';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { ExceptionCleared, ExceptionOpened } from '#contracts/events/exceptions';
import { Subscriptions, type EventBatchHandler } from '#messaging/subscriptions';
import { SUBSCRIBER } from '../../config';
import { partnerEvents, TOLD_TYPES } from '../../record-events/partner-events';
import { Suspend } from '../../deliver/suspend';
import { RecordEvents } from '../../record-events/record-events';
import { troublesCleared, troublesOpened } from '../../record-events/troubles';

/** What the other apps say, as far as partners hear of it. */
@Injectable()
export class OutboxEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly events: RecordEvents,
    private readonly suspend: Suspend,
  ) {}

  onModuleInit(): void {
    // One handler for all of them: events of many types are recorded with the same few statements.
    const tell: EventBatchHandler<unknown> = async (events, tx) => {
      await this.events.record(tx, events.flatMap(partnerEvents));
    };
    this.subscriptions.batch<PartnerPut>(
      SUBSCRIBER,
      PARTNER_PUT,
      (events, tx) =>
      this.suspend.follow(tx, events.map(({ data }) => data)), // prettier-ignore
    );
    for (const type of TOLD_TYPES) this.subscriptions.batch(SUBSCRIBER, type, tell);
    this.subscriptions.batch<ExceptionOpened>(SUBSCRIBER, EXCEPTION_OPENED, async (events, tx) => {
      await this.events.record(tx, await troublesOpened(tx, events));
    });
    this.subscriptions.batch<ExceptionCleared>(SUBSCRIBER, EXCEPTION_CLEARED, async (events, tx) => {
      await this.events.record(tx, await troublesCleared(tx, events));
    });
  }
}
