import type { ItemDto } from '#contracts/reference/reference.dto';
import { messagingMigrations } from '#messaging/migrations';
import { testMessaging } from '#testing/messaging';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { referenceMigrations } from '../migrations/reference.migrations';
import { ReferenceService } from './reference.service';

const item = (sku: string, more: Partial<ItemDto> = {}): ItemDto => ({
  sku,
  description: `item ${sku}`,
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [],
  ...more,
});
const address = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const customer = (id: string, shipTos: string[], partner = 'harbour') => ({
  id,
  name: id,
  status: 'ACTIVE' as const,
  partner,
  currency: 'GBP',
  shipTos: shipTos.map((shipTo) => ({ id: shipTo, address })),
});

describe('reference data', () => {
  let db: TestDatabase;
  let reference: ReferenceService;
  beforeAll(async () => {
    db = await testDatabase(messagingMigrations, referenceMigrations);
    reference = new ReferenceService(db.database, testMessaging(db.database).outbox);
  });
  afterAll(() => db.close());

  const outcomes = async (items: ItemDto[]) =>
    (await reference.putItems({ items })).results.map((result) => result.outcome);

  it('a record is created, unchanged, updated; a wrong one is rejected alone', async () => {
    expect(await outcomes([item('A1'), item('A2', { gtin: '1' })])).toEqual(['created', 'rejected']);
    expect(await outcomes([item('A1'), item('A2')])).toEqual(['unchanged', 'created']);
    expect(await outcomes([item('A1', { description: 'new' })])).toEqual(['updated']);
    const { rows } = await db.database.query<{ version: number }>(
      `select version from reference.item where sku = 'A1'`,
    );
    expect(rows).toEqual([{ version: 2 }]);
  });

  it('a GTIN names one item and can move when both records are sent together', async () => {
    const gtin = '4006381333931';
    expect(await outcomes([item('G1', { gtin })])).toEqual(['created']);
    const { results } = await reference.putItems({ items: [item('G2', { gtin: `0${gtin}` }), item('G3')] });
    expect(results).toEqual([
      { id: 'G2', outcome: 'rejected', detail: `GTIN 0${gtin} belongs to item G1` },
      { id: 'G3', outcome: 'created' },
    ]);
    expect(await outcomes([item('G1'), item('G2', { gtin })])).toEqual(['updated', 'created']);
    expect((await reference.getItem({ sku: gtin })).sku).toBe('G2');
    // The one that has it is sent as it was, behind the one that wants it.
    expect(await outcomes([item('G1', { gtin }), item('G2', { gtin })])).toEqual(['rejected', 'unchanged']);
  });

  it('a ship-to of a partner names one customer; an address that changes is an update', async () => {
    const put = async (...customers: ReturnType<typeof customer>[]) =>
      (await reference.putCustomers({ customers })).results.map(({ outcome }) => outcome);
    expect(await put(customer('C1', ['S1', 'S2']), customer('C2', ['S3']))).toEqual(['created', 'created']);
    expect(await put(customer('C1', ['S1', 'S2']), customer('C2', ['S1']))).toEqual(['unchanged', 'rejected']);
    expect(await put(customer('C1', ['S1']), customer('C2', ['S2', 'S3']))).toEqual(['updated', 'updated']);
    expect(await put(customer('C9', ['S1'], 'other'))).toEqual(['created']);
  });

  it('a ship-to goes to another customer only when the one that has it gives it up, whatever stands first', async () => {
    const put = async (...customers: ReturnType<typeof customer>[]) =>
      (await reference.putCustomers({ customers })).results.map(({ outcome }) => outcome);
    const [one, two, three] = [customer('D1', ['T1'], 'moves'), customer('D2', ['T2'], 'moves'), customer('D3', ['T3'], 'moves')]; // prettier-ignore
    expect(await put(one, two, three)).toEqual(['created', 'created', 'created']);
    // The one that has it is sent as it was, behind the one that wants it.
    expect(await put(customer('D1', ['T1', 'T2'], 'moves'), two)).toEqual(['rejected', 'unchanged']);
    // It would give it up, and is rejected for something else: it keeps what it has.
    const taker = customer('D1', ['T1', 'T2'], 'moves');
    expect(await put(taker, customer('D2', ['T3'], 'moves'), three)).toEqual(['rejected', 'rejected', 'unchanged']);
    expect(await put(taker, customer('D2', ['T9'], 'moves'), three)).toEqual(['updated', 'updated', 'unchanged']);
    const swapped = [customer('D1', ['T3'], 'moves'), customer('D2', ['T1'], 'moves'), customer('D3', ['T2'], 'moves')];
    expect(await put(...swapped)).toEqual(['updated', 'updated', 'updated']);
    expect(await put(customer('D4', ['T5', 'T6'], 'moves'), customer('D5', ['T6'], 'moves'))).toEqual(['created', 'rejected']); // prettier-ignore
  });

  it('a snapshot knows the ship-to, resolves SKU and GTIN, and takes the price of the day', async () => {
    await reference.putItems({
      items: [item('P1', { gtin: '96385074', listPrice: { amount: '9', currency: 'GBP' } }), item('P2')],
    });
    await reference.putCustomers({ customers: [customer('PC', ['PS'])] });
    const price = (amount: string, validFrom: string, validTo?: string) => ({
      customer: 'PC',
      item: 'P1',
      price: { amount, currency: 'GBP' },
      validFrom,
      ...(validTo === undefined ? {} : { validTo }),
    });
    const { results } = await reference.putPrices({
      prices: [price('8', '2026-01-01'), price('7.5', '2026-03-01', '2026-03-31')],
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    const at = async (date: string) => {
      const snapshot = await reference.orderSnapshot({
        partner: 'harbour',
        shipTo: 'PS',
        items: ['96385074', 'P2', 'NO', 'P2'],
        date,
      });
      return snapshot.items.map(({ requested, item: found, price: unit, priceBasis }) => [
        requested,
        found.sku,
        unit?.amount,
        priceBasis,
      ]);
    };
    const without = ['P2', 'P2', undefined, undefined];
    expect(await at('2025-12-31')).toEqual(expect.arrayContaining([['96385074', 'P1', '9.00', 'LIST'], without]));
    expect(await at('2026-02-28')).toEqual(expect.arrayContaining([['96385074', 'P1', '8.00', 'CONTRACT'], without]));
    expect(await at('2026-03-31')).toEqual(expect.arrayContaining([['96385074', 'P1', '7.50', 'CONTRACT'], without]));
    expect(await at('2026-04-01')).toHaveLength(2);
    const snapshot = await reference.orderSnapshot({ partner: 'harbour', shipTo: 'PS', items: [], date: '2026-01-01' });
    expect(snapshot.customer).toEqual(customer('PC', ['PS']));
    expect(
      (await reference.orderSnapshot({ partner: 'other', shipTo: 'PS', items: [], date: '2026-01-01' })).customer,
    ).toBeUndefined();
  });

  it('finds items by SKU or GTIN; a change is seen by the next question here, and soon by another process', async () => {
    const elsewhere = new ReferenceService(db.database, testMessaging(db.database).outbox);
    const gtin = '00012345600012';
    const packsSeenBy = async (service: ReferenceService) =>
      (await service.findItems({ ids: ['F1', 'UNKNOWN', gtin] })).items.map(({ requested, item: { packs } }) => [
        requested,
        packs[0]?.baseQuantity,
      ]);
    const holds = (baseQuantity: string) => item('F1', { packs: [{ unit: 'XCS', baseQuantity, gtin }] });
    const seen = (baseQuantity: string) => [
      ['F1', baseQuantity],
      [gtin, baseQuantity],
    ];
    await reference.putItems({ items: [holds('12')] });
    expect(await packsSeenBy(reference)).toEqual(seen('12'));
    expect(await packsSeenBy(elsewhere)).toEqual(seen('12'));
    await reference.putItems({ items: [holds('24')] });
    expect(await packsSeenBy(reference)).toEqual(seen('24'));
    await new Promise((resume) => setTimeout(resume, 300));
    expect(await packsSeenBy(elsewhere)).toEqual(seen('24'));
    expect((await Promise.all([packsSeenBy(elsewhere), packsSeenBy(elsewhere)])).flat()).toHaveLength(4);
  });

  it('pages go by SKU, and a cursor belongs to its search', async () => {
    await reference.putItems({ items: ['L1', 'L2', 'L3'].map((sku) => item(sku, { description: 'lantern 100%' })) });
    const first = await reference.listItems({ search: '100%', limit: 2 });
    expect(first.items.map(({ sku }) => sku)).toEqual(['L1', 'L2']);
    const next = first.next ?? '';
    expect((await reference.listItems({ search: '100%', limit: 2, cursor: next })).items.map(({ sku }) => sku)).toEqual(
      ['L3'],
    );
    await expect(reference.listItems({ cursor: next })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(reference.getItem({ sku: 'NO' })).rejects.toMatchObject({ code: 'ITEM_UNKNOWN', kind: 'not-found' });
  });

  it('what operators own stays when the ERP sends the record without it; what the ERP owns follows the ERP', async () => {
    const own = { minimumOrder: '12', assortments: ['TOYS'] };
    await reference.putItems({ items: [item('ERP-1', { ...own, weightKg: '1' })] });
    await db.database.transaction((tx) =>
      reference.storeErpItems(tx, { items: [item('ERP-1', { description: 'n' })] }),
    );
    expect(await reference.getItem({ sku: 'ERP-1' })).toEqual({ ...item('ERP-1', { description: 'n' }), ...own });
    const credit = { limit: { amount: '50000', currency: 'GBP' }, horizonDays: 10 };
    await reference.putCustomers({ customers: [{ ...customer('EC', ['ES']), credit }] });
    const sent = { ...customer('EC', ['ES']), name: 'renamed' };
    await db.database.transaction((tx) => reference.storeErpCustomers(tx, { customers: [sent] }));
    const query = { partner: 'harbour', shipTo: 'ES', items: [], date: '2026-01-01' };
    expect((await reference.orderSnapshot(query)).customer).toEqual({ ...sent, credit });
  });

  it('nodes come in the order in which they ship', async () => {
    const node = {
      name: 'n',
      timeZone: 'Europe/London',
      wmsConnection: 'w',
      tmsConnection: 't',
      address,
      active: true,
    };
    await reference.putNodes({
      nodes: [
        { ...node, id: 'B', priority: 20 },
        { ...node, id: 'A', priority: 30 },
        { ...node, id: 'C', priority: 10 },
      ],
    });
    expect((await reference.listNodes()).nodes.map(({ id }) => id)).toEqual(['C', 'B', 'A']);
  });
});
