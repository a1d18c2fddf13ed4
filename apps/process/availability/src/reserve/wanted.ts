import type { Book, NodeBook } from '../promise/book';
import { cover, giveBack, type CoveredLine } from '../promise/cover';
import type { Day } from '../promise/days';
import type { CoverLine } from '../promise/line';
import type { Micro } from '../promise/quantity';

/** A line as the engine covers it, and the last day that is good enough. */
export interface WantedLine extends CoverLine {
  readonly latest: Day | undefined;
}

/** Books the lines like `cover`; what could only leave after a line's latest day stays uncovered. */
export function coverInTime(
  book: Book,
  lines: readonly WantedLine[],
  excluded: ReadonlySet<string>,
): readonly CoveredLine[] {
  const open = lines.filter(({ quantity }) => quantity > 0n);
  const covered = cover(book, open, excluded);
  return lines.map((line) => {
    const own = covered[open.indexOf(line)] ?? { parts: [], uncovered: 0n };
    return line.latest === undefined ? own : withoutLate(book, line, line.latest, own);
  });
}

function withoutLate(book: Book, line: WantedLine, latest: Day, { parts, uncovered }: CoveredLine): CoveredLine {
  const late = parts.filter(({ day }) => day > latest);
  for (const part of late) nodesOf(book, line, new Set(), part.node)[0]?.undo([part]);
  return {
    parts: parts.filter(({ day }) => day <= latest),
    uncovered: late.reduce((sum, { quantity }) => sum + quantity, uncovered),
  };
}

/**
 * The first day after the latest that was good enough (after today when any was) on which all of `quantity` can leave, all
 * nodes together; undefined when there is none within the horizon. The row of a node never falls, so the first is found by halving.
 */
export function nextDay(book: Book, line: WantedLine, quantity: Micro, excluded: ReadonlySet<string>): Day | undefined {
  const nodes = nodesOf(book, line, excluded, line.node);
  const from = (node: NodeBook): Day => Math.max(node.today, line.latest ?? 0, (line.day ?? 0) - 1);
  const steps = nodes.flatMap((node) => node.projection().map(({ day }) => Math.max(day, from(node) + 1)));
  const days = [...new Set(steps)].sort((a, b) => a - b);
  const works = nodes.some((node) => node.quotas)
    ? (day: Day) => worksOn(book, { ...line, quantity, day }, day, excluded)
    : (day: Day) => nodes.reduce((sum, node) => sum + node.promisable(day), 0n) >= quantity;
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (works(days[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return days[low];
}

/** Nodes that share a quota cannot be added up: what counts is what can be booked. */
function worksOn(book: Book, line: WantedLine, day: Day, excluded: ReadonlySet<string>): boolean {
  const lines = [{ ...line, latest: day }];
  const covered = coverInTime(book, lines, excluded);
  giveBack(book, lines, covered);
  return covered.every(({ uncovered }) => uncovered === 0n);
}

function nodesOf(
  book: Book,
  line: WantedLine,
  excluded: ReadonlySet<string>,
  only: string | undefined,
): readonly NodeBook[] {
  const nodes = book.get(line.item) ?? [];
  return nodes.filter(({ node }) => (only === undefined || node === only) && !excluded.has(node));
}
