import { SHIPMENT_CONFIRMED, STOCK_ALLOCATED, type ShipmentConfirmed, type StockAllocated } from '#contracts/events/catalogue'; // prettier-ignore
import { SHIPMENT_CORRECTED, type ShipmentCorrected } from '#contracts/events/shipments';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';
import { inDays } from './reference-case';

describe('kits and substitutes are held as what they are made of, and go as what was asked for', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const promisable = async (item: string) =>
    (await app.availability.query({ lines: [{ item, quantity: '1' }] })).lines[0]?.availableToPromise;
  const lineOf = async (id: string) => (await app.availability.reservation({ reservation: id })).lines[0];
  const allocatedTo = async (id: string) =>
    (
      await app.database.query<{ data: StockAllocated }>(
        `select envelope->'data' as data from messaging.outbox where type = $1 and partition_key = $2 order by id`,
        [STOCK_ALLOCATED, id],
      )
    ).rows.map(({ data }) => data);

  /** BOX×1 (37), BULB×4 (150), CORD×2 (70), as E12 has them. */
  async function lamp() {
    const [kit, box, bulb, cord] = [uniqueId('LAMP'), uniqueId('BOX'), uniqueId('BULB'), uniqueId('CORD')];
    const components = [
      { item: box, quantity: '1' },
      { item: bulb, quantity: '4' },
      { item: cord, quantity: '2' },
    ];
    await app.availability.putItemPolicies({ policies: [{ item: kit, components }] });
    for (const [item, quantity] of [[box, '37'], [bulb, '150'], [cord, '70']] as const) await receive(item, quantity); // prettier-ignore
    return { kit, box, bulb, cord };
  }
  /** X, and Y of which two stand for one X. */
  async function pair() {
    const [item, other] = [uniqueId('X'), uniqueId('Y')];
    await app.availability.putItemPolicies({ policies: [{ item, substitutes: [{ item: other, ratio: '2' }] }] });
    await receive(item, '3');
    await receive(other, '10');
    return { item, other };
  }
  const soft = (item: string, quantity: string, more: Partial<ReserveRequest> = {}) =>
    reservation(item, quantity, { kind: 'SOFT', ...more });

  describe('a kit', () => {
    test('E12: 35 of 37, 150 and 70 are held in one step; the answer names the components', async () => {
      const { kit, box, bulb, cord } = await lamp();
      await expect(app.availability.reserve(soft(kit, '36'))).rejects.toMatchObject({
        code: 'INSUFFICIENT_AVAILABILITY',
        findings: [{ seen: '36', expected: '35' }],
      });
      const held = await app.availability.reserve(soft(kit, '35'));
      expect(held.lines).toMatchObject([
        {
          item: kit,
          uncovered: '0',
          slices: [
            {
              node: 'DC',
              quantity: '35',
              basis: 'ON_HAND',
              state: 'RESERVED',
              components: [
                { item: box, quantity: '35' },
                { item: bulb, quantity: '140' },
                { item: cord, quantity: '70' },
              ],
            },
          ],
        },
      ]);
      expect([await promisable(kit), await promisable(box), await promisable(bulb)]).toEqual(['0', '2', '10']);
    });

    test('is whole at each node, and is given in parts as kits', async () => {
      const [kit, part] = [uniqueId('KIT'), uniqueId('PART')];
      await app.availability.putItemPolicies({ policies: [{ item: kit, components: [{ item: part, quantity: '24' }] }] }); // prettier-ignore
      for (const node of ['DC', 'WEST']) await receive(part, '30', node);
      const request = soft(kit, '3', { mode: 'PARTIAL' });
      expect((await app.availability.reserve(request)).lines).toMatchObject([{ uncovered: '1' }]);
      expect((await lineOf(request.reservation))?.open).toBe('2');
      const release = { reservation: request.reservation, key: 'one', lines: [{ line: 1, quantity: '1.5' }] };
      expect((await app.availability.release(release)).lines).toEqual([{ line: 1, released: '1' }]);
      expect(await lineOf(request.reservation)).toMatchObject({
        open: '1',
        slices: [{ quantity: '1', components: [{ item: part, quantity: '24' }] }],
      });
      expect(await promisable(kit)).toBe('1');
    });

    test('changes hands as a kit; what the order leaves is free, and what leaves the node are its components', async () => {
      const { kit, bulb } = await lamp();
      const basket = soft(kit, '10');
      await app.availability.reserve(basket);
      const order = reservation(kit, '6', { converts: basket.reservation, backorder: true });
      expect((await app.availability.reserve(order)).lines).toMatchObject([
        { uncovered: '0', converted: '6', slices: [{ quantity: '6', state: 'ALLOCATED' }] },
      ]);
      expect(await promisable(bulb)).toBe('126');
      const { history } = await app.availability.reservation({ reservation: basket.reservation });
      expect(history.at(-1)).toMatchObject({ event: 'CONVERTED', lines: [{ line: 1, quantity: '10' }] });
      const data: ShipmentConfirmed = {
        shipment: uniqueId('ship'),
        order: order.reservation,
        partner: 'p',
        fulfilmentOrder: 'fo-1',
        node: 'DC',
        shippedAt: new Date().toISOString(),
        trackingNumbers: [],
        lines: [{ line: 1, item: kit, quantity: '4', reservation: order.reservation }],
      };
      const confirmed = { type: SHIPMENT_CONFIRMED, source: 'process/shipments', subject: data.shipment, partitionKey: order.reservation, data }; // prettier-ignore
      await app.messaging.outbox.publish(app.database, [confirmed, confirmed]);
      await app.messaging.drain();
      expect(await lineOf(order.reservation)).toMatchObject({ open: '2' });
      const { nodes } = await app.availability.timeline({ item: bulb });
      expect(nodes).toMatchObject([{ position: { onHand: '134', allocated: '8' } }]);
    });

    test('a shipment of kits that is corrected or void puts its components back', async () => {
      const { kit, box, bulb } = await lamp();
      const order = reservation(kit, '10');
      await app.availability.reserve(order);
      const shipment = uniqueId('ship');
      const common = { shipment, order: order.reservation, partner: 'p', fulfilmentOrder: 'fo-1', node: 'DC', shippedAt: new Date().toISOString() }; // prettier-ignore
      const line = { line: 1, item: kit, reservation: order.reservation };
      const tell = async (type: string, data: ShipmentConfirmed | ShipmentCorrected): Promise<void> => {
        await app.messaging.outbox.publish(app.database, [{ type, source: 'process/shipments', subject: shipment, partitionKey: order.reservation, data }]); // prettier-ignore
        await app.messaging.drain();
      };
      const onHand = async () =>
        Promise.all([box, bulb].map(async (item) => (await app.availability.timeline({ item })).nodes[0]?.position.onHand)); // prettier-ignore
      await tell(SHIPMENT_CONFIRMED, { ...common, trackingNumbers: [], lines: [{ ...line, quantity: '10' }] });
      expect(await onHand()).toEqual(['27', '110']);
      const corrected = { ...common, revision: 2, voided: false, reason: 'two were found' };
      await tell(SHIPMENT_CORRECTED, { ...corrected, lines: [{ ...line, before: '10', quantity: '8' }] });
      expect(await onHand()).toEqual(['29', '118']);
      await tell(SHIPMENT_CORRECTED, { ...corrected, revision: 3, voided: true, lines: [{ ...line, before: '8', quantity: '0' }] }); // prettier-ignore
      expect(await onHand()).toEqual(['37', '150']);
    });

    test('is allocated when the last of its components has come', async () => {
      const [kit, near, far] = [uniqueId('KIT'), uniqueId('NEAR'), uniqueId('FAR')];
      await app.availability.putItemPolicies({
        policies: [{ item: kit, components: [{ item: near, quantity: '1' }, { item: far, quantity: '2' }] }], // prettier-ignore
      });
      await receive(near, '5');
      await app.availability.putSupplies({
        supplies: [{ id: far, kind: 'PURCHASE_ORDER', item: far, node: 'DC', quantity: '10', availableOn: inDays(4) }],
      });
      const order = reservation(kit, '5');
      expect((await app.availability.reserve(order)).lines).toMatchObject([
        { slices: [{ quantity: '5', state: 'PROMISED', shipDate: inDays(4), basis: 'PURCHASE_ORDER' }] },
      ]);
      const waiting = { reservation: order.reservation, key: 'none', lines: [{ line: 1, held: 'ALLOCATED' as const }] };
      expect((await app.availability.release(waiting)).lines).toEqual([{ line: 1, released: '0' }]);
      await receive(far, '5');
      expect(await allocatedTo(order.reservation)).toEqual([
        { reservation: order.reservation, line: 1, item: kit, node: 'DC', quantity: '2' },
      ]);
      await receive(far, '5');
      expect((await allocatedTo(order.reservation)).map(({ quantity }) => quantity)).toEqual(['2', '3']);
    });

    test('counts under the caps of its components, and expires as a kit', async () => {
      const { kit, bulb } = await lamp();
      const partner = uniqueId('P');
      await app.availability.putPartnerCaps({ caps: [{ partner, item: bulb, maximum: '20' }] });
      await expect(app.availability.reserve(soft(kit, '6', { partner }))).rejects.toMatchObject({
        code: 'RESERVATION_CAP_EXCEEDED',
        findings: [{ seen: '24', expected: '20' }],
      });
      const held = soft(kit, '5', { partner });
      await app.availability.reserve(held);
      await app.database.query(`update availability.reservation set expires_at = now() where id = $1`, [held.reservation]); // prettier-ignore
      await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.expire'`);
      await app.messaging.drain();
      const { state, history } = await app.availability.reservation({ reservation: held.reservation });
      expect([state, history.at(-1)?.lines]).toEqual(['EXPIRED', [{ line: 1, quantity: '5' }]]);
      expect(await promisable(kit)).toBe('35');
    });

    test('that nothing covers waits in line under its own name', async () => {
      const { kit } = await lamp();
      const order = await app.availability.reserve(reservation(kit, '40', { mode: 'PARTIAL', backorder: true }));
      expect(order.lines).toMatchObject([{ uncovered: '5', slices: [{ quantity: '35', state: 'ALLOCATED' }] }]);
      expect((await lineOf(order.reservation))?.open).toBe('40');
    });
  });

  describe('a kit of which nothing was there', () => {
    async function waitingKit(quantity: string) {
      const [kit, one, two] = [uniqueId('KIT'), uniqueId('ONE'), uniqueId('TWO')];
      const components = [{ item: one, quantity: '1' }, { item: two, quantity: '2' }]; // prettier-ignore
      await app.availability.putItemPolicies({ policies: [{ item: kit, components }] });
      const order = reservation(kit, quantity, { mode: 'PARTIAL', backorder: true });
      expect((await app.availability.reserve(order)).lines).toMatchObject([{ uncovered: quantity, slices: [] }]);
      return { kit, one, two, order: order.reservation };
    }
    /** Kits follow the feed, and then who waits is served. */
    const follow = async (): Promise<void> => {
      for (let round = 0; round < 2; round += 1) {
        await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.feed-kits'`);
        await app.messaging.drain();
      }
    };

    test('is put together when its components come, as many as there are whole ones', async () => {
      const { kit, one, two, order } = await waitingKit('5');
      await app.messaging.jobs.enqueue(app.database, [{ queue: 'availability.feed-kits', key: 'follow', payload: { xid: '0', item: '' } }]); // prettier-ignore
      await receive(one, '5');
      await follow();
      expect(await allocatedTo(order)).toEqual([]);
      await receive(two, '7');
      await follow();
      expect(await allocatedTo(order)).toEqual([{ reservation: order, line: 1, item: kit, node: 'DC', quantity: '3' }]);
      expect(await promisable(two)).toBe('1');
      await receive(two, '3');
      await follow();
      expect((await allocatedTo(order)).map(({ quantity }) => quantity)).toEqual(['3', '2']);
      expect(await lineOf(order)).toMatchObject({ open: '5' });
    });

    test('leaves as its components', async () => {
      const { kit, one, two, order } = await waitingKit('2');
      await app.messaging.jobs.enqueue(app.database, [{ queue: 'availability.feed-kits', key: 'follow', payload: { xid: '0', item: '' } }]); // prettier-ignore
      await receive(one, '2');
      await receive(two, '4');
      await follow();
      const shipment = uniqueId('ship');
      const data = { shipment, order, partner: 'p', fulfilmentOrder: 'fo-1', node: 'DC', shippedAt: new Date().toISOString(), trackingNumbers: [], lines: [{ line: 1, item: kit, quantity: '2', reservation: order }] }; // prettier-ignore
      await app.messaging.outbox.publish(app.database, [{ type: SHIPMENT_CONFIRMED, source: 'process/shipments', subject: shipment, partitionKey: order, data }]); // prettier-ignore
      await app.messaging.drain();
      expect(await lineOf(order)).toMatchObject({ open: '0', slices: [] });
      for (const item of [one, two])
        expect((await app.availability.timeline({ item })).nodes).toMatchObject([{ position: { onHand: '0', allocated: '0' } }]); // prettier-ignore
    });
  });

  describe('a substitute', () => {
    test('is held with the consent of the line alone, and named', async () => {
      const { item, other } = await pair();
      await expect(app.availability.reserve(soft(item, '5'))).rejects.toMatchObject({
        findings: [{ expected: '3' }],
      });
      const request = soft(item, '', { lines: [{ line: 1, item, quantity: '5', substitutes: true }] });
      const instead = { basis: 'SUBSTITUTE', quantity: '2', item: other, itemQuantity: '4', state: 'RESERVED' };
      expect((await app.availability.reserve(request)).lines).toMatchObject([
        { item, uncovered: '0', slices: [{ quantity: '3', basis: 'ON_HAND' }, instead] },
      ]);
      expect(await lineOf(request.reservation)).toMatchObject({ open: '5', slices: [{ quantity: '3' }, instead] });
      expect(await promisable(other)).toBe('6');
      const release = { reservation: request.reservation, key: 'all' };
      expect((await app.availability.release(release)).lines).toEqual([{ line: 1, released: '5' }]);
      expect(await promisable(other)).toBe('10');
    });

    test('is not held beyond its own cap', async () => {
      const { item, other } = await pair();
      const partner = uniqueId('P');
      await app.availability.putPartnerCaps({ caps: [{ partner, item: other, maximum: '9' }] });
      const asked = (quantity: string) =>
        app.availability.reserve(soft(item, '', { partner, lines: [{ line: 1, item, quantity, substitutes: true }] }));
      await expect(asked('5')).rejects.toMatchObject({ findings: [{ expected: '3' }] });
      expect((await asked('4')).lines).toMatchObject([
        { uncovered: '0', slices: [{ quantity: '3' }, { item: other }] },
      ]);
    });

    test('that is still to come is told by itself when it is there', async () => {
      const { item, other } = await pair();
      await app.availability.putSupplies({
        supplies: [{ id: other, kind: 'PURCHASE_ORDER', item: other, node: 'DC', quantity: '8', availableOn: inDays(4) }], // prettier-ignore
      });
      const lines = [{ line: 1, item, quantity: '12', substitutes: true, requestedDate: inDays(5) }];
      const order = reservation(item, '', { lines, mode: 'PARTIAL', backorder: true });
      expect((await app.availability.reserve(order)).lines).toMatchObject([
        { uncovered: '0', slices: [{ quantity: '3' }, { quantity: '5', state: 'ALLOCATED' }, { quantity: '4', state: 'PROMISED', item: other, itemQuantity: '8' }] }, // prettier-ignore
      ]);
      await receive(other, '8');
      expect(await allocatedTo(order.reservation)).toEqual([
        { reservation: order.reservation, line: 1, item, node: 'DC', quantity: '4', substitute: { item: other, quantity: '8' } }, // prettier-ignore
      ]);
    });

    test('the same line without consent is another reservation', async () => {
      const { item } = await pair();
      const lines = [{ line: 1, item, quantity: '5', substitutes: true }];
      const request = soft(item, '', { lines });
      await app.availability.reserve(request);
      const silent = { ...request, lines: [{ line: 1, item, quantity: '5' }] };
      await expect(app.availability.reserve(silent)).rejects.toMatchObject({ code: 'RESERVATION_CONFLICT' });
    });

    test.each([
      { consent: true, converted: '5', free: '6' },
      { consent: false, converted: '3', free: '10' },
    ])('goes over to a line that consents ($consent) and is free otherwise', async ({ consent, converted, free }) => {
      const { item, other } = await pair();
      const basket = soft(item, '', { lines: [{ line: 1, item, quantity: '5', substitutes: true }] });
      await app.availability.reserve(basket);
      const lines = [{ line: 1, item, quantity: '5', ...(consent ? { substitutes: true } : {}) }];
      const order = reservation(item, '', { lines, mode: 'PARTIAL', converts: basket.reservation });
      expect((await app.availability.reserve(order)).lines).toMatchObject([{ converted }]);
      expect(await promisable(other)).toBe(free);
    });
  });
});
