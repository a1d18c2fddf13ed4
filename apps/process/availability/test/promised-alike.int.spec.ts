import type { AvailabilityLineQuery } from '#contracts/availability/query.dto';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

const ITEMS = 200;
const RULES = [
  'LOOK_AHEAD',
  'DISCRETE',
  'CUMULATIVE',
  'BACKWARD',
  'FORWARD',
  'BACKWARD_FORWARD',
  'ACCUMULATE',
] as const;
const TODAY = Date.UTC(2026, 2, 6);

/** The same in every run: what disagrees once disagrees again. */
function randomOf(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from + Math.floor((state / 2 ** 32) * (to - from + 1));
  };
}

describe('a reservation right after a query', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability('2026-03-06T15:00:00Z')));
  afterAll(() => app.close());

  const draw = randomOf(20_260_306);
  const often = (percent: number) => draw(1, 100) <= percent;
  const dayIn = (days: number) => new Date(TODAY + days * 86_400_000).toISOString().slice(0, 10);
  const several = <T>(from: number, to: number, make: () => T): T[] => Array.from({ length: draw(from, to) }, make);

  /** A node that ships on some days of the week, or one that has no policy. */
  async function node(): Promise<string> {
    const id = uniqueId('N');
    if (often(25)) return id;
    const holidays = several(0, 3, () => dayIn(draw(0, 20)));
    const policy = { workingDays: several(1, 6, () => draw(1, 7)), holidays, handlingDays: draw(0, 2), transitDays: draw(0, 4) }; // prettier-ignore
    const cutOff = often(50) ? { cutOff: often(50) ? '14:00' : '16:00' } : {};
    const cost = often(60) ? { shipmentCost: String(draw(0, 9)) } : {};
    await app.availability.putNodePolicies({
      policies: [{ node: id, ...policy, workingDays: [...new Set(policy.workingDays)], ...cutOff, ...cost }],
    });
    return id;
  }

  /** A rule of its own, a lead time, a remaining life; any of them or none. */
  async function policy(item: string, lotted: boolean): Promise<void> {
    const life = lotted && often(60) ? { minimumRemainingLifeDays: draw(0, 12) } : {};
    const rule = often(60) ? { rule: RULES[draw(0, RULES.length - 1)] ?? 'LOOK_AHEAD' } : {};
    const bought = often(40) ? { purchasable: true, leadTimeDays: draw(0, 9), receivingDays: draw(0, 2) } : {};
    const policies = [{ item, ...life, ...rule, ...bought }];
    await app.availability.putItemPolicies({ policies });
  }

  /** A kit of two items, or one that another may be delivered for. */
  async function composed(item: string): Promise<void> {
    const [first, second] = [uniqueId('PART'), uniqueId('PART')];
    for (const each of [first, second]) await stocked(each);
    const components = [first, second].map((each) => ({ item: each, quantity: String(draw(1, 3)) }));
    const substitutes = [{ item: first, ratio: ['1', '2', '0.5', '1.5'][draw(0, 3)] ?? '1' }];
    const made = often(50);
    if (!made) await stocked(item);
    await app.availability.putItemPolicies({ policies: [{ item, ...(made ? { components } : { substitutes }) }] });
  }

  /** An item at one to three nodes: stock, by lot or not, and supply. */
  async function stocked(item: string): Promise<void> {
    const lotted = often(40);
    await policy(item, lotted);
    for (let nodes = draw(1, 3); nodes > 0; nodes -= 1) {
      const id = await node();
      const records = several(1, 3, () => {
        const lot = lotted ? { lot: uniqueId('L'), expiresOn: dayIn(draw(0, 30)) } : {};
        return fact({ item, node: id, fact: 'RECEIVED', quantity: String(draw(1, 9)), ...lot });
      });
      if (often(80)) await app.availability.postInventory({ source: 'wms', records });
      const supplies = several(0, 3, () => ({ id: uniqueId('PO'), kind: 'PURCHASE_ORDER' as const, item, node: id, quantity: String(draw(1, 9)), availableOn: dayIn(draw(0, 20)) })); // prettier-ignore
      if (supplies.length > 0) await app.availability.putSupplies({ supplies });
    }
  }

  function wanted(item: string): AvailabilityLineQuery {
    const from = draw(0, 12);
    const requested = often(60) ? { requestedDate: dayIn(from) } : {};
    return { item, quantity: String(draw(1, 16)), ...requested, ...(often(30) ? { latestDate: dayIn(from + draw(0, 9)) } : {}), ...(often(30) ? { deliverBy: dayIn(from + draw(0, 14)) } : {}), ...(often(40) ? { multiple: String(draw(2, 5)) } : {}) }; // prettier-ignore
  }

  async function bothOf(line: AvailabilityLineQuery) {
    const [asked] = (await app.availability.query({ lines: [line] })).lines;
    const more: Partial<ReserveRequest> = { lines: [{ line: 1, substitutes: true, ...line }], mode: 'PARTIAL' };
    const [got] = (await app.availability.reserve(reservation(line.item, '', more))).lines;
    const bought = got?.leadTime && [{ ...got.leadTime, basis: 'LEAD_TIME' }];
    return {
      queried: asked?.slices.map(({ shipBy: _, releaseBy: __, ...slice }) => slice) ?? [],
      unpromised: Number(asked?.unpromised),
      reserved: [...(got?.slices.map(({ state: _, ...slice }) => slice) ?? []), ...(bought ?? [])],
      uncovered: Number(got?.uncovered) - Number(got?.leadTime?.quantity ?? 0),
    };
  }

  test(`gets the slices that the query showed: ${ITEMS} items, three times each`, async () => {
    let promised = 0;
    for (let count = 0; count < ITEMS; count += 1) {
      const item = uniqueId('ALIKE');
      await (often(30) ? composed(item) : stocked(item));
      for (const line of [wanted(item), wanted(item), wanted(item)]) {
        const { queried, unpromised, reserved, uncovered } = await bothOf(line);
        expect({ line, slices: reserved, open: uncovered }).toEqual({ line, slices: queried, open: unpromised });
        promised += queried.length;
      }
    }
    expect(promised).toBeGreaterThan(ITEMS);
    expect((await app.availability.checkInvariants()).breaches).toEqual([]);
  });
});
