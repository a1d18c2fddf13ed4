import type { ConfigOf } from '#service/config';
import { defineConfig, integer } from '#service/config';

/** The name under which this app hears events. */
export const SUBSCRIBER = 'exceptions';

export const exceptionsConfig = defineConfig('exceptions', {
  deadWorkSeconds: integer(
    'CROSSDOCK_EXCEPTIONS_DEAD_WORK_SECONDS',
    5,
    'seconds between two looks at jobs that are dead (each has its exception, and each exception ends with its job) and at due times',
    { min: 1, max: 3600 },
  ),
  archiveDays: integer(
    'CROSSDOCK_ARCHIVE_DAYS',
    90,
    'days for which payloads of messages in and out are kept; their ids stay',
    { min: 1, max: 3650 },
  ),
});
export type ExceptionsConfig = ConfigOf<typeof exceptionsConfig>;
