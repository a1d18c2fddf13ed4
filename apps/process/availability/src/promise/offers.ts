import { cover, type CoveredLine } from './cover';
import type { Ground } from './ground';
import type { CoverLine } from './line';
import { giveBackOffer, offer, type Offer } from './offer';
import type { Micro } from './quantity';
import type { Sourcing } from './sourcing';

/**
 * Books what can be offered for the lines of one order, in their order. The usual item has no alternative: it is covered once, not
 * looked for in the order of an offer. Where there are more lines, stock for all of them comes before alternatives for any.
 */
export function offersFor(
  ground: Ground,
  lines: readonly CoverLine[],
  excluded: ReadonlySet<string>,
  sourcing: Sourcing | undefined,
): Offer[] {
  const [first] = lines;
  const alternatives = first && lines.length === 1 ? ground.alternativesTo(first, excluded) : undefined;
  if (first && alternatives) return [offer(ground.sources, first, excluded, alternatives, sourcing)];
  const covered = cover(ground.sources, lines, excluded, sourcing);
  return lines.map((line, index) => completed(ground, line, covered[index], excluded, sourcing));
}

/** Returns to the book what `offersFor` took of these lines. */
export function giveBackOffers(ground: Ground, lines: readonly CoverLine[], offers: readonly Offer[]): void {
  lines.forEach((line, index) => {
    const offered = offers[index];
    if (offered) giveBackOffer(ground.sources, line, offered);
  });
}

/** What no known stock or supply covers: also what could be bought. */
export function missingOf({ uncovered, leadTime }: Pick<Offer, 'uncovered' | 'leadTime'>): Micro {
  return uncovered + (leadTime?.quantity ?? 0n);
}

function completed(
  ground: Ground,
  line: CoverLine,
  { parts, uncovered }: CoveredLine = { parts: [], uncovered: line.quantity },
  excluded: ReadonlySet<string>,
  sourcing: Sourcing | undefined,
): Offer {
  const alternatives = uncovered > 0n ? ground.alternativesTo(line, excluded) : undefined;
  if (!alternatives) return { parts, substitutes: [], leadTime: undefined, uncovered };
  const rest = offer(ground.sources, { ...line, quantity: uncovered }, excluded, alternatives, sourcing);
  return { ...rest, parts: [...parts, ...rest.parts] };
}
