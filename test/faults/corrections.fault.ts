import { setTimeout as sleep } from 'node:timers/promises';
import { Decimal } from 'decimal.js';
import type { CrashPoint } from '#persistence/crash-point';
import { Client, eventually } from '../support/client';
import { sizeOf } from '../support/random';
import { freePort } from '../support/running';
import { Correcting } from './correcting';
import { counted, FaultWorld, ITEMS } from './world';

const rounds = sizeOf('CROSSDOCK_FAULTS_ROUNDS', 1);
/** Each point with which passing of it kills: in the write itself, and between a backend and our note of what it did. */
const PLAN: readonly (readonly [CrashPoint, number])[] = [
  ['shipment.correcting', 1],
  ['shipment.voiding', 1],
  ['shipment.correcting', 2],
  ['shipment.voiding', 2],
  ['effect.answered', 9],
  ['shipment.correcting', 4],
  ['shipment.voiding', 4],
  ['posting.made', 12],
];
/** Effects that are documents of the ERP, by what the ERP calls them; those that take back count against the others. */
const DOCUMENTS = {
  ERP_DELIVERY: { kind: 'deliveries', flow: 'delivered', sign: 1 },
  ERP_REVERSAL: { kind: 'delivery-reversals', flow: 'delivered', sign: -1 },
  ERP_INVOICE: { kind: 'invoices', flow: 'billed', sign: 1 },
  CREDIT_MEMO: { kind: 'credit-memos', flow: 'billed', sign: -1 },
} as const;
type Documented = keyof typeof DOCUMENTS;
/** What the demo's ERP wants to hear from whoever reads it. */
const ERP_TOKEN = 'sandbox-erp-token';

