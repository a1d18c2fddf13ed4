import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayFile } from '../../tools/replay/session';
import type { Options } from '../../tools/replay/options';
import type { Report } from '../../tools/replay/report';
import { Client } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';
const SEED = 20_101_201;
/** Orders of six customers, a line taken back now and then, and one invoice that nobody is named on. */
const TRADE = Array.from({ length: 60 }, (_, n) => [
  `${5000 + n},85123A,T-LIGHT,${(n % 4) + 1},2010-12-01T08:${String(n % 60).padStart(2, '0')}:00,2.55,${17850 + (n % 6)},France`,
  `${5000 + n},71053,LANTERN,${(n % 3) + 1},2010-12-01T08:${String(n % 60).padStart(2, '0')}:00,3.39,${17850 + (n % 6)},France`,
  ...(n % 9 === 8 ? [`C${6000 + n},85123A,T-LIGHT,-1,2010-12-01T09:00:00,2.55,${17850 + (n % 6)},France`] : []),
]).flat();

/** The whole product on backends that fail, repeat themselves and tell late: the replay's own comparison of ledger and books. */
describe('trade replayed with faults', () => {
  let crossdock: Running;
  let options: Options;

  beforeAll(async () => {
    crossdock = await Running.start({ split, environment: { CROSSDOCK_SANDBOX_SPEED: '1000' } });
    const file = join(crossdock.dataDirectory, 'trades.csv');
    const head = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    writeFileSync(file, [head, ...TRADE, '7000,85123A,T-LIGHT,1,2010-12-01T10:00:00,2.55,,France', ''].join('\n'));
    options = {
      ...{ file, stockCover: '1', concurrency: 8, fresh: false, target: 'auto', node: 'DC-NORTH', listPrice: 'none' },
      ...{ patience: 120, faults: true, seed: SEED, rate: 0.1 },
    };
  });
  afterAll(() => crossdock.stop());

  const replay = (more: Partial<Options> = {}): Promise<Report> => {
    const { url, sandboxUrl, partner, keys } = crossdock.demo;
    const server = { url, sandboxUrl, partner, portalKey: keys.portal, operationsKey: keys.operations };
    return replayFile(
      { ...options, ...more },
      { ...server, dataDirectory: crossdock.dataDirectory },
      { write: () => true },
    );
  };

  it('every order is at its end or in one exception, and each posting is in the books once', async () => {
    const report = await replay();
    expect({
      mismatches: report.mismatches,
      exceptions: report.exceptions,
      breaches: report.invariants.breaches,
    }).toEqual({
      ...{ mismatches: [], breaches: [] },
      exceptions: { open: {}, unexplained: [] },
    });
    expect(report.invoices).toMatchObject({ accepted: 60, rejected: 1 });
    const kinds = report.postings.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['sales-order', 'delivery', 'invoice', 'fulfilment-order', 'label']));
    const failures = report.faults?.backends.map((backend) => backend.failures) ?? [];
    expect(Math.min(...failures)).toBeGreaterThan(0);
    expect(report.passed).toBe(true);
  });

  it('a document that the ERP holds twice, and one that nobody posted, are named', async () => {
    const sandbox = new Client(crossdock.demo.sandboxUrl, undefined);
    const listed = await sandbox.get('/sandbox/erp/main/_counts/documents?kind=sales-order&limit=1');
    const [known] = listed.body.documents as [{ externalId: string; documentNumber: string }];
    const erp = new Client(crossdock.demo.sandboxUrl, 'sandbox-erp-token');
    const path = '/sandbox/erp/main/v1/sales-orders';
    const { document } = (await erp.get(`${path}/${known.externalId}`)).body;
    expect((await erp.post(path, document)).status).toBe(201);
    expect((await erp.post(path, { ...document, externalId: 'by-hand' })).status).toBe(201);
    const report = await replay({ patience: 1 });
    expect(report.mismatches).toEqual(
      expect.arrayContaining([
        expect.stringMatching(`^sales-order ${known.externalId}: REPEATED, ledger ${known.documentNumber}, books `),
        expect.stringMatching('^sales-order by-hand: UNEXPECTED, ledger nothing, books '),
      ]),
    );
    expect(report.mismatches).toHaveLength(2);
    expect(report.passed).toBe(false);
    expect(report.faults?.command).toContain(`--seed ${SEED}`);
  });
});
