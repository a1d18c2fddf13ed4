const SHORTEST_MS = 10;
const LONGEST_MS = 80;

/**
 * Milliseconds between two rounds, so that what becomes ready meanwhile goes together. The more a round has taken, the longer its work
 * keeps everybody busy, and the more a larger next set saves: a chain of steps on an idle system waits the shortest pause each time.
 */
export function gatherPause(taken: number): number {
  return Math.min(LONGEST_MS, SHORTEST_MS + taken);
}
