import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '#service/logging';
import { gatewayConfig, type GatewayConfig } from './config';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { FallbackLimiter } from './limits/fallback-limiter';
import type { Limiter } from './limits/gcra';
import { LocalLimiter } from './limits/local-limiter';
import { newRedisClient, RedisLimiter, type RedisClient } from './limits/redis-limiter';
import { GcraThrottlerStorage } from './limits/throttler-storage';
import { TokenEndpoint } from './oauth/token-endpoint';
import { KeyRing } from './partners/key-ring';
import { Sessions } from './people/sessions';
import { SignIn } from './people/sign-in';
import { NamedByKey } from './pipeline/named-by-key';
import { RequestLog } from './requests/request-log';
import { Pins } from './versions/pins';
import { Retirement } from './versions/retirement';

/** What the front door asks for help: keys, people, limits, kept answers, the log of requests. */
@Injectable()
export class GatewayServices implements OnApplicationShutdown {
  readonly limiter: Limiter;
  readonly throttler: GcraThrottlerStorage;
  private readonly redis: RedisClient | undefined;

  constructor(
    readonly keys: KeyRing,
    readonly idempotency: IdempotencyStore,
    readonly named: NamedByKey,
    readonly sessions: Sessions,
    readonly signIn: SignIn,
    readonly requests: RequestLog,
    readonly tokens: TokenEndpoint,
    readonly pins: Pins,
    readonly retirement: Retirement,
    readonly log: Log,
    @Inject(gatewayConfig.token) readonly config: GatewayConfig,
  ) {
    this.redis = config.redisUrl === '' ? undefined : newRedisClient(config.redisUrl);
    this.limiter = this.redis === undefined ? new LocalLimiter() : this.shared(this.redis);
    this.throttler = new GcraThrottlerStorage(this.limiter);
  }

  onApplicationShutdown(): void {
    this.redis?.destroy();
  }

  private shared(redis: RedisClient): Limiter {
    // Also when Redis is away at the start the client keeps trying, and the local limits hold until it is there.
    redis.on('error', (error: unknown) => this.log.debug({ error }, 'redis'));
    redis.connect().catch((error: unknown) => this.log.warn({ error }, 'redis is away: limits hold per process'));
    const away = (error: unknown): void => this.log.warn({ error }, 'redis is away: limits hold per process');
    return new FallbackLimiter(new RedisLimiter(redis), this.config.instances, away);
  }
}
