import type { ErpCustomersChanged, ErpItemsChanged } from '#contracts/events/catalogue';
import { ERP_CUSTOMERS_CHANGED, ERP_ITEMS_CHANGED, ERP_PRICES_CHANGED } from '#contracts/events/catalogue';
import { Log } from '#service/logging';
import { seedErp } from '../../../sandbox/src/erp/erp.seed';
import { ErpConnections } from '../src/connections.service';
import { MasterDataPoller } from '../src/in/poll/master-data.poller';
import { startSandboxErp } from './sandbox-harness';
import type { SandboxErpHarness } from './sandbox-harness';

describe('master data of an ERP', () => {
  let h: SandboxErpHarness;
  beforeAll(async () => {
    h = await startSandboxErp({ deduplicates: true });
  });
  afterAll(() => h.close());

  const item = (sku: string, description = `Item ${sku}`) => ({
    sku,
    description,
    status: 'ACTIVE' as const,
    baseUnit: 'EA',
    packs: [],
  });
  const told = async <Data>(type: string): Promise<Data[]> => {
    const { rows } = await h.database.query<{ data: Data }>(
      `select envelope->'data' as data from messaging.outbox where type = $1 order by id`,
      [type],
    );
    return rows.map((row) => row.data);
  };

  it('is told once; afterwards only what changed', async () => {
    expect(await h.masterData.sync('erp-main')).toEqual({ items: 2, customers: 2, prices: 1 });
    expect(await h.masterData.sync('erp-main')).toEqual({ items: 0, customers: 0, prices: 0 });
    await seedErp(h.database, 'erp-main', {
      token: 'the-token-of-the-sandbox',
      items: [item('85123A'), item('71053', 'White lantern')],
    });
    expect(await h.masterData.sync('erp-main')).toEqual({ items: 1, customers: 0, prices: 0 });
    const events = await told<ErpItemsChanged>(ERP_ITEMS_CHANGED);
    expect(events.at(-1)?.items.map(({ description }) => description)).toEqual(['White lantern']);
    expect(await told(ERP_PRICES_CHANGED)).toHaveLength(1);
  });

  it('a customer belongs to the connection it was read from', async () => {
    const [event] = await told<ErpCustomersChanged>(ERP_CUSTOMERS_CHANGED);
    expect(new Set(event?.customers.map(({ erpConnection }) => erpConnection))).toEqual(new Set(['erp-main']));
  });

  it('comes in pages of at most 500, in order, and nothing is missed', async () => {
    const items = Array.from({ length: 1203 }, (_, index) => item(`P${String(index).padStart(4, '0')}`));
    await seedErp(h.database, 'erp-main', { token: 'the-token-of-the-sandbox', items });
    const before = (await told(ERP_ITEMS_CHANGED)).length;
    expect((await h.masterData.sync('erp-main')).items).toBe(1203);
    const pages = (await told<ErpItemsChanged>(ERP_ITEMS_CHANGED)).slice(before).map((event) => event.items);
    expect(pages.map((page) => page.length)).toEqual([500, 500, 203]);
    expect(pages.flat().map(({ sku }) => sku)).toEqual(items.map(({ sku }) => sku));
  });

  it('two readers at once tell each page once', async () => {
    await seedErp(h.database, 'erp-main', { token: 'the-token-of-the-sandbox', items: [item('TWICE')] });
    const both = await Promise.all([h.masterData.sync('erp-main'), h.masterData.sync('erp-main')]);
    expect(both[0].items + both[1].items).toBe(1);
  });

  it('a record that breaks the contract is left out; its neighbours go on', async () => {
    await h.database.query(
      `insert into sandbox.erp_master (installation, kind, id, body)
       values ('erp-main', 'item', 'BAD', '{"sku": "BAD", "status": "MAYBE"}'), ('erp-main', 'item', 'ODD', '"text"'), ('erp-main', 'item', 'GOOD', $1)`,
      [JSON.stringify(item('GOOD'))],
    );
    expect((await h.masterData.sync('erp-main')).items).toBe(1);
    expect((await told<ErpItemsChanged>(ERP_ITEMS_CHANGED)).at(-1)?.items.map(({ sku }) => sku)).toEqual(['GOOD']);
  });

  it('a change that commits late is not skipped: the ERP lets its writers take turns', async () => {
    const token = 'the-token-of-the-sandbox';
    let early: Promise<void> = Promise.resolve();
    await h.database.transaction(async (tx) => {
      await seedErp(tx, 'erp-main', { token, items: [item('LATE')] });
      early = h.database.transaction((other) => seedErp(other, 'erp-main', { token, items: [item('EARLY')] }));
      expect((await h.masterData.sync('erp-main')).items).toBe(0);
    });
    await early;
    expect((await h.masterData.sync('erp-main')).items).toBe(2);
  });

  it('the poller reads new connections at once and every connection again and again, whatever one of them does', async () => {
    const log = new Log();
    const connections = h.connections;
    if (!(connections instanceof ErpConnections)) throw new Error('the harness has other connections');
    const poller = new MasterDataPoller(h.database, h.messaging.jobs, connections, h.masterData, log, {
      masterDataSeconds: 1,
    });
    await connections.put({
      id: 'erp-away',
      product: 'generic-rest',
      settings: { baseUrl: 'http://127.0.0.1:9' },
      credentials: { token: 'x' },
    });
    await poller.onModuleInit();
    await h.messaging.start();
    await seedErp(h.database, 'erp-two', { token: 'the-token-of-the-sandbox', items: [item('FROM-TWO')] });
    const arrived = async (): Promise<boolean> =>
      (await told<ErpItemsChanged>(ERP_ITEMS_CHANGED)).some(
        (event) => event.connection === 'erp-two' && event.items.some(({ sku }) => sku === 'FROM-TWO'),
      );
    for (let tries = 0; tries < 900 && !(await arrived()); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await arrived()).toBe(true);
    const { rows } = await h.database.query<{ dead: string }>(
      `select count(*) as dead from messaging.job where state = 'dead'`,
    );
    expect(rows[0]?.dead).toBe('0');
  });
});
