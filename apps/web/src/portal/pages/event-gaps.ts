/** Numbers at most that are named: what is older than the feed keeps can be many. */
const NAMED = 20;

/** Numbers from 1 to the last that are not there; of many the first, and then "…". */
export function missingOf(sequences: readonly number[]): string[] {
  const there = new Set(sequences);
  const last = Math.max(0, ...sequences);
  const missing: string[] = [];
  for (let number = 1; number < last && missing.length <= NAMED; number += 1)
    if (!there.has(number)) missing.push(missing.length === NAMED ? '…' : String(number));
  return missing;
}
