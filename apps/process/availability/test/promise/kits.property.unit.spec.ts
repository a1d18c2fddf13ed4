import type { NodeBook, PromiseSource } from '../../src/promise/book';
import { withKits } from '../../src/promise/kits';
import { giveBackOffer, offer } from '../../src/promise/offer';
import { forCases, same, type Random } from './cases';
import { slowPromisable, type Days } from './slow-netting';
import { withDemand } from './slow-quotas';
import { bookOf, n, q, row } from './stock';

const CASES = 2_000;
const LENGTH = 5;

function days(random: Random): Days {
  const some = (most: number) => Array.from({ length: LENGTH }, () => (random.chance(0.4) ? random.int(0, most) : 0));
  return { start: random.int(-3, 25), comes: some(12), goes: some(6) };
}

function booked({ start, comes, goes }: Days): NodeBook {
  const flows = (list: readonly number[]) => list.map((each, day) => ({ day, quantity: q(each) })).filter(({ quantity }) => quantity > 0n); // prettier-ignore
  const supplies = flows(comes).map((flow) => ({ ...flow, id: `S${flow.day}`, kind: 'TRANSFER' as const }));
  return bookOf({ free: start, supplies, demands: flows(goes) });
}

const slowRow = (each: Days) => each.comes.map((_, day) => slowPromisable(each, day));
const kitRow = (kit: PromiseSource) => Array.from({ length: LENGTH }, (_, day) => n(kit.promisable(day)));

/** Kits put together one after the other, until a component is missing. */
function slowKits(components: readonly Days[], ratios: readonly number[], day: number): number {
  for (let kits = 0; ; kits += 1) {
    const enough = components.every((each, index) => slowPromisable(each, day) >= (kits + 1) * ratios[index]!);
    if (!enough) return kits;
  }
}

test(`${CASES} kits: as many as can be put together one by one, on every day and after every promise`, () => {
  forCases(CASES, (random) => {
    let components = [days(random), days(random), ...random.list(1, () => days(random))];
    const ratios = components.map(() => random.int(1, 4));
    const books = components.map(booked);
    const parts = ratios.map((ratio, index) => ({ item: `C${index}`, quantity: q(ratio) }));
    const book = new Map(books.map((each, index) => [`C${index}`, [each]]));
    const [kit] = withKits(book, new Map([['KIT', parts]])).get('KIT')!;
    const expected = () => Array.from({ length: LENGTH }, (_, day) => slowKits(components, ratios, day));
    same('kits by day', kitRow(kit!), expected());
    const day = random.int(0, LENGTH - 1);
    const most = expected()[day]!;
    if (most === 0) return;
    const quantity = random.int(1, most);
    const taken = kit!.take(day, q(quantity));
    if (random.chance(0.3)) kit!.undo(taken);
    else components = components.map((each, index) => withDemand(each, day, quantity * ratios[index]!));
    same('kits by day after a promise', kitRow(kit!), expected());
    same('components after a promise', books.map((each) => row(each, LENGTH)), components.map(slowRow)); // prettier-ignore
  });
});

interface Expected {
  item: number[];
  substitutes: number[];
  leadTime: number;
}

/** The item on the day wanted, then each substitute on that day, then the item later, then the lead time. */
function slowOffer(
  item: Days,
  others: readonly Days[],
  ratios: readonly number[],
  day: number,
  quantity: number,
): Expected {
  const first = Math.min(quantity, slowPromisable(item, day));
  let open = quantity - first;
  const substitutes = others.map((other, index) => {
    let units = 0;
    while (units < open && (units + 1) * ratios[index]! <= slowPromisable(other, day)) units += 1;
    open -= units;
    return units;
  });
  const given: number[] = [];
  for (let at = 0; at < LENGTH; at += 1) {
    const left = given.reduce((rest, each, on) => withDemand(rest, on, each), item);
    const later = at > day ? Math.min(open, slowPromisable(left, at)) : 0;
    given.push(at === day ? first : later);
    open -= later;
  }
  return { item: given, substitutes, leadTime: open };
}

test(`${CASES} requests with substitutes: the item on time, then substitutes, then the item later, then the lead time`, () => {
  forCases(CASES, (random) => {
    const item = days(random);
    const others = random.list(2, () => days(random));
    const ratios = others.map(() => random.int(1, 3));
    const [day, quantity] = [random.int(0, LENGTH - 1), random.int(1, 50)];
    const book = new Map([item, ...others].map((each, index) => [index === 0 ? 'X' : `S${index}`, [booked(each)]]));
    const rows = () => [...book.values()].map(([each]) => row(each!, LENGTH));
    const before = rows();
    const line = { item: 'X', quantity: q(quantity), day, node: undefined };
    const substitutes = ratios.map((ratio, index) => ({ item: `S${index + 1}`, ratio: q(ratio) }));
    const made = offer(book, line, new Set(), { substitutes, leadTimeDay: 90 });
    const given = item.comes.map((_, at) => made.parts.filter((part) => part.day === at).reduce((sum, part) => sum + n(part.quantity), 0)); // prettier-ignore
    const covers = substitutes.map((each) => made.substitutes.filter((other) => other.item === each.item).reduce((sum, other) => sum + n(other.covers), 0)); // prettier-ignore
    const seen = { item: given, substitutes: covers, leadTime: n(made.leadTime?.quantity ?? 0n) };
    same('the offer', seen, slowOffer(item, others, ratios, day, quantity));
    giveBackOffer(book, line, made);
    same('what is given back', rows(), before);
  });
});
