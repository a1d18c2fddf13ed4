import type { AnsweredSlice, AvailabilityAnswer, AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import type { Part } from '../promise/book';
import { deliveryDay } from '../promise/calendar';
import { dateOf, dayOf, type Day } from '../promise/days';
import { headerDay } from '../promise/header-date';
import type { CoverLine } from '../promise/line';
import { giveBackOffer, type Offer } from '../promise/offer';
import { micro, text } from '../promise/quantity';
import { openDay } from '../promise/shipping-node';
import { shortfalls } from '../promise/shortfall';
import { DEFAULT_SOURCING, type Sourcing } from '../promise/sourcing';
import { explain } from './explain';
import type { Ground } from './ground';
import { offersFor } from './offers';

const NONE: ReadonlySet<string> = new Set();
const DEFAULT_EXPLAIN_DAYS = 30;

type Answers = Pick<AvailabilityAnswer, 'lines' | 'completeOn'>;

/**
 * Each line by itself: two lines of one item may be promised the same stock, until one of them is reserved. Asked together
 * they are one order.
 */
export function answersTo(ground: Ground, query: AvailabilityQuery): Answers {
  const lines = query.lines.map((asked) => lineOf(ground, query, asked));
  if (query.together === true) return answerOrder(ground, query, lines);
  return { lines: lines.flatMap((line) => answerOrder(ground, query, [line]).lines) };
}

/** Nothing stays booked. */
function answerOrder(ground: Ground, query: AvailabilityQuery, lines: readonly CoverLine[]): Answers {
  const before = lines.map((line) => stateFor(ground, query, line));
  const offers = offersFor(ground, lines, sourcingOf(ground, query));
  const answers = offers.map(({ line, offered }, index) => answerOf(ground, line, offered, before[index]));
  for (const { line, offered } of offers) giveBackOffer(ground.sources, line, offered);
  const complete = headerDay(offers.map(({ offered }) => ({ parts: shipped(offered), uncovered: offered.uncovered })));
  return complete === undefined ? { lines: answers } : { lines: answers, completeOn: dateOf(complete) };
}

function lineOf(ground: Ground, { channel }: AvailabilityQuery, asked: AvailabilityLineQuery): CoverLine {
  const { item, node, quantity, requestedDate, multiple, latestDate, complete } = asked;
  const wanted = requestedDate === undefined ? undefined : dayOf(requestedDate);
  return {
    item,
    quantity: micro(quantity),
    day: openDay(ground.sourcesOf(asked), wanted),
    node,
    channel,
    multiple: multiple === undefined ? undefined : micro(multiple),
    latest: latestDate === undefined ? undefined : dayOf(latestDate),
    complete,
  };
}

function sourcingOf({ terms: { cost } }: Ground, { objective }: AvailabilityQuery): Sourcing | undefined {
  if (objective === undefined) return cost && { ...DEFAULT_SOURCING, cost };
  return { objective, cost };
}

/** What there is before anything of the order is booked. */
function stateFor(ground: Ground, query: AvailabilityQuery, line: CoverLine) {
  const availableToPromise = text(ground.promisable(line));
  const days = query.explainDays ?? DEFAULT_EXPLAIN_DAYS;
  return query.explain === true ? { availableToPromise, explain: explain(ground, line, days) } : { availableToPromise };
}

/** Call it while what was offered is booked. */
function answerOf(
  ground: Ground,
  line: CoverLine,
  offered: Offer,
  before: Pick<AvailabilityLine, 'availableToPromise' | 'explain'> = { availableToPromise: '0' },
): AvailabilityLine {
  const { uncovered } = offered;
  const missing = uncovered > 0n ? shortfalls(ground.book, line, uncovered, NONE, ground.terms.kits, ground.dated) : [];
  const answer: AvailabilityLine = {
    item: line.item,
    known: ground.sources.has(line.item),
    availableToPromise: before.availableToPromise,
    slices: slicesOf(ground, line, offered),
    unpromised: text(uncovered),
    shortfalls: missing.map(({ quantity, reason }) => ({ quantity: text(quantity), reason })),
  };
  if (before.explain !== undefined) answer.explain = before.explain;
  return answer;
}

function slicesOf(ground: Ground, line: CoverLine, { parts, substitutes, leadTime }: Offer): AnsweredSlice[] {
  const slices = parts.map((part) => sliceOf(ground, part));
  for (const { item, part, covers } of substitutes)
    slices.push({ ...sliceOf(ground, part), quantity: text(covers), basis: 'SUBSTITUTE', item, itemQuantity: text(part.quantity) }); // prettier-ignore
  const bought = leadTime && ground.bought(line);
  if (leadTime && bought)
    slices.push({ ...dated(ground, bought.node, leadTime.day), quantity: text(leadTime.quantity), basis: 'LEAD_TIME' });
  return slices;
}

/** Written out, as everything each slice of each line goes through: spreading objects cost more than deciding. */
function sliceOf(ground: Ground, { node, day, quantity, basis, supply, components }: Part): AnsweredSlice {
  const slice: AnsweredSlice = { node, shipDate: dateOf(day), quantity: text(quantity), basis };
  const calendar = ground.terms.calendar(node);
  if (calendar) slice.deliveryDate = dateOf(deliveryDay(calendar, day));
  if (supply !== undefined) slice.supply = supply;
  if (components !== undefined) slice.components = componentsOf(components);
  return slice;
}

function dated(ground: Ground, node: string, day: Day): Pick<AnsweredSlice, 'node' | 'shipDate' | 'deliveryDate'> {
  const calendar = ground.terms.calendar(node);
  const shipping = { node, shipDate: dateOf(day) };
  return calendar ? { ...shipping, deliveryDate: dateOf(deliveryDay(calendar, day)) } : shipping;
}

function componentsOf(components: NonNullable<Part['components']>): NonNullable<AnsweredSlice['components']> {
  return components.map(({ item, part: { quantity, basis, supply } }) => {
    const component = { item, quantity: text(quantity), basis };
    return supply === undefined ? component : { ...component, supply };
  });
}

function shipped({ parts, substitutes, leadTime }: Offer): { readonly day: Day }[] {
  return [...parts, ...substitutes.map(({ part }) => part), ...(leadTime ? [leadTime] : [])];
}
