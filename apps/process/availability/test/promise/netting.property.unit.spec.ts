import { cover } from '../../src/promise/cover';
import type { NodeBook, Part } from '../../src/promise/book';
import { ruleRow } from '../../src/promise/rules';
import { forCases, holds, same, type Random } from './cases';
import { slowPromisable, slowPromise, type Days } from './slow-netting';
import { HORIZON, World } from './world';

const CASES = 100_000;
const SHARES = 4;

const rowOf = (book: NodeBook, length: number) => Array.from({ length }, (_, day) => Number(book.promisable(book.today + day))); // prettier-ignore
const slowRow = (days: Days) => days.comes.map((_, day) => slowPromisable(days, day));

/** Σ promised by T ≤ usable on hand − safety + Σ receipts by T, for every T. */
function conserved({ start, comes, goes }: Days): boolean {
  let left = start;
  return comes.every((come, day) => (left += come - (goes[day] ?? 0)) >= 0);
}

function checkRow(world: World, book: NodeBook): void {
  const days = world.days();
  const row = rowOf(book, days.comes.length);
  same('promisable by day', row, slowRow(days));
  holds('the row decreases', row.every((each, day) => day === 0 || each >= row[day - 1]!), row); // prettier-ignore
}

/** Corrected discrete figures summed up to a receipt are the look-ahead there. */
function checkDiscrete(days: Days): void {
  const buckets = days.comes.map((come, day) => ({
    day,
    supply: BigInt(come + (day === 0 ? days.start : 0)),
    demand: BigInt(days.goes[day] ?? 0),
  }));
  const discrete = ruleRow(buckets, { rule: 'DISCRETE' });
  let sum = 0;
  buckets.forEach((_, day) => {
    if (day !== 0 && days.comes[day] === 0) return;
    sum += Number(discrete[day]);
    same(`discrete summed up to the receipt of day ${day}`, sum, slowPromisable(days, day));
  });
}

function promise(world: World, book: NodeBook, random: Random): void {
  const quantity = random.int(1, 40);
  const day = random.chance(0.3) ? undefined : world.today + random.int(-1, HORIZON);
  const latest = random.chance(0.2) ? world.today + random.int(0, HORIZON) : undefined;
  const complete = random.chance(0.3);
  const wanted = Math.max(day ?? world.today, world.today) - world.today;
  const expected = slowPromise(world.days(), { quantity, day: wanted, complete, latest: latest && latest - world.today }); // prettier-ignore
  const line = { item: 'X', quantity: BigInt(quantity), day, node: undefined, latest, complete };
  const [{ parts, uncovered }] = cover(new Map([['X', [book]]]), [line], new Set()) as [{ parts: Part[]; uncovered: bigint }]; // prettier-ignore
  const given = expected.map(() => 0);
  for (const part of parts) given[part.day - world.today]! += Number(part.quantity);
  same('promised by day', given, expected);
  same('not promised', uncovered, BigInt(quantity - expected.reduce((sum, each) => sum + each, 0)));
  const ideal = world.days();
  same('row after the promise', rowOf(book, given.length), slowRow({ ...ideal, goes: ideal.goes.map((each, at) => each + given[at]!) })); // prettier-ignore
  checkPegs(book, parts);
  world.promised.push(...parts.map((part) => ({ part, day: part.day, quantity: Number(part.quantity) })));
}

/** Stock that is held is there; what waits does so for a supply that comes in time. */
function checkPegs(book: NodeBook, parts: readonly Part[]): void {
  const { supplies } = book.flows();
  for (const { held, supply, day, quantity } of parts) {
    holds('a part of nothing', quantity > 0n);
    if (!held) holds('pegged to a supply that is too late', supplies.some(({ id, day: comes }) => id === supply && comes <= day)); // prettier-ignore
  }
}

function release(world: World, book: NodeBook, random: Random): void {
  if (world.promised.length === 0) return;
  const gone = random.pick(world.promised);
  book.undo([gone.part]);
  world.promised = world.promised.filter((each) => each !== gone);
}

function sequence(random: Random): void {
  const world = new World(random);
  let book = world.book();
  checkRow(world, book);
  checkDiscrete(world.days());
  for (let step = random.int(1, 5); step > 0; step -= 1) {
    const sound = conserved(world.days('ON_THEIR_DAY'));
    const choice = random.int(0, 9);
    if (choice < 5) promise(world, book, random);
    else if (choice < 7) release(world, book, random);
    else {
      if (choice === 7) world.bad();
      else world.good();
      book = world.book();
    }
    checkRow(world, book);
    if (choice !== 7) holds('oversold', !sound || conserved(world.days('ON_THEIR_DAY')), world.days('ON_THEIR_DAY'));
  }
  checkDiscrete(world.days());
}

describe(`${CASES} sequences agree with a slow reference at every step`, () => {
  test.each(Array.from({ length: SHARES }, (_, share) => share))('share %d', (share) => {
    forCases(CASES / SHARES, sequence, share);
  });
});
