import { planDays, planNode, type PlanDemand, type Standing } from './node-plan';

const demand = (reservation: string, day: number, quantity: bigint, more: Partial<PlanDemand> = {}): PlanDemand => ({
  id: reservation,
  reservation,
  line: 1,
  day,
  quantity,
  held: false,
  dated: true,
  state: 'PROMISED',
  ...more,
});
const held = { held: true, state: 'ALLOCATED' } as const;
const waiting = { dated: false, state: 'BACKORDERED' } as const;
const FENCES = { pastDueDays: 0, horizonDays: 180 };

/** E7: usable 100, 30 of it allocated, safety 15. */
const E7: Standing = {
  item: 'E7',
  node: 'DC',
  today: 0,
  free: 70n,
  safety: 15n,
  supplies: [
    { id: 'TO', kind: 'TRANSFER', day: 4, quantity: 40n },
    { id: 'ASN', kind: 'ASN', day: 7, quantity: 150n },
    { id: 'PO', kind: 'PURCHASE_ORDER', day: 8, quantity: 50n },
  ],
  demands: [
    demand('D0', 0, 30n, held),
    demand('SOFT', 1, 10n, { state: 'RESERVED' }),
    demand('D2', 2, 25n),
    demand('D6', 6, 50n),
  ],
};
const shown = ({ pegs, uncovered }: ReturnType<typeof planNode>) => [
  ...pegs.map(({ claim, quantity, supply, day, late }) =>
    `${claim.reservation} ${quantity} ${supply ?? 'ON_HAND'} day ${day}${late ? ' late' : ''}`,
  ), // prettier-ignore
  ...uncovered.map(({ claim, quantity }) => `${claim.reservation} ${quantity} uncovered`),
];

describe('the plan of a node', () => {
  test('E7: projected, look-ahead and discrete rows as the page has them', () => {
    const days = planDays(planNode(E7, FENCES), 10);
    expect(days.map(({ projected }) => Number(projected))).toEqual([55, 45, 20, 20, 60, 60, 10, 160, 210, 210]);
    expect(days.map(({ promisable }) => Number(promisable))).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
    // By receipt: 20 on hand pay the 10 that the transfer lacks for day 6; then 150 and 50 come.
    expect(days.map(({ discrete }) => Number(discrete))).toEqual([10, 10, 10, 10, 0, 0, 0, 150, 50, 50]);
  });

  test('E7: every demand has its supply, every supply says who needs it and what is left', () => {
    const plan = planNode(E7, FENCES);
    expect(shown(plan)).toEqual([
      'D0 30 ON_HAND day 0',
      'SOFT 10 ON_HAND day 1',
      'D2 25 ON_HAND day 2',
      'D6 40 TO day 6',
      'D6 10 ON_HAND day 6',
    ]);
    expect([...plan.left]).toEqual([
      [undefined, 10n],
      ['ASN', 150n],
      ['PO', 50n],
    ]);
  });

  test('a backorder gets what the promises of a day leave, and moves none of them', () => {
    const demands = [demand('OLD', 0, 70n, waiting), demand('DATED', 5, 60n)];
    const plan = planNode({ ...E7, free: 15n, demands }, FENCES);
    expect(shown(plan)).toEqual([
      'DATED 40 TO day 5',
      'DATED 20 ASN day 7 late',
      'OLD 70 ASN day 7 late',
    ]); // prettier-ignore
    expect(plan.left.get('ASN')).toBe(60n);
  });

  test('lost stock is missing to what is held for the latest day', () => {
    const demands = [demand('D0', 0, 30n, held), demand('D3', 3, 20n, held)];
    const plan = planNode({ ...E7, free: -5n, safety: 0n, demands }, FENCES);
    expect(shown(plan)).toEqual(['D0 30 ON_HAND day 0', 'D3 15 ON_HAND day 3', 'D3 5 TO day 4 late']);
  });

  test('supply that is overdue counts for tomorrow within its fence and not at all behind it', () => {
    const supplies = [{ id: 'LATE', kind: 'PURCHASE_ORDER' as const, day: -2, quantity: 9n }];
    const plan = (pastDueDays: number) => planNode({ ...E7, supplies, demands: [] }, { ...FENCES, pastDueDays });
    expect(plan(0).counted).toEqual([]);
    expect(plan(2).counted).toEqual([{ ...supplies[0], day: 1 }]);
    expect(plan(1).left.get('LATE')).toBeUndefined();
    expect(plan(2).left.get('LATE')).toBe(9n);
  });
});
