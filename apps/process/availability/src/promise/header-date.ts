import type { Day } from './days';
import type { Micro } from './quantity';

interface DatedLine {
  readonly parts: readonly { readonly day: Day }[];
  readonly uncovered: Micro;
}

/** Ship complete: the day on which the last part of the last line is there. Absent while a line is not wholly promised. */
export function headerDay(lines: readonly DatedLine[]): Day | undefined {
  if (lines.length === 0 || lines.some(({ uncovered }) => uncovered > 0n)) return undefined;
  return Math.max(...lines.flatMap(({ parts }) => parts.map((part) => part.day)));
}
