import { NodeBook } from '../../src/promise/book';
import { ChannelQuotas } from '../../src/promise/quotas';
import { forCases, same, type Random } from './cases';
import { slowQuota, withDemand, type SlowNode, type SlowQuota } from './slow-quotas';

const CASES = 2_000;
const LENGTH = 4;
const CHANNELS = ['WEB', 'EDI', undefined] as const;

interface Sale {
  nodes: SlowNode[];
  quotas: SlowQuota[];
}

function sale(random: Random): Sale {
  const nodes = ['N1', 'N2', 'N3'].slice(0, random.int(1, 3)).map((node) => ({ node, days: days(random) }));
  const places = [undefined, ...nodes.map(({ node }) => node)];
  const quotas = (['WEB', 'EDI', 'SHOP'] as const).flatMap((channel) =>
    places.flatMap((node) => (random.chance(0.4) ? [quota(random, channel, node)] : [])),
  );
  return { nodes, quotas };
}

function days(random: Random) {
  const row = (most: number) => Array.from({ length: LENGTH }, () => (random.chance(0.4) ? random.int(0, most) : 0));
  return { start: random.int(-3, 15), comes: row(9), goes: row(6) };
}

function quota(random: Random, channel: string, node: string | undefined): SlowQuota {
  const kept = random.int(0, 8);
  const cap = random.chance(0.3) ? random.int(0, 12) : undefined;
  return { channel, node, protected: kept, cap, consumed: random.chance(0.4) ? random.int(0, 6) : 0 };
}

function booksOf({ nodes, quotas }: Sale): NodeBook[] {
  const shared = new ChannelQuotas(
    quotas.map((each) => ({
      ...{ channel: each.channel, node: each.node, protected: BigInt(each.protected), consumed: BigInt(each.consumed) },
      cap: each.cap === undefined ? undefined : BigInt(each.cap),
    })),
  );
  return nodes.map(({ node, days: { start, comes, goes } }) => {
    const flows = (row: readonly number[]) => row.map((quantity, day) => ({ id: `${day}`, kind: 'ASN' as const, day, quantity: BigInt(quantity) })); // prettier-ignore
    const stock = { node, today: 0, free: BigInt(start), supplies: flows(comes), demands: flows(goes).map(({ day, quantity }) => ({ day, quantity })) }; // prettier-ignore
    return new NodeBook(stock, { horizonDays: 99, pastDueDays: 0 }, shared);
  });
}

function consume(sale: Sale, node: string, day: number, channel: string | undefined, quantity: number): void {
  sale.nodes = sale.nodes.map((each) => (each.node === node ? { node, days: withDemand(each.days, day, quantity) } : each)); // prettier-ignore
  sale.quotas = sale.quotas.map((each) =>
    each.channel === channel && (each.node ?? node) === node ? { ...each, consumed: each.consumed + quantity } : each,
  );
}

function compare(sale: Sale, books: readonly NodeBook[]): void {
  for (const channel of CHANNELS)
    sale.nodes.forEach((at, index) => {
      const seen = Array.from({ length: LENGTH }, (_, day) => Number(books[index]!.promisable(day, channel)));
      const expected = seen.map((_, day) => slowQuota(sale.nodes, sale.quotas, at, day, channel));
      same(`${channel ?? 'nobody'} at ${at.node} of ${JSON.stringify(sale)}`, seen, expected);
    });
}

test('what is kept at a node is not what is kept anywhere: 60 less 40 for EDI here and 20 for SHOP leave nothing', () => {
  const start = { start: 60, comes: [0], goes: [0] };
  const quotas = [
    { channel: 'EDI', node: 'N1', protected: 40, consumed: 0 },
    { channel: 'SHOP', protected: 20, consumed: 0 },
  ];
  const [book] = booksOf({ nodes: [{ node: 'N1', days: start }], quotas });
  expect(['WEB', 'EDI', 'SHOP'].map((channel) => Number(book?.promisable(0, channel)))).toEqual([0, 40, 20]);
});

test(`${CASES} sets of channel quotas: each gets all that leaves the others what is kept for them`, () => {
  forCases(CASES, (random) => {
    const now = sale(random);
    const books = booksOf(now);
    compare(now, books);
    for (let step = random.int(1, 2); step > 0; step -= 1) {
      const book = random.pick(books);
      const [channel, day] = [random.pick(CHANNELS), random.int(0, LENGTH - 1)];
      const most = Number(book.promisable(day, channel));
      if (most === 0) continue;
      const quantity = random.int(1, most);
      const parts = book.take(day, BigInt(quantity), channel);
      if (random.chance(0.3)) {
        book.undo(parts);
        compare(now, books);
        continue;
      }
      consume(now, book.node, day, channel, quantity);
      compare(now, books);
    }
  });
});
