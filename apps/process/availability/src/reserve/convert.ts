import type { StoredSlice } from '../out/slice.store';
import type { Part } from '../promise/book';
import type { Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { least, type Micro } from '../promise/quantity';
import { openDayFrom } from '../promise/shipping-node';
import type { SoftStock } from './soft-stock';
import type { WantedLine } from './wanted';

/** What became of a soft reservation that another one stands for. */
export interface Conversion {
  /** What each line got, in the order of the lines. */
  readonly parts: readonly (readonly Part[])[];
  /** What left the soft reservation, taken over or set free: by its own line. */
  readonly left: ReadonlyMap<number, Micro>;
  /** Restores the soft reservation and the book. */
  undo(): void;
}

/**
 * Hands the stock of a soft reservation over to the lines that stand for it, item by item: what is on hand first, then what
 * comes earliest. It changes hands as it is, never by way of the pool, so a shortage elsewhere cannot take it. What no line
 * wants is free again.
 */
export function convert(
  reservation: string,
  lines: readonly WantedLine[],
  excluded: ReadonlySet<string>,
  soft: SoftStock,
  { book, sources }: Ground,
): Conversion {
  const undone: (() => void)[] = [];
  const left = new Map<number, Micro>();
  const slices = soft.of(reservation).sort((a, b) => Number(b.held) - Number(a.held) || a.day - b.day);
  const leave = (slice: StoredSlice, quantity: Micro): void => {
    soft.take(slice, quantity);
    count(slice, slice.channel, -quantity);
    undone.push(() => {
      soft.take(slice, -quantity);
      count(slice, slice.channel, quantity);
    });
    left.set(slice.line, (left.get(slice.line) ?? 0n) + quantity);
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
  const dayFor = (slice: StoredSlice, line: WantedLine): Day => {
    const wanted = slice.held ? (line.day ?? slice.day) : Math.max(slice.day, line.day ?? slice.day);
    return openDayFrom(
      sources.get(slice.item)?.find(({ node }) => node === slice.node),
      wanted,
    );
  };
  const parts = lines.map((line) => {
    const own: Part[] = [];
    let open = line.quantity;
    for (const slice of slices) {
      const quantity = least(open, soft.quantity(slice));
      if (quantity <= 0n || !suits(slice, line, excluded)) continue;
      const day = dayFor(slice, line);
      if (day > (line.latest ?? Infinity)) continue;
      const part = partOf(slice, quantity, day);
      leave(slice, quantity);
      count(slice, line.channel, quantity);
      undone.push(() => count(slice, line.channel, -quantity));
      if (!slice.held && part.day !== slice.day) move(slice, quantity, part.day);
      own.push(part);
      open -= quantity;
    }
    return own;
  });
  for (const slice of slices) {
    const surplus = soft.quantity(slice);
    if (surplus === 0n) continue;
    leave(slice, surplus);
    move(slice, surplus, undefined);
  }
  return { parts, left, undo: () => undone.reverse().forEach((each) => each()) };
}

function suits(slice: StoredSlice, line: WantedLine, excluded: ReadonlySet<string>): boolean {
  if (slice.item !== line.item || excluded.has(slice.node)) return false;
  return line.node === undefined || line.node === slice.node;
}

function partOf(slice: StoredSlice, quantity: Micro, day: Day): Part {
  const { node, supply, held } = slice;
  return { node, quantity, day, basis: slice.basis as Part['basis'], supply, held };
}
