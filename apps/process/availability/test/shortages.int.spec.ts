import type { ShortagePage, ShortagesQuery } from '#contracts/availability/planning.dto';
import type { SupplyDto } from '#contracts/availability/stock.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('shortages', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const expectSupply = (item: string, quantity: string, days: number, more: Partial<SupplyDto> = {}) =>
    app.availability.putSupplies({
      supplies: [{ id: `${item}-PO`, kind: 'PURCHASE_ORDER', item, node: 'DC', quantity, availableOn: inDays(days), ...more }], // prettier-ignore
    });
  const promise = async (item: string, quantity: string, days: number, node?: string) => {
    const id = uniqueId('ord');
    const lines = [{ line: 1, item, quantity, requestedDate: inDays(days), ...(node !== undefined && { node }) }];
    await app.availability.reserve(reservation(item, quantity, { reservation: id, lines, mode: 'PARTIAL', backorder: true })); // prettier-ignore
    return id;
  };
  const of = async (item: string, more: ShortagesQuery = {}) =>
    (await app.planning.shortages({ item, ...more })).shortages;

  test('a supply that slips leaves its promise short from its day until the supply is there, with the order named', async () => {
    await expectSupply('SLIP', '40', 3);
    const order = await promise('SLIP', '30', 4);
    expect(await of('SLIP')).toEqual([]);
    await expectSupply('SLIP', '40', 9);
    expect(await of('SLIP')).toEqual([
      {
        ...{ item: 'SLIP', node: 'DC', firstDay: inDays(4), quantity: '30', until: inDays(9), safetyStock: '0' },
        ordersTouched: 1,
        orders: [{ reservation: order, line: 1, shipDate: inDays(4), quantity: '30', newDate: inDays(9) }],
      },
    ]);
    expect(await of('SLIP', { days: 3 })).toEqual([]);
    expect(await of('SLIP', { node: 'ELSEWHERE' })).toEqual([]);
  });

  test('missing safety stock is short without any order, until supply makes it good', async () => {
    await app.availability.postInventory({ source: 'wms', records: [fact({ item: 'SAFE', fact: 'RECEIVED', quantity: '6' })] }); // prettier-ignore
    await app.availability.putSafetyStock({ levels: [{ item: 'SAFE', node: 'DC', quantity: '10' }] });
    await expectSupply('SAFE', '4', 2);
    expect(await of('SAFE')).toMatchObject([
      { firstDay: inDays(0), quantity: '4', until: inDays(2), safetyStock: '10', ordersTouched: 0, orders: [] },
    ]);
  });

  test('what nothing covers has no end; a backorder counts as well', async () => {
    await expectSupply('NEVER', '5', 2);
    const order = await promise('NEVER', '12', 2);
    const [short] = await of('NEVER');
    expect(short).toMatchObject({ quantity: '7', firstDay: inDays(2), ordersTouched: 1 });
    expect(short?.until).toBeUndefined();
    expect(short?.orders).toEqual([{ reservation: order, line: 1, shipDate: inDays(2), quantity: '7' }]);
  });

  test('supply that is overdue does not count behind its fence', async () => {
    await expectSupply('LATE', '10', 1);
    await promise('LATE', '10', 2);
    await app.database.query(`update availability.supply set available_on = current_date - 1 where item = 'LATE'`);
    expect(await of('LATE')).toMatchObject([{ firstDay: inDays(2), quantity: '10', ordersTouched: 1 }]);
  });

  test('pages hold each shortage once, the most urgent first; a cursor belongs to its filters', async () => {
    for (const [index, day] of [5, 1, 3, 1, 4].entries()) {
      await expectSupply(`PAGE-${index}`, '9', day);
      await promise(`PAGE-${index}`, '9', day);
      await expectSupply(`PAGE-${index}`, '0', day);
    }
    const seen: ShortagePage['shortages'] = [];
    const query: ShortagesQuery = { limit: 2 };
    let next: string | undefined;
    do {
      const page = await app.planning.shortages({ ...query, ...(next !== undefined && { cursor: next }) });
      seen.push(...page.shortages);
      next = page.next;
    } while (next !== undefined);
    const mine = seen.filter(({ item }) => item.startsWith('PAGE-'));
    expect(mine.map(({ item }) => item)).toEqual(['PAGE-1', 'PAGE-3', 'PAGE-2', 'PAGE-4', 'PAGE-0']);
    expect(seen.map(({ firstDay }) => firstDay)).toEqual(seen.map(({ firstDay }) => firstDay).sort());
    const cursor = (await app.planning.shortages({ limit: 1 })).next ?? '';
    const refused = { code: 'CURSOR_INVALID', kind: 'invalid' };
    await expect(app.planning.shortages({ limit: 1, cursor, item: 'PAGE-1' })).rejects.toMatchObject(refused);
    await expect(app.planning.shortages({ cursor: 'nonsense' })).rejects.toMatchObject(refused);
  });

  test('the list says the same as the day table of each item', async () => {
    const items = Array.from({ length: 24 }, (_, index) => `MIX-${String(index).padStart(2, '0')}`);
    for (const [index, item] of items.entries()) {
      if (index % 3 === 0) await app.availability.putSafetyStock({ levels: [{ item, node: 'DC', quantity: String(index) }] }); // prettier-ignore
      await expectSupply(item, String(10 + index), index % 5);
      await promise(item, String(8 + (index % 7)), 2 + (index % 4));
      await expectSupply(item, String(((index * 7) % 19) + 8), (index * 5) % 11);
    }
    const { shortages } = await app.planning.shortages({ limit: 200 });
    const found = new Map(shortages.map((short) => [short.item, short]));
    for (const item of items) {
      const [node] = (await app.availability.timeline({ item, days: 30 })).nodes;
      const below = (node?.days ?? []).filter(({ projected }) => projected.startsWith('-'));
      const deepest = Math.max(0, ...below.map(({ projected }) => -Number(projected)));
      const short = found.get(item);
      expect([item, short?.firstDay, Number(short?.quantity ?? 0)]).toEqual([item, below[0]?.date, deepest]);
    }
    expect(items.filter((item) => found.has(item)).length).toBeGreaterThan(5);
    expect(items.filter((item) => !found.has(item)).length).toBeGreaterThan(2);
  });
});