describe('the process killed -9 while shipments are corrected and voided', () => {
  let world: FaultWorld;
  let opening: ReadonlyMap<string, string>;
  beforeAll(async () => {
    // Parcels that travel slowly: a carrier takes back only a label that was not used.
    world = await FaultWorld.start({ environment: { PORT: String(await freePort()), CROSSDOCK_SANDBOX_SPEED: '1' } });
    await world.speed('north', 1000);
    opening = await positions();
  });
  afterAll(() => world.stop());

  async function positions(): Promise<Map<string, string>> {
    const planner = new Client(world.crossdock.demo.url, world.crossdock.demo.keys.planner);
    const found = ITEMS.map(async (item) => {
      const { body } = await planner.get(`/planner/v1/items/${item}/timeline?node=DC-NORTH&days=1`);
      return [item, String(body.nodes[0].position.onHand.value)] as const;
    });
    return new Map(await Promise.all(found));
  }

  async function shipments(): Promise<any[]> {
    const found: any[] = [];
    for (let since = '', more = true; more;) {
      const { status, body } = await world.operations.get(`/operations/v1/shipments?limit=200${since}`);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      found.push(...body.shipments);
      since = `&since=${encodeURIComponent(body.next)}`;
      more = body.more;
    }
    return [...new Map(found.map((each) => [each.id, each])).values()];
  }

  /** Everything that is not at its end yet, in words. */
  async function underWay(): Promise<string[]> {
    const orders = await world.books.orders();
    const open = orders.filter(({ status }) => status !== 'SHIPPED').map(({ id, status }) => `${id} is ${status}`);
    const unsettled = (await shipments()).flatMap(
      ({ id, effects }) =>
      effects.filter(isUnsettled).map(({ name, revision, state, error }: any) => `${id} ${name}@${revision} is ${state}: ${error}`), // prettier-ignore
    );
    return [...open, ...unsettled];
  }

  /** Base units by order line as the ERP has them: what its documents say, counted there. */
  async function inErp(): Promise<{ keys: Record<Documented, string[]>; delivered: Sums; billed: Sums }> {
    const { sandboxUrl } = world.crossdock.demo;
    const erp = new Client(`${sandboxUrl}/sandbox/erp/main/v1`, ERP_TOKEN);
    const books = { keys: {} as Record<Documented, string[]>, delivered: new Sums(), billed: new Sums() };
    for (const [effect, { kind, flow, sign }] of Object.entries(DOCUMENTS)) {
      const keys: string[] = (books.keys[effect as Documented] = []);
      for (let page: { externalId: string }[] = [{ externalId: '' }]; page.length > 0;) {
        const after = encodeURIComponent(page.at(-1)!.externalId);
        page = (await world.taken(erp.get(`/${kind}?limit=200&after=${after}`))).body.documents;
        keys.push(...page.map(({ externalId }) => externalId));
      }
      for (const key of keys) {
        const { document } = (await world.taken(erp.get(`/${kind}/${encodeURIComponent(key)}`))).body;
        for (const { line, quantity } of document.lines) books[flow].add(`${document.salesOrder} ${line}`, quantity, sign); // prettier-ignore
      }
    }
    return books;
  }

  it('F22 killed -9 in corrections and voids: effects posted once, ERP, carrier and stock agree with what stands', async () => {
    const correcting = new Correcting(world, `TAKEN-BACK-${process.pid}`);
    const plan = Array.from({ length: rounds }, () => PLAN).flat();
    await world.crossdock.kill();
    world.crossdock.launch({ CROSSDOCK_CRASH_AT: plan[0]!.join(':') });
    await world.crossdock.ready();
    correcting.start(2);
    for (const [index, kill] of plan.entries()) {
      const ended = await Promise.race([world.crossdock.gone(), sleep(90_000, 'never', { ref: false })]);
      expect([kill, ended]).toEqual([kill, 'SIGKILL']);
      const next = plan[index + 1];
      world.crossdock.launch(next ? { CROSSDOCK_CRASH_AT: next.join(':') } : {});
    }
    await world.crossdock.ready();
    await correcting.stop();
    await eventually(() => underWay().catch((error: unknown) => [String(error)]), (found) => found.length === 0, 240); // prettier-ignore

    const standing = new Sums();
    const effects: Partial<Record<string, string[]>> = {};
    let used = 0;
    const gone = new Sums();
    const all = await shipments();
    for (const { id, order, lines, effects: own } of all) {
      for (const { line, item, quantity } of lines) {
        standing.add(`${order} ${line}`, quantity);
        gone.add(item, quantity);
      }
      for (const { name, revision, state } of own) {
        if (state === 'DONE') (effects[name] ??= []).push(revision === 1 ? id : `${id}@${revision}`);
        if (state === 'FAILED') used += 1;
      }
    }
    const orders = await world.books.orders();
    expect(orders.map(({ id }) => id).sort()).toEqual(correcting.partner.orders.flatMap(({ ids }) => [...ids]).sort());
    expect(standing.all()).toEqual(Object.fromEntries(orders.map(({ id }) => [`${id} 1`, '3'])));

    const erp = await inErp();
    expect([erp.delivered.all(), erp.billed.all()]).toEqual([standing.all(), standing.all()]);
    for (const effect of Object.keys(DOCUMENTS) as Documented[])
      expect([effect, erp.keys[effect].sort()]).toEqual([effect, effects[effect]!.sort()]);
    for (const kind of ['sales-order', 'delivery', 'invoice', 'delivery-reversal', 'credit-memo', 'freight-accrual']) {
      const { body } = await world.operations.post('/operations/v1/erp-books/erp-main/reconcile', { kind });
      expect([kind, body.differences, body.found]).toEqual([kind, [], body.posted]);
    }
    const { repeated, ...documents } = await world.counts('erp/main');
    expect(repeated).toBe(0);

    expect(await world.exceptions('LABEL_VOID_FAILED')).toHaveLength(used);
    const { labels, live, voided } = await world.counts('carrier/main');
    expect([labels, voided]).toEqual([effects['LABEL']!.length, effects['LABEL_VOID']?.length ?? 0]);
    expect(live).toBe(labels! - voided!);

    const left = ITEMS.map((item) => [item, new Decimal(opening.get(item)!).minus(gone.of(item)).toFixed()]);
    expect([...(await positions())]).toEqual(left);
    expect(await world.breaches()).toEqual([]);
    counted('F22', { kills: plan.length, orders: orders.length, shipments: all.length, ...correcting.said, ...documents, labels, voided, labelsUsed: used, repeated }); // prettier-ignore
  }, 1_800_000);
});

/** A label that travels is not taken back: the carrier says so, and that is all that may fail for good. */
function isUnsettled({ name, state, error }: { name: string; state: string; error?: string }): boolean {
  if (state === 'FAILED') return name !== 'LABEL_VOID' || error?.startsWith('LABEL_USED') !== true;
  return state === 'PENDING';
}

/** Decimals by key. */
class Sums {
  private readonly sums = new Map<string, Decimal>();

  add(key: string, quantity: string, sign = 1): void {
    this.sums.set(key, this.of(key).plus(new Decimal(quantity).times(sign)));
  }
  of(key: string): Decimal {
    return this.sums.get(key) ?? new Decimal(0);
  }
  all(): Record<string, string> {
    return Object.fromEntries([...this.sums].sort().map(([key, sum]) => [key, sum.toFixed()]));
  }
}
