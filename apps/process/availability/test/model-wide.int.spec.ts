import { CrossdockError } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import type { AvailabilityService } from '../src/availability.service';
import { fact, testAvailability, timeIsUp, uniqueId, type TestAvailability } from './harness';

const SEQUENCES = Number(process.env['CROSSDOCK_MODEL_SEQUENCES'] ?? 5_000);
const SEED = Number(process.env['CROSSDOCK_MODEL_SEED'] ?? Date.now() % 1_000_000);
/** Sequences that run beside each other, and the steps of each. */
const ABREAST = 500;
const STEPS = 5;
const NODES = ['N1', 'N2'] as const;

type PerNode = [number, number];
interface Held {
  readonly id: string;
  readonly soft: boolean;
  readonly of: PerNode;
}
/** What one sequence must have come to, in plain sums: an item, its stock by node, and who holds what of it. Line n is node n. */
interface Model {
  readonly item: string;
  readonly onHand: PerNode;
  readonly holders: Held[];
}
type Turn = (model: Model, clients: readonly AvailabilityService[]) => Promise<void>;

function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const sum = (model: Model, node: 0 | 1, soft?: boolean): number =>
  model.holders.reduce((total, each) => (soft === undefined || each.soft === soft ? total + each.of[node] : total), 0);
const freeAt = (model: Model, node: 0 | 1): number => Math.max(0, model.onHand[node] - sum(model, node));

