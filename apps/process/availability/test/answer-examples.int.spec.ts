import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import type { SupplyDto } from '#contracts/availability/stock.dto';
import type { ItemPolicyDto } from '#contracts/availability/policies.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

/** The worked examples of domain/atp.md, asked of the API on their own dates. Day 0 is Monday 2026-03-02. */
describe('worked examples, as the API answers them', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability('2026-03-02T08:00:00Z')));
  beforeEach(() => app.setClock('2026-03-02T08:00:00Z'));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const day = (offset: number) => new Date(Date.UTC(2026, 2, 2 + offset)).toISOString().slice(0, 10);
  const receive = (item: string, quantity: number, node = 'DC') =>
    app.availability.postInventory({
      source: 'wms',
      records: [fact({ item, node, fact: 'RECEIVED', quantity: String(quantity) })],
    });
  type Coming = Partial<Omit<SupplyDto, 'quantity'>> & { quantity: number | string; on: number };
  const supply = async (item: string, ...coming: Coming[]): Promise<void> => {
    const supplies = coming.map(({ quantity, on, ...more }) => ({
      id: uniqueId('PO'),
      kind: 'PURCHASE_ORDER' as const,
      item,
      node: 'DC',
      quantity: String(quantity),
      availableOn: day(on),
      ...more,
    }));
    await app.availability.putSupplies({ supplies });
  };
  const order = async (item: string, quantity: number, on: number, kind: 'FIRM' | 'SOFT' = 'FIRM'): Promise<string> => {
    const lines = [{ line: 1, item, quantity: String(quantity), requestedDate: day(on), latestDate: day(on) }];
    const request = reservation(item, '', { lines, kind });
    await app.availability.reserve(request);
    return request.reservation;
  };
  const orders = async (item: string, quantities: readonly number[]): Promise<void> => {
    for (const [on, quantity] of quantities.entries()) if (quantity > 0) await order(item, quantity, on);
  };
  const policy = (item: string, more: Partial<ItemPolicyDto>) =>
    app.availability.putItemPolicies({ policies: [{ item, ...more }] });
  const ask = async (
    item: string,
    quantity: number | string,
    more: Partial<AvailabilityLineQuery> = {},
    query: Partial<AvailabilityQuery> = {},
  ) => {
    const { lines } = await app.availability.query({
      lines: [{ item, quantity: String(quantity), ...more }],
      ...query,
    });
    const [line] = lines;
    if (!line) throw new Error('no answer');
    return line;
  };
  const promised = async (item: string, quantity: number, more: Partial<AvailabilityLineQuery> = {}) =>
    (await ask(item, quantity, more)).slices.map((slice) => `${slice.quantity}@${slice.shipDate} ${slice.supply ?? slice.basis}`); // prettier-ignore
  const table = async (item: string, days: number) =>
    (await ask(item, 1, {}, { explain: true, explainDays: days })).explain?.[0]?.days ?? [];
  const row = async (item: string, days: number) =>
    (await table(item, days)).map(({ availableToPromise }) => Number(availableToPromise));

  test('E1: 20 in the first period are promised in the fifth, not out of the 22 of naive discrete', async () => {
    await receive('E1', 15);
    await supply('E1', ...[0, 2, 4, 6].map((on) => ({ quantity: 40, on })));
    await orders('E1', [18, 15, 27, 22, 10, 8, 6, 5]);
    expect(await row('E1', 8)).toEqual([13, 13, 13, 13, 35, 35, 64, 64]);
    const discrete = (await table('E1', 8)).map((each) => each.discrete);
    expect(discrete).toEqual(['13', undefined, '0', undefined, '22', undefined, '29', undefined]);
    expect(await ask('E1', 20, { complete: true })).toMatchObject({ slices: [{ shipDate: day(4), quantity: '20' }] });
  });

  test('E2: 10 more in the third period take 10 from the first bucket only', async () => {
    await receive('E2', 65);
    await supply('E2', { quantity: 250, on: 0 }, { quantity: 200, on: 3 }, { quantity: 150, on: 6 });
    await orders('E2', [25, 150, 49, 26, 75, 22, 68, 10]);
    expect(await row('E2', 8)).toEqual([91, 91, 91, 168, 168, 168, 240, 240]);
    await order('E2', 10, 2);
    expect((await table('E2', 8)).flatMap(({ discrete }) => discrete ?? [])).toEqual(['81', '77', '72']);
  });

  test('E3: discrete buckets of 20, 0, 40 and 50; what no bucket has waits for the lead time', async () => {
    await app.setClock('2026-01-01T08:00:00Z');
    const on = (date: string) => Math.round((Date.parse(date) - Date.UTC(2026, 2, 2)) / 86_400_000);
    const [first, second, third, fourth] = ['2026-01-01', '2026-02-10', '2026-02-15', '2026-03-01'].map(on);
    await supply('E3', { quantity: 50, on: first ?? 0 }, { quantity: 40, on: second ?? 0 });
    await supply('E3', { quantity: 50, on: third ?? 0 }, { quantity: 50, on: fourth ?? 0 });
    await order('E3', 30, on('2026-01-05'));
    await order('E3', 40, on('2026-02-12'));
    await order('E3', 10, on('2026-02-20'));
    await policy('E3', { rule: 'DISCRETE', purchasable: true, leadTimeDays: 60, receivingDays: 0 });
    const whole = async (quantity: number) => (await ask('E3', quantity, { complete: true })).slices.map(({ shipDate, basis }) => [shipDate, basis]); // prettier-ignore
    expect(await whole(10)).toEqual([['2026-01-01', 'PURCHASE_ORDER']]);
    expect(await whole(30)).toEqual([['2026-02-15', 'PURCHASE_ORDER']]);
    expect(await whole(100)).toEqual([['2026-03-26', 'LEAD_TIME']]);
  });

  test('E4: shipping changes no promise; a receipt that did not come drops out', async () => {
    await receive('E4', 20);
    await supply('E4', { id: 'E4-10', quantity: 10, on: 2 }, { quantity: 1, on: 4 }, { quantity: 3, on: 5 });
    const first = await order('E4', 3, 0);
    const before = await row('E4', 7);
    await app.availability.postInventory({
      source: 'wms',
      records: [fact({ item: 'E4', fact: 'SHIPPED', quantity: '3', reservation: first, line: 1 })],
    });
    expect(await row('E4', 7)).toEqual(before);
    await order('E4', 15, 3);
    expect(await row('E4', 7)).toEqual([12, 12, 12, 12, 13, 16, 16]);
    await app.setClock('2026-03-05T08:00:00Z');
    expect(await row('E4', 7)).toEqual([2, 3, 6, 6, 6, 6, 6]);
  });

  test.each([
    ['BACKWARD', [0, 0, 0, 0, 2, 3, 2, 2]],
    ['FORWARD', [0, 2, 0, 0, 0, 2, 2, 2]],
    ['BACKWARD_FORWARD', [0, 0, 0, 0, 1, 3, 2, 2]],
    ['ACCUMULATE', [0, 0, 0, 0, 2, 5, 7, 9]],
    ['LOOK_AHEAD', [0, 0, 0, 0, 1, 4, 6, 8]],
  ] as const)('E5: consumption by the rule %s', async (rule, expected) => {
    const item = `E5-${rule}`;
    const supplies = [6, 4, 2, 4, 8, 4, 4, 4].map((quantity, on) => ({ id: `${item}-${on}`, quantity, on }));
    // The shortage of the fourth period comes from a receipt that shrank after it was promised.
    await supply(item, ...supplies.map((each) => (each.on === 3 ? { ...each, quantity: 5 } : each)));
    await orders(item, [6, 2, 3, 6, 6, 1, 2, 2]);
    await supply(item, ...supplies);
    await policy(item, { rule });
    expect(await row(item, 8)).toEqual(expected);
  });

  describe('E7, the reference case: 120 on hand, 20 of it not usable, safety stock 15', () => {
    interface Variant {
      readonly atD6?: number;
      readonly lateTransfer?: boolean;
      readonly softEnds?: boolean;
    }
    const stocked = async ({ atD6 = 50, lateTransfer = false, softEnds = false }: Variant = {}) => {
      const item = uniqueId('E7');
      await receive(item, 120);
      const records = [fact({ item, fact: 'QUARANTINED', quantity: '12' }), fact({ item, fact: 'DAMAGED', quantity: '8' })]; // prettier-ignore
      await app.availability.postInventory({ source: 'wms', records });
      await app.availability.putSafetyStock({ levels: [{ item, node: 'DC', quantity: '15' }] });
      const transfer = { id: `TO-${item}`, kind: 'TRANSFER' as const };
      // 70 can only be promised for D6 while more is expected than comes in the end.
      await supply(item, { ...transfer, quantity: atD6 - 10, on: 4 });
      await supply(item, { id: `ASN-${item}`, kind: 'ASN', quantity: 150, on: 7 });
      await supply(item, { id: `PO-${item}`, quantity: 50, on: 8 });
      await order(item, 30, 0);
      const soft = await order(item, 10, 1, 'SOFT');
      if (softEnds) await app.availability.release({ reservation: soft, key: 'end' });
      await order(item, 25, 2);
      await order(item, atD6, 6);
      if (atD6 > 50 || lateTransfer) await supply(item, { ...transfer, quantity: 40, on: lateTransfer ? 9 : 4 });
      return item;
    };
    const row10 = (item: string) => row(item, 10);

    test.each([
      [10, ['10@2026-03-02 ON_HAND']],
      [15, ['10@2026-03-02 ON_HAND', '5@2026-03-09 ASN']],
      [60, ['10@2026-03-02 ON_HAND', '50@2026-03-09 ASN']],
      [210, ['10@2026-03-02 ON_HAND', '150@2026-03-09 ASN', '50@2026-03-10 PO']],
    ])('a request of %s', async (quantity, slices) => {
      const item = await stocked();
      expect(await row10(item)).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
      expect((await promised(item, quantity)).map((slice) => slice.replace(`-${item}`, ''))).toEqual(slices);
    });

    test('whole on one day: 15 on Monday, 210 on Tuesday', async () => {
      const item = await stocked();
      const whole = async (quantity: number) => (await ask(item, quantity, { complete: true })).slices.map(({ shipDate }) => shipDate); // prettier-ignore
      expect([new Set(await whole(15)), new Set(await whole(210))]).toEqual([new Set(['2026-03-09']), new Set(['2026-03-10'])]); // prettier-ignore
    });

    test('of 250 the last 40 are not promised; when they can be bought, for Thursday 12', async () => {
      const item = await stocked();
      const short = await ask(item, 250);
      expect(short).toMatchObject({ unpromised: '40' });
      expect(short.shortfalls).toEqual([
        { reason: 'SAFETY_STOCK', quantity: '15' },
        { reason: 'NO_SUPPLY', quantity: '25' },
      ]);
      await policy(item, { purchasable: true, leadTimeDays: 7, receivingDays: 1 });
      const { slices, unpromised, shortfalls } = await ask(item, 250);
      expect(slices.at(-1)).toEqual({ node: 'DC', quantity: '40', shipDate: '2026-03-12', basis: 'LEAD_TIME' });
      expect([unpromised, shortfalls]).toEqual(['0', []]);
    });

    test('a: accepting 10 on day 0 leaves nothing until day 7', async () => {
      const item = await stocked();
      await order(item, 10, 0);
      expect(await row10(item)).toEqual([0, 0, 0, 0, 0, 0, 0, 150, 200, 200]);
    });
    test('b: a soft reservation that ends gives its 10 back', async () => {
      const item = await stocked({ softEnds: true });
      expect(await row10(item)).toEqual([20, 20, 20, 20, 20, 20, 20, 170, 220, 220]);
    });
    test('d: one future shortage takes every earlier day to 0', async () => {
      const item = await stocked({ atD6: 70 });
      expect(await row10(item)).toEqual([0, 0, 0, 0, 0, 0, 0, 140, 190, 190]);
      expect((await table(item, 7)).at(-1)).toMatchObject({ projected: '-10' });
    });
    test('e: the transfer slips to day 9', async () => {
      const item = await stocked({ lateTransfer: true });
      expect(await row10(item)).toEqual([0, 0, 0, 0, 0, 0, 0, 120, 170, 210]);
      expect((await table(item, 7)).at(-1)).toMatchObject({ projected: '-30' });
    });
  });

  const receiveLots = (item: string, lots: Record<string, [quantity: number, expiresOn: string]>, node = 'DC') =>
    app.availability.postInventory({
      source: 'wms',
      records: Object.entries(lots).map(([lot, [quantity, expiresOn]]) =>
        fact({ item, node, fact: 'RECEIVED', quantity: String(quantity), lot, expiresOn }),
      ),
    });

  test('E6: safety stock of 21 on lots of 10 and 12 of which 3 are needed: 2 are missing, nothing is available', async () => {
    await receiveLots('E6', { A: [10, '2026-03-20'], B: [12, '2026-04-20'] });
    await order('E6', 3, 20);
    await app.availability.putSafetyStock({ levels: [{ item: 'E6', node: 'DC', quantity: '21' }] });
    const answer = await ask('E6', 1, {}, { explain: true, explainDays: 1 });
    expect(answer).toMatchObject({
      availableToPromise: '0',
      unpromised: '1',
      shortfalls: [{ reason: 'SAFETY_STOCK' }],
    });
    expect(answer.explain).toMatchObject([{ days: [{ projected: '-2' }] }]);
  });

  describe('E8: lots that expire', () => {
    test('are matched to the days of demand: 10 until A expires, nothing after it', async () => {
      await receiveLots('E8', { A: [40, day(2)], B: [30, '2026-12-31'] });
      await order('E8', 30, 1);
      await order('E8', 30, 4);
      expect(await row('E8', 5)).toEqual([10, 10, 10, 0, 0]);
      const answer = await ask('E8', 12, { requestedDate: day(3) });
      expect(answer).toMatchObject({ unpromised: '12', shortfalls: [{ reason: 'SHELF_LIFE', quantity: '10' }, { reason: 'NO_SUPPLY', quantity: '2' }] }); // prettier-ignore
    });
    test.each([
      [14, '150'],
      [30, '110'],
      [60, '50'],
    ])('with %s days of life left on 2026-03-06 there are %s', async (minimumRemainingLifeDays, expected) => {
      const item = uniqueId('E8');
      await receiveLots(item, { A: [40, '2026-03-25'], B: [60, '2026-04-20'], C: [50, '2026-07-01'] });
      const answer = await ask(item, 150, { requestedDate: '2026-03-06' }, { minimumRemainingLifeDays });
      expect(answer.availableToPromise).toBe(expected);
    });
    test('life counts on arrival where the node has a calendar', async () => {
      await app.availability.putNodePolicies({ policies: [{ node: 'E8', transitDays: 2 }] });
      await receiveLots('E8-WAY', { A: [40, '2026-03-20'] }, 'E8');
      const most = async (minimumRemainingLifeDays: number) =>
        (await ask('E8-WAY', 40, {}, { minimumRemainingLifeDays })).availableToPromise;
      expect([await most(14), await most(18)]).toEqual(['40', '0']);
    });
  });

  test('E9: EDI 60, WEB 30, OTHER 30 of what is unconsumed; after WEB has taken 20: 40, 10, 10', async () => {
    await receive('E9', 100);
    const quotas = Object.entries({ EDI: '40', WEB: '30' }).map(([channel, kept]) => ({ item: 'E9', channel, protected: kept })); // prettier-ignore
    await app.availability.putChannelQuotas({ quotas });
    const take = (channel: string, quantity: string) =>
      app.availability.reserve(reservation('E9', quantity, { channel }));
    const most = async () => {
      const answers = ['EDI', 'WEB', 'OTHER'].map((channel) => ask('E9', 100, {}, { channel }));
      return (await Promise.all(answers)).map(({ availableToPromise }) => Number(availableToPromise));
    };
    await take('EDI', '10');
    await take('WEB', '30');
    expect(await most()).toEqual([60, 30, 30]);
    await take('WEB', '20');
    expect(await most()).toEqual([40, 10, 10]);
  });

  describe('E10: order A5 B2 C3', () => {
    const stocked = async (atWest: number) => {
      const [a, b, c] = [uniqueId('A'), uniqueId('B'), uniqueId('C')];
      const stock = { EAST: [10, 0, 4], CENT: [2, 6, 1], WEST: [10, 6, atWest] };
      for (const [node, quantities] of Object.entries(stock))
        for (const [index, item] of [a, b, c].entries())
          if ((quantities[index] ?? 0) > 0) await receive(item, quantities[index] ?? 0, node);
      await app.availability.putNodePolicies({
        policies: Object.entries({ EAST: '120', CENT: '450', WEST: '2100' }).map(([node, shipmentCost]) => ({ node, shipmentCost })), // prettier-ignore
      });
      return Object.entries({ [a]: '5', [b]: '2', [c]: '3' }).map(([item, quantity]) => ({ item, quantity }));
    };
    const nodes = async (lines: AvailabilityLineQuery[], query: Partial<AvailabilityQuery> = {}) => {
      const answer = await app.availability.query({ lines, together: true, ...query });
      expect(answer.completeOn).toBe(day(0));
      return answer.lines.map(({ slices }) => slices.map(({ node }) => node).join());
    };

    test('no node has it all: EAST and CENT together are the nearest', async () => {
      expect(await nodes(await stocked(0))).toEqual(['EAST', 'CENT', 'EAST']);
    });
    test('WEST alone is fewer shipments, EAST and CENT cost less: the objective says which', async () => {
      const lines = await stocked(4);
      expect(await nodes(lines)).toEqual(['WEST', 'WEST', 'WEST']);
      expect(await nodes(lines, { objective: ['LOWEST_COST'] })).toEqual(['EAST', 'CENT', 'EAST']);
    });
    test('lines that share stock are promised it once when asked together', async () => {
      await receive('TWICE', 10, 'EAST');
      const lines = ['8', '8'].map((quantity) => ({ item: 'TWICE', quantity }));
      const alone = await app.availability.query({ lines });
      expect(alone.lines.map(({ unpromised }) => unpromised)).toEqual(['0', '0']);
      const { lines: both, completeOn } = await app.availability.query({ lines, together: true });
      expect(both.map(({ unpromised }) => unpromised)).toEqual(['0', '6']);
      expect(completeOn).toBeUndefined();
    });
  });

  test.each([
    ['2026-03-05T13:59:00Z', '2026-03-09', '2026-03-11'],
    ['2026-03-05T14:00:00Z', '2026-03-10', '2026-03-12'],
    ['2026-03-07T10:00:00Z', '2026-03-10', '2026-03-12'],
  ])('E11: asked at %s it ships on %s and arrives on %s', async (at, shipDate, deliveryDate) => {
    await app.availability.putNodePolicies({
      policies: [
        {
          node: 'E11',
          workingDays: [1, 2, 3, 4, 5],
          holidays: ['2026-03-06'],
          cutOff: '14:00',
          handlingDays: 1,
          transitDays: 2,
        },
      ],
    });
    const item = uniqueId('E11');
    await receive(item, 10, 'E11');
    await app.setClock(at);
    const answer = await ask(item, 4);
    expect(answer).toMatchObject({ availableToPromise: '10', unpromised: '0' });
    expect(answer.slices).toEqual([{ node: 'E11', quantity: '4', shipDate, deliveryDate, basis: 'ON_HAND' }]);
  });

  test('E11: of two nodes the one that still ships today goes first, and a day asked for is kept', async () => {
    await app.setClock('2026-03-05T14:00:00Z');
    const item = uniqueId('E11');
    await receive(item, 10, 'E11');
    await receive(item, 10, 'ZZ');
    expect((await ask(item, 4)).slices).toMatchObject([{ node: 'ZZ', shipDate: '2026-03-05' }]);
    const { slices } = await ask(item, 15, { requestedDate: '2026-03-14', node: 'E11' });
    expect(slices).toMatchObject([{ quantity: '10', shipDate: '2026-03-16', deliveryDate: '2026-03-18' }]);
  });

  describe('E12: packs and kits', () => {
    test('130 are five cases of 24', async () => {
      await receive('E12', 130);
      const answer = await ask('E12', 130, { multiple: '24' });
      expect(answer).toMatchObject({ availableToPromise: '120', unpromised: '10', slices: [{ quantity: '120' }] });
      expect(answer.shortfalls).toEqual([{ reason: 'PACK_ROUNDING', quantity: '10' }]);
    });
    test('two nodes with 13 each hold no case of 24', async () => {
      for (const node of ['NORTH', 'SOUTH']) await receive('E12-13', 13, node);
      const answer = await ask('E12-13', 24, { multiple: '24' });
      expect(answer).toMatchObject({ availableToPromise: '0', unpromised: '24', slices: [] });
      expect(answer.shortfalls).toEqual([{ reason: 'PACK_ROUNDING', quantity: '24' }]);
    });
    test('a kit is as many as its scarcest component allows, at each node', async () => {
      const components = [['BOX', '1'], ['BULB', '4'], ['CORD', '2']].map(([item = '', quantity = '']) => ({ item, quantity })); // prettier-ignore
      await policy('LAMP', { components });
      for (const [item, quantity] of Object.entries({ BOX: 37, BULB: 150, CORD: 70 })) await receive(item, quantity);
      await receive('BOX', 5, 'NORTH');
      const answer = await ask('LAMP', 36, {}, { explain: true, explainDays: 1 });
      expect(answer).toMatchObject({ known: true, availableToPromise: '35', unpromised: '1' });
      expect(answer.slices).toMatchObject([
        {
          node: 'DC',
          quantity: '35',
          basis: 'ON_HAND',
          components: [
            { item: 'BOX', quantity: '35', basis: 'ON_HAND' },
            { item: 'BULB', quantity: '140' },
            { item: 'CORD', quantity: '70' },
          ],
        },
      ]);
      expect(answer.explain?.map(({ item, node }) => `${item} ${node}`)).toEqual(['BOX DC', 'BOX NORTH', 'BULB DC', 'CORD DC']); // prettier-ignore
      expect((await ask('BOX', 42)).availableToPromise).toBe('42');
    });
    test('a kit in a kit is taken apart; a component that comes later makes the kit later', async () => {
      await policy('TWINLAMP', { components: [{ item: 'LAMP', quantity: '2' }, { item: 'CORD', quantity: '1' }] }); // prettier-ignore
      expect((await ask('TWINLAMP', 1)).availableToPromise).toBe('14');
      await supply('CORD', { id: 'PO-CORD', quantity: 10, on: 3 });
      expect((await ask('TWINLAMP', 16)).slices).toMatchObject([
        { quantity: '14', shipDate: day(0), basis: 'ON_HAND' },
        { quantity: '2', shipDate: day(3), basis: 'PURCHASE_ORDER', supply: 'PO-CORD' },
      ]);
    });
  });

  test('an approved substitute comes before waiting, is named, and counts by its ratio', async () => {
    await receive('ORIGINAL', 3);
    await supply('ORIGINAL', { id: 'PO-ORIGINAL', quantity: 20, on: 5 });
    await receive('INSTEAD', 5);
    await policy('ORIGINAL', { substitutes: [{ item: 'INSTEAD', ratio: '2' }] });
    const answer = await ask('ORIGINAL', 10);
    expect(answer).toMatchObject({ availableToPromise: '3', unpromised: '0' });
    expect(answer.slices).toEqual([
      { node: 'DC', quantity: '3', shipDate: day(0), basis: 'ON_HAND' },
      { node: 'DC', quantity: '5', shipDate: day(5), basis: 'PURCHASE_ORDER', supply: 'PO-ORIGINAL' },
      { node: 'DC', quantity: '2', shipDate: day(0), basis: 'SUBSTITUTE', item: 'INSTEAD', itemQuantity: '4' },
    ]);
    expect((await ask('INSTEAD', 5)).availableToPromise).toBe('5');
  });

  test('a quota over all nodes counts once in what a channel may have', async () => {
    await receive('SHARED', 5, 'EAST');
    await receive('SHARED', 5, 'WEST');
    await app.availability.putChannelQuotas({ quotas: [{ item: 'SHARED', channel: 'EDI', protected: '4' }] });
    expect((await ask('SHARED', 10, {}, { channel: 'WEB' })).availableToPromise).toBe('6');
    expect((await ask('SHARED', 10, {}, { channel: 'EDI' })).availableToPromise).toBe('10');
  });
});
