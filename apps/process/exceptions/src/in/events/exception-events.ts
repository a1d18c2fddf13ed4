import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { ExceptionCleared, ExceptionOpened } from '#contracts/events/exceptions';
import { Subscriptions } from '#messaging/subscriptions';
import { SUBSCRIBER } from '../../config';
import type { Arrival } from '../../keep-exception/decide';
import { KeepExceptions } from '../../keep-exception/keep-exceptions';

/** What any app says of its troubles. */
@Injectable()
export class ExceptionEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly exceptions: KeepExceptions,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<ExceptionOpened>(SUBSCRIBER, EXCEPTION_OPENED, (events, tx) =>
      this.exceptions.apply(
        tx,
        events.map((event) => ({ type: 'OPENED', trouble: event.data, arrival: arrivalOf(event) })),
      ),
    );
    this.subscriptions.batch<ExceptionCleared>(SUBSCRIBER, EXCEPTION_CLEARED, (events, tx) =>
      this.exceptions.apply(
        tx,
        events.map((event) => ({ type: 'CLEARED', over: event.data, arrival: arrivalOf(event) })),
      ),
    );
  }
}

function arrivalOf({ source, correlationid, sequence, time }: CrossdockEvent): Arrival {
  return { source, correlationId: correlationid, sequence, at: new Date(time).toISOString() };
}
