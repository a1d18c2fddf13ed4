import type { ConfigOf } from '#service/config';
import { defineConfig, integer } from '#service/config';

/** The name under which this app hears events. */
export const SUBSCRIBER = 'exceptions';

export const exceptionsConfig = defineConfig('exceptions', {
  deadWorkSeconds: integer(
    'CROSSDOCK_EXCEPTIONS_DEAD_WORK_SECONDS',
    5,
    'seconds between two looks at jobs that are dead: each has its exception, and each exception ends with its job',
    { min: 1, max: 3600 },
  ),
});
export type ExceptionsConfig = ConfigOf<typeof exceptionsConfig>;
