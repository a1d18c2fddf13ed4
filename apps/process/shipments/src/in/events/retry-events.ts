import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EXCEPTION_RETRY_ASKED } from '#contracts/events/exceptions';
import type { ExceptionRetryAsked } from '#contracts/events/exceptions';
import { Subscriptions } from '#messaging/subscriptions';
import { SUBSCRIBER } from '../../config';
import { isOutsideEffect } from '../../effects/effect';
import { EffectRunner } from '../../effects/effect-runner';

/** Somebody has mended why an effect failed: it is tried again. A cause that is still there fails it again, and tells so. */
@Injectable()
export class RetryEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<ExceptionRetryAsked>(SUBSCRIBER, EXCEPTION_RETRY_ASKED, (events, tx) => {
      const asked = events.filter(({ data }) => data.kind === 'SHIPMENT_EFFECT');
      return this.runner.retryFailed(tx, asked.flatMap(({ data }) => effectOf(data))); // prettier-ignore
    });
  }
}

/** `<shipment>/<effect>`: warehouses may have a slash in their numbers, effects have none. */
function effectOf({ id }: ExceptionRetryAsked) {
  const slash = id.lastIndexOf('/');
  const name = id.slice(slash + 1);
  return isOutsideEffect(name) ? [{ shipment: id.slice(0, slash), name }] : [];
}
