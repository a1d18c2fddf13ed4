import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { FallbackLimiter } from '../../apps/gateway/src/limits/fallback-limiter';
import { interval, type Policy } from '../../apps/gateway/src/limits/gcra';
import { GCRA_LUA, newRedisClient, RedisLimiter } from '../../apps/gateway/src/limits/redis-limiter';
import { type Bench, BenchFailed } from './bench';
import { compared } from './pairs';

const SERVER = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const CALLERS = 64;
const BUCKETS = 1000;
const NAME = 'limits.redis';
/** Three quotas as a plan has them, large enough that no check is refused. */
const POLICIES: readonly Policy[] = [
  { name: 'burst', quota: 100_000_000, windowSeconds: 60 },
  { name: 'sustained', quota: 100_000_000, windowSeconds: 3600 },
  { name: 'daily', quota: 100_000_000, windowSeconds: 86_400 },
];

/** The limiter as the gateway uses it, beside `redis-benchmark` with the same script, policies and number of callers. */
export const limitsRedis: Bench = {
  name: NAME,
  heavy: true,
  async run({ short, named, say }) {
    const client = newRedisClient(SERVER);
    client.on('error', () => undefined);
    const sha = await client
      .connect()
      .then(() => client.scriptLoad(GCRA_LUA))
      .catch((error: unknown) => {
        if (named) throw new BenchFailed(`no Redis at ${SERVER}: ${String(error)}`);
        return undefined;
      });
    const row = { name: NAME, unit: 'checks/s', wanted: 0.6 };
    if (sha === undefined) return [{ ...row, ours: NaN, reference: NaN, note: `no Redis at ${SERVER}` }];
    const checks = short ? 60_000 : 300_000;
    try {
      await checked(client, checks / 4);
      const rivals = { ours: () => checked(client, checks), reference: () => raw(sha, checks) };
      return [await compared({ ...row, ...rivals, pairs: short ? 2 : 5 }, { say })];
    } finally {
      client.destroy();
    }
  },
};

/** Checks in a second, by callers that each wait for their verdict. */
async function checked(client: ReturnType<typeof newRedisClient>, checks: number, again = 3): Promise<number> {
  const late: unknown[] = [];
  const limiter = new FallbackLimiter(new RedisLimiter(client), 1, (error) => late.push(error));
  const run = randomUUID();
  let left = checks;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while ((left -= 1) >= 0) {
      const { allowed } = await limiter.take(`${run}:${left % BUCKETS}`, POLICIES, 1);
      if (!allowed) throw new BenchFailed('a check was refused');
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const rate = checks / ((performance.now() - started) / 1000);
  // Then checks of this process stand for those of Redis for a second: that number is none.
  if (late.length === 0) return rate;
  if (again === 0) throw new BenchFailed(`Redis did not answer in time: ${String(late[0])}`);
  return checked(client, checks, again - 1);
}

async function raw(sha: string, checks: number): Promise<number> {
  const keys = POLICIES.map(({ name }) => `crossdock:limit:{bench-__rand_int__}:${name}`);
  const values = ['0', '1', ...POLICIES.flatMap((policy) => [interval(policy), policy.quota]).map(String)];
  const load = ['-c', String(CALLERS), '-n', String(checks), '-r', String(BUCKETS), '--csv'];
  const command = ['evalsha', sha, String(keys.length), ...keys, ...values];
  const { stdout } = await promisify(execFile)('redis-benchmark', ['-u', SERVER, ...load, ...command]);
  // The last line: "test","rps",…; before it the titles.
  const rate = Number(/^"[^\n]*?","([\d.]+)"/m.exec(stdout.trim().split('\n').at(-1) ?? '')?.[1]);
  if (!(rate > 0)) throw new BenchFailed(`redis-benchmark said ${stdout.slice(0, 300)}`);
  return rate;
}
