import { without, type Book, type PromiseBook } from './book';
import { cover } from './cover';
import { withKits, type Kits } from './kits';
import type { CoverLine } from './line';
import { least, type Micro } from './quantity';
import { RESTRICTIONS, type Restriction } from './restriction';

/** Why something cannot be promised. NO_SUPPLY: nothing known would cover it, whatever were allowed. */
export type ShortfallReason = Restriction | 'NO_SUPPLY';

export interface Shortfall {
  readonly reason: ShortfallReason;
  readonly quantity: Micro;
}

/**
 * Why `uncovered` of a line cannot be promised: each restriction is lifted in turn, on top of those before it, and what that
 * would make promisable is its share. The quantities add up to `uncovered`. Call it while what was covered is still booked.
 * `dated`: the calendars of the nodes, which no restriction lifts.
 */
export function shortfalls(
  book: Book,
  line: CoverLine,
  uncovered: Micro,
  excluded: ReadonlySet<string>,
  kits: Kits = new Map(),
  dated: (book: PromiseBook) => PromiseBook = (same) => same,
): Shortfall[] {
  const found: Shortfall[] = [];
  const lifted = new Set<Restriction>();
  let open = uncovered;
  for (const restriction of RESTRICTIONS) {
    if (open <= 0n) break;
    lifted.add(restriction);
    const still = uncoveredWithout(lifted, book, { ...line, quantity: uncovered }, excluded, kits, dated);
    if (still >= open) continue;
    found.push({ reason: restriction, quantity: open - still });
    open = still;
  }
  if (open > 0n) found.push({ reason: 'NO_SUPPLY', quantity: open });
  return found;
}

function uncoveredWithout(
  lifted: ReadonlySet<Restriction>,
  book: Book,
  line: CoverLine,
  excluded: ReadonlySet<string>,
  kits: Kits,
  dated: (book: PromiseBook) => PromiseBook,
): Micro {
  const items = [line.item, ...(kits.get(line.item) ?? []).map((component) => component.item)];
  const relaxed = new Map(items.map((item) => [item, without(book.get(item) ?? [], lifted)]));
  const own = kits.get(line.item);
  const withOwnKit = withKits(relaxed, own ? new Map([[line.item, own]]) : new Map());
  const freer: CoverLine = {
    ...line,
    complete: false,
    multiple: lifted.has('PACK_ROUNDING') ? undefined : line.multiple,
    node: lifted.has('NODE') ? undefined : line.node,
    latest: lifted.has('LATEST_DATE') ? undefined : line.latest,
    deliverBy: lifted.has('LATEST_DATE') ? undefined : line.deliverBy,
  };
  const [covered] = cover(dated(withOwnKit), [freer], lifted.has('NODE') ? new Set() : excluded);
  return least(covered?.uncovered ?? line.quantity, line.quantity);
}
