import * as fc from 'fast-check';
import { CrossdockError } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { SHIPMENT_CONFIRMED } from '#contracts/events/catalogue';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';

/** Sequences in CI; `CROSSDOCK_MODEL_RUNS=5000` for the long run. */
const numRuns = Number(process.env['CROSSDOCK_MODEL_RUNS'] ?? 60);
const nodes = ['N1', 'N2'];

type Kind =
  | 'reserve'
  | 'soft'
  | 'release'
  | 'receive'
  | 'ship'
  | 'adjust'
  | 'count'
  | 'expire'
  | 'supply'
  | 'safety'
  | 'transfer';
const step = fc.record({
  kind: fc.constantFrom<Kind>('reserve', 'reserve', 'soft', 'release', 'receive', 'receive', 'ship', 'adjust', 'count', 'expire', 'supply', 'safety', 'transfer'), // prettier-ignore
  item: fc.constantFrom('X', 'Y'),
  node: fc.constantFrom(...nodes),
  quantity: fc.integer({ min: 1, max: 30 }),
  days: fc.integer({ min: 0, max: 9 }),
  pick: fc.nat({ max: 20 }),
  flag: fc.boolean(),
});
type Step = Omit<typeof step extends fc.Arbitrary<infer T> ? T : never, 'item'> & { item: string };

/** What the model knows: physical stock only, as plain sums. Commitments are judged by the invariants of the app. */
interface Model {
  onHand: Map<string, number>;
  open: { id: string; item: string }[];
  run: string;
}

