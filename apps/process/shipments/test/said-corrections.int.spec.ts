import {
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
} from '#contracts/events/catalogue';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import { event, released, shipped, shipmentsHarness } from './harness';

type Harness = Awaited<ReturnType<typeof shipmentsHarness>>;

describe('a warehouse corrects and voids what it said, by messages', () => {
  let app: Harness;
  beforeAll(async () => {
    app = await shipmentsHarness();
  });
  afterAll(() => app.close());
  afterEach(async () => {
    expect((await app.service.checkInvariants({})).breaches).toEqual([]);
  });

  const idOf = (order: string): string => `wms-north:S-${order}`;
  const mugs = (quantity: string, more: object = {}) => [{ line: 1, item: 'MUG', quantity, ...more }];
  const release = (order: string) =>
    event(
      ORDER_RELEASED,
      order,
      released(order, { lines: [{ line: 1, item: 'MUG', quantity: '100', reservation: order, unit: 'EA' }] }),
    );
  const left = (order: string, quantity: string) =>
    event(WMS_SHIPPED, `${order}-F1`, shipped(order, { lines: mugs(quantity) }));
  const corrected = (order: string, revision: number, quantity: string, more: object = {}) =>
    event(WMS_SHIPMENT_CORRECTED, `${order}-F1`, {
      ...shipped(order, { lines: mugs(quantity, more) }),
      ...{ revision, reason: 'counted again', occurredAt: '2026-11-20T12:00:00Z' },
    });
  const voided = (order: string, revision: number) => {
    const { connection, shipmentId, fulfilmentOrder, node } = shipped(order);
    const said = { revision, reason: 'the truck came back', occurredAt: '2026-11-20T13:00:00Z' };
    return event(WMS_SHIPMENT_VOIDED, `${order}-F1`, { connection, shipmentId, fulfilmentOrder, node, ...said });
  };
  const say = async (...events: Parameters<Harness['publish']>): Promise<void> => {
    await app.publish(...events);
    await app.settle();
  };
  const stands = async (order: string): Promise<unknown[]> => {
    const { rows } = await app.database.query<{ revision: number; voided: boolean; left: string | null }>(
      `select revision, voided, (select string_agg(l ->> 'quantity', ',') from jsonb_array_elements(lines) as l) as left
         from shipments.shipment where id = $1`,
      [idOf(order)],
    );
    return rows.flatMap(({ revision, voided, left: quantity }) => [revision, voided ? 'VOIDED' : (quantity ?? '')]);
  };
  const erpHas = (order: string) => {
    app.erp.salesOrders.add(order);
    return event(ORDER_ERP_CREATED, order, { order, erpConnection: 'erp-main', documentNumber: `SO-${order}` });
  };
  const troubles = async (order: string): Promise<string[]> => {
    const { rows } = await app.database.query<{ type: string; code: string }>(
      `select type, split_part(envelope -> 'data' ->> 'key', '/', 2) as code from messaging.outbox
        where type in ($1, $2) and envelope -> 'data' ->> 'key' like '%/' || $3 order by id`,
      [EXCEPTION_OPENED, EXCEPTION_CLEARED, idOf(order)],
    );
    return rows.map(({ type, code }) => `${type === EXCEPTION_OPENED ? '+' : '-'}${code}`);
  };

  it('92 were 90: the next version counts, said once or three times', async () => {
    await say(release('W1'), left('W1', '92'));
    await say(corrected('W1', 2, '90'), corrected('W1', 2, '90'));
    await say(corrected('W1', 2, '90'));
    expect(await stands('W1')).toEqual([2, '90']);
    await say(erpHas('W1'));
    expect(app.erp.deliveries.get(idOf('W1'))?.lines).toEqual(mugs('90'));
    expect(app.erp.reversals.has(`${idOf('W1')}@2`)).toBe(false);
    expect(await troubles('W1')).not.toContain('+SHIPMENT_CONFLICT');
  });

  it('version 3 before version 2 waits for it', async () => {
    await say(release('W2'), left('W2', '92'));
    await say(corrected('W2', 3, '88'));
    expect(await stands('W2')).toEqual([1, '92']);
    await say(corrected('W2', 2, '90'));
    expect(await stands('W2')).toEqual([3, '88']);
  });

  it.each([
    ['in the order in which they were said', [0, 1, 2, 3]],
    ['backwards', [3, 2, 1, 0]],
    ['the correction before everything', [2, 0, 1, 3]],
    ['the void first', [3, 0, 1, 2]],
  ])(
    'departure, release, correction and void, %s: nothing stands, and nothing is left to post',
    async (name, places) => {
      const order = `W3-${name.length}`;
      const all = [release(order), left(order, '92'), corrected(order, 2, '90'), voided(order, 3)];
      for (const place of places) await say(all[place] ?? release(order));
      expect(await stands(order)).toEqual([3, 'VOIDED']);
      await say(erpHas(order));
      expect([app.erp.deliveries.has(idOf(order)), app.erp.invoices.has(idOf(order))]).toEqual([false, false]);
      expect((await troubles(order)).filter((each) => each.startsWith('+'))).toEqual([]);
    },
  );

  it('another content of a version that is known changes nothing and is an exception; so is a word after the void', async () => {
    await say(release('W4'), left('W4', '92'), corrected('W4', 2, '90'));
    await say(corrected('W4', 2, '80'));
    expect(await stands('W4')).toEqual([2, '90']);
    expect(await troubles('W4')).toContain('+SHIPMENT_CONFLICT');
    await say(voided('W4', 3));
    await say(corrected('W4', 4, '90'));
    expect(await stands('W4')).toEqual([3, 'VOIDED']);
    const { rows } = await app.database.query(
      `select revision, state from shipments.said_correction where shipment_id = $1 order by position`,
      [idOf('W4')],
    );
    expect(rows).toEqual([
      { revision: 2, state: 'DONE' },
      { revision: 2, state: 'CONFLICT' },
      { revision: 3, state: 'DONE' },
      { revision: 4, state: 'CONFLICT' },
    ]);
  });

  it('a correction in cases is not taken for pieces: it is refused, and said again in base units it counts', async () => {
    await say(release('W5'), left('W5', '92'));
    await say(corrected('W5', 2, '7', { unit: 'XCS' }));
    expect(await stands('W5')).toEqual([1, '92']);
    expect(await troubles('W5')).toEqual(['+SHIPMENT_CORRECTION_REFUSED']);
    await say(corrected('W5', 2, '84', { unit: 'EA' }));
    expect(await stands('W5')).toEqual([2, '84']);
    expect(await troubles('W5')).toEqual(['+SHIPMENT_CORRECTION_REFUSED', '-SHIPMENT_CORRECTION_REFUSED']);
    const byHand = { id: idOf('W5'), revision: 3, reason: 'x', node: 'north', shippedAt: '2026-11-20T10:00:00Z' };
    await expect(app.service.correct({ ...byHand, lines: mugs('7', { unit: 'XCS' }) })).rejects.toMatchObject({
      code: 'SHIPMENT_UNIT_INVALID',
      kind: 'invalid',
    });
  });

  it('a version whose predecessor does not come is told to a person, and is over when it comes', async () => {
    await say(release('W6'), left('W6', '92'), corrected('W6', 3, '88'));
    await app.database.query(
      `update shipments.said_correction set received_at = now() - interval '2 hours' where shipment_id = $1`,
      [idOf('W6')],
    );
    await app.database.transaction((tx) => app.waiting.tell(tx));
    await app.database.transaction((tx) => app.waiting.tell(tx));
    expect(await troubles('W6')).toEqual(['+SHIPMENT_CORRECTION_EARLY']);
    const { node, shippedAt } = shipped('W6');
    const byHand = { id: idOf('W6'), revision: 2, reason: 'by telephone', node, shippedAt, lines: mugs('90') };
    await app.service.correct(byHand);
    expect(await stands('W6')).toEqual([3, '88']);
    expect(await troubles('W6')).toContain('-SHIPMENT_CORRECTION_EARLY');
  });
});
