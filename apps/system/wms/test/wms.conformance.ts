import { CrossdockError } from '#canonical/errors';
import type { WmsFulfilmentProgressed, WmsInventoryChanged, WmsShipped } from '#contracts/events/catalogue';
import { WMS_FULFILMENT_PROGRESSED, WMS_INVENTORY_CHANGED, WMS_SHIPPED } from '#contracts/events/catalogue';
import type { ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';
import { eventually, World } from './world';
import type { Product } from './world';

let orders = 0;

/** A release of one line; every call another fulfilment order. */
export function releaseOf(connection: string, more: Partial<ReleaseFulfilmentRequest> = {}): ReleaseFulfilmentRequest {
  orders += 1;
  return {
    connection,
    fulfilmentOrder: `ord_${orders}-F1`,
    order: `ord_${orders}`,
    purchaseOrder: `PO, "${orders}"`,
    node: connection === 'north' ? 'DC-NORTH' : 'DC-SOUTH',
    shipBy: '2026-11-23',
    shipTo: {
      name: 'Harbour, Gifts "Ltd"',
      street: '1 Quay Street',
      city: 'Bristol',
      postalCode: 'BS1 4DJ',
      country: 'GB',
    },
    lines: [
      { line: 1, item: '00123', quantity: '6' },
      { line: 2, item: '85123A', quantity: '2' },
    ],
    ...more,
  };
}

/** What every warehouse product must do, whatever it speaks. */
export function wmsConformance(product: Product): void {
  let world: World;
  beforeAll(async () => {
    world = await World.start(product);
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const connection of ['north', 'south']) {
      world.strike(connection);
      await world.speed(connection, 1000);
    }
  });
  const of =
    (fulfilmentOrder: string) =>
    (data: { fulfilmentOrder: string }): boolean =>
      data.fulfilmentOrder === fulfilmentOrder;
  const progress = (order: string, count: number): Promise<WmsFulfilmentProgressed[]> =>
    world.expectEvents<WmsFulfilmentProgressed>(WMS_FULFILMENT_PROGRESSED, of(order), count);
  const shipped = (order: string): Promise<WmsShipped[]> => world.expectEvents<WmsShipped>(WMS_SHIPPED, of(order));
  const arrived = (connection: string, before: number): Promise<true> =>
    eventually(
      async () => ((await world.counts(connection))['fulfilmentOrders'] === before + 1 ? true : undefined),
      'release',
    );

  describe(`${product}: a warehouse`, () => {
    it('announces what is on its shelves, in facts with a number each', async () => {
      const fits = (data: WmsInventoryChanged): boolean => data.source === 'wms/north';
      const [opening] = await world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, fits);
      expect(opening?.records.map(({ item, node, fact, quantity }) => ({ item, node, fact, quantity }))).toEqual([
        { item: '00123', node: 'DC-NORTH', fact: 'SNAPSHOT', quantity: '100000' },
        { item: '85123A', node: 'DC-NORTH', fact: 'SNAPSHOT', quantity: '100000' },
        { item: 'SCARCE', node: 'DC-NORTH', fact: 'SNAPSHOT', quantity: '3' },
      ]);
      expect(new Set(opening?.records.map(({ id }) => id)).size).toBe(3);
    });

    it('tells receipts and negative adjustments as they are', async () => {
      const lines = [{ item: 'NEW-1', quantity: '12' }];
      await world.backstage('north', '_inventory', { type: 'inventory.received', lines });
      const less = [{ item: 'NEW-1', quantity: '-1.5', reason: 'DAMAGE' }];
      await world.backstage('north', '_inventory', { type: 'inventory.adjusted', lines: less });
      const fits = ({ records }: WmsInventoryChanged): boolean => records[0]?.item === 'NEW-1';
      const changes = await world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, fits, 2);
      const records = changes.flatMap((change) => change.records).sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
      expect(records).toMatchObject([
        { fact: 'RECEIVED', quantity: '12' },
        { fact: 'ADJUSTED', quantity: '-1.5', reason: 'DAMAGE' },
      ]);
      expect(records[1]?.sequence).toBe((records[0]?.sequence ?? 0) + 1);
    });

    it('works a release through all milestones to one shipment', async () => {
      const release = releaseOf('north');
      const answer = await world.wms.release(release);
      expect(answer).toMatchObject({ fulfilmentOrder: release.fulfilmentOrder, outcome: 'created' });
      expect(answer.reference).toBeTruthy();
      const milestones = await progress(release.fulfilmentOrder, 4);
      expect(milestones.map(({ status }) => status)).toEqual(['ACCEPTED', 'IN_PROGRESS', 'PICKED', 'PACKED']);
      expect(milestones[2]).toMatchObject({ node: 'DC-NORTH', connection: 'north', lines: release.lines });
      const [shipment] = await shipped(release.fulfilmentOrder);
      expect(shipment).toMatchObject({
        node: 'DC-NORTH',
        lines: release.lines,
        packages: [{ id: expect.any(String) }],
      });
    });

    it('gets one fulfilment order however often it is released', async () => {
      const before = await world.counts('north');
      const release = releaseOf('north');
      const first = await world.wms.release(release);
      const second = await world.wms.release({ ...release, correlationId: 'another' });
      expect(second).toEqual({ ...first, outcome: 'existing' });
      await arrived('north', before['fulfilmentOrders'] ?? 0);
    });

    it('gets one fulfilment order from eight callers at once', async () => {
      const before = await world.counts('north');
      const release = releaseOf('north');
      const answers = await Promise.all(Array.from({ length: 8 }, () => world.wms.release(release)));
      expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
      expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
      await arrived('north', before['fulfilmentOrders'] ?? 0);
      const after = await world.counts('north');
      expect(after['posts']).toBe((before['posts'] ?? 0) + 1);
    });

    it('is not given other content under the same fulfilment order', async () => {
      const release = releaseOf('north');
      await world.wms.release(release);
      const other = { ...release, lines: [{ line: 1, item: '00123', quantity: '7' }] };
      await expect(world.wms.release(other)).rejects.toMatchObject({ code: 'POSTING_CONFLICT', kind: 'conflict' });
      const elsewhere = { ...release, connection: 'south' };
      await expect(world.wms.release(elsewhere)).rejects.toMatchObject({ code: 'POSTING_CONFLICT' });
    });

    it('cancels what has not been picked', async () => {
      await world.speed('north', 0.1);
      const release = releaseOf('north');
      await world.wms.release(release);
      const { outcome } = await world.wms.cancel({ connection: 'north', fulfilmentOrder: release.fulfilmentOrder });
      expect(outcome).toBe(product === 'flat-file' ? 'REQUESTED' : 'CANCELLED');
      const isCancelled = (data: WmsFulfilmentProgressed): boolean =>
        of(release.fulfilmentOrder)(data) && data.status === 'CANCELLED';
      await world.expectEvents<WmsFulfilmentProgressed>(WMS_FULFILMENT_PROGRESSED, isCancelled);
    });

    it('does not cancel what has left', async () => {
      const release = releaseOf('north');
      await world.wms.release(release);
      await shipped(release.fulfilmentOrder);
      const { outcome } = await world.wms.cancel({ connection: 'north', fulfilmentOrder: release.fulfilmentOrder });
      expect(outcome).toBe(product === 'flat-file' ? 'REQUESTED' : 'TOO_LATE');
      const told = await progress(release.fulfilmentOrder, 4);
      expect(told.map(({ status }) => status)).not.toContain('CANCELLED');
    });

    it('says when it picked short, and ships what it picked', async () => {
      const release = releaseOf('north', { lines: [{ line: 1, item: 'SCARCE', quantity: '5' }] });
      await world.wms.release(release);
      const [shipment] = await shipped(release.fulfilmentOrder);
      expect(shipment?.lines).toMatchObject([{ line: 1, item: 'SCARCE', quantity: '3' }]);
      const picked = (await progress(release.fulfilmentOrder, 4)).find(({ status }) => status === 'PICKED');
      expect(picked?.lines).toEqual([{ line: 1, item: 'SCARCE', quantity: '3' }]);
    });

    it('tells one shipment twice under one shipment id when it forgets what it said', async () => {
      world.strike('north', { operation: 'ship', mode: 'ship-twice', times: 1 });
      const release = releaseOf('north');
      await world.wms.release(release);
      const told = await world.expectEvents<WmsShipped>(WMS_SHIPPED, of(release.fulfilmentOrder), 2);
      expect(new Set(told.map(({ shipmentId }) => shipmentId)).size).toBe(1);
    });

    it('may tell the shipment before the pick: both are published as they came', async () => {
      world.strike('north', { operation: 'ship', mode: 'ship-before-pick', times: 1 });
      const release = releaseOf('north');
      await world.wms.release(release);
      await shipped(release.fulfilmentOrder);
      expect(await progress(release.fulfilmentOrder, 4)).toHaveLength(4);
    });

    it('stands beside another of the same product without touching it', async () => {
      const [north, south] = [releaseOf('north'), releaseOf('south')];
      const before = [await world.counts('north'), await world.counts('south')];
      await Promise.all([world.wms.release(north), world.wms.release(south)]);
      const [fromNorth] = await shipped(north.fulfilmentOrder);
      const [fromSouth] = await shipped(south.fulfilmentOrder);
      expect([fromNorth?.connection, fromNorth?.node]).toEqual(['north', 'DC-NORTH']);
      expect([fromSouth?.connection, fromSouth?.node]).toEqual(['south', 'DC-SOUTH']);
      const after = [await world.counts('north'), await world.counts('south')];
      expect(after.map((each) => each['fulfilmentOrders'])).toEqual(
        before.map((each) => (each['fulfilmentOrders'] ?? 0) + 1),
      );
    });

    it('is left alone while its connection is paused, and only its', async () => {
      await world.connections.pause({ id: 'north', reason: 'stocktaking' });
      const release = releaseOf('north');
      const refused = await world.wms.release(release).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(CrossdockError);
      expect(refused).toMatchObject({ code: 'CONNECTION_PAUSED', retryable: true });
      await world.wms.release(releaseOf('south'));
      await world.connections.resume({ id: 'north' });
      expect((await world.wms.release(release)).outcome).toBe('created');
      await shipped(release.fulfilmentOrder);
    });

    it('is checked step by step', async () => {
      const { ok, steps } = await world.connections.test({ id: 'north' });
      expect(steps.filter((step) => !step.ok)).toEqual([]);
      expect(ok).toBe(true);
    });

    it('is not connected with settings that are wrong: all faults are listed', async () => {
      const put = world.connections.put({ id: 'x', product, settings: { node: '', surprise: 1 }, credentials: {} });
      const error = await put.catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(CrossdockError);
      expect((error as CrossdockError).findings.length).toBeGreaterThan(1);
    });
  });
}
