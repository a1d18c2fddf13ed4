import { cover, type CoveredLine } from '../promise/cover';
import type { CoverLine } from '../promise/line';
import { offer, type Alternatives, type Offer } from '../promise/offer';
import type { Sourcing } from '../promise/sourcing';
import type { Ground } from './ground';

const NONE: ReadonlySet<string> = new Set();

export interface OfferedLine {
  readonly line: CoverLine;
  readonly offered: Offer;
}

/**
 * Books what can be offered for the lines of one order. The usual item has no alternative: it is covered once, not looked for in
 * the order of an offer. Where there are more lines, stock for all of them comes before alternatives for any.
 */
export function offersFor(ground: Ground, lines: readonly CoverLine[], sourcing: Sourcing | undefined): OfferedLine[] {
  const [first] = lines;
  const alternatives = first && lines.length === 1 ? alternativesTo(ground, first) : undefined;
  if (first && alternatives)
    return [{ line: first, offered: offer(ground.sources, first, NONE, alternatives, sourcing) }];
  const covered = cover(ground.sources, lines, NONE, sourcing);
  return lines.map((line, index) => ({ line, offered: completed(ground, line, covered[index], sourcing) }));
}

function completed(
  ground: Ground,
  line: CoverLine,
  { parts, uncovered }: CoveredLine = { parts: [], uncovered: line.quantity },
  sourcing: Sourcing | undefined,
): Offer {
  const alternatives = uncovered > 0n ? alternativesTo(ground, line) : undefined;
  if (!alternatives) return { parts, substitutes: [], leadTime: undefined, uncovered };
  const rest = offer(ground.sources, { ...line, quantity: uncovered }, NONE, alternatives, sourcing);
  return { ...rest, parts: [...parts, ...rest.parts] };
}

function alternativesTo(ground: Ground, line: CoverLine): Alternatives | undefined {
  const substitutes = ground.terms.item(line.item)?.substitutes ?? [];
  const leadTimeDay = ground.bought(line)?.day;
  return substitutes.length === 0 && leadTimeDay === undefined ? undefined : { substitutes, leadTimeDay };
}
