/** Units of a pool may serve a need or not; each need wants so many. */
export interface Need<Pool> {
  readonly quantity: number;
  readonly from: (pool: Pool) => boolean;
}

/**
 * How much each need gets when the first is served as far as it can be, then the second without taking from the first in sum, and
 * so on: augmenting paths (Ford and Fulkerson). A later path may move an earlier need to another pool, never leave it with less.
 */
export function serveInOrder<Pool extends { readonly quantity: number }>(
  pools: readonly Pool[],
  needs: readonly Need<Pool>[],
): number[] {
  const left = pools.map((pool) => pool.quantity);
  const given = needs.map(() => pools.map(() => 0));
  const got = needs.map(() => 0);
  const edges = needs.map((need) => pools.map((pool) => need.from(pool)));

  /** Finds up to `most` more for a need; returns how much. */
  const augment = (need: number, most: number, seen: Set<number>): number => {
    for (let pool = 0; pool < pools.length; pool += 1) {
      if (!edges[need]![pool] || seen.has(pool)) continue;
      seen.add(pool);
      let found = Math.min(most, left[pool]!);
      if (found > 0) left[pool]! -= found;
      for (let other = 0; other < needs.length && found === 0; other += 1) {
        const movable = Math.min(most, given[other]![pool]!);
        if (other === need || movable === 0) continue;
        found = augment(other, movable, seen);
        given[other]![pool]! -= found;
      }
      if (found === 0) continue;
      given[need]![pool]! += found;
      return found;
    }
    return 0;
  };

  needs.forEach(({ quantity }, need) => {
    for (let open = quantity; open > 0;) {
      const found = augment(need, open, new Set());
      if (found === 0) break;
      open -= found;
      got[need]! += found;
    }
  });
  return got;
}
