import { defineConfig, integer, secret, type ConfigOf } from '#service/config';

export const gatewayConfig = defineConfig('gateway', {
  redisUrl: secret(
    'REDIS_URL',
    '',
    'limits hold across processes through this Redis; in this process alone when empty',
  ),
  instances: integer('CROSSDOCK_GATEWAYS', 1, 'gateways running: each takes its part of a quota while Redis is away', {
    min: 1,
    max: 1000,
  }),
  keyCacheMilliseconds: integer(
    'CROSSDOCK_KEY_CACHE_MS',
    4000,
    'how long a key is believed without asking; a revoked key dies within it',
    { max: 5000 },
  ),
  inboundPerMinute: integer(
    'CROSSDOCK_INBOUND_PER_MINUTE',
    6000,
    'webhook calls taken from one connection in a minute',
    { min: 1 },
  ),
  idempotencyLeaseSeconds: integer(
    'CROSSDOCK_IDEMPOTENCY_LEASE_SECONDS',
    60,
    'after this an unfinished attempt may be run again',
    { min: 1, max: 3600 },
  ),
  idempotencyDays: integer('CROSSDOCK_IDEMPOTENCY_DAYS', 30, 'days for which an answer is replayed under its key', {
    min: 1,
    max: 400,
  }),
  internalSecret: secret(
    'CROSSDOCK_INTERNAL_SECRET',
    '',
    'signs the caller towards experience apps in other processes',
  ),
});
export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