describe('sequences beside each other, each against a plain model of its own', () => {
  let app: TestAvailability;
  let clients: readonly AvailabilityService[];
  const random = randomOf(SEED);
  const draw = (from: number, to: number): number => from + random(to - from + 1);
  const among = <T>(list: readonly T[]): T | undefined => list[random(Math.max(1, list.length))];
  beforeAll(async () => {
    app = await testAvailability();
    clients = [app.availability, await app.another()];
  });
  afterAll(() => app.close());

  const requestOf = ({ item }: Model, wanted: PerNode, more: Partial<ReserveRequest>): ReserveRequest => ({
    reservation: uniqueId('w'),
    kind: 'FIRM',
    mode: 'PARTIAL',
    lines: NODES.map((node, index) => ({ line: index + 1, item, quantity: String(wanted[index as 0 | 1]), node })),
    ...more,
  });

  /** What was granted by node; nothing when it was refused for want of stock. */
  async function granted(client: AvailabilityService, request: ReserveRequest): Promise<PerNode | undefined> {
    try {
      const { lines } = await client.reserve(request);
      const [first = 0, second = 0] = lines.map(({ slices }) => slices.reduce((all, { quantity }) => all + Number(quantity), 0)); // prettier-ignore
      expect(lines.map(({ uncovered }) => Number(uncovered))).toEqual(request.lines.map(({ quantity }, index) => Number(quantity) - (index === 0 ? first : second))); // prettier-ignore
      return [first, second];
    } catch (error) {
      if (error instanceof CrossdockError && error.code === 'INSUFFICIENT_AVAILABILITY') return undefined;
      throw error;
    }
  }

  const post = async (
    model: Model,
    client: AvailabilityService,
    ...records: (Pick<InventoryRecordDto, 'fact' | 'quantity' | 'node'> & Partial<InventoryRecordDto>)[]
  ) => {
    // prettier-ignore
    const facts = records.map((record) => fact({ item: model.item, occurredAt: new Date().toISOString(), ...record }));
    const { results } = await client.postInventory({ source: 'wide', records: facts });
    expect(results.map(({ outcome }) => outcome)).toEqual(records.map(() => 'applied'));
  };

  /** Alone the answer is foretold exactly. `soft`: what a soft reservation brings along. */
  async function reserve(model: Model, client: AvailabilityService, converted?: Held): Promise<void> {
    const wanted: PerNode = [draw(1, 12), draw(1, 12)];
    const kind = converted === undefined && random(2) === 0 ? 'SOFT' : 'FIRM';
    const mode = random(2) === 0 ? 'ALL_OR_NOTHING' : 'PARTIAL';
    const brought = converted?.of ?? [0, 0];
    const there = ([0, 1] as const).map((node) => Math.max(freeAt(model, node), 0) + brought[node]);
    const due = wanted.map((quantity, node) => Math.min(quantity, Math.max(there[node] ?? 0, brought[node as 0 | 1]))) as PerNode; // prettier-ignore
    const whole = due[0] === wanted[0] && due[1] === wanted[1];
    const request = requestOf(model, wanted, { kind, mode, ...(converted === undefined ? {} : { converts: converted.id }) }); // prettier-ignore
    const got = await granted(client, request);
    expect(got).toEqual(mode === 'PARTIAL' || whole ? due : undefined);
    if (got === undefined) return;
    if (converted) converted.of.fill(0);
    model.holders.push({ id: request.reservation, soft: kind === 'SOFT', of: got });
  }

  /** Two clients of two processes at the same moment: whoever was first, together they have no more than there was. */
  async function contend(model: Model): Promise<void> {
    const free = ([0, 1] as const).map((node) => freeAt(model, node));
    const requests = clients.map(() => requestOf(model, [draw(1, 12), draw(1, 12)], { mode: random(2) === 0 ? 'ALL_OR_NOTHING' : 'PARTIAL', kind: random(2) === 0 ? 'SOFT' : 'FIRM' })); // prettier-ignore
    const got = await Promise.all(requests.map((request, index) => granted(clients[index] ?? app.availability, request))); // prettier-ignore
    for (const node of [0, 1] as const) {
      const together = got.reduce((total, each) => total + (each?.[node] ?? 0), 0);
      expect(together).toBeLessThanOrEqual(free[node] ?? 0);
    }
    got.forEach((of, index) => {
      const { reservation: id = '', kind } = requests[index] ?? {};
      if (of) model.holders.push({ id, soft: kind === 'SOFT', of });
    });
  }

  async function release(model: Model, client: AvailabilityService): Promise<void> {
    const chosen = among(model.holders);
    if (!chosen) return;
    const node = random(2) as 0 | 1;
    const quantity = draw(1, 8);
    const freed = Math.min(quantity, chosen.of[node]);
    const request = { reservation: chosen.id, key: uniqueId('k'), lines: [{ line: node + 1, quantity: String(quantity) }] }; // prettier-ignore
    const twice = await Promise.all(clients.map((each) => each.release(request)));
    for (const { lines } of twice) expect(lines).toEqual([{ line: node + 1, released: String(freed) }]);
    await client.release(request);
    chosen.of[node] -= freed;
  }

  async function extend(model: Model, client: AvailabilityService): Promise<void> {
    const chosen = among(model.holders.filter(({ soft }) => soft));
    if (!chosen) return;
    const call = client.extend({ reservation: chosen.id, key: uniqueId('x'), ttlSeconds: 3_600 });
    if (chosen.of[0] + chosen.of[1] > 0) await call;
    else await expect(call).rejects.toMatchObject({ code: 'RESERVATION_ENDED' });
  }

  async function ship(model: Model, client: AvailabilityService): Promise<void> {
    const node = random(2) as 0 | 1;
    const chosen = among(model.holders.filter(({ soft, of }) => !soft && of[node] > 0));
    if (!chosen) return;
    const quantity = draw(1, chosen.of[node]);
    await post(model, client, { fact: 'SHIPPED', node: NODES[node], quantity: String(quantity), reservation: chosen.id, line: node + 1 }); // prettier-ignore
    chosen.of[node] -= quantity;
    model.onHand[node] -= quantity;
  }

  async function change(model: Model, client: AvailabilityService, kind: 'RECEIVED' | 'ADJUSTED' | 'COUNTED') {
    const node = random(2) as 0 | 1;
    const before = model.onHand[node];
    const quantity = kind === 'ADJUSTED' ? draw(-Math.min(9, before), 9) : draw(1, 20);
    if (quantity === 0) return;
    await post(model, client, { fact: kind, node: NODES[node], quantity: String(quantity) });
    model.onHand[node] = kind === 'COUNTED' ? quantity : before + quantity;
  }

  async function transfer(model: Model, client: AvailabilityService): Promise<void> {
    const [from, to] = random(2) === 0 ? ([0, 1] as const) : ([1, 0] as const);
    if (model.onHand[from] < 1) return;
    const quantity = draw(1, model.onHand[from]);
    await post(
      model,
      client,
      { fact: 'TRANSFER_SHIPPED', node: NODES[from], quantity: String(quantity), toNode: NODES[to] },
      { fact: 'TRANSFER_RECEIVED', node: NODES[to], quantity: String(quantity) },
    );
    model.onHand[from] -= quantity;
    model.onHand[to] += quantity;
  }

  /** Its time is over; the timers of all run when everybody has had the step. */
  async function expire(model: Model): Promise<void> {
    const chosen = among(model.holders.filter(({ soft }) => soft));
    if (!chosen) return;
    await timeIsUp(app.database, chosen.id);
    chosen.of.fill(0);
  }

  const turns: readonly Turn[] = [
    (model, [client = app.availability]) => reserve(model, client),
    (model, [, client = app.availability]) => reserve(model, client),
    (model, [client = app.availability]) => reserve(model, client, among(model.holders.filter(({ soft }) => soft))),
    contend,
    contend,
    (model, [client = app.availability]) => release(model, client),
    (model, [, client = app.availability]) => extend(model, client),
    (model) => expire(model),
    (model, [client = app.availability]) => ship(model, client),
    (model, [, client = app.availability]) => change(model, client, 'RECEIVED'),
    (model, [client = app.availability]) => change(model, client, 'ADJUSTED'),
    (model, [, client = app.availability]) => change(model, client, 'COUNTED'),
    (model, [client = app.availability]) => transfer(model, client),
  ];

  /** The positions are what the models say, and I1, I2 and I6 hold over everything. */
  async function allIsWell(models: readonly Model[]): Promise<void> {
    const { rows } = await app.database.query<Record<'item' | 'node' | 'on_hand' | 'allocated' | 'reserved', string>>(
      `select item, node, on_hand, allocated, reserved from availability.position where item = any($1)`,
      [models.map(({ item }) => item)],
    );
    const stored = new Map(rows.map(({ item, node, ...row }) => [`${item} ${node}`, [row.on_hand, row.allocated, row.reserved].map(Number)])); // prettier-ignore
    for (const model of models)
      for (const node of [0, 1] as const) {
        const at = `${model.item} ${NODES[node]}`;
        expect([at, stored.get(at)]).toEqual([
          at,
          [model.onHand[node], sum(model, node, false), sum(model, node, true)],
        ]);
      }
    expect((await app.availability.checkInvariants()).breaches).toEqual([]);
  }

  test(`${SEQUENCES} sequences (again: CROSSDOCK_MODEL_SEED=${SEED})`, async () => {
    for (let done = 0; done < SEQUENCES; done += ABREAST) {
      const models = Array.from({ length: Math.min(ABREAST, SEQUENCES - done) }, (): Model => ({ item: uniqueId('wide'), onHand: [draw(5, 30), draw(5, 30)], holders: [] })); // prettier-ignore
      await app.availability.postInventory({
        source: 'wide',
        records: models.flatMap(({ item, onHand }) => NODES.map((node, index) => fact({ item, node, fact: 'RECEIVED', quantity: String(onHand[index as 0 | 1]) }))), // prettier-ignore
      });
      for (let step = 0; step < STEPS; step += 1) {
        await Promise.all(models.map((model) => (among(turns) ?? contend)(model, clients)));
        await app.messaging.drain();
        await allIsWell(models);
      }
    }
  }, 600_000);
});
