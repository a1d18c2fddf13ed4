import type { InventoryRecordDto, SupplyDto } from '#contracts/availability/stock.dto';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';
import { inDays, referenceCase } from './reference-case';

describe('an ASN replaces the purchase order quantity, it does not add to it', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    app = await testAvailability();
    app.nodes.push({ id: 'DC', priority: 1, active: true });
  });
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  /** One purchase order and what is said of it; every item has ids of its own. */
  function deliveries() {
    const item = uniqueId('ASN');
    const [po, asn] = [`${item}-PO`, `${item}-ASN`];
    const put = (id: string, quantity: string, days: number, more: Partial<SupplyDto> = {}) =>
      app.availability.putSupplies({
        supplies: [{ id, kind: 'PURCHASE_ORDER', item, node: 'DC', quantity, availableOn: inDays(days), ...more }],
      });
    const order = (quantity: string, more: Partial<SupplyDto> = {}) => put(po, quantity, 8, more);
    const announce = (quantity: string, more: Partial<SupplyDto> = {}, days = 7) =>
      put(asn, quantity, days, { kind: 'ASN', announces: po, ...more });
    const receive = async (quantity: string, reference: string, more: Partial<InventoryRecordDto> = {}) => {
      const record = fact({ item, fact: 'RECEIVED', quantity, reference, ...more });
      const { results } = await app.availability.postInventory({ source: 'wms/dock', records: [record] });
      expect(results).toMatchObject([{ outcome: 'applied' }]);
      return record.id;
    };
    /** What counts, by document: "150 of ASN". */
    const coming = async () =>
      (await app.availability.timeline({ item })).nodes
        .flatMap(({ supplies }) => supplies)
        .filter(({ quantity }) => quantity !== '0')
        .map(({ id, quantity }) => `${quantity} of ${id.slice(item.length + 1)}`);
    const promisable = async (days: number) => {
      const lines = [{ item, quantity: '1', requestedDate: inDays(days) }];
      return (await app.availability.query({ lines })).lines[0]?.availableToPromise;
    };
    return { item, po, asn, put, order, announce, receive, coming, promisable };
  }

  test('E7 with its documents as they are: order 200, ASN 150 of it', async () => {
    const { item, order, announce, put, receive, promisable, coming } = deliveries();
    await receive('100', 'opening');
    await app.availability.putSafetyStock({ levels: [{ item, node: 'DC', quantity: '15' }] });
    await put(`${item}-TO`, '40', 4, { kind: 'TRANSFER' });
    await order('200');
    await announce('150');
    const { promise } = referenceCase(() => app);
    for (const [quantity, days] of [['30', 0], ['10', 1], ['25', 2], ['50', 6]] as const) await promise(item, quantity, days); // prettier-ignore
    expect(await coming()).toEqual(['40 of TO', '150 of ASN', '50 of PO']);
    const days = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const row = [];
    for (const day of days) row.push(await promisable(day));
    expect(row).toEqual(['10', '10', '10', '10', '10', '10', '10', '160', '210', '210']);
  });

  test('procure-to-pay §4: 60 on the first schedule and 40 on the second; an ASN of 55 leaves 5 and 40', async () => {
    const { item, put, coming } = deliveries();
    await put(`${item}-PO.1`, '60', 8);
    await put(`${item}-PO.2`, '40', 15);
    await put(`${item}-ASN`, '55', 7, { kind: 'ASN', announces: `${item}-PO.1` });
    expect(await coming()).toEqual(['55 of ASN', '5 of PO.1', '40 of PO.2']);
  });

  test('an ASN may come before its order, and is netted when the order comes', async () => {
    const { order, announce, coming } = deliveries();
    await announce('150');
    expect(await coming()).toEqual(['150 of ASN']);
    await order('200');
    expect(await coming()).toEqual(['150 of ASN', '50 of PO']);
  });

  test('the order changes: what is announced stays, what is beyond the order is not promised', async () => {
    const { order, announce, coming } = deliveries();
    await order('200');
    await announce('150');
    await order('180');
    expect(await coming()).toEqual(['150 of ASN', '30 of PO']);
    await order('120');
    expect(await coming()).toEqual(['120 of ASN']);
    await order('0');
    expect(await coming()).toEqual([]);
  });

  test('a replaced ASN restates all; one that is cancelled gives the quantity back to the order', async () => {
    const { order, announce, coming } = deliveries();
    await order('200');
    await announce('150');
    await announce('90');
    expect(await coming()).toEqual(['90 of ASN', '110 of PO']);
    await announce('0');
    expect(await coming()).toEqual(['200 of PO']);
  });

  test('received in parts and over: what has come of the ASN has come of the order', async () => {
    const { asn, order, announce, receive, coming } = deliveries();
    await order('200');
    await announce('150');
    await receive('100', asn);
    expect(await coming()).toEqual(['50 of ASN', '50 of PO']);
    await receive('60', asn);
    expect(await coming()).toEqual(['40 of PO']);
  });

  test('received against the order while it is announced: it is the ASN that has come', async () => {
    const { po, order, announce, receive, coming } = deliveries();
    await order('200');
    await announce('150');
    await receive('150', po);
    expect(await coming()).toEqual(['50 of PO']);
  });

  test('the receipt comes before its ASN: the ASN is matched, in transit is not counted twice', async () => {
    const { asn, order, announce, receive, coming } = deliveries();
    await order('200');
    await receive('100', asn);
    expect(await coming()).toEqual(['200 of PO']);
    await announce('150');
    expect(await coming()).toEqual(['50 of ASN', '50 of PO']);
    await announce('150');
    expect(await coming()).toEqual(['50 of ASN', '50 of PO']);
  });

  test('received against the order before the ASN was known: together they count what the order still has to come', async () => {
    const { po, order, announce, receive, coming } = deliveries();
    await order('200');
    await receive('150', po);
    await announce('150');
    expect(await coming()).toEqual(['50 of ASN']);
  });

  test('an order that restates itself without having seen a receipt does not count it again', async () => {
    const { asn, po, order, announce, receive, coming } = deliveries();
    await order('200');
    await announce('150');
    await receive('100', asn);
    await receive('20', po);
    await order('200', { received: '0' });
    expect(await coming()).toEqual(['30 of ASN', '50 of PO']);
    await order('100', { received: '100' });
    expect(await coming()).toEqual(['30 of ASN', '50 of PO']);
  });

  test('a receipt that was taken back is expected again by the next statement', async () => {
    const { item, asn, order, announce, receive, coming } = deliveries();
    await order('200');
    await announce('150');
    const receipt = await receive('150', asn);
    await app.availability.postInventory({
      source: 'wms/dock',
      records: [fact({ item, fact: 'REVERSED', quantity: '150', reverses: receipt })],
    });
    await announce('150');
    await order('200', { received: '0' });
    expect(await coming()).toEqual(['150 of ASN', '50 of PO']);
  });

  test('the planner and explain show both documents and what counts of each', async () => {
    const { item, po, asn, order, announce } = deliveries();
    await order('150');
    await announce('150');
    const [node] = (await app.availability.timeline({ item })).nodes;
    expect(node?.supplies).toMatchObject([
      { id: asn, kind: 'ASN', quantity: '150', open: '150', announces: po, countsOn: inDays(7) },
      { id: po, kind: 'PURCHASE_ORDER', quantity: '0', open: '150' },
    ]);
    expect(node?.supplies[1]).not.toHaveProperty('countsOn');
    const lines = [{ item, quantity: '200' }];
    const { lines: answers } = await app.availability.query({ lines, explain: true, explainDays: 9 });
    expect(answers[0]?.explain?.[0]?.expected).toEqual([
      { id: asn, kind: 'ASN', quantity: '150', open: '150', announces: po, availableOn: inDays(7) },
      { id: po, kind: 'PURCHASE_ORDER', quantity: '0', open: '150', availableOn: inDays(8) },
    ]);
  });

  test.each([
    ['an order announces nothing', { kind: 'PURCHASE_ORDER' }, 'announces'],
    ['a transfer is not announced by an ASN', { announces: 'TO' }, 'is no purchase order'],
    ['another item is not announced', { item: 'ANOTHER-ITEM' }, 'not for ANOTHER-ITEM'],
  ] as const)('refused: %s', async (_, more, why) => {
    const { item, order, announce, put } = deliveries();
    await order('200');
    await put(`${item}-TO`, '5', 3, { kind: 'TRANSFER' });
    const given = 'announces' in more ? { announces: `${item}-TO` } : more;
    await expect(announce('10', given)).rejects.toMatchObject({
      code: 'ANNOUNCEMENT_INVALID',
      findings: [{ pointer: '/supplies/0/announces', detail: expect.stringContaining(why) as string }],
    });
  });
});
