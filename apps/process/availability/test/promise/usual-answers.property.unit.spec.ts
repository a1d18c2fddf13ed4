import type { AvailabilityLineQuery } from '#contracts/availability/query.dto';
import { BookReading, type BookRow } from '../../src/out/book-reading';
import { BUSINESS_DAYS, type ShippingCalendar } from '../../src/promise/calendar';
import { dateOf, dayOf } from '../../src/promise/days';
import { NodeView, type NodeFacts } from '../../src/promise/nodes';
import { micro } from '../../src/promise/quantity';
import { termsOf, type ItemTerms, type Terms } from '../../src/promise/terms';
import { answersTo } from '../../src/read/answer';
import { Moment } from '../../src/read/moment';
import { forCases, holds, same, type Random } from './cases';

const CASES = 20_000;
const TODAY = dayOf('2026-03-04');
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles'];

const decimal = (random: Random, least: number, most: number) =>
  random.chance(0.8) ? String(random.int(least, most)) : `${random.int(Math.max(least, 0), most)}.${random.int(1, 999_999).toString().padStart(6, '0')}`; // prettier-ignore

function nodesOf(random: Random): NodeFacts[] {
  const facts = (id: string) => ({
    id,
    timeZone: random.pick(ZONES),
    priority: random.int(1, 3),
    active: random.chance(0.9),
  });
  return ['DC-B', 'DC-A', 'DC-D', 'DC-C'].slice(0, random.int(1, 4)).map(facts);
}

function calendarOf(random: Random): ShippingCalendar {
  const working = [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.7));
  return {
    node: { workingDays: new Set([...working, 3]), holidays: new Set(random.list(2, () => TODAY + random.int(0, 6))) },
    carrier: BUSINESS_DAYS,
    cutOff: random.chance(0.5) ? random.int(0, 1_439) : undefined,
    handlingDays: random.int(0, 2),
    transitDays: random.int(0, 3),
  };
}

/** What an item may have that does not matter as long as one node has all of it on hand. */
function itemTerms(random: Random): ItemTerms | undefined {
  if (random.chance(0.5)) return undefined;
  return {
    rule: random.chance(0.3) ? { rule: 'DISCRETE', accumulationDays: undefined } : undefined,
    leadTime: random.chance(0.3) ? { days: random.int(1, 9), receivingDays: random.int(0, 2) } : undefined,
    substitutes: random.chance(0.3) ? [{ item: 'OTHER', ratio: micro('2') }] : [],
    components: [],
  };
}

function termsFor(random: Random, nodes: readonly NodeFacts[]): Terms {
  const calendars = new Map(nodes.filter(() => random.chance(0.4)).map(({ id }) => [id, calendarOf(random)]));
  const costs = new Map(nodes.map(({ id }) => [id, random.int(0, 2)]));
  const own = itemTerms(random);
  const stale = random.chance(0.1) ? random.pick(nodes).id : undefined;
  return termsOf(['ITEM'], {
    item: (item) => (item === 'ITEM' ? own : undefined),
    quotas: () => [],
    calendar: (node) => calendars.get(node),
    staleness: (node) => (node === stale ? { policy: 'FLOOR', share: 500_000n } : undefined),
    cost: random.chance(0.5) ? (node) => costs.get(node) ?? 0 : undefined,
  });
}

/** Positions as the statement brings them. A node that reference data does not know has stock too. */
function positions(random: Random, item: string, nodes: readonly NodeFacts[]): string {
  const stocked = [...nodes.map(({ id }) => id), 'DC-UNKNOWN'].filter(() => random.chance(0.7));
  const texts = stocked.map((node) => [node, `${random.int(-5, 60)}.${random.pick(['000000', '500000', '333333'])}`, '2.000000', '70.000000'].join('\x1f')); // prettier-ignore
  return texts.length === 0 ? '' : `${item}\x1d${texts.join('\x1e')}`;
}

function questionOf(random: Random, nodes: readonly NodeFacts[]): AvailabilityLineQuery {
  const asked: AvailabilityLineQuery = { item: 'ITEM', quantity: decimal(random, 1, 40) };
  if (random.chance(0.3)) asked.multiple = random.pick(['1', '6', '0.5', '12']);
  if (random.chance(0.4)) asked.requestedDate = dateOf(TODAY + random.int(-2, 9));
  if (random.chance(0.2)) asked.latestDate = dateOf(TODAY + random.int(0, 9));
  if (random.chance(0.2)) asked.node = random.pick([...nodes.map(({ id }) => id), 'DC-UNKNOWN']);
  if (random.chance(0.2)) asked.complete = true;
  return asked;
}

function supplies(random: Random, nodes: readonly NodeFacts[]): BookRow[] {
  if (random.chance(0.5)) return [];
  const stocked = [...nodes.map(({ id }) => id), 'DC-UNKNOWN'];
  return random.list(3, (index) => ({
    ...{ kind: 'S', item: random.pick(['ITEM', 'OTHER']), node: random.pick(stocked), basis: 'PURCHASE_ORDER' },
    ...{ quantity: decimal(random, 1, 40), day: TODAY + random.int(-4, 12), id: `PO-${index}` },
  }));
}

function momentOf(random: Random, nodes: readonly NodeFacts[]): Moment {
  const all = ['ITEM', 'OTHER'].map((item) => positions(random, item, nodes)).filter((text) => text !== '');
  const row: BookRow = {
    kind: 'P',
    id: all.join('\x1c'),
    item: null,
    node: null,
    quantity: null,
    day: null,
    basis: null,
  };
  const fences = { horizonDays: random.pick([5, 180]), pastDueDays: random.int(0, 3) };
  const reading = new BookReading([row, ...supplies(random, nodes)], fences);
  const now = new Date((TODAY * 24 * 60 + random.int(0, 1_439)) * 60_000);
  return new Moment(reading, termsFor(random, nodes), new NodeView(nodes, now));
}

describe(`${CASES} lines get the usual answer where the engine would give it`, () => {
  test('each is the same, and a third of them or more are usual', () => {
    let [cases, usual] = [0, 0];
    const asks = (random: Random): void => {
      cases += 1;
      const nodes = nodesOf(random);
      const moment = momentOf(random, nodes);
      const asked = questionOf(random, nodes);
      const answer = moment.usual.answerTo(asked);
      if (answer === undefined) return;
      usual += 1;
      // An order of one line is for the engine, and its answer is that of the line.
      same('the answer', [answer], answersTo(moment, { lines: [asked], together: true, channel: 'PORTAL' }).lines);
    };
    forCases(CASES, asks, 0);
    holds('too few usual answers to compare', cases < 100 || usual > cases / 3, usual);
  });
});
