import { Breaker } from './breaker';
import { fromNetwork, fromStatus } from './outbound-errors';
import { retryAfterSeconds } from './retry-after';
import { Turnstile } from './turnstile';

describe('breaker', () => {
  const options = { threshold: 3, openMs: 1000, maximumOpenMs: 3000 };
  const opened = (): Breaker => {
    const breaker = new Breaker(options);
    for (let failures = 0; failures < 3; failures += 1) breaker.fail(0);
    return breaker;
  };

  it('opens after so many failures in a row, not before, and a success starts the count again', () => {
    const breaker = new Breaker(options);
    breaker.fail(0);
    breaker.fail(0);
    breaker.succeed();
    breaker.fail(0);
    breaker.fail(0);
    expect(breaker.state(0)).toBe('closed');
    breaker.fail(0);
    expect(breaker.state(0)).toBe('open');
    expect(breaker.admit(400)).toBe(600);
  });

  it('lets one call through when the pause is over; its success closes, its failure doubles the pause up to the limit', () => {
    const breaker = opened();
    expect(breaker.admit(1000)).toBe(0);
    expect(breaker.admit(1000)).toBeGreaterThan(0);
    breaker.fail(1000);
    expect(breaker.admit(2000)).toBe(1000);
    expect(breaker.admit(3000)).toBe(0);
    breaker.fail(3000);
    expect(breaker.admit(3000)).toBe(3000);
    expect(breaker.admit(6000)).toBe(0);
    breaker.succeed();
    expect(breaker.state(6000)).toBe('closed');
    expect(breaker.admit(6000)).toBe(0);
  });

  it('a probe that never went out leaves room for another', () => {
    const breaker = opened();
    expect(breaker.admit(1000)).toBe(0);
    breaker.abandon();
    expect(breaker.admit(1000)).toBe(0);
  });

  it('late failures of calls sent before it opened do not lengthen the pause', () => {
    const breaker = opened();
    breaker.fail(900);
    expect(breaker.admit(999)).toBe(1);
  });
});

describe('turnstile', () => {
  it('lets so many in at once, the others in the order they came', async () => {
    const turnstile = new Turnstile(2);
    const never = new AbortController().signal;
    await Promise.all([turnstile.enter(never), turnstile.enter(never)]);
    const order: number[] = [];
    const third = turnstile.enter(never).then(() => order.push(3));
    const fourth = turnstile.enter(never).then(() => order.push(4));
    turnstile.leave();
    await third;
    expect(order).toEqual([3]);
    turnstile.leave();
    await fourth;
    expect(order).toEqual([3, 4]);
    expect(turnstile.inFlight).toBe(2);
    turnstile.leave();
    turnstile.leave();
    expect(turnstile.inFlight).toBe(0);
  });

  it('who gives up leaves the line and takes no place', async () => {
    const turnstile = new Turnstile(1);
    const never = new AbortController().signal;
    await turnstile.enter(never);
    const impatient = new AbortController();
    const waiting = turnstile.enter(impatient.signal);
    impatient.abort();
    expect(await waiting).toBe(false);
    turnstile.leave();
    expect(turnstile.inFlight).toBe(0);
    expect(await turnstile.enter(AbortSignal.abort())).toBe(false);
  });
});

describe('retry classes', () => {
  const read = { connection: 'c', operation: 'GET /x', idempotent: true };
  const create = { connection: 'c', operation: 'POST /x', idempotent: false };
  const network = (code: string, syscall?: string): Error => Object.assign(new Error(code), { code, syscall });

  it.each([
    [200 + 200, 'refused', 'refused'],
    [401, 'unavailable', 'unavailable'],
    [403, 'unavailable', 'unavailable'],
    [404, 'refused', 'refused'],
    [408, 'unavailable', 'unknown-outcome'],
    [409, 'refused', 'refused'],
    [422, 'refused', 'refused'],
    [423, 'limited', 'limited'],
    [429, 'limited', 'limited'],
    [500, 'unavailable', 'unknown-outcome'],
    [503, 'unavailable', 'unknown-outcome'],
    [504, 'unavailable', 'unknown-outcome'],
    [302, 'refused', 'refused'],
  ])('%i is %s for a read, %s for a create', (status, ofRead, ofCreate) => {
    expect(fromStatus(read, status, undefined, '').kind).toBe(ofRead);
    expect(fromStatus(create, status, undefined, '').kind).toBe(ofCreate);
  });

  it('nothing was sent when the connection was never made; afterwards a create is unknown', () => {
    expect(fromNetwork(create, network('ECONNREFUSED'), false).kind).toBe('unavailable');
    expect(fromNetwork(create, network('ETIMEDOUT', 'connect'), false).kind).toBe('unavailable');
    expect(fromNetwork(create, network('ENOTFOUND', 'getaddrinfo'), false).kind).toBe('unavailable');
    expect(fromNetwork(create, network('ECONNRESET', 'read'), false)).toMatchObject({
      kind: 'unknown-outcome',
      details: { mayStillRun: true },
    });
    expect(fromNetwork(create, new Error('aborted'), true).kind).toBe('unknown-outcome');
    expect(fromNetwork(read, network('ECONNRESET'), false).kind).toBe('unavailable');
  });

  it('an error found as the cause of another counts', () => {
    expect(fromNetwork(create, new Error('wrapped', { cause: network('ECONNREFUSED') }), false).kind).toBe(
      'unavailable',
    );
  });

  it('Retry-After is seconds or a date, never negative, never beyond an hour', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect(retryAfterSeconds('7', now)).toBe(7);
    expect(retryAfterSeconds('Mon, 02 Mar 2026 10:00:30 GMT', now)).toBe(30);
    expect(retryAfterSeconds('Mon, 02 Mar 2026 09:00:00 GMT', now)).toBe(0);
    expect(retryAfterSeconds('999999', now)).toBe(3600);
    expect(retryAfterSeconds('soon', now)).toBeUndefined();
    expect(retryAfterSeconds(undefined, now)).toBeUndefined();
  });
});
