import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FallbackLimiter } from './fallback-limiter';
import type { Policy } from './gcra';
import { newRedisClient, RedisLimiter, type RedisClient } from './redis-limiter';

// Needs a Redis: REDIS_URL, else the default address; and the program redis-server, for one that is failures and killed.
const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const DAY = 86_400;

/** One gateway process each; resolves to how many calls each let through. */
async function calledAtOnce(
  processes: number,
  perProcess: { connections: number; calls: number; bucket: string; policies: readonly Policy[] },
): Promise<number[]> {
  const { connections, calls, bucket, policies } = perProcess;
  const script = join(__dirname, '../../test/limit-callers.cjs');
  const parameters = [url, String(connections), String(calls), bucket, JSON.stringify(policies)];
  const children = Array.from({ length: processes }, () => fork(script, parameters, { execArgv: [] }));
  await Promise.all(children.map((child) => said(child)));
  const answers = children.map((child) => said(child));
  children.forEach((child) => child.send('go'));
  return (await Promise.all(answers)).map(Number);
}

async function said(child: ChildProcess): Promise<unknown> {
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`a gateway process ended with ${String(code)} before it answered`);
  });
  const [message] = (await Promise.race([once(child, 'message'), gone])) as [unknown];
  gone.catch(() => undefined);
  return message;
}

describe('5,000 calls at once, from 2 processes over 8 connections', () => {
  const each = { connections: 4, calls: 2500 };

  it('at a burst of 20 let exactly 20 through, and what was refused cost the other policies nothing', async () => {
    const policies = [
      { name: 'burst', quota: 20, windowSeconds: DAY },
      { name: 'sustained', quota: 500, windowSeconds: DAY },
      { name: 'daily', quota: 10_000, windowSeconds: DAY },
    ];
    const bucket = randomUUID();
    const allowed = await calledAtOnce(2, { ...each, bucket, policies });
    expect(allowed.reduce((sum, part) => sum + part)).toBe(20);
    const client = await newRedisClient(url).connect();
    const { states } = await new RedisLimiter(client).take(bucket, policies, 1);
    expect(states.map(({ remaining, violated }) => [remaining, violated])).toEqual([
      [0, true],
      [480, false],
      [9980, false],
    ]);
    client.destroy();
  });

  it('at a burst of 20 that refills let through 20 and what came back meanwhile', async () => {
    const policies = [{ name: 'burst', quota: 20, windowSeconds: 2 }];
    const client = await newRedisClient(url).connect();
    const micros = async (): Promise<number> => {
      const [seconds, rest] = await client.sendCommand<[string, string]>(['TIME']);
      return Number(seconds) * 1_000_000 + Number(rest);
    };
    const before = await micros();
    const allowed = await calledAtOnce(2, { ...each, bucket: randomUUID(), policies });
    const refill = Math.floor(((await micros()) - before) / 100_000);
    const sum = allowed.reduce((total, part) => total + part);
    expect(sum).toBeGreaterThanOrEqual(20);
    expect(sum).toBeLessThanOrEqual(20 + refill);
    client.destroy();
  });
});

describe('a Redis that goes away and comes back', () => {
  let server: ChildProcess;
  let client: RedisClient;
  let own: string;
  const failures: unknown[] = [];
  const noted = (error: unknown): unknown => failures.push(error);
  const policies = [{ name: 'burst', quota: 100, windowSeconds: DAY }];

  const start = async (port: number): Promise<void> => {
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']);
    await once(server.stdout!, 'data');
  };
  const allowedOf = async (limiter: FallbackLimiter, bucket: string, calls: number): Promise<number> => {
    const verdicts = await Promise.all(Array.from({ length: calls }, () => limiter.take(bucket, policies, 1)));
    return verdicts.filter(({ allowed }) => allowed).length;
  };
  /** Until the shared limits answer again: a take after the pause that brings no new failure. */
  const backAgain = async (limiter: FallbackLimiter): Promise<void> => {
    for (let before = -1; before !== failures.length;) {
      await sleep(1100);
      before = failures.length;
      await limiter.take(randomUUID(), policies, 1);
    }
  };

  beforeAll(async () => {
    const port = await freePort();
    own = `redis://127.0.0.1:${port}`;
    await start(port);
    client = newRedisClient(own);
    client.on('error', () => undefined);
    await client.connect();
  });
  afterAll(() => {
    client.destroy();
    server.kill('SIGKILL');
  });

  it('leaves each of four gateways a quarter of the quota while it is silent, then holds for all of them again', async () => {
    const limiter = new FallbackLimiter(new RedisLimiter(client), 4, noted);
    const bucket = randomUUID();
    await backAgain(limiter);
    expect(await allowedOf(limiter, bucket, 40)).toBe(40);
    server.kill('SIGSTOP');
    expect(await allowedOf(limiter, bucket, 60)).toBe(25);
    expect(failures).not.toHaveLength(0);
    server.kill('SIGCONT');
    await backAgain(limiter);
    // What was asked while it stood still was taken when it went on: never more than the quota, whoever counted.
    expect(await allowedOf(limiter, bucket, 100)).toBeLessThanOrEqual(60);
  });

  it('is never open when it is killed, and its memory may be gone', async () => {
    const limiter = new FallbackLimiter(new RedisLimiter(client), 4, noted);
    const bucket = randomUUID();
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
    expect(await allowedOf(limiter, bucket, 100)).toBe(25);
    expect(await allowedOf(limiter, bucket, 100)).toBe(0);
    await start(Number(new URL(own).port));
    await backAgain(limiter);
    expect(await allowedOf(limiter, bucket, 150)).toBe(100);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
