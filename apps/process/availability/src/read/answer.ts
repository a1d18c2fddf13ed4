import type { AnsweredSlice, AvailabilityAnswer, AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import { dateOf, dayOf, type Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { headerDay } from '../promise/header-date';
import type { CoverLine } from '../promise/line';
import type { Offer } from '../promise/offer';
import { giveBackOffers, offersFor } from '../promise/offers';
import { micro, text } from '../promise/quantity';
import { openDay } from '../promise/shipping-node';
import { shortfalls } from '../promise/shortfall';
import { explain } from './explain';
import type { Moment } from './moment';
import { inTimeFor, partSlice, shippingOf, substituteSlice } from './slices';

const NONE: ReadonlySet<string> = new Set();
const NOTHING: Offer = { parts: [], substitutes: [], leadTime: undefined, uncovered: 0n };
const DEFAULT_EXPLAIN_DAYS = 30;

type Answers = Pick<AvailabilityAnswer, 'lines' | 'completeOn'>;

/**
 * Each line by itself: two lines of one item may be promised the same stock, until one of them is reserved. Asked together
 * they are one order.
 */
export function answersTo(moment: Moment, query: AvailabilityQuery): Answers {
  if (query.together === true) {
    const order = query.lines.map((asked) => lineOf(moment.ground, query, asked));
    return answerOrder(moment.ground, query, order);
  }
  const usual = moment.usual.serves(query) ? moment.usual : undefined;
  const lines: AvailabilityLine[] = [];
  for (const asked of query.lines) {
    const answer = usual?.answerTo(asked);
    if (answer) lines.push(answer);
    else lines.push(...answerOrder(moment.ground, query, [lineOf(moment.ground, query, asked)]).lines);
  }
  return { lines };
}

/** Nothing stays booked. */
function answerOrder(ground: Ground, query: AvailabilityQuery, lines: readonly CoverLine[]): Answers {
  const before = lines.map((line) => stateFor(ground, query, line));
  const offers = offersFor(ground, lines, NONE, ground.sourcing(query.objective));
  const answers = lines.map((line, index) => answerOf(ground, line, offers[index] ?? NOTHING, before[index]));
  giveBackOffers(ground, lines, offers);
  const complete = headerDay(offers.map((offered) => ({ parts: shipped(offered), uncovered: offered.uncovered })));
  return complete === undefined ? { lines: answers } : { lines: answers, completeOn: dateOf(complete) };
}

function lineOf(ground: Ground, { channel }: AvailabilityQuery, asked: AvailabilityLineQuery): CoverLine {
  const { item, node, quantity, requestedDate, multiple, latestDate, deliverBy, complete, substitutes } = asked;
  const wanted = requestedDate === undefined ? undefined : dayOf(requestedDate);
  return {
    item,
    quantity: micro(quantity),
    day: openDay(ground.sourcesOf(asked), wanted),
    node,
    channel,
    multiple: multiple === undefined ? undefined : micro(multiple),
    latest: latestDate === undefined ? undefined : dayOf(latestDate),
    deliverBy: deliverBy === undefined ? undefined : dayOf(deliverBy),
    complete,
    substitutes,
  };
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
  const slices = parts.map((part) => partSlice(ground, part));
  for (const each of substitutes) slices.push(substituteSlice(ground, each));
  const bought = leadTime && ground.bought(line, NONE);
  if (leadTime && bought)
    slices.push({ ...shippingOf(ground, bought.node, leadTime.day), quantity: text(leadTime.quantity), basis: 'LEAD_TIME' }); // prettier-ignore
  if (line.deliverBy !== undefined)
    for (const slice of slices) Object.assign(slice, inTimeFor(ground, slice.node, line.deliverBy));
  return slices;
}

function shipped({ parts, substitutes, leadTime }: Offer): { readonly day: Day }[] {
  return [...parts, ...substitutes.map(({ part }) => part), ...(leadTime ? [leadTime] : [])];
}
