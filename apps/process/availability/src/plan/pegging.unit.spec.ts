import fc from 'fast-check';
import { project, stepOn } from '../promise/projection';
import { peg, type Claim } from './pegging';

const supply = (id: string, day: number, quantity: bigint) => ({ id, day, quantity });
const shown = ({ pegs, uncovered }: ReturnType<typeof peg<Claim & { name: string }>>) => [
  ...pegs.map(({ claim, supply: from, quantity, day, late }) =>
    `${claim.name} ${quantity} ${from ?? 'ON_HAND'} day ${day}${late ? ' late' : ''}`,
  ), // prettier-ignore
  ...uncovered.map(({ claim, quantity }) => `${claim.name} ${quantity} uncovered`),
];

describe('pegging', () => {
  test('a claim takes the latest supply that is in time, so that stock on hand stays free', () => {
    const pegging = peg({ start: 10n, today: 0, supplies: [supply('PO', 3, 6n)], claims: [{ name: 'A', day: 4, quantity: 8n }] }); // prettier-ignore
    expect(shown(pegging)).toEqual(['A 6 PO day 4', 'A 2 ON_HAND day 4']);
    expect(pegging.rest).toEqual([{ supply: undefined, day: 0, quantity: 8n }]);
  });

  test('the earlier claim is kept, the later one gets what comes first after its day', () => {
    const claims = [
      { name: 'LATER', day: 3, quantity: 5n },
      { name: 'EARLIER', day: 2, quantity: 5n },
    ];
    const supplies = [supply('PO-1', 5, 3n), supply('PO-2', 9, 10n)];
    expect(shown(peg({ start: 6n, today: 0, supplies, claims }))).toEqual([
      'EARLIER 5 ON_HAND day 2',
      'LATER 1 ON_HAND day 3',
      'LATER 3 PO-1 day 5 late',
      'LATER 1 PO-2 day 9 late',
    ]);
  });

  test('what is missing of safety stock is made good first, and what nothing covers is said', () => {
    const claims = [{ name: 'A', day: 1, quantity: 9n }];
    const pegging = peg({ start: -4n, today: 0, supplies: [supply('PO', 2, 10n)], claims });
    expect(shown(pegging)).toEqual(['A 6 PO day 2 late', 'A 3 uncovered']);
  });

  const flows = fc.array(fc.record({ day: fc.integer({ min: -2, max: 12 }), quantity: fc.bigInt(1n, 20n) }), {
    maxLength: 8,
  });
  const cases = fc.record({ start: fc.bigInt(-20n, 40n), supplies: flows, claims: flows });

  test('property: nothing is pegged twice, claims are fully accounted for, and what is left is what look-ahead promises', () => {
    fc.assert(
      fc.property(cases, ({ start, supplies: expected, claims }) => {
        const supplies = expected.map((each, index) => supply(`S${index}`, each.day, each.quantity));
        const { pegs, uncovered, rest } = peg({ start, today: 0, supplies, claims });
        const sum = (list: readonly { quantity: bigint }[]) => list.reduce((total, each) => total + each.quantity, 0n);
        for (const claim of claims) {
          const own = pegs.filter((each) => each.claim === claim);
          expect(sum(own) + sum(uncovered.filter((each) => each.claim === claim))).toBe(claim.quantity);
          expect(own.every(({ day, late }) => late === day > Math.max(claim.day, 0))).toBe(true);
        }
        for (const { id, quantity } of supplies)
          expect(sum(pegs.filter((each) => each.supply === id))).toBeLessThanOrEqual(quantity);
        // An independent calculation: the look-ahead projection of the dates that pegging says can be kept.
        const kept = pegs.map(({ claim, day, late, quantity }) => ({ day: late ? day : claim.day, quantity }));
        const steps = project({ start, supplies, demands: kept, today: 0 });
        for (let day = 0; day <= 14; day += 1) {
          const left = sum(rest.filter((source) => source.day <= day));
          expect([day, left]).toEqual([day, stepOn(steps, day)?.promisable ?? 0n]);
        }
      }),
      { numRuns: Number(process.env['CROSSDOCK_PROPERTY_RUNS'] ?? 2_000) },
    );
  });

  test('property: a projection that never falls below 0 keeps every claim, and only such a one', () => {
    fc.assert(
      fc.property(cases, ({ start, supplies: expected, claims }) => {
        const supplies = expected.map((each, index) => supply(`S${index}`, each.day, each.quantity));
        const { pegs, uncovered } = peg({ start, today: 0, supplies, claims });
        const steps = project({ start, supplies, demands: claims, today: 0 });
        // On other days a balance below 0 is missing safety stock, not a broken promise.
        const belowAtAClaim = claims.some(({ day }) => (stepOn(steps, Math.max(day, 0))?.projected ?? 0n) < 0n);
        const broken = uncovered.length > 0 || pegs.some(({ late }) => late);
        expect(broken).toBe(belowAtAClaim);
      }),
      { numRuns: Number(process.env['CROSSDOCK_PROPERTY_RUNS'] ?? 2_000) },
    );
  });
});
