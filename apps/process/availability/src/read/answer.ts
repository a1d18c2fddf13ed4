import type { AnsweredSlice, AvailabilityLine, AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/availability.dto'; // prettier-ignore
import type { Part } from '../promise/book';
import { deliveryDay } from '../promise/calendar';
import { cover } from '../promise/cover';
import { dateOf, dayOf, type Day } from '../promise/days';
import type { CoverLine } from '../promise/line';
import { giveBackOffer, offer, type Offer } from '../promise/offer';
import { floorTo } from '../promise/packs';
import { micro, text } from '../promise/quantity';
import { openDay, shipDayAt } from '../promise/shipping-node';
import { shortfalls } from '../promise/shortfall';
import { toCoverLine } from '../reserve/decide';
import { explain } from './explain';
import type { Ground } from './ground';

const NONE: ReadonlySet<string> = new Set();
const DEFAULT_EXPLAIN_DAYS = 30;

/** Each line by itself: two lines of one item may be promised the same stock, until one of them is reserved. */
export function answerOf(ground: Ground, query: AvailabilityQuery, asked: AvailabilityLineQuery): AvailabilityLine {
  const line = lineOf(ground, query, asked);
  const sources = ground.sourcesOf(line);
  const promisable = sources.reduce(
    (sum, source) => sum + floorTo(source.promisable(shipDayAt(source, line.day), line.channel), line.multiple),
    0n,
  );
  const offered = make(ground, line);
  const missing = offered.uncovered > 0n
      ? shortfalls(ground.book, line, offered.uncovered, NONE, ground.terms.kits, ground.dated)
      : []; // prettier-ignore
  giveBackOffer(ground.sources, line, offered);
  const days = query.explainDays ?? DEFAULT_EXPLAIN_DAYS;
  return {
    item: line.item,
    known: ground.sources.has(line.item),
    availableToPromise: text(promisable),
    slices: slicesOf(ground, line, offered),
    unpromised: text(offered.uncovered),
    shortfalls: missing.map(({ quantity, reason }) => ({ quantity: text(quantity), reason })),
    ...(query.explain === true ? { explain: explain(ground, line, days) } : {}),
  };
}

function lineOf(ground: Ground, { channel }: AvailabilityQuery, asked: AvailabilityLineQuery): CoverLine {
  const line: CoverLine = {
    ...toCoverLine(asked),
    channel,
    multiple: asked.multiple === undefined ? undefined : micro(asked.multiple),
    latest: asked.latestDate === undefined ? undefined : dayOf(asked.latestDate),
  };
  return { ...line, day: openDay(ground.sourcesOf(line), line.day) };
}

/** The usual item has no alternative: it is covered once, not looked for in the order of an offer. */
function make(ground: Ground, line: CoverLine): Offer {
  const terms = ground.terms.item(line.item);
  const bought = ground.bought(line);
  if (bought === undefined && (terms?.substitutes.length ?? 0) === 0) {
    const [covered] = cover(ground.sources, [line], NONE);
    const { parts, uncovered } = covered ?? { parts: [], uncovered: line.quantity };
    return { parts, substitutes: [], leadTime: undefined, uncovered };
  }
  return offer(ground.sources, line, NONE, { substitutes: terms?.substitutes ?? [], leadTimeDay: bought?.day });
}

function slicesOf(ground: Ground, line: CoverLine, { parts, substitutes, leadTime }: Offer): AnsweredSlice[] {
  const slices = parts.map((part) => ({ ...sliceOf(ground, part), ...componentsOf(part) }));
  for (const { item, part, covers } of substitutes)
    slices.push({ ...sliceOf(ground, part), quantity: text(covers), basis: 'SUBSTITUTE', item, itemQuantity: text(part.quantity) }); // prettier-ignore
  const bought = leadTime && ground.bought(line);
  if (leadTime && bought)
    slices.push({ ...dated(ground, bought.node, leadTime.day), quantity: text(leadTime.quantity), basis: 'LEAD_TIME' });
  return slices;
}

function sliceOf(ground: Ground, { node, day, quantity, basis, supply }: Part): AnsweredSlice {
  const slice = { ...dated(ground, node, day), quantity: text(quantity), basis };
  return supply === undefined ? slice : { ...slice, supply };
}

function dated(ground: Ground, node: string, day: Day): Pick<AnsweredSlice, 'node' | 'shipDate' | 'deliveryDate'> {
  const calendar = ground.terms.calendar(node);
  const shipped = { node, shipDate: dateOf(day) };
  return calendar ? { ...shipped, deliveryDate: dateOf(deliveryDay(calendar, day)) } : shipped;
}

function componentsOf({ components }: Part): Pick<AnsweredSlice, 'components'> {
  if (components === undefined) return {};
  const shown = components.map(({ item, part: { quantity, basis, supply } }) => {
    const component = { item, quantity: text(quantity), basis };
    return supply === undefined ? component : { ...component, supply };
  });
  return { components: shown };
}
