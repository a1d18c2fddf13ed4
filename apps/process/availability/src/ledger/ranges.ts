/** Whole numbers from the first to the second, both included. */
export type Range = readonly [from: number, to: number];

/** `{[1,3),[4,5)}`, as PostgreSQL writes an int8multirange → [[1, 2], [4, 4]]. */
export function rangesOf(multirange: string): Range[] {
  return [...multirange.matchAll(/\[(-?\d+),(-?\d+)\)/g)].map(([, from, end]) => [Number(from), Number(end) - 1]);
}

/** [1, 2, 3, 7] → `{[1,3],[7,7]}`. */
export function multirangeOf(numbers: readonly number[]): string {
  return textOf(union(numbers.map((number) => [number, number])));
}

export function textOf(ranges: readonly Range[]): string {
  return `{${ranges.map(([from, to]) => `[${from},${to}]`).join(',')}}`;
}

/** In order, without overlaps and neighbours. */
export function union(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

export function within(ranges: readonly Range[], number: number): boolean {
  return ranges.some(([from, to]) => from <= number && number <= to);
}

/** What lies between two ranges, from `base` on. */
export function holes(ranges: readonly Range[], base: number): Range[] {
  const known = ranges.filter(([, to]) => to >= base);
  return known.slice(1).map(([from], index) => [(known[index]?.[1] ?? 0) + 1, from - 1]);
}

/** The last number before which nothing is missing from `base` on. */
export function frontier(ranges: readonly Range[], base: number): number {
  return ranges.find(([from, to]) => from <= base && base <= to)?.[1] ?? base - 1;
}
