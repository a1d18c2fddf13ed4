import type { PromiseAtRisk, PromiseRiskResolved } from '#contracts/events/catalogue';
import { PROMISE_AT_RISK, PROMISE_RISK_RESOLVED } from '#contracts/events/catalogue';
import type { InventoryRecordDto, SupplyDto } from '#contracts/availability/stock.dto';
import { RISK_SWEEP_QUEUE } from '../src/risk/risk-sweep';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('promises at risk', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const expectSupply = (
    item: string,
    id: string,
    quantity: string,
    days: number,
    kind: SupplyDto['kind'] = 'PURCHASE_ORDER',
  ) =>
    app.availability.putSupplies({ supplies: [{ id, kind, item, node: 'DC', quantity, availableOn: inDays(days) }] });
  const post = (...records: InventoryRecordDto[]) => app.availability.postInventory({ source: 'wms', records });
  const promise = async (item: string, quantity: string, days: number) => {
    const id = uniqueId('ord');
    const lines = [{ line: 1, item, quantity, requestedDate: inDays(days) }];
    await app.availability.reserve(reservation(item, quantity, { reservation: id, lines }));
    return id;
  };
  const risks = async (item: string) =>
    (await app.planning.risks({ item })).risks.map(({ reservation: id, quantity, shipDate, newDate }) => ({ id, quantity, shipDate, newDate })); // prettier-ignore
  const events = async (id: string) => {
    const { rows } = await app.database.query<{ type: string; data: PromiseAtRisk | PromiseRiskResolved }>(
      `select type, envelope->'data' as data from messaging.outbox where partition_key = $1 and type = any($2) order by id`,
      [id, [PROMISE_AT_RISK, PROMISE_RISK_RESOLVED]],
    );
    return rows;
  };

  /** E7, day 0 is today: usable 100, safety 15, 30 allocated, then 10, 25 and 50 for later days. */
  async function e7(item: string) {
    await post(
      fact({ item, fact: 'RECEIVED', quantity: '120' }),
      fact({ item, fact: 'QUARANTINED', quantity: '12' }),
      fact({ item, fact: 'DAMAGED', quantity: '8' }),
    );
    await app.availability.putSafetyStock({ levels: [{ item, node: 'DC', quantity: '15' }] });
    await expectSupply(item, `${item}-TO-1`, '40', 4, 'TRANSFER');
    await expectSupply(item, `${item}-ASN-1`, '150', 7, 'ASN');
    await expectSupply(item, `${item}-PO-1`, '50', 8);
    await promise(item, '30', 0);
    await promise(item, '10', 1);
    await promise(item, '25', 2);
    return promise(item, '50', 6);
  }

  test('E7 (e): the transfer slips to day 9, so 30 of the 50 of day 6 can only ship on day 7; it comes back and they are kept', async () => {
    const order = await e7('E7');
    expect(await risks('E7')).toEqual([]);
    await expectSupply('E7', 'E7-TO-1', '40', 9, 'TRANSFER');
    const atRisk = { quantity: '30', shipDate: inDays(6), newDate: inDays(7) };
    expect(await risks('E7')).toEqual([{ id: order, ...atRisk }]);
    await expectSupply('E7', 'E7-TO-1', '40', 4, 'TRANSFER');
    expect(await risks('E7')).toEqual([]);
    const promised = { reservation: order, line: 1, item: 'E7', node: 'DC', shipDate: inDays(6) };
    expect(await events(order)).toEqual([
      { type: PROMISE_AT_RISK, data: { ...promised, quantity: '30', newDate: inDays(7) } },
      { type: PROMISE_RISK_RESOLVED, data: promised },
    ]);
  });

  test('a supply that shrinks puts the latest promise at risk, once; what changes is told again, what does not is not', async () => {
    await expectSupply('SHRINK', 'SHRINK-PO', '20', 3);
    const [first, second] = [await promise('SHRINK', '10', 3), await promise('SHRINK', '10', 3)];
    await expectSupply('SHRINK', 'SHRINK-PO', '14', 3);
    await expectSupply('SHRINK', 'SHRINK-PO', '14', 3);
    expect(await risks('SHRINK')).toEqual([{ id: second, quantity: '6', shipDate: inDays(3), newDate: undefined }]);
    await expectSupply('SHRINK', 'SHRINK-PO', '12', 3);
    expect((await events(second)).map(({ data }) => data)).toMatchObject([{ quantity: '6' }, { quantity: '8' }]);
    expect(await events(first)).toEqual([]);
  });

  test('stock lost under what is held puts at risk what ships last, with the day on which supply makes it good', async () => {
    await post(fact({ item: 'LOST', fact: 'RECEIVED', quantity: '20' }));
    const first = await promise('LOST', '10', 0);
    const second = await promise('LOST', '10', 0);
    await expectSupply('LOST', 'LOST-PO', '4', 5);
    await post(fact({ item: 'LOST', fact: 'ADJUSTED', quantity: '-4' }));
    expect(await risks('LOST')).toEqual([{ id: second, quantity: '4', shipDate: inDays(0), newDate: inDays(5) }]);
    await post(fact({ item: 'LOST', fact: 'ADJUSTED', quantity: '4' }));
    expect(await risks('LOST')).toEqual([]);
    expect(await events(first)).toEqual([]);
  });

  test('a promise that is released is no longer at risk', async () => {
    await expectSupply('FREED', 'FREED-PO', '10', 3);
    const order = await promise('FREED', '10', 3);
    await expectSupply('FREED', 'FREED-PO', '0', 3);
    expect(await risks('FREED')).toMatchObject([{ id: order, quantity: '10' }]);
    await app.availability.release({ reservation: order, key: 'cancel' });
    expect(await risks('FREED')).toEqual([]);
    expect((await events(order)).map(({ type }) => type)).toEqual([PROMISE_AT_RISK, PROMISE_RISK_RESOLVED]);
  });

  test('supply that does not come on its day is found without any event', async () => {
    await expectSupply('LATE', 'LATE-PO', '10', 1);
    const order = await promise('LATE', '10', 2);
    // As if two days had passed: the clock of the database cannot be turned.
    await app.database.query(`update availability.supply set available_on = current_date - 1 where item = 'LATE'`);
    await app.database.query(`update availability.slice set ship_date = current_date where item = 'LATE'`);
    await app.database.query(`update messaging.job set run_at = now() where queue = $1`, [RISK_SWEEP_QUEUE]);
    await app.messaging.drain();
    expect(await risks('LATE')).toEqual([{ id: order, quantity: '10', shipDate: inDays(0), newDate: undefined }]);
  });

  test('a new reservation of the item finds what time has broken, without waiting for the next look', async () => {
    await expectSupply('AGAIN', 'AGAIN-PO', '10', 1);
    const order = await promise('AGAIN', '10', 2);
    await post(fact({ item: 'AGAIN', fact: 'RECEIVED', quantity: '3', node: 'ELSEWHERE-2' }));
    // As if two days had passed and the supply had not come.
    await app.database.query(`update availability.supply set available_on = current_date - 1 where item = 'AGAIN'`);
    await app.database.query(`update availability.slice set ship_date = current_date where item = 'AGAIN'`);
    expect(await risks('AGAIN')).toEqual([]);
    await promise('AGAIN', '1', 0);
    expect(await risks('AGAIN')).toEqual([{ id: order, quantity: '10', shipDate: inDays(0), newDate: undefined }]);
    expect((await events(order)).map(({ type }) => type)).toEqual([PROMISE_AT_RISK]);
  });

  test('the list is paged and can be narrowed to a node', async () => {
    const page = await app.planning.risks({ limit: 1 });
    expect(page.risks).toHaveLength(1);
    const rest = await app.planning.risks({ cursor: page.next ?? '' });
    expect(rest.next).toBeUndefined();
    expect(rest.risks.length).toBeGreaterThan(0);
    expect((await app.planning.risks({ node: 'ELSEWHERE' })).risks).toEqual([]);
  });
});
