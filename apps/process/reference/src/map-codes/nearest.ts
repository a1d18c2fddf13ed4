/**
 * The candidates whose spelling is nearest to what was sent, at most `most`, by Levenshtein distance on letters and digits alone.
 * One that needs more than half of its characters changed is no candidate.
 */
export function nearest<T>(sent: string, candidates: readonly T[], spellingOf: (each: T) => string, most = 5): T[] {
  const wanted = spelling(sent);
  return candidates
    .map((candidate) => ({ candidate, far: distance(wanted, spelling(spellingOf(candidate))) }))
    .filter(({ far }) => far <= Math.max(1, wanted.length / 2))
    .sort((a, b) => a.far - b.far || (spellingOf(a.candidate) < spellingOf(b.candidate) ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function spelling(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
