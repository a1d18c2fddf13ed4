import type { PromiseBook } from './book';
import { candidatesOf, cover, giveBack } from './cover';
import type { Day } from './days';
import { daysOf, isWhole, type CoverLine } from './line';
import type { Sourcing } from './sourcing';

/**
 * The first day on which the whole request could ship at once: every line in full on that day or on its own later day. Absent
 * when there is none within the horizon. Nothing stays booked.
 */
export function nextDate(
  book: PromiseBook,
  lines: readonly CoverLine[],
  excluded: ReadonlySet<string>,
  sourcing?: Sourcing,
): Day | undefined {
  const days = new Set(lines.flatMap((line) => daysOf(line, candidatesOf(book, line, excluded))));
  return [...days].sort((a, b) => a - b).find((day) => worksOn(day, book, lines, excluded, sourcing));
}

function worksOn(
  day: Day,
  book: PromiseBook,
  lines: readonly CoverLine[],
  excluded: ReadonlySet<string>,
  sourcing: Sourcing | undefined,
): boolean {
  const onDay = lines.map((line) => {
    const wanted = Math.max(line.day ?? day, day);
    return { ...line, day: wanted, latest: wanted };
  });
  const covered = cover(book, onDay, excluded, sourcing);
  giveBack(book, onDay, covered);
  return onDay.every((line, index) => isWhole(line, covered[index]?.parts ?? []));
}
