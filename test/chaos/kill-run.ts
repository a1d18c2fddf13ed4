import { setTimeout as sleep } from 'node:timers/promises';
import type { Books } from '../support/books';
import { Client, eventually } from '../support/client';
import type { PatientPartner } from '../support/partner';
import { Chance, sizeOf } from '../support/random';
import type { Running } from '../support/running';

export const seed = sizeOf('CROSSDOCK_CHAOS_SEED', Date.now() % 1_000_000);
export const orderCount = sizeOf('CROSSDOCK_CHAOS_ORDERS', 200);

const ITEMS = [
  'MUG-BLUE',
  'MUG-GREEN',
  'BOWL-OAT',
  'PLATE-OAT',
  'SPOON-OLIVE',
  'HOOK-IRON',
  'RIBBON-RED',
  'WRAP-FOREST',
];

/** The run is over when every count agrees, or never within this time: jobs of a killed process wait for their lease. */
const settleSeconds = 240;

/** How far the kills are: orders are spread over them. */
export interface Progress {
  kill: number;
  readonly kills: number;
}

/** Backends that do not notice a repeat: what is posted twice is there twice. */
export async function makeForgetful(crossdock: Running): Promise<void> {
  const sandbox = new Client(crossdock.demo.sandboxUrl, undefined);
  for (const backend of ['erp/main', 'wms/north']) {
    const answer = await sandbox.put(`/sandbox/${backend}/_seed`, { deduplicates: false });
    expect(answer.status).toBe(204);
  }
}

/** Sends the orders, four at a time, spread over the kills; done when the last is acknowledged. */
export async function placeAll(partner: PatientPartner, chance: Chance, progress: Progress): Promise<void> {
  const waiting = Array.from({ length: orderCount }, (_, index) => ({ index, ...planOf(index, chance) }));
  const worker = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
      while (plan.index > ((progress.kill + 1) * orderCount) / progress.kills && progress.kill <= progress.kills)
        await sleep(20);
      await sleep(plan.pauseMilliseconds);
      const order = await partner.place(plan.purchaseOrder, plan.content, plan.idempotencyKey);
      if (plan.sentAgain) await partner.send(order);
      if (plan.cancelled) await partner.cancel(order);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

/** All of chance is drawn before anything is sent: the same seed gives the same orders however the run goes. */
function planOf(index: number, chance: Chance) {
  const purchaseOrder = `CHAOS-${seed}-${index + 1}`;
  const lines = Array.from({ length: chance.between(1, 3) }, (_, line) => ({
    line: line + 1,
    item: chance.pick(ITEMS),
    quantity: { value: String(chance.between(1, 6)), unit: 'EA' },
  }));
  return {
    purchaseOrder,
    content: { shipTo: chance.pick(['BRISTOL', 'WHITBY']), lines },
    idempotencyKey: chance.percent(40) ? `key-${purchaseOrder}` : undefined,
    sentAgain: chance.percent(15),
    cancelled: chance.percent(10),
    pauseMilliseconds: chance.between(0, 150),
  };
}

/** Every order that was acknowledged is there, once, and at its end; nothing else is there. */
export async function expectNothingLost(partner: PatientPartner, books: Books): Promise<void> {
  await settled(books);
  expect(partner.orders).toHaveLength(orderCount);
  expect(partner.orders.filter(({ ids }) => ids.size !== 1).map(({ purchaseOrder }) => purchaseOrder)).toEqual([]);
  const known = await books.orders();
  expect(known.map(({ id }) => id).sort()).toEqual(partner.orders.flatMap(({ ids }) => [...ids]).sort());
  expect(known.filter(({ status }) => status !== 'SHIPPED' && status !== 'CANCELLED')).toEqual([]);
}

/** Until what Crossdock says and what the backends count is the same. */
export async function settled(books: Books): Promise<void> {
  await eventually(
    () => books.differences().catch((error: unknown) => [String(error)]),
    (differences) => differences.length === 0,
    settleSeconds,
  );
}

/** A failure says how to have it again. */
export async function reproducibly(file: string, kills: string, run: () => Promise<void>): Promise<void> {
  const command = `CROSSDOCK_CHAOS_SEED=${seed} ${kills} CROSSDOCK_CHAOS_ORDERS=${orderCount} npm run test:chaos -- ${file}`;
  const started = Date.now();
  try {
    await run();
    process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s with ${command}\n`);
  } catch (error) {
    process.stderr.write(`failed; again with: ${command}\n`);
    throw error;
  }
}
