import { write, type Slice } from '../src/out/slice.store';
import { micro } from '../src/promise/quantity';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';

let app: TestAvailability;

beforeAll(async () => {
  app = await testAvailability();
  app.nodes.push({ id: 'DC', priority: 1, active: true });
  await app.availability.postInventory({
    source: 'wms',
    records: [fact({ item: 'RACED', fact: 'RECEIVED', quantity: '5' })],
  });
});
afterAll(() => app.close());

const taking = (quantity: string): Slice => ({
  reservation: uniqueId('raced'),
  line: 1,
  item: 'RACED',
  node: 'DC',
  state: 'ALLOCATED',
  held: true,
  quantity: micro(quantity),
  day: 20_000,
  requested: 20_000,
  basis: 'ON_HAND',
  supply: undefined,
  pinned: false,
  excluded: [],
  channel: undefined,
  partner: undefined,
  priority: 5,
});

/** What a decision on numbers that are not true would write, its commit in the same packet. */
const decided = (...created: Slice[]) =>
  app.database.transaction(async (tx) => {
    const written = write(tx, { reservations: [], created, changed: [] });
    tx.commit();
    await written;
  });
const stored = async () => {
  const { rows } = await app.database.query<{ allocated: string; slices: string }>(
    `select allocated::float8 as allocated, (select count(*)::int from availability.slice where item = 'RACED') as slices
       from availability.position where item = 'RACED'`,
  );
  return rows[0];
};

test('a decision on stock that is not there is undone, although its commit was on the way', async () => {
  await decided(taking('3'));
  expect(await stored()).toEqual({ allocated: 3, slices: 1 });
  await expect(decided(taking('3'))).rejects.toMatchObject({ code: 'STOCK_TAKEN', kind: 'defect' });
  const elsewhere = { ...taking('1'), node: 'NOWHERE' };
  await expect(decided(taking('1'), elsewhere)).rejects.toMatchObject({ code: 'STOCK_TAKEN' });
  expect(await stored()).toEqual({ allocated: 3, slices: 1 });
  await decided(taking('2'));
  expect(await stored()).toEqual({ allocated: 5, slices: 2 });
});
