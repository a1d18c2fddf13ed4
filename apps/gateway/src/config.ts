import { defineConfig, flag, integer, secret, text, type ConfigOf, type Setting } from '#service/config';
import { outsideIssuers, type OutsideIssuer } from './oauth/outside-issuers';

function issuers(variable: string, doc: string): Setting<ReadonlyMap<string, OutsideIssuer>> {
  return { variable, fallback: new Map(), doc, read: outsideIssuers };
}

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
  shedDelayMilliseconds: integer(
    'CROSSDOCK_SHED_DELAY_MS',
    500,
    'reads are sent away when work waits so long for its turn in this process, writes at ten times as much; 0: never',
    { max: 60_000 },
  ),
  shedInFlight: integer(
    'CROSSDOCK_SHED_IN_FLIGHT',
    1000,
    'reads answered at once in this process, and four times as many writes; more are sent away; 0: no limit',
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
  sandbox: flag(
    'CROSSDOCK_SANDBOX',
    false,
    'every backend of this installation is simulated: test keys may change what backends see',
  ),
  retireInUse: text(
    'CROSSDOCK_RETIRE_IN_USE',
    '',
    'why something may end that partners called in the last 30 days; without a reason the gateway does not start then',
  ),
  publicUrl: text(
    'CROSSDOCK_PUBLIC_URL',
    '',
    'where people reach the gateway, e.g. https://api.example.com; taken from the request when empty',
  ),
  oidcIssuer: text('CROSSDOCK_OIDC_ISSUER', '', 'the OpenID provider that people sign in with; nobody can when empty'),
  oidcClientId: text('CROSSDOCK_OIDC_CLIENT_ID', 'crossdock', 'the name of this installation at that provider'),
  oidcClientSecret: secret('CROSSDOCK_OIDC_CLIENT_SECRET', '', 'its secret at that provider'),
  sessionHours: integer('CROSSDOCK_SESSION_HOURS', 12, 'hours after which a person signs in again', {
    min: 1,
    max: 168,
  }),
  requestLogDays: integer('CROSSDOCK_REQUEST_LOG_DAYS', 7, 'days for which requests of partners are kept', {
    min: 1,
    max: 90,
  }),
  usageDays: integer('CROSSDOCK_USAGE_DAYS', 90, 'days for which calls are counted by the minute', {
    min: 1,
    max: 400,
  }),
  tokenIssuer: text(
    'CROSSDOCK_TOKEN_ISSUER',
    'urn:crossdock',
    'what our access tokens say in iss: the https address of this installation where others check them',
  ),
  tokenAudience: text('CROSSDOCK_TOKEN_AUDIENCE', 'urn:crossdock:api', 'what our access tokens say in aud'),
  tokenIssuers: issuers(
    'CROSSDOCK_TOKEN_ISSUERS',
    'other issuers whose access tokens are taken, in JSON: [{"issuer":…,"jwksUrl":…,"audience":…}]',
  ),
  internalSecret: secret(
    'CROSSDOCK_INTERNAL_SECRET',
    '',
    'signs the caller towards experience apps in other processes',
  ),
});
export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