describe('any sequence of what happens to stock', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());

  const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const refusedIsFine = (error: unknown): void => {
    if (!(error instanceof CrossdockError) || error.code !== 'INSUFFICIENT_AVAILABILITY') throw error;
  };

  async function post(
    model: Model,
    { item, node }: Step,
    record: Pick<InventoryRecordDto, 'fact' | 'quantity'> & Partial<InventoryRecordDto>,
    change: number,
  ) {
    // prettier-ignore
    const sent = fact({ item, node, occurredAt: new Date().toISOString(), ...record });
    await app.availability.postInventory({ source: 'wms', records: [sent, sent] });
    const key = `${item} ${node}`;
    model.onHand.set(key, (model.onHand.get(key) ?? 0) + change);
  }

  async function reserve(model: Model, each: Step, kind: 'SOFT' | 'FIRM'): Promise<void> {
    const other = each.item.startsWith('X') ? each.item.replace('X', 'Y') : each.item.replace('Y', 'X');
    const requestedDate = each.days > 4 ? dayIn(each.days) : undefined;
    const request: ReserveRequest = {
      reservation: uniqueId('m'),
      kind,
      mode: each.flag ? 'ALL_OR_NOTHING' : 'PARTIAL',
      backorder: kind === 'FIRM' && each.pick % 2 === 0,
      lines: [
        { line: 1, item: each.item, quantity: String(each.quantity), ...(requestedDate ? { requestedDate } : {}) },
        ...(each.pick % 3 === 0 ? [{ line: 2, item: other, quantity: String(each.days + 1), node: each.node }] : []),
      ],
      ...(each.pick % 5 === 0 ? { excludeNodes: [each.node === 'N1' ? 'N2' : 'N1'] } : {}),
    };
    const done = await Promise.all([app.availability.reserve(request), app.availability.reserve(request)]).catch(
      refusedIsFine,
    );
    if (done) model.open.push({ id: request.reservation, item: each.item });
  }

  /** What the reservation holds at a node leaves it, told twice. */
  async function ship(model: Model, { pick, flag }: Step): Promise<void> {
    const chosen = model.open[pick % Math.max(1, model.open.length)];
    if (!chosen) return;
    const { rows } = await app.database.query<{ item: string; node: string; line: number; quantity: string }>(
      `select item, node, line, sum(quantity)::text as quantity from availability.slice
        where reservation = $1 and state = 'ALLOCATED' group by item, node, line limit 1`,
      [chosen.id],
    );
    const [held] = rows;
    if (!held) return;
    const quantity = flag ? Math.ceil(Number(held.quantity) / 2) : Number(held.quantity) + 1;
    const shipment = uniqueId('s');
    const data = {
      shipment,
      order: chosen.id,
      node: held.node,
      shippedAt: new Date().toISOString(),
      lines: [{ line: held.line, item: held.item, quantity: String(quantity), reservation: chosen.id }],
    };
    const event = {
      type: SHIPMENT_CONFIRMED,
      source: 'process/shipments',
      subject: shipment,
      partitionKey: chosen.id,
      data,
    };
    await app.messaging.outbox.publish(app.database, [event, event]);
    await app.messaging.drain();
    const key = `${held.item} ${held.node}`;
    model.onHand.set(key, (model.onHand.get(key) ?? 0) - quantity);
  }

  async function release(model: Model, { pick, quantity, flag }: Step): Promise<void> {
    const chosen = model.open[pick % Math.max(1, model.open.length)];
    if (!chosen) return;
    const held = (['WAITING', 'ALLOCATED', undefined] as const)[quantity % 3];
    const lines = flag ? [{ line: 1, quantity: String(quantity), ...(held && { held }) }] : undefined;
    const request = { reservation: chosen.id, key: uniqueId('k'), ...(lines ? { lines } : {}) };
    const [first, second] = await Promise.all([app.availability.release(request), app.availability.release(request)]);
    expect(second).toEqual(first);
  }

  async function expire(): Promise<void> {
    await app.database.query(`update availability.reservation set expires_at = now() where expires_at > now()`);
    await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.expire'`);
    await app.messaging.drain();
    const { rows } = await app.database.query(`select 1 from availability.slice where state = 'RESERVED'`);
    expect(rows).toEqual([]);
  }

  async function count(model: Model, each: Step): Promise<void> {
    const key = `${each.item} ${each.node}`;
    await post(model, each, { fact: each.flag ? 'COUNTED' : 'SNAPSHOT', quantity: String(each.quantity) }, 0);
    model.onHand.set(key, each.quantity);
  }

  const carryOut: Record<Kind, (model: Model, each: Step) => Promise<unknown>> = {
    reserve: (model, each) => reserve(model, each, 'FIRM'),
    soft: (model, each) => reserve(model, each, 'SOFT'),
    release,
    receive: (model, each) => post(model, each, { fact: 'RECEIVED', quantity: String(each.quantity), reference: `${each.item}-${each.node}-${each.days}` }, each.quantity), // prettier-ignore
    ship,
    adjust: (model, each) => post(model, each, { fact: 'ADJUSTED', quantity: String(each.flag ? each.quantity : -each.quantity) }, each.flag ? each.quantity : -each.quantity), // prettier-ignore
    count,
    expire,
    supply: (_, each) =>
      app.availability.putSupplies({
        supplies: [{ id: `${each.item}-${each.node}-${each.days}`, kind: 'PURCHASE_ORDER', item: each.item, node: each.node, quantity: String(each.flag ? each.quantity : 0), availableOn: dayIn(each.days) }], // prettier-ignore
      }),
    safety: (_, each) =>
      app.availability.putSafetyStock({ levels: [{ item: each.item, node: each.node, quantity: String(each.days) }] }),
    transfer: (model, each) =>
      post(model, each, { fact: 'TRANSFER_SHIPPED', quantity: String(each.quantity), toNode: each.node === 'N1' ? 'N2' : 'N1' }, -each.quantity), // prettier-ignore
  };

  /** Nothing is left lying that no dated promise counts on, while somebody who may have it waits. */
  async function nobodyWaitsBesideStock(run: string): Promise<void> {
    const { rows } = await app.database.query(
      `select s.reservation, p.node from availability.slice s
         join availability.position p on p.item = s.item and p.usable - p.allocated - p.reserved - p.safety > 0
        where s.item like '%' || $1 and s.state = 'BACKORDERED'
          and case when s.pinned then p.node = s.node else not (p.node = any(s.excluded)) end
          and not exists (select 1 from availability.slice d
                           where d.item = p.item and d.node = p.node and not d.held and d.state <> 'BACKORDERED')`,
      [run],
    );
    expect(rows).toEqual([]);
  }

  test(`keeps I1 and I2 after every step (${numRuns} sequences)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const model: Model = { onHand: new Map(), open: [], run: uniqueId('#') };
        for (const each of steps) {
          const own = { ...each, item: `${each.item}${model.run}` };
          await carryOut[each.kind](model, own);
          expect((await app.availability.checkInvariants()).breaches).toEqual([]);
          await nobodyWaitsBesideStock(model.run);
        }
        const { rows } = await app.database.query<{ key: string; onHand: string }>(
          `select item || ' ' || node as key, trim_scale(on_hand)::text as "onHand" from availability.position
            where item like '%' || $1`,
          [model.run],
        );
        for (const { key, onHand } of rows) expect([key, onHand]).toEqual([key, String(model.onHand.get(key) ?? 0)]);
      }),
      { numRuns },
    );
  }, 600_000);

  test('holds with clients at once, on two processes', async () => {
    const other = await app.another();
    const apps = [app.availability, other];
    const run = uniqueId('#c');
    const client = async (number: number): Promise<void> => {
      const availability = apps[number % 2] ?? app.availability;
      for (let round = 0; round < 25; round += 1) {
        const item = `${(number + round) % 3}${run}`;
        const node = nodes[(number + round) % 2] ?? 'N1';
        const request: ReserveRequest = {
          reservation: uniqueId('c'),
          kind: 'FIRM',
          mode: round % 2 === 0 ? 'PARTIAL' : 'ALL_OR_NOTHING',
          backorder: round % 2 === 0,
          lines: [1, 2].map((line) => ({
            line,
            item: `${(number + round + line) % 3}${run}`,
            quantity: String(1 + (round % 4)),
          })),
        };
        await availability.reserve(request).catch(refusedIsFine);
        const sign = round % 5 === 0 ? '-' : '';
        await availability.postInventory({
          source: 'c',
          records: [fact({ item, node, fact: 'ADJUSTED', quantity: `${sign}3` })],
        });
        if (round % 3 === 0) await availability.release({ reservation: request.reservation, key: 'k' });
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, number) => client(number)));
    expect((await app.availability.checkInvariants()).breaches).toEqual([]);
    await nobodyWaitsBesideStock(run);
  });

  test('a process that starts anew knows everything: nothing that matters is in memory', async () => {
    const item = uniqueId('RESTART');
    await app.availability.postInventory({ source: 'r', records: [fact({ item, fact: 'RECEIVED', quantity: '5' })] });
    const request: ReserveRequest = { reservation: uniqueId('r'), kind: 'FIRM', mode: 'PARTIAL', backorder: true, lines: [{ line: 1, item, quantity: '8' }] }; // prettier-ignore
    const first = await app.availability.reserve(request);
    const fresh = await app.another();
    expect(await fresh.reserve(request)).toEqual({ ...first, outcome: 'replayed' });
    await fresh.postInventory({ source: 'r', records: [fact({ item, fact: 'RECEIVED', quantity: '3' })] });
    expect((await fresh.timeline({ item })).nodes[0]?.position).toMatchObject({ allocated: '8', free: '0' });
  });
});
