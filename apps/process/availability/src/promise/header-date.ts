import type { CoveredLine } from './cover';
import type { Day } from './days';

/** Ship complete: the day on which the last part of the last line is there. Absent while a line is not wholly promised. */
export function headerDay(lines: readonly CoveredLine[]): Day | undefined {
  if (lines.length === 0 || lines.some(({ uncovered }) => uncovered > 0n)) return undefined;
  return Math.max(...lines.flatMap(({ parts }) => parts.map((part) => part.day)));
}
