import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerAway } from './client';
import { FakeCrossdock } from './fake-crossdock';
import { UsageError, type Options, type Server } from './options';
import type { Report } from './report';
import { replayFile } from './session';

const ROWS = [
  '1,A,MUG,10,2010-12-01T08:00:00,2.5,c1,United Kingdom',
  '1,POST,POSTAGE,1,2010-12-01T08:00:00,9,c1,United Kingdom',
  '2,A,MUG,4,2010-12-01T08:01:00,2.5,c2,France',
  '3,A,MUG,4,2010-12-01T08:02:00,2.5,,United Kingdom',
  '4,A,MUG,-4,2010-12-01T08:03:00,0,,United Kingdom',
  'C5,A,MUG,-6,2010-12-01T08:04:00,2.5,c1,United Kingdom',
  'C6,A,MUG,-6,2010-12-01T08:05:00,2.5,c1,United Kingdom',
  'C7,A,MUG,-1,2010-12-01T08:05:00,2.5,c9,United Kingdom',
  'C8,D,Discount,-1,2010-12-01T08:05:00,57.6,c1,United Kingdom',
  'A9,B,Adjust bad debt,1,2010-12-01T08:06:00,-11062.06,,United Kingdom',
  '10,A,MUG,many,2010-12-01T08:07:00,1,c1,United Kingdom',
];
const MANY = Array.from({ length: 120 }, (_, n) => `${1000 + n},A,MUG,2,2010-12-02T08:00:00,2.5,c${n % 7},France`);

describe('a replay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-replay-'));
  let fake: FakeCrossdock;
  let server: Server;
  let run = 0;

  beforeEach(async () => {
    fake = new FakeCrossdock();
    const url = await fake.start();
    server = { url, sandboxUrl: url, portalKey: 'p', operationsKey: 'o', partner: 'harbour', dataDirectory: folder };
    run++;
  });
  afterEach(() => fake.stop());
  afterAll(() => rmSync(folder, { recursive: true }));

  function options(rows: readonly string[], more: Partial<Options> = {}): Options {
    const file = join(folder, `${run}.csv`);
    writeFileSync(
      file,
      ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country', ...rows, ''].join('\n'),
    );
    return {
      ...{
        file,
        stockCover: '1',
        concurrency: 8,
        fresh: false,
        target: 'auto',
        node: 'DC',
        listPrice: 'none',
        patience: 1,
        faults: false,
        rate: 0.05,
      },
      state: join(folder, `${run}.jsonl`),
      ...more,
    };
  }
  const replay = (chosen: Options): Promise<Report> => replayFile(chosen, server, { write: () => true });

  it('ends every invoice in exactly one bucket, with a reason', async () => {
    const report = await replay(options(ROWS));
    expect(report.invoices).toEqual({ total: 10, accepted: 2, replayed: 0, rejected: 1, 'not-sent': 3, reversal: 4 });
    expect(report.reasons).toEqual({
      rejected: { 'REQUIRED /shipTo': 1 },
      'not-sent': { NEGATIVE_LINE: 1, CHARGES_ONLY: 1, MALFORMED_LINE: 1 },
      reversal: { CANCELLED: 1, PARTLY_CANCELLED: 1, NO_ORIGINAL: 1, CREDIT_ONLY: 1 },
    });
    // Ten were ordered: six and four of them are cancelled, two of C6 and one of C7 have no original.
    expect(report.reversedUnits).toEqual({ cancelled: '10', returnExpected: '0', noOriginal: '3' });
    expect(report.orders).toMatchObject({ placed: 2, CANCELLED: 1, BACKORDERED: 1 });
    expect(report.passed).toBe(true);
  });

  it('counts as an expected return what has shipped before its reversal', async () => {
    fake.shipsAtOnce = true;
    const report = await replay(options(ROWS));
    expect(report.reasons.reversal).toEqual({ RETURN_EXPECTED: 2, NO_ORIGINAL: 1, CREDIT_ONLY: 1 });
    expect(report.reversedUnits).toEqual({ cancelled: '0', returnExpected: '10', noOriginal: '3' });
    expect(fake.cancels).toBe(0);
  });

  it('keeps date order per customer, whatever the network does', async () => {
    fake.fault = (_, request) => ([undefined, 503, undefined, 429, 'drop', undefined, 'after'] as const)[request % 23];
    const report = await replay(options(MANY, { concurrency: 16, patience: 10 }));
    expect(report.orders.placed).toBe(120);
    for (let customer = 0; customer < 7; customer++) {
      const ours = fake.accepted.filter((each) => each.startsWith(`c${customer} `));
      expect(ours).toEqual([...ours].sort());
    }
    expect(fake.accepted).toHaveLength(120);
  });

  it('continues after the server went away, and sends nothing twice', async () => {
    const chosen = options([...ROWS, ...MANY]);
    fake.fault = (path, request) => (path.startsWith('/portal/v1/orders') && request > 60 ? 'drop' : undefined);
    await expect(replay(chosen)).rejects.toThrow(ServerAway);
    const before = fake.accepted.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(122);
    fake.fault = () => undefined;
    const report = await replay(chosen);
    expect(report.invoices.total).toBe(130);
    expect(report.orders.placed).toBe(122);
    expect(fake.accepted).toHaveLength(122);
    expect(report.reversedUnits).toMatchObject({ noOriginal: '3' });
    expect(fake.receipts.size).toBe(1);
  });

  it('gives the same report when it is run again after its end', async () => {
    const chosen = options(ROWS);
    const first = await replay(chosen);
    const again = await replay(chosen);
    expect(again.invoices).toEqual(first.invoices);
    expect(again.reversedUnits).toEqual(first.reversedUnits);
    expect(fake.accepted).toHaveLength(2);
  });

  it('cuts off a line of the state file that was half written, and finds the order by its number', async () => {
    const chosen = options(MANY);
    await replay(chosen);
    const path = chosen.state ?? '';
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -2).join('\n')}\n`);
    appendFileSync(path, lines.at(-2)?.slice(0, 20) ?? '');
    const report = await replay(chosen);
    expect(report.invoices).toMatchObject({ accepted: 118, replayed: 2 });
    expect(fake.accepted).toHaveLength(120);
  });

  it('refuses a state file of another file or choice, unless told to start over', async () => {
    await replay(options(ROWS));
    await expect(replay(options(MANY))).rejects.toThrow(UsageError);
    await expect(replay(options(ROWS, { stockCover: '2' }))).rejects.toThrow('stockCover differ');
    const report = await replay(options(ROWS, { fresh: true }));
    expect(report.invoices).toMatchObject({ accepted: 0, replayed: 2 });
  });

  it('has no faults without simulated backends', async () => {
    await expect(replay(options(ROWS, { faults: true }))).rejects.toThrow('--faults needs');
    expect(fake.accepted).toHaveLength(0);
  });

  it('fails when an acknowledged order is gone, or one is on its way for ever', async () => {
    fake.shipsAtOnce = true;
    fake.loses.add('1');
    fake.stuck.add('c2');
    const report = await replay(options(ROWS));
    expect(report.passed).toBe(false);
    expect(report.invariants.breaches).toEqual([
      { invariant: 'I4', subject: 'ord_1_', detail: 'was acknowledged and is not there' },
    ]);
    expect(report.unexplainedOrders).toEqual(['ord_2_ (2) RELEASED']);
  });
});
