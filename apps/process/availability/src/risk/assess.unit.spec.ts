import type { Commitment, NodeCommitments } from '../plan/commitments';
import { assess, compareRisks, type Risk } from './assess';

const commitment = (reservation: string, day: number, quantity: bigint, held = false): Commitment => ({
  id: reservation,
  reservation,
  line: 1,
  day,
  quantity,
  held,
});
const stock = (more: Partial<NodeCommitments>): NodeCommitments => ({
  item: 'A',
  node: 'DC',
  today: 0,
  free: 0n,
  safety: 0n,
  supplies: [],
  commitments: [],
  ...more,
});
const shown = (risks: readonly Risk[]) =>
  risks.map(({ reservation, quantity, newDay }) => `${reservation} ${quantity} → ${newDay ?? 'never'}`);

/** E7 without what has no day of its own: usable 100, 30 allocated, safety 15. */
const e7 = (transferDay: number, atD6 = 50n) =>
  stock({
    free: 70n,
    safety: 15n,
    supplies: [
      { id: 'TO-1', day: transferDay, quantity: 40n },
      { id: 'ASN-1', day: 7, quantity: 150n },
      { id: 'PO-1', day: 8, quantity: 50n },
    ],
    commitments: [
      commitment('ALLOCATED', 0, 30n, true),
      commitment('SOFT', 1, 10n),
      commitment('D2', 2, 25n),
      commitment('D6', 6, atD6),
    ],
  });

describe('promises at risk', () => {
  test('E7: as planned every promise is kept', () => {
    expect(assess(e7(4))).toEqual([]);
  });

  test('E7 (d): an order of 70 on day 6 misses 10, which ship with the ASN on day 7', () => {
    expect(shown(assess(e7(4, 70n)))).toEqual(['D6 10 → 7']);
  });

  test('E7 (e): the transfer slips to day 9 and 30 of the 50 on day 6 can only ship on day 7', () => {
    expect(shown(assess(e7(9)))).toEqual(['D6 30 → 7']);
  });

  test('stock lost under what is held is missing to what ships last', () => {
    const commitments = [
      commitment('OLD', 0, 10n, true),
      commitment('NEW', 0, 10n, true),
      commitment('NEXT', 3, 5n, true),
    ];
    const supplies = [{ id: 'PO', day: 4, quantity: 6n }];
    expect(shown(assess(stock({ free: -8n, supplies, commitments })))).toEqual(['NEW 3 → 4', 'NEXT 5 → never']);
  });

  test('a promise whose day has passed is at risk until what it waits for can ship', () => {
    const supplies = [{ id: 'PO', day: 2, quantity: 9n }];
    expect(shown(assess(stock({ supplies, commitments: [commitment('LATE', -1, 4n)] })))).toEqual(['LATE 4 → 2']);
  });

  test('slices of one promise are one risk, and the day is that of the last of them', () => {
    const supplies = [
      { id: 'PO-1', day: 5, quantity: 4n },
      { id: 'PO-2', day: 8, quantity: 4n },
    ];
    const commitments = [commitment('R', 2, 3n), { ...commitment('R', 2, 5n), id: 'second' }];
    expect(shown(assess(stock({ supplies, commitments })))).toEqual(['R 8 → 8']);
  });

  test('what is known already is only told again when it differs, and ends when it is gone', () => {
    const [before] = assess(e7(9));
    const [after] = assess(e7(9, 60n));
    if (!before || !after) throw new Error('both are at risk');
    expect(compareRisks([], [before])).toEqual({ opened: [before], changed: [], resolved: [] });
    expect(compareRisks([before], [before])).toEqual({ opened: [], changed: [], resolved: [] });
    expect(compareRisks([before], [after])).toEqual({ opened: [], changed: [{ before, after }], resolved: [] });
    expect(compareRisks([before], [])).toEqual({ opened: [], changed: [], resolved: [before] });
  });
});
