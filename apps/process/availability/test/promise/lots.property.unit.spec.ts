import { NodeBook, type Part } from '../../src/promise/book';
import { forCases, holds, same, type Random } from './cases';
import { allOnTime, slowLotRow, type SlowLots, type SlowPool } from './slow-lots';

const CASES = 3_000;
const LAST = 9;

interface Shelf {
  readonly lots: { lot: string; expiresOn: number | undefined; quantity: number }[];
  readonly supplies: { id: string; day: number; expiresOn: number | undefined; quantity: number }[];
  readonly demands: { day: number; quantity: number }[];
  readonly held: { day: number; quantity: number }[];
  readonly safety: number;
  /** Usable on hand that no lot explains; below 0: lots that are not all usable. */
  readonly unlotted: number;
  readonly remainingLifeDays: number;
}

function shelf(random: Random): Shelf {
  const expiresOn = () => (random.chance(0.25) ? undefined : random.int(-1, LAST + 2));
  const dated = () => ({ day: random.int(0, LAST), quantity: random.int(1, 8) });
  return {
    lots: random.list(4, (index) => ({ lot: `L${index}`, expiresOn: expiresOn(), quantity: random.int(1, 9) })),
    supplies: random.list(3, (index) => ({ id: `S${index}`, ...dated(), expiresOn: expiresOn() })),
    demands: random.list(4, dated),
    held: random.list(2, dated),
    safety: random.chance(0.5) ? random.int(1, 8) : 0,
    unlotted: random.chance(0.3) ? random.int(-6, 6) : 0,
    remainingLifeDays: random.int(0, 2),
  };
}

const big = <T extends { quantity: number }>(list: readonly T[]) => list.map((each) => ({ ...each, quantity: BigInt(each.quantity) })); // prettier-ignore
const total = (list: readonly { quantity: number }[]) => list.reduce((sum, { quantity }) => sum + quantity, 0);

function bookOf({ lots, supplies, demands, held, safety, unlotted, remainingLifeDays }: Shelf): NodeBook {
  return new NodeBook(
    {
      ...{ node: 'DC', today: 0, free: BigInt(total(lots) + unlotted - total(held) - safety), safety: BigInt(safety) },
      ...{ supplies: big(supplies).map((each) => ({ ...each, kind: 'ASN' as const })), demands: big(demands) },
      lots: { lots: big(lots), held: big(held), remainingLifeDays },
    },
    { horizonDays: 99, pastDueDays: 0 },
  );
}

function slow({ lots, supplies, demands, held, safety, unlotted, remainingLifeDays }: Shelf): SlowLots {
  const until = (expiresOn: number | undefined) => (expiresOn ?? Infinity) - remainingLifeDays;
  const good = lots.map((lot) => ({ ...lot }));
  let excess = -unlotted;
  for (const lot of [...good].sort((a, b) => (a.expiresOn ?? 999) - (b.expiresOn ?? 999)).reverse())
    for (; excess > 0 && lot.quantity > 0; excess -= 1) lot.quantity -= 1;
  const pools: SlowPool[] = [
    { from: 0, until: Infinity, onHand: true, quantity: Math.max(unlotted, 0) },
    ...good.map(({ expiresOn, quantity }) => ({ from: 0, until: until(expiresOn), onHand: true, quantity })),
    ...supplies.map(({ day, expiresOn, quantity }) => ({
      from: day,
      until: until(expiresOn),
      onHand: false,
      quantity,
    })),
  ];
  return { pools, held: [...held].sort((a, b) => a.day - b.day), demands, safety, length: LAST + 3 };
}

const rowOf = (book: NodeBook) => Array.from({ length: LAST + 3 }, (_, day) => Number(book.promisable(day)));

function add(shelf: Shelf, parts: readonly Part[]): Shelf {
  const plain = (held: boolean) => parts.filter((part) => part.held === held).map(({ day, quantity }) => ({ day, quantity: Number(quantity) })); // prettier-ignore
  return { ...shelf, held: [...shelf.held, ...plain(true)], demands: [...shelf.demands, ...plain(false)] };
}

test(`${CASES} shelves of lots: what is promised can be served from lots good on the day, and nothing more could be`, () => {
  forCases(CASES, (random) => {
    let now = shelf(random);
    const book = bookOf(now);
    same('promisable by day', rowOf(book), slowLotRow(slow(now)));
    for (let asked = random.int(1, 3); asked > 0; asked -= 1) {
      const day = random.int(0, LAST);
      const most = Number(book.promisable(day));
      if (most === 0) continue;
      const onTime = allOnTime(slow(now));
      const parts = book.take(day, BigInt(random.int(1, most)));
      now = add(now, parts);
      holds(
        'a part of nothing',
        parts.every((part) => part.quantity > 0n),
      );
      holds('a promise that cannot be served', !onTime || allOnTime(slow(now)), now);
      same('row after the promise', rowOf(book), slowLotRow(slow(now)));
    }
  });
});
