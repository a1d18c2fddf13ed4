import type { ConfigOf } from '#service/config';
import { defineConfig, integer } from '#service/config';

/** The app, and the name under which it hears events. */
export const APP = 'process/webhooks';
export const SUBSCRIBER = 'webhooks';

export const webhooksConfig = defineConfig('webhooks', {
  eventDays: integer('CROSSDOCK_WEBHOOKS_EVENT_DAYS', 30, 'days for which events and their deliveries are kept', {
    min: 4,
    max: 400,
  }),
  lanes: integer(
    'CROSSDOCK_WEBHOOKS_LANES',
    32,
    'endpoints served at once by this process; as many more for those that are slow or do not answer',
    { min: 1, max: 500 },
  ),
  timeoutMilliseconds: integer(
    'CROSSDOCK_WEBHOOKS_TIMEOUT_MS',
    15_000,
    'an attempt without a whole answer in it failed',
    {
      min: 100,
      max: 15_000,
    },
  ),
});
export type WebhooksConfig = ConfigOf<typeof webhooksConfig>;
