import { GOODS_ISSUED, ORDER_ERP_CREATED, ORDER_RELEASED, TMS_TRACKING_UPDATED, WMS_SHIPPED } from '#contracts/events/catalogue'; // prettier-ignore
import type { NewEvent } from '#messaging/outbox';
import { event, released, shipped, shipmentsHarness } from '../test/harness';
import { lockSubjects } from './out/locks';

type Harness = Awaited<ReturnType<typeof shipmentsHarness>>;

/** Transactions that wait for one that waits itself: it is held where the test holds it, so they would wait for ever. */
const WAITING_FOR_HELD = `
  select a.pid, a.query from pg_stat_activity a
   where pg_blocking_pids(a.pid) && array(select pid from pg_locks where locktype = 'advisory' and not granted)`;

describe('sets of events beside the recording of answers', () => {
  let app: Harness;
  beforeAll(async () => {
    app = await shipmentsHarness();
  });
  afterAll(() => app.close());

  const idOf = (order: string): string => `wms-north:S-${order}`;
  const labelOf = (order: string): string => `T-${idOf(order)}`;
  const issued = (order: string) => event(GOODS_ISSUED, order, { shipment: idOf(order) });
  const erpHas = (order: string) => {
    app.erp.salesOrders.add(order);
    return event(ORDER_ERP_CREATED, order, { order, erpConnection: 'erp-main', documentNumber: `SO-${order}` });
  };
  const progress = (order: string) =>
    event(TMS_TRACKING_UPDATED, labelOf(order), {
      ...{ connection: 'carrier-main', trackingNumber: labelOf(order), status: 'IN_TRANSIT', occurredAt: '2026-11-20T12:00:00Z' }, // prettier-ignore
    });
  const rowsOf = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await app.database.query(sql, values)).rows;
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 60_000; !(await isSo());) {
      if (Date.now() > deadline) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const statesOf = async (order: string): Promise<Record<string, string>> => {
    const { effects } = await app.service.get({ id: idOf(order) });
    return Object.fromEntries(effects.map(({ name, state }) => [name, state]));
  };

  /**
   * A shipment whose label has been bought: the transaction that records it has deleted its job and waits for the tracking number, which
   * the test holds meanwhile.
   */
  async function whileLabelIsRecorded(order: string, work: () => Promise<void>): Promise<void> {
    await app.database.transaction(async (holder) => {
      await lockSubjects(holder, 'trackingNumber', [labelOf(order)]);
      await app.publish(
        event(ORDER_RELEASED, order, released(order)),
        event(WMS_SHIPPED, `${order}-F1`, shipped(order, { packages: [] })),
      );
      await until(async () => (await rowsOf(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).length > 0); // prettier-ignore
      await work();
    });
    await app.settle();
  }

  /** The set is done, or somebody in it waits for who records the label. */
  async function outcomeOf(...events: NewEvent[]): Promise<Record<string, unknown>[]> {
    const subjects = [...new Set(events.map(({ subject }) => subject))];
    await app.publish(...events);
    let waiting: Record<string, unknown>[] = [];
    await until(async () => {
      waiting = await rowsOf(WAITING_FOR_HELD);
      const open = await rowsOf(
        `select 1 from messaging.outbox where dispatched_at is null
          union all select 1 from messaging.job where queue = 'events.shipments.batch' and payload ->> 'subject' = any($1)`,
        [subjects],
      );
      return waiting.length > 0 || open.length === 0;
    });
    return waiting;
  }

  it('what follows from a sales order does not wait for a job that is just being completed', async () => {
    await whileLabelIsRecorded('A1', async () => {
      expect(await outcomeOf(issued('A1'), erpHas('A1'))).toEqual([]);
    });
    expect(await statesOf('A1')).toMatchObject({ LABEL: 'DONE', ERP_DELIVERY: 'DONE', ERP_INVOICE: 'DONE' });
    expect(app.tms.labels.size).toBe(1);
  });

  it('a set that waits for a tracking number holds no row that who has it wants', async () => {
    await whileLabelIsRecorded('B1', async () => {
      // Waits behind the label, as it must.
      expect(await outcomeOf(issued('B1'), progress('B1'))).toHaveLength(1);
      await app.database.query(`select 1 from shipments.shipment where id = $1 for update nowait`, [idOf('B1')]);
    });
    expect(await statesOf('B1')).toMatchObject({ LABEL: 'DONE', GOODS_ISSUE: 'DONE' });
    const { tracking } = await app.service.get({ id: idOf('B1') });
    expect(tracking).toBe('IN_TRANSIT');
  });
});
