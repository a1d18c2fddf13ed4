import { defineConfig, integer, type ConfigOf } from '#service/config';

export const availabilityConfig = defineConfig('availability', {
  horizonDays: integer('CROSSDOCK_ATP_HORIZON_DAYS', 180, 'days ahead that expected supply counts', {
    min: 1,
    max: 730,
  }),
  pastDueDays: integer(
    'CROSSDOCK_PAST_DUE_SUPPLY_DAYS',
    0,
    'days that supply may be late and still count, then for tomorrow; 0: late supply does not count',
    { max: 60 },
  ),
  reservationLifeSeconds: integer(
    'CROSSDOCK_RESERVATION_LIFE_SECONDS',
    604_800,
    'seconds from its creation that a soft reservation may live at most, however often it is extended',
    { min: 60, max: 7_776_000 },
  ),
  preemptPriority: integer(
    'CROSSDOCK_PREEMPT_PRIORITY',
    0,
    'reservations up to this priority number may take from soft ones of a larger number when they ask to; 0: none may',
    { max: 8 },
  ),
  gapAskSeconds: integer(
    'CROSSDOCK_GAP_ASK_SECONDS',
    60,
    'seconds between two times that a source is asked for what is missing',
    {
      min: 1,
      max: 86_400,
    },
  ),
  gapAsks: integer('CROSSDOCK_GAP_ASKS', 30, 'times that a source is asked again for the same gap', { max: 10_000 }),
  feedAlertSeconds: integer(
    'CROSSDOCK_FEED_ALERT_SECONDS',
    172_800,
    'seconds for which every push to a channel may fail before it is an exception',
    { max: 31_536_000 },
  ),
  gapAlertSeconds: integer(
    'CROSSDOCK_GAP_ALERT_SECONDS',
    300,
    'seconds that numbers of a source may be missing before it is an exception',
    {
      max: 604_800,
    },
  ),
  gapGiveUpSeconds: integer(
    'CROSSDOCK_GAP_GIVE_UP_SECONDS',
    3_600,
    'seconds after which missing numbers are given up and what waits for them counts, marked; 0: only by a call',
    { max: 2_592_000 },
  ),
  transitAlertSeconds: integer(
    'CROSSDOCK_TRANSIT_ALERT_SECONDS',
    1_209_600,
    'seconds that a transfer may be in transit before it is an exception',
    { min: 1, max: 31_536_000 },
  ),
  nodesCacheMs: integer('CROSSDOCK_NODES_CACHE_MS', 5_000, 'milliseconds for which the list of nodes is kept', {
    max: 600_000,
  }),
  policiesCacheMs: integer(
    'CROSSDOCK_POLICIES_CACHE_MS',
    1_000,
    'milliseconds after which a policy stored by another process counts here at the latest',
    { max: 60_000 },
  ),
});
export type AvailabilityConfig = ConfigOf<typeof availabilityConfig>;
