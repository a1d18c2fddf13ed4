import { CrossdockError } from '#canonical/errors';
import type { ReserveLine, ReserveRequest } from '#contracts/availability/reserve.dto';
import type { NodePolicyDto } from '#contracts/availability/policies.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

/** 2026-03-06 is a Friday. */
describe('a reservation leaves on the days on which its node ships', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    process.env['CROSSDOCK_PREEMPT_PRIORITY'] = '2';
    app = await testAvailability('2026-03-06T15:00:00Z');
    delete process.env['CROSSDOCK_PREEMPT_PRIORITY'];
  });
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const receive = (item: string, quantity: string, node: string) =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const expectSupply = (item: string, quantity: string, availableOn: string, node: string) =>
    app.availability.putSupplies({
      supplies: [{ id: uniqueId('PO'), kind: 'PURCHASE_ORDER', item, node, quantity, availableOn }],
    });
  const nodeWith = async (policy: Omit<NodePolicyDto, 'node'>) => {
    const node = uniqueId('N');
    await app.availability.putNodePolicies({ policies: [{ node, ...policy }] });
    return node;
  };
  const queried = async (item: string, quantity: string, more: Partial<ReserveLine> = {}) =>
    (await app.availability.query({ lines: [{ item, quantity, ...more }] })).lines[0]?.slices.map(
      ({ node, quantity: promised, shipDate, basis, supply }) => ({
        node,
        quantity: promised,
        shipDate,
        basis,
        supply,
      }),
    );
  const reserved = async (
    item: string,
    quantity: string,
    more: Partial<ReserveLine> = {},
    rest: Partial<ReserveRequest> = {},
  ) => {
    const request = reservation(item, '', { lines: [{ line: 1, item, quantity, ...more }], ...rest });
    const { lines } = await app.availability.reserve(request);
    return lines[0]?.slices.map(({ node, quantity: promised, shipDate, basis, supply }) => ({
      node,
      quantity: promised,
      shipDate,
      basis,
      supply,
    }));
  };
  const nextDateOf = async (item: string, quantity: string, more: Partial<ReserveLine>) => {
    const error: unknown = await reserved(item, quantity, more).catch((reason: unknown) => reason);
    if (!(error instanceof CrossdockError)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error.findings[0]?.nextDate;
  };

  test('after the cut-off, over a weekend, with handling: as the query says', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, cutOff: '14:00', handlingDays: 1 });
    const item = uniqueId('DAYS');
    await receive(item, '10', node);
    await expectSupply(item, '5', '2026-03-13', node);
    const promised = await queried(item, '15');
    expect(promised?.map(({ shipDate }) => shipDate)).toEqual(['2026-03-10', '2026-03-16']);
    expect(await reserved(item, '15')).toEqual(promised);
    const { rows } = await app.database.query<{ day: string }>(
      'select distinct ship_date::text as day from availability.slice where item = $1 order by day',
      [item],
    );
    expect(rows.map(({ day }) => day)).toEqual(['2026-03-10', '2026-03-16']);
  });

  test('a closed day that was asked for becomes the next open one, and nothing else changes', async () => {
    const [closed, open] = [await nodeWith({ workingDays: MONDAY_TO_FRIDAY }), uniqueId('N')];
    const item = uniqueId('DAYS');
    await receive(item, '4', closed);
    const saturday = { requestedDate: '2026-03-07' };
    expect(await reserved(item, '1', saturday)).toMatchObject([{ node: closed, shipDate: '2026-03-09' }]);
    await receive(item, '4', open);
    expect(await reserved(item, '1', saturday)).toMatchObject([{ node: open, shipDate: '2026-03-07' }]);
  });

  test('a refusal names a day on which the node ships, and on that day it works', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, holidays: ['2026-03-16'], handlingDays: 1 });
    const item = uniqueId('DAYS');
    await expectSupply(item, '5', '2026-03-13', node);
    const latestDate = '2026-03-12';
    expect(await nextDateOf(item, '5', { latestDate })).toBe('2026-03-17');
    expect(await nextDateOf(item, '6', { latestDate })).toBeUndefined();
    const onThatDay = { requestedDate: '2026-03-17', latestDate: '2026-03-17' };
    expect(await reserved(item, '5', onThatDay)).toMatchObject([{ quantity: '5', shipDate: '2026-03-17' }]);
  });

  test('of nodes that ship on different days a refusal names the first day on which all that are needed do', async () => {
    const nodes = [await nodeWith({ workingDays: [1, 3] }), await nodeWith({ workingDays: [2, 3] })];
    const item = uniqueId('DAYS');
    for (const node of nodes) await receive(item, '5', node);
    expect(await nextDateOf(item, '5', { latestDate: '2026-03-08' })).toBe('2026-03-09');
    expect(await nextDateOf(item, '10', { latestDate: '2026-03-08' })).toBe('2026-03-11');
  });

  test('what is only on time on a closed day is not on time', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY });
    const item = uniqueId('DAYS');
    await receive(item, '5', node);
    const weekend = { requestedDate: '2026-03-07', latestDate: '2026-03-08' };
    expect(await nextDateOf(item, '5', weekend)).toBe('2026-03-09');
    expect(await queried(item, '5', weekend)).toEqual([]);
  });

  test('of nodes that have all of it the one whose shipment costs least gives it, as the query says', async () => {
    const [dear, cheap] = [await nodeWith({ shipmentCost: '9' }), await nodeWith({ shipmentCost: '2' })];
    const item = uniqueId('DAYS');
    for (const node of [dear, cheap]) await receive(item, '5', node);
    expect(await queried(item, '3')).toMatchObject([{ node: cheap }]);
    expect(await reserved(item, '3')).toMatchObject([{ node: cheap, quantity: '3' }]);
  });

  test('the rule of the item counts: a later demand that look-ahead keeps stock for is not kept for', async () => {
    const [strict, loose] = [uniqueId('DAYS'), uniqueId('DAYS')];
    await app.availability.putItemPolicies({ policies: [{ item: loose, rule: 'CUMULATIVE' }] });
    const node = uniqueId('N');
    for (const item of [strict, loose]) {
      await expectSupply(item, '6', '2026-03-09', node);
      await expectSupply(item, '4', '2026-03-12', node);
      await reserved(item, '8', { requestedDate: '2026-03-12' });
    }
    const early = { latestDate: '2026-03-10' };
    expect(await nextDateOf(strict, '6', early)).toBeUndefined();
    const promised = await queried(loose, '6', early);
    expect(promised?.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(6);
    expect(await reserved(loose, '6', early)).toEqual(promised);
  });

  test('what may be bought: a refusal says by when, and so does what is held in part', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, handlingDays: 1 });
    const item = uniqueId('DAYS');
    await receive(item, '5', node);
    await app.availability.putItemPolicies({
      policies: [{ item, purchasable: true, leadTimeDays: 3, receivingDays: 1 }],
    });
    const partly = reservation(item, '', { lines: [{ line: 1, item, quantity: '7' }], mode: 'PARTIAL' });
    const refusal: unknown = await app.availability
      .reserve({ ...partly, mode: 'ALL_OR_NOTHING' })
      .catch((reason: unknown) => reason);
    expect(refusal).toMatchObject({ findings: [{ expected: '5', leadTimeDate: '2026-03-13' }] });
    expect((refusal as CrossdockError).findings[0]).not.toHaveProperty('nextDate');
    expect((await app.availability.reserve(partly)).lines).toMatchObject([
      { uncovered: '2', leadTime: { node, quantity: '2', shipDate: '2026-03-13', deliveryDate: '2026-03-13' } },
    ]);
    expect((await app.availability.query({ lines: [{ item, quantity: '2' }] })).lines[0]?.slices).toMatchObject([
      { basis: 'LEAD_TIME', shipDate: '2026-03-13' },
    ]);
  });

  test('a refusal leaves nothing booked', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, handlingDays: 2 });
    const item = uniqueId('DAYS');
    await receive(item, '5', node);
    await expectSupply(item, '5', '2026-03-11', node);
    // Decided one after the other on the same book.
    const outcomes = await Promise.allSettled(['11', '11', '10', '1'].map((quantity) => reserved(item, quantity)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
  });

  test('goods that leave after handling must be there before: nobody else is promised them meanwhile', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, handlingDays: 1 });
    const item = uniqueId('DAYS');
    await expectSupply(item, '10', '2026-03-09', node);
    await expectSupply(item, '10', '2026-03-10', node);
    expect(await reserved(item, '10')).toMatchObject([{ quantity: '10', shipDate: '2026-03-10' }]);
    const tuesday = { latestDate: '2026-03-10' };
    expect(await queried(item, '10', tuesday)).toEqual([]);
    expect(await nextDateOf(item, '10', tuesday)).toBe('2026-03-11');
    expect(await reserved(item, '10')).toMatchObject([{ quantity: '10', shipDate: '2026-03-11' }]);
  });

  test('a lot must live until it arrives, as long as the node takes to send it', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY, transitDays: 5 });
    const item = uniqueId('DAYS');
    const lots = { SHORT: '2026-03-12', LONG: '2026-04-15' };
    const records = Object.entries(lots).map(([lot, expiresOn]) => fact({ item, node, fact: 'RECEIVED', quantity: '5', lot, expiresOn })); // prettier-ignore
    await app.availability.postInventory({ source: 'wms', records });
    const promised = await queried(item, '10');
    expect(promised).toMatchObject([{ quantity: '5' }]);
    expect(await reserved(item, '10', {}, { mode: 'PARTIAL' })).toEqual(promised);
  });

  test('each node gives whole packs only, and a refusal names the day on which there are enough', async () => {
    const [first, second] = [await nodeWith({ workingDays: MONDAY_TO_FRIDAY }), uniqueId('N')];
    const item = uniqueId('DAYS');
    await receive(item, '30', first);
    await receive(item, '20', second);
    await expectSupply(item, '4', '2026-03-11', second);
    const packs = { multiple: '24', latestDate: '2026-03-10' };
    expect(await nextDateOf(item, '48', packs)).toBe('2026-03-11');
    expect(await reserved(item, '48', { ...packs, latestDate: '2026-03-11' })).toMatchObject([
      { node: first, quantity: '24', shipDate: '2026-03-06' },
      { node: second, quantity: '20', shipDate: '2026-03-11' },
      { node: second, quantity: '4', shipDate: '2026-03-11' },
    ]);
  });

  test('the same reservation with another pack is another one', async () => {
    const item = uniqueId('DAYS');
    await receive(item, '48', uniqueId('N'));
    const lines = [{ line: 1, item, quantity: '24', multiple: '24' }];
    const request = reservation(item, '', { lines });
    await app.availability.reserve(request);
    expect(await app.availability.reserve(request)).toMatchObject({ outcome: 'replayed' });
    const other = { ...request, lines: lines.map((line) => ({ ...line, multiple: '12' })) };
    await expect(app.availability.reserve(other)).rejects.toMatchObject({ code: 'RESERVATION_CONFLICT' });
  });

  test('who converts a soft reservation gets an open day, and keeps the day that it was made for', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY });
    const item = uniqueId('DAYS');
    await receive(item, '5', node);
    const soft = reservation(item, '', {
      lines: [{ line: 1, item, quantity: '5', requestedDate: '2026-03-12' }],
      kind: 'SOFT',
    });
    await app.availability.reserve(soft);
    const converts = soft.reservation;
    expect(await reserved(item, '2', {}, { converts, kind: 'SOFT' })).toMatchObject([{ shipDate: '2026-03-12' }]);
    const second = reservation(item, '', { lines: [{ line: 1, item, quantity: '3' }], kind: 'SOFT' });
    await app.availability.reserve(second);
    const sunday = { requestedDate: '2026-03-15' };
    expect(await reserved(item, '3', sunday, { converts: second.reservation })).toMatchObject([
      { quantity: '3', shipDate: '2026-03-16' },
    ]);
  });

  test('who pre-empts gets an open day', async () => {
    const node = await nodeWith({ workingDays: MONDAY_TO_FRIDAY });
    const item = uniqueId('DAYS');
    await receive(item, '5', node);
    await reserved(item, '5', {}, { kind: 'SOFT', priority: 9 });
    const urgent = await reserved(item, '5', { requestedDate: '2026-03-08' }, { preempt: true, priority: 1 });
    expect(urgent).toMatchObject([{ quantity: '5', shipDate: '2026-03-09' }]);
  });
});
