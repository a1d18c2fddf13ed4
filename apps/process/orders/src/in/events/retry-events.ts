import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EXCEPTION_RETRY_ASKED, type ExceptionRetryAsked } from '#contracts/events/exceptions';
import { Subscriptions } from '#messaging/subscriptions';
import { ProcessOrders } from '../../fulfil-order/process-orders';

/** Somebody has mended the cause: holds are lifted as by `retryHolds`. A cause that is still there holds the order again. */
@Injectable()
export class RetryEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly orders: ProcessOrders,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<ExceptionRetryAsked>('orders', EXCEPTION_RETRY_ASKED, (events, tx) => {
      const asked = events.filter(({ data }) => data.kind === 'ORDER_HOLDS');
      return this.orders.apply(
        tx,
        asked.map(({ data }) => ({ order: data.id, event: { type: 'RETRY', who: data.actor, why: data.reason } })),
      );
    });
  }
}
