import * as tracking from './out/tracking.store';
import {
  GOODS_ISSUED,
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  SHIPMENT_CONFIRMED,
  SHIPMENT_PROGRESSED,
  TMS_TRACKING_UPDATED,
  WMS_SHIPPED,
} from '#contracts/events/catalogue';
import { ASN_ISSUED } from '#contracts/events/shipments';
import { away, confirmation, event, refusal, released, shipped, shipmentsHarness } from '../test/harness';

type Harness = Awaited<ReturnType<typeof shipmentsHarness>>;

describe('shipments', () => {
  let app: Harness;
  beforeAll(async () => {
    app = await shipmentsHarness();
  });
  afterAll(() => app.close());
  afterEach(async () => {
    expect((await app.service.checkInvariants({})).breaches).toEqual([]);
  });

  const idOf = (order: string): string => `wms-north:S-${order}`;
  const erpHas = (order: string) => {
    app.erp.salesOrders.add(order);
    return event(ORDER_ERP_CREATED, order, { order, erpConnection: 'erp-main', documentNumber: `SO-${order}` });
  };
  const effectsOf = async (order: string): Promise<Record<string, string>> => {
    const { effects } = await app.service.get({ id: idOf(order) });
    return Object.fromEntries(effects.map(({ name, state }) => [name, state]));
  };
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 60_000; !(await condition().catch(() => false));) {
      if (Date.now() > deadline) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const published = async (type: string, subject: string) => {
    const { rows } = await app.database.query<{ data: Record<string, unknown> }>(
      `select envelope -> 'data' as data from messaging.outbox where type = $1 and envelope ->> 'subject' = $2 order by id`,
      [type, subject],
    );
    return rows.map(({ data }) => data);
  };

  it('a shipment has each of its effects, once', async () => {
    await app.publish(
      event(ORDER_RELEASED, 'A1', released('A1')),
      erpHas('A1'),
      event(WMS_SHIPPED, 'A1-F1', shipped('A1')),
    );
    await app.settle();
    await app.publish(event(GOODS_ISSUED, 'A1', { shipment: idOf('A1') }));
    await app.settle();
    expect(await effectsOf('A1')).toEqual({
      GOODS_ISSUE: 'DONE',
      LABEL: 'NOT_NEEDED',
      ERP_DELIVERY: 'DONE',
      ASN: 'DONE',
      CHANNEL_FULFILMENT: 'NOT_NEEDED',
      ERP_INVOICE: 'DONE',
      FREIGHT_ACCRUAL: 'NOT_NEEDED',
      NOTICE: 'DONE',
    });
    expect(await published(ASN_ISSUED, idOf('A1'))).toMatchObject([{ purpose: 'ORIGINAL', revision: 1 }]);
    expect(await published(SHIPMENT_CONFIRMED, idOf('A1'))).toHaveLength(1);
    expect(app.erp.invoices.get(idOf('A1'))?.lines).toEqual(
      released('A1').lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
    );
    expect(app.tms.labels.has(idOf('A1'))).toBe(false);
  });

  it('a shipment whose fulfilment order is not known yet is parked and confirmed by itself later', async () => {
    await app.publish(event(WMS_SHIPPED, 'B1-F1', shipped('B1')));
    await app.settle();
    await expect(app.service.get({ id: idOf('B1') })).rejects.toMatchObject({ code: 'SHIPMENT_UNKNOWN' });
    await app.publish(event(ORDER_RELEASED, 'B1', released('B1')));
    await app.settle();
    expect(await effectsOf('B1')).toMatchObject({ GOODS_ISSUE: 'PENDING', ERP_DELIVERY: 'PENDING' });
  });

  it('a delivery waits for the sales order of its order', async () => {
    expect(app.erp.deliveries.has(idOf('B1'))).toBe(false);
    await app.publish(erpHas('B1'));
    await app.settle();
    expect(await effectsOf('B1')).toMatchObject({ ERP_DELIVERY: 'DONE', ERP_INVOICE: 'DONE' });
  });

  it('the same shipment id again changes nothing, with other content it is a conflict that is kept', async () => {
    const content = confirmation('C1', shipped('C1', { packages: [] }));
    await app.publish(event(ORDER_RELEASED, 'C1', released('C1')));
    await app.settle();
    expect(await app.service.confirm(content)).toEqual({ outcome: 'confirmed', shipmentId: 'C1' });
    const respelled = { ...content, shippedAt: '2026-11-20T11:00:00+01:00', lines: [...content.lines].reverse() };
    expect(await app.service.confirm(respelled)).toEqual({ outcome: 'replayed', shipmentId: 'C1' });
    const other = { ...content, lines: [{ line: 1, item: 'MUG', quantity: '9' }] };
    await expect(app.service.confirm(other)).rejects.toMatchObject({ code: 'SHIPMENT_CONFLICT' });
    const { rows } = await app.database.query('select 1 from shipments.shipment_conflict where shipment_id = $1', [
      'C1',
    ]);
    expect(rows).toHaveLength(1);
    await app.settle();
    expect(await published(SHIPMENT_CONFIRMED, 'C1')).toHaveLength(1);
  });

  it('one id twice in one batch, and eight times at once, is one shipment', async () => {
    const twice = event(WMS_SHIPPED, 'D1-F1', shipped('D1'));
    await app.publish(event(ORDER_RELEASED, 'D1', released('D1')), twice, twice);
    await app.settle();
    const content = confirmation(idOf('D1'), shipped('D1'));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => app.service.confirm(content)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'replayed'));
    expect(await published(SHIPMENT_CONFIRMED, idOf('D1'))).toHaveLength(1);
  });

  it('a release and its shipment that arrive at the same moment find each other', async () => {
    const orders = Array.from({ length: 30 }, (_, index) => `E${index}`);
    await Promise.all(
      orders.flatMap((order) => {
        return [
          app.publish(event(ORDER_RELEASED, order, released(order))),
          app.service.confirm(confirmation(idOf(order), shipped(order))),
        ];
      }),
    );
    await app.settle();
    for (const order of orders) expect(await effectsOf(order)).toMatchObject({ GOODS_ISSUE: 'PENDING' });
  });

  it('goods that left beyond the release are recorded with a finding, and not invoiced', async () => {
    const more = shipped('F1', { lines: [{ line: 1, item: 'MUG', quantity: '12' }] });
    await app.publish(event(ORDER_RELEASED, 'F1', released('F1')), erpHas('F1'), event(WMS_SHIPPED, 'F1-F1', more));
    await app.settle();
    const view = await app.service.get({ id: idOf('F1') });
    expect(view.findings).toEqual([expect.objectContaining({ code: 'OVER_SHIPPED', seen: '12', expected: '10' })]);
    expect(app.erp.deliveries.get(idOf('F1'))?.lines).toEqual([{ line: 1, item: 'MUG', quantity: '12' }]);
    expect(app.erp.invoices.get(idOf('F1'))?.lines).toEqual([{ line: 1, item: 'MUG', quantity: '10' }]);
  });

  it('a label is bought when the warehouse gave no tracking number, and its failure leaves the other effects alone', async () => {
    app.tms.failures.push(refusal('postal code is not served'));
    const bare = shipped('G1', { packages: [{ id: 'BOX1' }] });
    await app.publish(event(ORDER_RELEASED, 'G1', released('G1')), erpHas('G1'), event(WMS_SHIPPED, 'G1-F1', bare));
    await app.settle();
    expect(await effectsOf('G1')).toMatchObject({
      LABEL: 'FAILED',
      NOTICE: 'PENDING',
      ERP_DELIVERY: 'DONE',
      ERP_INVOICE: 'DONE',
    });
    const view = await app.service.get({ id: idOf('G1') });
    expect(view.effects.find(({ name }) => name === 'LABEL')?.error).toContain('postal code is not served');
    await app.service.retryEffect({ id: idOf('G1'), effect: 'LABEL' });
    await app.settle();
    expect(await effectsOf('G1')).toMatchObject({ LABEL: 'DONE', NOTICE: 'DONE' });
    expect((await app.service.get({ id: idOf('G1') })).trackingNumbers).toEqual([`T-${idOf('G1')}`]);
    expect((await published(SHIPMENT_PROGRESSED, idOf('G1'))).at(-1)).toMatchObject({
      trackingNumbers: [`T-${idOf('G1')}`],
      carrier: 'parcelforce',
    });
    await expect(app.service.retryEffect({ id: idOf('G1'), effect: 'LABEL' })).rejects.toMatchObject({
      code: 'EFFECT_NOT_FAILED',
    });
  });

  it('an ERP that is away is asked again until it answers', async () => {
    app.erp.deliveryFailures.push(away());
    app.erp.invoiceFailures.push(away());
    await app.publish(
      event(ORDER_RELEASED, 'H1', released('H1')),
      erpHas('H1'),
      event(WMS_SHIPPED, 'H1-F1', shipped('H1')),
    );
    await until(async () => (await effectsOf('H1'))['ERP_INVOICE'] === 'DONE');
    expect(await effectsOf('H1')).toMatchObject({ ERP_DELIVERY: 'DONE', ERP_INVOICE: 'DONE' });
  });

  it('an ERP that stays away fails the effect visibly in the end, and a person can ask for it again', async () => {
    app.erp.deliveryFailures.push(away(), away(), away());
    await app.publish(
      event(ORDER_RELEASED, 'I1', released('I1')),
      erpHas('I1'),
      event(WMS_SHIPPED, 'I1-F1', shipped('I1')),
    );
    await until(async () => (await effectsOf('I1'))['ERP_DELIVERY'] === 'FAILED');
    expect(await effectsOf('I1')).toMatchObject({ ERP_INVOICE: 'PENDING' });
    await app.service.retryEffect({ id: idOf('I1'), effect: 'ERP_DELIVERY' });
    await until(async () => (await effectsOf('I1'))['ERP_INVOICE'] === 'DONE');
  });

  it('tracking never goes backwards, and facts that come before the shipment count', async () => {
    const fact = (status: string, occurredAt: string) =>
      event(TMS_TRACKING_UPDATED, 'TRK-J1', {
        connection: 'carrier-main',
        trackingNumber: 'TRK-J1',
        status,
        occurredAt,
      });
    await app.publish(fact('IN_TRANSIT', '2026-11-20T12:00:00Z'));
    await app.settle();
    await app.publish(event(ORDER_RELEASED, 'J1', released('J1')), event(WMS_SHIPPED, 'J1-F1', shipped('J1')));
    await app.settle();
    expect((await app.service.get({ id: idOf('J1') })).tracking).toBe('IN_TRANSIT');
    await app.publish(fact('DELIVERED', '2026-11-21T09:00:00Z'), fact('ACCEPTED', '2026-11-20T11:00:00Z'));
    await app.settle();
    const delivered = await app.service.get({ id: idOf('J1') });
    expect(delivered.tracking).toBe('DELIVERED');
    await app.publish(fact('DELIVERED', '2026-11-21T09:00:00Z'), fact('IN_TRANSIT', '2026-11-22T09:00:00Z'));
    await app.settle();
    expect(await app.service.get({ id: idOf('J1') })).toEqual(delivered);
  });

  it('two parcels of a shipment that are delivered in two transactions at once are both seen', async () => {
    const packages = ['K2a', 'K2b'].map((trackingNumber, index) => ({ id: `BOX${index}`, trackingNumber }));
    await app.publish(
      event(ORDER_RELEASED, 'K2', released('K2')),
      event(WMS_SHIPPED, 'K2-F1', shipped('K2', { packages })),
    );
    await app.settle();
    let moved = 0;
    let bothMoved = (): void => undefined;
    // Both have moved their parcel before either derives where the shipment is.
    const meet = new Promise<void>((resolve) => (bothMoved = resolve));
    const deliver = (trackingNumber: string): Promise<void> =>
      app.database.transaction(async (tx) => {
        const fact = {
          trackingNumber,
          status: 'DELIVERED' as const,
          rank: 99,
          occurredAt: '2026-11-21T09:00:00Z',
          detail: null,
        };
        await tracking.addTrackingFacts(tx, [fact]);
        const advanced = await tracking.advance(tx, [trackingNumber]);
        moved += 1;
        if (moved === 2) bothMoved();
        await meet;
        await tracking.deriveTracking(tx, advanced);
      });
    await Promise.all([deliver('K2a'), deliver('K2b')]);
    expect((await app.service.get({ id: idOf('K2') })).tracking).toBe('DELIVERED');
  });

  it('a shipment in two parcels is delivered when both are', async () => {
    const packages = ['K1a', 'K1b'].map((trackingNumber, index) => ({ id: `BOX${index}`, trackingNumber }));
    const delivered = (trackingNumber: string) =>
      event(TMS_TRACKING_UPDATED, trackingNumber, {
        connection: 'c',
        trackingNumber,
        status: 'DELIVERED',
        occurredAt: '2026-11-21T09:00:00Z',
      });
    await app.publish(
      event(ORDER_RELEASED, 'K1', released('K1')),
      event(WMS_SHIPPED, 'K1-F1', shipped('K1', { packages })),
      delivered('K1a'),
    );
    await app.settle();
    expect((await app.service.get({ id: idOf('K1') })).tracking).toBe('LABEL_CREATED');
    await app.publish(delivered('K1b'));
    await app.settle();
    expect((await app.service.get({ id: idOf('K1') })).tracking).toBe('DELIVERED');
  });

  it('the feed shows every change to a reader who follows it, also under concurrent writers', async () => {
    const seen = new Map<string, number>();
    let since: string | undefined;
    const read = async () => {
      for (let more = true; more;) {
        const page = await app.service.list({ limit: 7, ...(since === undefined ? {} : { since }) });
        for (const { id, version } of page.shipments) seen.set(id, version);
        ({ next: since, more } = page);
      }
    };
    const orders = Array.from({ length: 40 }, (_, index) => `L${index}`);
    await app.publish(
      ...orders.flatMap((order) => [
        event(ORDER_RELEASED, order, released(order)),
        event(WMS_SHIPPED, `${order}-F1`, shipped(order)),
        erpHas(order),
      ]),
    );
    for (let round = 0; round < 10; round += 1) await read();
    await app.settle();
    await read();
    for (const order of orders) {
      const { id, version } = await app.service.get({ id: idOf(order) });
      expect([id, seen.get(id)]).toEqual([id, version]);
    }
    await expect(app.service.list({ partner: 'harbour', since: since ?? '' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
    expect((await app.service.list({ partner: 'nobody' })).shipments).toEqual([]);
    await expect(app.service.get({ partner: 'nobody', id: idOf('L1') })).rejects.toMatchObject({
      code: 'SHIPMENT_UNKNOWN',
    });
  });

  it('hundreds of shipments at once are each delivered and invoiced in the ERP, once', async () => {
    const orders = Array.from({ length: 300 }, (_, index) => `M${index}`);
    await app.publish(...orders.map((order) => event(ORDER_RELEASED, order, released(order))));
    await app.settle();
    const before = { deliveries: app.erp.deliveries.size, invoices: app.erp.invoices.size };
    await app.publish(...orders.flatMap((order) => [erpHas(order), event(WMS_SHIPPED, `${order}-F1`, shipped(order))]));
    await app.settle();
    expect(app.erp.deliveries.size).toBe(before.deliveries + 300);
    expect(app.erp.invoices.size).toBe(before.invoices + 300);
  });
});
