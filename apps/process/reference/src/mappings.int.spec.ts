import { MAPPING_ADDED, type MappingAdded } from '#contracts/events/reference';
import type { MappingDto } from '#contracts/reference/mappings.dto';
import type { OrderSnapshotQuery } from '#contracts/reference/reference.dto';
import { messagingMigrations } from '#messaging/migrations';
import { testMessaging } from '#testing/messaging';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { referenceMigrations } from '../migrations/reference.migrations';
import { TellMappings } from './map-codes/tell-mappings';
import { MappingsService } from './mappings.service';
import { ReferenceService } from './reference.service';

const address = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const row = (external: string, more: Partial<MappingDto> = {}): MappingDto => ({
  kind: 'ITEM',
  system: 'harbour',
  external,
  internal: 'MUG-BLUE',
  validFrom: '2026-01-01',
  ...more,
});

describe('cross-references', () => {
  let db: TestDatabase;
  let reference: ReferenceService;
  let mappings: MappingsService;
  beforeAll(async () => {
    db = await testDatabase(messagingMigrations, referenceMigrations);
    const { outbox, jobs } = testMessaging(db.database);
    reference = new ReferenceService(db.database, outbox);
    mappings = new MappingsService(db.database, new TellMappings(outbox, jobs));
    const item = (sku: string) => ({ sku, description: sku, status: 'ACTIVE' as const, baseUnit: 'EA', packs: [] });
    await reference.putItems({ items: [item('MUG-BLUE'), item('MUG-RED')] });
    const customer = { id: 'C', name: 'C', status: 'ACTIVE' as const, partner: 'harbour', currency: 'GBP' };
    await reference.putCustomers({ customers: [{ ...customer, shipTos: [{ id: 'BRISTOL', address }] }] });
  });
  afterAll(() => db.close());

  const told = async (): Promise<MappingAdded[]> =>
    (
      await db.database.query<{ data: MappingAdded }>(
        `select envelope->'data' as data from messaging.outbox where type = $1 order by id`,
        [MAPPING_ADDED],
      )
    ).rows.map(({ data }) => data);
  const ask = (more: Partial<OrderSnapshotQuery>) =>
    reference.orderSnapshot({ partner: 'harbour', shipTo: 'BRISTOL', items: [], date: '2026-03-02', ...more });

  it('a preview says what would happen, and nothing is stored or told', async () => {
    const sent = [row('P-1'), row('P-2', { internal: 'NO-SUCH' }), row('P-1')];
    const report = await mappings.putMappings({ mappings: sent, preview: true });
    expect(report).toMatchObject({ preview: true, created: 1, rejected: 2 });
    expect(report.results.map(({ row: at, outcome, detail }) => [at, outcome, detail])).toEqual([
      [1, 'created', undefined],
      [2, 'rejected', 'there is no item NO-SUCH'],
      [3, 'rejected', 'twice in this request'],
    ]);
    expect((await mappings.listMappings({ system: 'harbour' })).mappings).toEqual([]);
    expect(await told()).toEqual([]);
  });

  it('a row is created, unchanged, updated; only what changed is told, once per system', async () => {
    expect(await mappings.putMappings({ mappings: [row('B-1'), row('B-2')] })).toMatchObject({ created: 2 });
    const again = await mappings.putMappings({ mappings: [row('B-1'), row('B-2', { internal: 'MUG-RED' })] });
    expect(again).toMatchObject({ unchanged: 1, updated: 1 });
    expect(await told()).toEqual([
      { system: 'harbour', codes: [row('B-1'), row('B-2')].map(({ kind, external }) => ({ kind, external })) },
      { system: 'harbour', codes: [{ kind: 'ITEM', external: 'B-2' }] },
    ]);
  });

  it('of several mappings of one code the one that began last and still holds is in force', async () => {
    await mappings.putMappings({
      mappings: [row('D-1'), row('D-1', { internal: 'MUG-RED', validFrom: '2026-03-01', validTo: '2026-03-31' })],
    });
    const at = async (date: string) => (await ask({ items: ['D-1'], date })).items.map(({ item }) => item.sku);
    expect(await at('2025-12-31')).toEqual([]);
    expect(await at('2026-02-28')).toEqual(['MUG-BLUE']);
    expect(await at('2026-03-31')).toEqual(['MUG-RED']);
    expect(await at('2026-04-01')).toEqual(['MUG-BLUE']);
  });

  it("a partner's code wins over a SKU of the same letters, for that partner only", async () => {
    await mappings.putMappings({ mappings: [row('MUG-RED', { internal: 'MUG-BLUE', validTo: '2026-01-31' })] });
    const sku = async (partner: string) => {
      const query = { partner, shipTo: 'BRISTOL', items: ['MUG-RED'], date: '2026-01-15' };
      return (await reference.orderSnapshot(query)).items.map(({ item, mapped }) => [item.sku, mapped]);
    };
    expect([await sku('harbour'), await sku('northgate')]).toEqual([[['MUG-BLUE', true]], [['MUG-RED', undefined]]]);
  });

  it('a ship-to has the name that the partner gives it', async () => {
    await mappings.putMappings({ mappings: [row('0042', { kind: 'SHIP_TO', internal: 'BRISTOL' })] });
    expect((await ask({ shipTo: '0042' })).shipTo).toEqual({ id: 'BRISTOL', address });
  });

  it('carrier and payer are answered where the partner has codes of its own for them', async () => {
    await mappings.putMappings({
      mappings: [
        row('U1', { kind: 'CARRIER', internal: 'UPS' }),
        row('HQ', { kind: 'CUSTOMER', internal: 'C' }),
        row('U2', { kind: 'CARRIER', internal: 'UPS', system: 'somebody-else' }),
      ],
    });
    const named = async (more: Parameters<typeof ask>[0]) => {
      const { carrier, billTo } = await ask(more);
      return [carrier, billTo];
    };
    expect(await named({ carrier: 'U1', billTo: 'HQ' })).toEqual(['UPS', 'C']);
    expect(await named({ carrier: 'U2' })).toEqual([undefined, undefined]);
    expect(await named({ carrier: 'U1', date: '2025-12-31' })).toEqual([undefined, undefined]);
  });

  it('a code that is one item and a GTIN of another is told; a cross-reference says which is meant', async () => {
    const gtin = '04012345678901';
    const item = { description: 'x', status: 'ACTIVE' as const, baseUnit: 'EA', packs: [] };
    const put = await reference.putItems({
      items: [
        { ...item, sku: gtin },
        { ...item, sku: 'BOWL', gtin },
      ],
    });
    expect(put.results.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    const seen = async () =>
      (await ask({ items: [gtin] })).items.map(({ item: { sku }, alsoGtinOf }) => [sku, alsoGtinOf]);
    expect(await seen()).toEqual([[gtin, 'BOWL']]);
    await mappings.putMappings({ mappings: [row(gtin, { internal: 'BOWL' })] });
    expect(await seen()).toEqual([['BOWL', undefined]]);
  });

  it("a ship-to that is not there has candidates: our ids and the partner's codes that are near", async () => {
    const { missingShipTo } = await ask({ shipTo: 'BRISTL' });
    expect(missingShipTo).toEqual({
      lookedUp: ['SHIP_TO of harbour on 2026-03-02', 'ship-tos of harbour'],
      candidates: [{ id: 'BRISTOL' }],
    });
    expect((await ask({ shipTo: '0043' })).missingShipTo?.candidates).toEqual([{ id: 'BRISTOL', external: '0042' }]);
  });

  it('units: X12 letters are those of X12, a partner has its own, an item may have a pack of its own', async () => {
    await mappings.putMappings({
      mappings: [
        row('KARTON', { kind: 'UNIT', internal: 'XCT' }),
        row('CA', { kind: 'PACK', internal: 'XCS', item: 'MUG-BLUE', factor: '6' }),
      ],
    });
    const { units } = await ask({ units: ['CA', 'KARTON', 'CR', 'EACHES'], unitSystem: 'X12' });
    expect(units).toEqual(
      expect.arrayContaining([
        { requested: 'CA', unit: 'XCS', system: 'X12' },
        { requested: 'CR', unit: 'MTQ', system: 'X12' },
        { requested: 'KARTON', unit: 'XCT', system: 'harbour' },
        { requested: 'CA', item: 'MUG-BLUE', unit: 'XCS', factor: '6', system: 'harbour' },
      ]),
    );
    expect((await ask({ units: ['CR'] })).units).toEqual([]);
  });

  it('asked at once, each order gets what it gets alone: its own place, prices, codes and units', async () => {
    const price = { customer: 'C', item: 'MUG-BLUE', price: { amount: '3', currency: 'GBP' }, validFrom: '2026-03-01' };
    await reference.putPrices({ prices: [price] });
    const items = ['MUG-BLUE', 'MUG-RED', 'NO-SUCH'];
    const common = { partner: 'harbour', shipTo: 'BRISTOL', items, units: ['CA', 'KARTON'], date: '2026-03-02' };
    const queries = [
      common,
      { ...common, unitSystem: 'X12' },
      { ...common, items: ['MUG-RED'], units: ['KARTON'] },
      { ...common, shipTo: '0042', items: ['MUG-BLUE'] },
      { ...common, shipTo: 'NOWHERE' },
      { ...common, partner: 'northgate', unitSystem: 'X12' },
      { ...common, date: '2026-01-15' },
      { ...common, items: [], units: [] },
    ];
    const alone: unknown[] = [];
    for (const query of queries) alone.push(await reference.orderSnapshot(query));
    expect(await Promise.all(queries.map((query) => reference.orderSnapshot(query)))).toEqual(alone);
    expect(new Set(alone.map((each) => JSON.stringify(each))).size).toBe(queries.length);
  });

  it('a code that names nothing says where it was looked up and what is near', async () => {
    expect((await ask({ items: ['MUG-BLEU', 'B-7'] })).missing).toEqual([
      {
        requested: 'MUG-BLEU',
        lookedUp: ['ITEM of harbour on 2026-03-02', 'SKU'],
        candidates: [
          { sku: 'MUG-BLUE', description: 'MUG-BLUE' },
          { sku: 'MUG-RED', description: 'MUG-RED' },
          { sku: 'MUG-BLUE', description: 'MUG-BLUE', external: 'MUG-RED' },
        ],
      },
      {
        requested: 'B-7',
        lookedUp: ['ITEM of harbour on 2026-03-02', 'SKU'],
        candidates: [
          { sku: 'MUG-BLUE', description: 'MUG-BLUE', external: 'B-1' },
          { sku: 'MUG-RED', description: 'MUG-RED', external: 'B-2' },
        ],
      },
    ]);
  });

  it('is ended on a day, not deleted; what does not hold on that day cannot be ended', async () => {
    const key = { kind: 'ITEM', system: 'harbour', external: 'B-1' } as const;
    expect(await mappings.endMapping({ ...key, lastDay: '2026-06-30' })).toEqual({
      ...row('B-1'),
      validTo: '2026-06-30',
    });
    await expect(mappings.endMapping({ ...key, lastDay: '2026-07-01' })).rejects.toMatchObject({
      code: 'MAPPING_UNKNOWN',
      kind: 'not-found',
    });
    await expect(mappings.endMapping({ ...key, lastDay: '2026-02-30' })).rejects.toMatchObject({
      code: 'DATE_INVALID',
    });
    const on = async (day: string) => (await mappings.listMappings({ ...key, on: day })).mappings.length;
    expect([await on('2026-06-30'), await on('2026-07-01')]).toEqual([1, 0]);
  });

  it('a file is reported line by line', async () => {
    const csv =
      'kind,system,external,internal,validFrom\nITEM,north,N-1,MUG-RED,2026-01-01\nITEM,north,N-2,NONE,2026-01-01\n';
    const report = await mappings.importMappings({ csv });
    expect(report.results).toEqual([
      { row: 2, id: 'ITEM/north/N-1//2026-01-01', outcome: 'created' },
      { row: 3, id: 'ITEM/north/N-2//2026-01-01', outcome: 'rejected', detail: 'there is no item NONE' },
    ]);
  });

  it('pages go by key, and a cursor belongs to its filters; the way out is found by our own name', async () => {
    const first = await mappings.listMappings({ kind: 'UNIT', system: 'X12', limit: 2 });
    expect(first.mappings.map(({ external }) => external)).toEqual(['BD', 'BG']);
    const next = await mappings.listMappings({ kind: 'UNIT', system: 'X12', limit: 2, cursor: first.next ?? '' });
    expect(next.mappings.map(({ external }) => external)).toEqual(['BO', 'BX']);
    await expect(mappings.listMappings({ cursor: first.next ?? '' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    const out = await mappings.listMappings({ system: 'X12', internal: 'XPX' });
    expect(out.mappings.map(({ external }) => external)).toEqual(['PF', 'PL']);
  });
});
