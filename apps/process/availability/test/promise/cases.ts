/** A small seeded generator (mulberry32): the same numbers on every machine. */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  }

  /** From min to max, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(0, most) }, (_, index) => make(index));
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/**
 * Runs a check on so many random cases, each from its own seed: the first is CROSSDOCK_PROPERTY_SEED (1), the number
 * CROSSDOCK_PROPERTY_RUNS where that is given. A failure names the seed of its case and how to run that one alone. `share`: the tests
 * that divide the cases among themselves, from 0, each with the seeds after those of the one before.
 */
export function forCases(runs: number, check: (random: Random) => void, share = 0): void {
  const count = Number(process.env['CROSSDOCK_PROPERTY_RUNS'] ?? runs);
  const first = Number(process.env['CROSSDOCK_PROPERTY_SEED'] ?? 1) + (count === 1 ? 0 : share * count);
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      check(new Random(seed));
    } catch (error) {
      const { currentTestName = '', testPath = '' } = expect.getState();
      const file = testPath.slice(testPath.lastIndexOf('/') + 1);
      const again = `CROSSDOCK_PROPERTY_SEED=${seed} CROSSDOCK_PROPERTY_RUNS=1 npx jest --selectProjects unit --testPathPatterns ${file} -t '${currentTestName}'`;
      throw new Error(`case ${seed}: ${String(error)}\nonce more: ${again}`, { cause: error });
    }
  }
}

/** Like expect(…).toEqual(…), but cheap enough for millions of comparisons. */
export function same(what: string, seen: unknown, expected: unknown): void {
  if (seen === expected) return;
  if (Array.isArray(seen) && Array.isArray(expected) && alike(seen, expected)) return;
  const [left, right] = [shown(seen), shown(expected)];
  if (left !== right) throw new Error(`${what}: seen ${left}, expected ${right}`);
}

export function holds(what: string, truth: boolean, ...details: unknown[]): void {
  if (!truth) throw new Error(`${what} ${details.map(shown).join(' ')}`);
}

function alike(seen: readonly unknown[], expected: readonly unknown[]): boolean {
  return seen.length === expected.length && seen.every((each, index) => each === expected[index]);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));
}
