import { NodeBook } from './book';
import { sellable } from './sellable';
import { ChannelQuotas, type ChannelQuota } from './quotas';

const fences = { horizonDays: 180, pastDueDays: 0 };
type Free = readonly [name: string, free: bigint];
const node = (name: string, free: bigint): Free => [name, free];
const booksOf = (nodes: readonly Free[], quotas: readonly ChannelQuota[]) => {
  const shared = quotas.length === 0 ? undefined : new ChannelQuotas(quotas);
  return nodes.map(([name, free]) => new NodeBook({ node: name, free, supplies: [], demands: [], today: 0 }, fences, shared)); // prettier-ignore
};
const quota = (channel: string, more: Partial<ChannelQuota>): ChannelQuota => ({ channel, protected: 0n, consumed: 0n, ...more }); // prettier-ignore
const shown = (nodesOf: readonly Free[], quotas: readonly ChannelQuota[], channel?: string) => {
  const { total, nodes } = sellable(booksOf(nodesOf, quotas), channel);
  return [total, ...nodes.map(({ quantity }) => quantity)];
};

describe('what a channel may sell', () => {
  test('without quotas it is the sum of all nodes, whoever asks', () => {
    expect(shown([node('A', 7n), node('B', 5n)], [], 'WEB')).toEqual([12n, 7n, 5n]);
    expect(shown([], [], 'WEB')).toEqual([0n]);
  });

  test('E9: EDI 60, WEB 30, OTHER 30 of 60 that are left; after WEB has taken 20: 40, 10, 10', () => {
    const e9 = (web: bigint) => [
      quota('EDI', { protected: 40n, consumed: 10n }),
      quota('WEB', { protected: 30n, consumed: web }),
    ];
    const of = (free: bigint, web: bigint) =>
      ['EDI', 'WEB', 'OTHER', undefined].map((channel) => sellable(booksOf([node('A', free)], e9(web)), channel).total);
    expect(of(60n, 30n)).toEqual([60n, 30n, 30n, 30n]);
    expect(of(40n, 50n)).toEqual([40n, 10n, 10n, 10n]);
  });

  test('a cap over all nodes holds for their sum, while each node alone may give all of it', () => {
    const quotas = [quota('WEB', { cap: 8n, consumed: 2n })];
    expect(shown([node('A', 5n), node('B', 5n)], quotas, 'WEB')).toEqual([6n, 5n, 5n]);
    expect(shown([node('A', 9n), node('B', 9n)], quotas, 'WEB')).toEqual([6n, 6n, 6n]);
  });

  test('what is protected for another over all nodes is left out of the sum once', () => {
    const quotas = [quota('EDI', { protected: 4n })];
    expect(shown([node('A', 5n), node('B', 5n)], quotas, 'WEB')).toEqual([6n, 5n, 5n]);
  });

  test('asking changes nothing', () => {
    const books = booksOf([node('A', 5n), node('B', 5n)], [quota('WEB', { cap: 8n, consumed: 2n })]);
    expect(sellable(books, 'WEB')).toEqual(sellable(books, 'WEB'));
  });

  test('what is protected at one node is left out there only', () => {
    const quotas = [quota('EDI', { protected: 4n, node: 'A' })];
    expect(shown([node('A', 5n), node('B', 5n)], quotas, 'WEB')).toEqual([6n, 1n, 5n]);
  });
});
