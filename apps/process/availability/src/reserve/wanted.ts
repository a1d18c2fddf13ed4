import { NodeBook, type ItemBook, type PromiseSource } from '../promise/book';
import { candidatesOf } from '../promise/cover';
import type { Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { daysOf, latestAt, type CoverLine } from '../promise/line';
import type { Offer } from '../promise/offer';
import { giveBackOffers, missingOf, offersFor } from '../promise/offers';
import type { Micro } from '../promise/quantity';

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
const NOTHING: Offer = { parts: [], substitutes: [], leadTime: undefined, uncovered: 0n };

/** A line as the engine covers it, and the last day that is good enough. */
export interface WantedLine extends CoverLine {
  readonly latest: Day | undefined;
}

/** Books the lines as an answer to who asks would, which takes nothing that could only leave after a line's latest day; what is whole stays out. */
export function coverInTime(
  ground: Ground,
  lines: readonly WantedLine[],
  excluded: ReadonlySet<string>,
): readonly Offer[] {
  const open = lines.filter(({ quantity }) => quantity > 0n);
  const offers = offersFor(ground, open, excluded, ground.sourcing());
  return lines.map((line) => offers[open.indexOf(line)] ?? NOTHING);
}

/**
 * The first day after the latest that was good enough (after today when any was) on which all of `quantity` can leave, all
 * nodes together; undefined when there is none within the horizon.
 */
export function nextDay(
  ground: Ground,
  asked: WantedLine,
  quantity: Micro,
  excluded: ReadonlySet<string>,
): Day | undefined {
  const nodes = candidatesOf(ground.sources, asked, excluded).filter(({ node }) => !excluded.has(node));
  const instead = ground
    .substitutesFor(asked)
    .flatMap(({ item }) => candidatesOf(ground.sources, { ...asked, item }, excluded));
  if (nodes.length + instead.length === 0) return undefined;
  const line = withoutDelivery(asked, [...nodes, ...instead]);
  const works = (day: Day) => worksOn(ground, { ...line, quantity, day }, day, excluded);
  if (instead.length === 0 && isPlain(nodes)) return nextChange(nodes, line, quantity, works);
  return nextOpen(nodes, instead, line, quantity, works);
}

/** A line that did not arrive in time: from the first ship day on that was too late for any of the nodes, whenever that arrives. */
function withoutDelivery(line: WantedLine, nodes: readonly PromiseSource[]): WantedLine {
  if (line.deliverBy === undefined) return line;
  return { ...line, deliverBy: undefined, latest: Math.min(...nodes.map((node) => latestAt(line, node))) };
}

/** The row of such a node never falls, so the first day is found by halving. */
function nextChange(nodes: ItemBook, line: WantedLine, quantity: Micro, works: (day: Day) => boolean): Day | undefined {
  const steps = nodes.flatMap((node) => node.projection().map(({ day }) => Math.max(day, firstAfter([node], line))));
  const days = [...new Set(steps)].sort((a, b) => a - b);
  // Nodes that share a quota or give whole packs cannot be added up: what counts is what can be booked.
  const booked = line.multiple !== undefined || nodes.some((node) => node.quotas);
  const enough = booked ? works : (day: Day) => together(nodes, line, day) >= quantity;
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (enough(days[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return days[low];
}

/** By the days on which nodes ship, which need not be the same: each day is looked at, and those of the week after it. */
function nextOpen(
  nodes: readonly PromiseSource[],
  instead: readonly PromiseSource[],
  line: WantedLine,
  quantity: Micro,
  works: (day: Day) => boolean,
): Day | undefined {
  const all = [...nodes, ...instead];
  const changes = daysOf({ ...line, day: firstAfter(all, line) }, all);
  const days = new Set(changes.flatMap((day) => WEEK.map((later) => day + later)));
  const may = (day: Day) => instead.length > 0 || together(nodes, line, day) >= quantity;
  return [...days].sort((a, b) => a - b).find((day) => may(day) && works(day));
}

function isPlain(nodes: readonly PromiseSource[]): nodes is ItemBook {
  return nodes.every((node) => node instanceof NodeBook && node.neverFalls);
}

function firstAfter(nodes: readonly PromiseSource[], { latest, day }: WantedLine): Day {
  return Math.max(Math.min(...nodes.map(({ today }) => today)), latest ?? 0, (day ?? 0) - 1) + 1;
}

/** At most what all nodes have for a day; exact where they share no quota and give single units. */
function together(nodes: readonly PromiseSource[], { channel }: WantedLine, day: Day): Micro {
  return nodes.reduce((sum, node) => sum + node.promisable(day, channel), 0n);
}

function worksOn(ground: Ground, line: WantedLine, day: Day, excluded: ReadonlySet<string>): boolean {
  const lines = [{ ...line, latest: day }];
  const offers = coverInTime(ground, lines, excluded);
  giveBackOffers(ground, lines, offers);
  return offers.every((offered) => missingOf(offered) === 0n);
}
