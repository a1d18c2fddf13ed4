import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('stock by lot', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    app = await testAvailability();
    app.nodes.push({ id: 'DC', priority: 1, active: true });
  });
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const post = (records: InventoryRecordDto[], source = 'wms/north') =>
    app.availability.postInventory({ source, records });
  const promised = async (item: string, quantity: string, requestedDate?: string) => {
    const line = { item, quantity, ...(requestedDate === undefined ? {} : { requestedDate }) };
    return (await app.availability.query({ lines: [line] })).lines[0];
  };
  const lots = async (item: string) => {
    const { rows } = await app.database.query<{ lot: string; onHand: number }>(
      `select lot, on_hand::float8 as "onHand" from availability.lot_position where item = $1 order by lot`,
      [item],
    );
    return Object.fromEntries(rows.map(({ lot, onHand }) => [lot, onHand]));
  };
  const position = async (item: string) => (await app.availability.timeline({ item })).nodes[0]?.position;

  test('an expired lot is on hand and cannot be promised', async () => {
    const item = uniqueId('LOT');
    await post([
      fact({ item, fact: 'RECEIVED', quantity: '10', lot: 'OLD', expiresOn: dayIn(-2) }),
      fact({ item, fact: 'RECEIVED', quantity: '6', lot: 'NEW', expiresOn: dayIn(60) }),
    ]);
    expect(await position(item)).toMatchObject({ onHand: '16', expired: '10', usable: '6', free: '6' });
    expect(await promised(item, '10')).toMatchObject({ availableToPromise: '6', unpromised: '4' });
    await expect(app.availability.reserve(reservation(item, '7'))).rejects.toMatchObject({
      code: 'INSUFFICIENT_AVAILABILITY',
    });
    await app.availability.reserve(reservation(item, '6'));
    expect(await promised(item, '1')).toMatchObject({ availableToPromise: '0', unpromised: '1' });
  });

  test('what expires before the ship day is not promised for it, and life that must remain counts', async () => {
    const item = uniqueId('LOT');
    await post([
      fact({ item, fact: 'RECEIVED', quantity: '10', lot: 'A', expiresOn: dayIn(20) }),
      fact({ item, fact: 'RECEIVED', quantity: '5', lot: 'B', expiresOn: dayIn(90) }),
    ]);
    expect(await promised(item, '15')).toMatchObject({ availableToPromise: '15' });
    expect(await promised(item, '15', dayIn(30))).toMatchObject({ availableToPromise: '5' });
    await app.availability.putItemPolicies({ policies: [{ item, minimumRemainingLifeDays: 30 }] });
    expect(await promised(item, '15')).toMatchObject({ availableToPromise: '5' });
  });

  test('each lot has its own balance: movements, quality, counts and reversals', async () => {
    const item = uniqueId('LOT');
    const receipt = fact({ item, fact: 'RECEIVED', quantity: '10', lot: 'A', sequence: 1 });
    await post([receipt, fact({ item, fact: 'RECEIVED', quantity: '5', lot: 'B', sequence: 2 })]);
    await post([fact({ item, fact: 'SHIPPED', quantity: '4', lot: 'A', sequence: 3 })]);
    expect(await lots(item)).toEqual({ A: 6, B: 5 });
    await post([
      fact({ item, fact: 'COUNTED', quantity: '9', lot: 'A', sequence: 2 }),
      fact({ item, fact: 'COUNTED', quantity: '7', lot: 'B', sequence: 2 }),
    ]);
    // A was 10 at sequence 2, so one is missing; B was 5.
    expect(await lots(item)).toEqual({ A: 5, B: 7 });
    expect(await position(item)).toMatchObject({ onHand: '12' });
    await post([fact({ item, fact: 'REVERSED', quantity: '10', reverses: receipt.id, sequence: 4 })]);
    expect(await lots(item)).toEqual({ A: 5, B: 7 });
    await post([fact({ item, fact: 'DAMAGED', quantity: '7', lot: 'B', sequence: 5 })]);
    expect(await promised(item, '12')).toMatchObject({ availableToPromise: '5' });
  });
});
