import { createHash } from 'node:crypto';
import { createClient } from 'redis';
import { interval, verdict, type Limiter, type Policy, type Verdict } from './gcra';

/**
 * gcra.ts in Lua: one atomic step for all policies, on the clock of Redis, so that every gateway agrees.
 * KEYS: one per policy. ARGV: now in microseconds or 0 for the clock of Redis, cost, then interval and quota per policy.
 * A key lives a minute longer than it matters, so that no difference of clocks forgets it early.
 * Answers allowed, now, and the arrival time of each policy. All numbers stay below 2^53.
 */
export const GCRA_LUA = `
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local cost = tonumber(ARGV[2])
local bases, nexts, nearer, allowed = {}, {}, {}, 1
for i, key in ipairs(KEYS) do
  local interval, quota = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
  local was = math.max(tonumber(redis.call('GET', key) or '0'), now)
  bases[i] = math.min(was, now + interval * quota)
  nearer[i] = bases[i] < was
  nexts[i] = bases[i] + math.min(cost, quota) * interval
  if nexts[i] - now > interval * quota then allowed = 0 end
end
local answer = { allowed, now }
for i, key in ipairs(KEYS) do
  local tat = allowed == 1 and nexts[i] or bases[i]
  if allowed == 1 or nearer[i] then
    redis.call('SET', key, string.format('%.0f', tat), 'PX', math.ceil((tat - now) / 1000) + 60000)
  end
  answer[2 + i] = tat
end
return answer
`;
const SHA = createHash('sha1').update(GCRA_LUA).digest('hex');

export type RedisClient = ReturnType<typeof newRedisClient>;

/** A client that fails at once while Redis is away instead of queueing: the local limits take over. */
export function newRedisClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2000) },
  });
}

/** Limits that hold across gateways. */
export class RedisLimiter implements Limiter {
  constructor(
    private readonly client: RedisClient,
    private readonly nowMicros: () => number = () => 0,
  ) {}

  async take(bucket: string, policies: readonly Policy[], cost: number): Promise<Verdict> {
    // The braces keep the policies of a bucket in one slot of a cluster.
    const keys = policies.map((policy) => `crossdock:limit:{${bucket}}:${policy.name}`);
    const numbers = [this.nowMicros(), cost, ...policies.flatMap((policy) => [interval(policy), policy.quota])];
    const reply = await this.run(keys, numbers.map(String));
    const [allowed = 0, now = 0, ...tats] = (reply as (number | string)[]).map(Number);
    return verdict(policies, tats, cost, now, allowed === 1);
  }

  private async run(keys: string[], args: string[]): Promise<unknown> {
    try {
      return await this.client.evalSha(SHA, { keys, arguments: args });
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return this.client.eval(GCRA_LUA, { keys, arguments: args });
    }
  }
}
