import type { Slice } from '../out/slice.store';
import { ceilDivide, floorTo } from '../promise/packs';
import { least, type Micro } from '../promise/quantity';

const ONE = 1_000_000n;

/**
 * Slices of one line and node that only mean something together: the components of the same kits, or one slice of anything else. Its
 * units are those of the item that the line asked for.
 */
export type Holding<S extends Slice = Slice> = readonly [S, ...S[]];

/** In the order of their first slices. */
export function holdingsOf<S extends Slice>(slices: readonly S[]): Holding<S>[] {
  const holdings: [S, ...S[]][] = [];
  const kits = new Map<string, [S, ...S[]]>();
  for (const slice of slices) {
    const key = kitsKey(slice);
    const known = key === undefined ? undefined : kits.get(key);
    if (known) {
      known.push(slice);
      continue;
    }
    const holding: [S, ...S[]] = [slice];
    holdings.push(holding);
    if (key !== undefined) kits.set(key, holding);
  }
  return holdings;
}

/** Names the kits that a component belongs to; undefined for what is no component. */
export function kitsKey({ reservation, line, node, standsFor }: Slice): string | undefined {
  if (standsFor?.as !== 'COMPONENT') return undefined;
  return [reservation, line, node, standsFor.kits ?? 0].join('\u001f');
}

/** What the order counts it as: a substitute as itself, components as the kit that they make. */
export function itemOf([{ item, standsFor }]: Holding): string {
  return standsFor?.as === 'COMPONENT' ? standsFor.item : item;
}

/** Units of the item asked for: of kits as many as the scarcest component makes whole. `quantityOf`: what counts of a slice. */
export function unitsOf<S extends Slice>(
  [first, ...more]: Holding<S>,
  quantityOf: (slice: S) => Micro = ({ quantity }) => quantity,
): Micro {
  const { standsFor } = first;
  if (standsFor === undefined) return quantityOf(first);
  if (standsFor.as === 'SUBSTITUTE') return (quantityOf(first) * ONE) / standsFor.ratio;
  const made = new Map<string, { ratio: Micro; quantity: Micro }>();
  for (const slice of [first, ...more]) {
    const own = made.get(slice.item) ?? { ratio: slice.standsFor?.ratio ?? ONE, quantity: 0n };
    own.quantity += quantityOf(slice);
    made.set(slice.item, own);
  }
  return floorTo([...made.values()].map(({ ratio, quantity }) => (quantity * ONE) / ratio).reduce(least), ONE);
}

/** No part of a kit is given away: what is not a whole one stays. */
export function wholeIn([{ standsFor }]: Holding, units: Micro): Micro {
  return standsFor?.as === 'COMPONENT' ? floorTo(units, ONE) : units;
}

/** Takes units out of a holding: of each component its share, of each what comes first in it. Calls `take` for every part of a slice. */
export function takeUnits<S extends Slice>(
  holding: Holding<S>,
  units: Micro,
  leftOf: (slice: S) => Micro,
  take: (slice: S, quantity: Micro) => void,
): void {
  const items = new Set(holding.map(({ item }) => item));
  for (const item of items) {
    let open: Micro | undefined;
    for (const slice of holding) {
      if (slice.item !== item) continue;
      open ??= slice.standsFor ? ceilDivide(units * slice.standsFor.ratio, ONE) : units;
      const part = least(open, leftOf(slice));
      if (part > 0n) take(slice, part);
      open -= part;
    }
  }
}
