import { setTimeout as sleep } from 'node:timers/promises';
import { CRASH_POINTS, type CrashPoint } from '#persistence/crash-point';
import { Books } from '../support/books';
import { Client, eventually } from '../support/client';
import { PatientPartner } from '../support/partner';
import { Chance, sizeOf } from '../support/random';
import { freePort } from '../support/running';
import { counted, FaultWorld } from './world';

/** Of a long run: every point so many times. */
const rounds = sizeOf('CROSSDOCK_FAULTS_ROUNDS', 1);
const seed = sizeOf('CROSSDOCK_FAULTS_SEED', 1);
/** One of these points alone, to have a failure again. */
const only = process.env['CROSSDOCK_FAULTS_POINT'];
/** Only the warehouse in the south, which exchanges files, has these. */
const SOUTHERN = ['BASKET-WILLOW', 'VASE-SMOKE'];
const NORTHERN = ['MUG-BLUE', 'MUG-GREEN', 'SPOON-OLIVE', 'HOOK-IRON'];
/** Passed all the time: killed so late that orders flow. */
const LATE: Partial<Record<CrashPoint, number>> = { 'job.settling': 40, 'job.settled': 40, 'event.relaying': 6, 'event.relayed': 6 }; // prettier-ignore
/** Passed by corrections and voids alone, which this test does not make. */
const CORRECTING: readonly CrashPoint[] = ['shipment.correcting', 'shipment.voiding'];
const POINTS = (Object.keys(CRASH_POINTS) as CrashPoint[]).filter(
  (point) => !CORRECTING.includes(point) && (only === undefined || point === only),
);

describe('the process killed -9 at every named crash point', () => {
  const chance = new Chance(seed);
  let world: FaultWorld;
  let books: Books;
  beforeAll(async () => {
    world = await FaultWorld.start({ environment: { PORT: String(await freePort()) } });
    await emptyNorthOf(SOUTHERN);
    books = await Books.open(() => world.crossdock.demo);
  });
  afterAll(() => world.stop());

  async function emptyNorthOf(items: readonly string[]): Promise<void> {
    const { body } = await world.sandbox.get('/sandbox/wms/north/_stock');
    const lines = (body.lines as { item: string; onHand: string }[])
      .filter(({ item }) => items.includes(item))
      .map(({ item, onHand }) => ({ item, quantity: `-${onHand}` }));
    await world.taken(world.sandbox.post('/sandbox/wms/north/_inventory', { type: 'inventory.adjusted', lines }));
    const planner = new Client(world.crossdock.demo.url, world.crossdock.demo.keys.planner);
    for (const { item } of lines)
      await eventually(
        () => planner.get(`/planner/v1/items/${item}/timeline?node=DC-NORTH&days=1`),
        ({ body: { nodes } }) => Number(nodes[0].position.onHand.value) === 0,
      );
  }

  /** A partner that goes on ordering whatever happens, until it is told to stop. */
  function ordering(): { partner: PatientPartner; pause: (paused: boolean) => void; stop: () => Promise<unknown> } {
    const partner = new PatientPartner(() => world.portal);
    let state: 'ordering' | 'paused' | 'over' = 'paused';
    const worker = async (name: string): Promise<void> => {
      for (let number = 1; state !== 'over'; number += 1) {
        while (state === 'paused') await sleep(20);
        const item = chance.pick(number % 3 === 0 ? SOUTHERN : NORTHERN);
        const line = { line: 1, item, quantity: { value: String(chance.between(1, 2)), unit: 'EA' } };
        const purchaseOrder = `CRASH-${seed}-${name}-${number}`;
        await partner.place(purchaseOrder, { shipTo: 'WHITBY', lines: [line] }, number % 2 === 0 ? `key-${purchaseOrder}` : undefined); // prettier-ignore
        await sleep(300);
      }
    };
    const all = Promise.all(['a', 'b'].map(worker));
    all.catch(() => undefined);
    return {
      partner,
      pause: (paused) => (state = paused ? 'paused' : 'ordering'),
      stop: () => ((state = 'over'), all),
    };
  }

  /** What the kill before has left behind: nothing that must never be, whatever is still under way. */
  async function checked(): Promise<boolean> {
    const up = await world.crossdock.ready().then(() => true, () => false); // prettier-ignore
    if (!up) return false;
    const seen = await Promise.all([world.breaches(), world.counts('erp/main')]).catch(() => undefined);
    if (seen === undefined) return false;
    expect([seen[0], seen[1]['repeated']]).toEqual([[], 0]);
    return true;
  }

  it(`F19 killed at every named crash point: no order lost, nothing posted twice, stock and books agree`, async () => {
    const { partner, pause, stop } = ordering();
    await world.crossdock.kill();
    let checks = 0;
    const plan = Array.from({ length: rounds }, () => POINTS).flat();
    for (const point of plan) {
      world.crossdock.launch({ CROSSDOCK_CRASH_AT: `${point}:${LATE[point] ?? chance.between(1, 2)}` });
      if (await checked()) checks += 1;
      pause(false);
      const ended = await Promise.race([world.crossdock.gone(), sleep(90_000, 'never', { ref: false })]);
      expect([point, ended]).toEqual([point, 'SIGKILL']);
      pause(true);
    }
    world.crossdock.launch();
    await world.crossdock.ready();
    await stop();
    await eventually(() => books.differences().catch((error: unknown) => [String(error)]), (found) => found.length === 0, 240); // prettier-ignore
    const known = await books.orders();
    expect(known.map(({ id }) => id).sort()).toEqual(partner.orders.flatMap(({ ids }) => [...ids]).sort());
    expect(partner.orders.filter(({ ids }) => ids.size !== 1)).toEqual([]);
    const { salesOrders, deliveries, invoices, repeated } = await world.counts('erp/main');
    const { labels } = await world.counts('carrier/main');
    counted('F19', { kills: plan.length, checks, orders: known.length, salesOrders, deliveries, invoices, labels, repeated }); // prettier-ignore
  }, 1_800_000);
});
