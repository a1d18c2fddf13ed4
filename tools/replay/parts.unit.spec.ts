import { arithmeticFaults, isExplained } from './census';
import { Lanes } from './lanes';
import { Latencies } from './latencies';
import { optionsOf, serverOf, UsageError } from './options';
import { errorsOf, reasonOf } from './problem';
import { duration, Progress } from './progress';

describe('progress', () => {
  function drawn(isTTY: boolean): string[] {
    let now = 0;
    const texts: string[] = [];
    const progress = new Progress('replay', 100, { isTTY, write: (text) => texts.push(text) }, () => now, 10);
    for (let count = 0; count < 40; count++) {
      now += 500;
      progress.advance('2010-12-01');
    }
    progress.end();
    return texts;
  }

  it('shows share, rate of this run and time left; what an earlier run did is no part of the rate', () => {
    expect(drawn(false).at(-1)).toBe(
      'replay [##############..............]  50 % 50/100 · 2.0/s · 25s left · 2010-12-01\n',
    );
  });

  it('writes a line now and then into a log, and redraws on a terminal', () => {
    expect(drawn(false).length).toBeLessThan(8);
    expect(drawn(true).length).toBeGreaterThan(30);
    expect(drawn(true)[0]).toMatch(/^\r/);
  });

  it.each([
    [9, '9s'],
    [186, '3m 06s'],
    [3725, '1h 02m'],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('lanes', () => {
  it('run so many at a time, in order within a lane, and wait when enough is queued', async () => {
    const lanes = new Lanes(3, 6);
    let running = 0;
    let most = 0;
    const seen: string[] = [];
    for (let count = 0; count < 60; count++) {
      const lane = String(count % 5);
      await lanes.submit(lane, async () => {
        most = Math.max(most, ++running);
        await new Promise((resume) => setTimeout(resume, Math.random() * 3));
        seen.push(`${lane} ${String(count).padStart(2, '0')}`);
        running--;
      });
    }
    await lanes.drain();
    expect(most).toBe(3);
    expect(seen).toHaveLength(60);
    for (const lane of ['0', '1', '2', '3', '4']) {
      const ours = seen.filter((each) => each.startsWith(lane));
      expect(ours).toEqual([...ours].sort());
    }
  });

  it('start nothing after a failure, and throw it', async () => {
    const lanes = new Lanes(1, 2);
    let started = 0;
    const submit = async (): Promise<void> => {
      for (let count = 0; count < 10; count++)
        await lanes.submit('a', () => (++started === 2 ? Promise.reject(new Error('away')) : Promise.resolve()));
      await lanes.drain();
    };
    await expect(submit()).rejects.toThrow('away');
    expect(started).toBe(2);
  });
});

describe('the end of a replay', () => {
  it('knows quantiles within two percent', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1000; ms++) latencies.add(ms);
    expect(Math.abs((latencies.quantile(0.5) ?? 0) / 500 - 1)).toBeLessThan(0.03);
    expect(Math.abs((latencies.quantile(0.99) ?? 0) / 990 - 1)).toBeLessThan(0.03);
    expect(new Latencies().quantile(0.5)).toBeUndefined();
  });

  const line = { line: 1, ordered: '5', shipped: '2', open: '2', cancelled: '1', backordered: '2' };
  const view = (fields: object) => [{ ...line, ...fields }] as Parameters<typeof arithmeticFaults>[0]['lines'];
  it.each([
    [{}, 0],
    [{ open: '3' }, 1],
    [{ backordered: '2.5' }, 1],
    [{ ordered: '-1', shipped: '-4' }, 1],
  ])('holds ordered = cancelled + shipped + open against %j', (fields, faults) =>
    expect(arithmeticFaults({ lines: view(fields) })).toHaveLength(faults),
  );

  it('explains an order by its end, a hold, or a backorder of all that is open', () => {
    const hold = { id: 'h1', type: 'COMMAND' as const, code: 'BACKEND_REFUSED', detail: '', owner: 'integration', who: 'orders', blocking: true, since: '' }; // prettier-ignore
    expect(isExplained({ status: 'PARTIALLY_SHIPPED', holds: [], lines: view({}) })).toBe(true);
    expect(isExplained({ status: 'PARTIALLY_SHIPPED', holds: [], lines: view({ backordered: '1' }) })).toBe(false);
    expect(isExplained({ status: 'ON_HOLD', holds: [hold], lines: view({ backordered: '0' }) })).toBe(true);
    expect(isExplained({ status: 'RELEASED', holds: [], lines: view({ backordered: '0' }) })).toBe(false);
    expect(isExplained({ status: 'SHIPPED', holds: [], lines: view({ open: '0' }) })).toBe(true);
  });

  it('takes the first fault as reason, not a remark beside it, without the number of the line', () => {
    const errors = [
      { code: 'PRICE_UNCONFIRMED', pointer: '/lines/0/unitPrice' },
      { code: 'PRICE_MISSING', pointer: '/lines/12/unitPrice' },
    ];
    expect(reasonOf(errorsOf({ status: 422, body: { errors }, repeated: false, milliseconds: 1 })[0])).toBe(
      'PRICE_MISSING /lines/*/unitPrice',
    );
    expect(reasonOf(errorsOf({ status: 500, body: 'oops', repeated: false, milliseconds: 1 })[0])).toBe('HTTP_500');
  });
});

describe('options', () => {
  it.each([
    [[]],
    [[__filename, 'other']],
    [['nowhere.csv']],
    [[__filename, '--limit', '0']],
    [[__filename, '--what']],
    [[__filename, '--target', 'moon']],
    [[__filename, '--stock-cover', '-1']],
    [[__filename, '--faults', '--rate', '0.6']],
    [[__filename, '--faults', '--seed', 'x']],
  ])('%j is refused in words', (argv) => expect(() => optionsOf(argv)).toThrow(UsageError));

  it('have defaults, and the environment goes before demo.json', () => {
    expect(optionsOf([__filename])).toMatchObject({
      stockCover: '1.0',
      concurrency: 16,
      target: 'auto',
      listPrice: 'none',
      fresh: false,
    });
    const env = {
      CROSSDOCK_DATA: '/nowhere',
      CROSSDOCK_URL: 'http://h:1/',
      CROSSDOCK_PORTAL_KEY: 'p',
      CROSSDOCK_OPERATIONS_KEY: 'o',
    };
    expect(serverOf({ ...env, CROSSDOCK_PARTNER: 'us' })).toMatchObject({
      url: 'http://h:1',
      sandboxUrl: 'http://h:1',
      partner: 'us',
    });
    expect(() => serverOf(env)).toThrow('CROSSDOCK_PARTNER');
  });
});
