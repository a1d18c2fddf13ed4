import type { StoredSlice } from '../out/slice.store';
import type { Part, PromiseSource } from '../promise/book';
import type { Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { latestAt } from '../promise/line';
import type { Offer } from '../promise/offer';
import { least, type Micro } from '../promise/quantity';
import { openDayFrom } from '../promise/shipping-node';
import { holdingsOf, takeUnits, unitsOf, wholeIn, type Holding } from './holdings';
import type { SoftStock } from './soft-stock';
import type { WantedLine } from './wanted';

/** What became of a soft reservation that another one stands for. */
export interface Conversion {
  /** What each line got, in the order of the lines. */
  readonly offers: readonly Pick<Offer, 'parts' | 'substitutes'>[];
  /** What left the soft reservation, taken over or set free: by its own line, in units of what it asked for. */
  readonly left: ReadonlyMap<number, Micro>;
  /** Restores the soft reservation and the book. */
  undo(): void;
}

/**
 * Hands the stock of a soft reservation over to the lines that stand for it, item by item: what is on hand first, then what
 * comes earliest; kits as kits, substitutes to lines that take them too. It changes hands as it is, never by way of the pool, so a
 * shortage elsewhere cannot take it. What no line wants is free again.
 */
export function convert(
  reservation: string,
  lines: readonly WantedLine[],
  excluded: ReadonlySet<string>,
  soft: SoftStock,
  { book, sources }: Ground,
): Conversion {
  const undone: (() => void)[] = [];
  const slices = soft.of(reservation).sort((a, b) => Number(b.held) - Number(a.held) || a.day - b.day);
  const holdings = holdingsOf(slices);
  const left = new Map<number, Micro>();
  const quantityOf = (slice: StoredSlice): Micro => soft.quantity(slice);
  for (const holding of holdings)
    left.set(holding[0].line, (left.get(holding[0].line) ?? 0n) + unitsOf(holding, quantityOf));
  const leave = (slice: StoredSlice, quantity: Micro): void => {
    soft.take(slice, quantity);
    count(slice, slice.channel, -quantity);
    undone.push(() => {
      soft.take(slice, -quantity);
      count(slice, slice.channel, quantity);
    });
  };
  /** Quotas count what a channel has, whichever reservation of it holds it. */
  const count = (slice: StoredSlice, channel: string | undefined, quantity: Micro): void =>
    book.get(slice.item)?.[0]?.quotas?.consume(slice.node, channel, quantity);
  const move = (slice: StoredSlice, quantity: Micro, day: number | undefined): void => {
    const node = book.get(slice.item)?.find((each) => each.node === slice.node);
    if (!node) return;
    const apply = (sign: bigint): void => {
      if (slice.held) node.hold(-sign * quantity);
      else node.promiseToShip(slice.day, -sign * quantity, slice.supply);
      if (day !== undefined) node.promiseToShip(day, sign * quantity, slice.supply);
    };
    apply(1n);
    undone.push(() => apply(-1n));
  };
  /** Stock on hand leaves on the day the line wants; a promise not before its supply comes. Both when the node ships. */
  const dayFor = (holding: Holding<StoredSlice>, line: WantedLine, source: PromiseSource | undefined): Day => {
    const there = Math.max(...holding.map(({ day }) => day));
    const held = holding.every((slice) => slice.held);
    const wanted = held ? (line.day ?? there) : Math.max(there, line.day ?? there);
    return openDayFrom(source, wanted);
  };
  /** A slice, or a part of it, goes over to a line. */
  const handOver = (slice: StoredSlice, quantity: Micro, day: Day, channel: string | undefined): Part => {
    leave(slice, quantity);
    count(slice, channel, quantity);
    undone.push(() => count(slice, channel, -quantity));
    if (!slice.held && day !== slice.day) move(slice, quantity, day);
    return partOf(slice, quantity, day);
  };
  const offers = lines.map((line) => {
    const parts: Part[] = [];
    const substitutes: Offer['substitutes'][number][] = [];
    let open = line.quantity;
    for (const holding of holdings) {
      const units = wholeIn(holding, least(open, unitsOf(holding, quantityOf)));
      if (units <= 0n || !suits(holding, line, excluded)) continue;
      const source = sources.get(holding[0].item)?.find(({ node }) => node === holding[0].node);
      const day = dayFor(holding, line, source);
      if (day > latestAt(line, source)) continue;
      const given: { item: string; part: Part }[] = [];
      takeUnits(holding, units, quantityOf, (slice, quantity) =>
        given.push({ item: slice.item, part: handOver(slice, quantity, day, line.channel) }),
      );
      const { standsFor } = holding[0];
      if (standsFor?.as === 'COMPONENT') parts.push(kitPart(holding[0].node, units, day, given));
      else if (standsFor)
        for (const each of given) substitutes.push({ ...each, ratio: standsFor.ratio, covers: units });
      else for (const each of given) parts.push(each.part);
      open -= units;
    }
    return { parts, substitutes };
  });
  for (const slice of slices) {
    const surplus = soft.quantity(slice);
    if (surplus === 0n) continue;
    leave(slice, surplus);
    move(slice, surplus, undefined);
  }
  return { offers, left, undo: () => undone.reverse().forEach((each) => each()) };
}

function suits([{ item, node, standsFor }]: Holding, line: WantedLine, excluded: ReadonlySet<string>): boolean {
  if (excluded.has(node) || (line.node !== undefined && line.node !== node)) return false;
  if (standsFor === undefined) return item === line.item;
  return standsFor.item === line.item && (standsFor.as === 'COMPONENT' || line.substitutes === true);
}

function partOf(slice: StoredSlice, quantity: Micro, day: Day): Part {
  const { node, supply, held } = slice;
  return { node, quantity, day, basis: slice.basis as Part['basis'], supply, held };
}

/** Kits are there when the last of their components is. */
function kitPart(node: string, quantity: Micro, day: Day, components: NonNullable<Part['components']>): Part {
  const { basis, supply, held } = (components.find(({ part }) => !part.held) ?? components[0])?.part ?? {
    basis: 'ON_HAND' as const,
    supply: undefined,
    held: true,
  };
  return { node, quantity, day, basis, supply, held, components };
}
