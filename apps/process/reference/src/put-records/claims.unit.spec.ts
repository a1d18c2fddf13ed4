import fc from 'fast-check';
import { rejectedClaims, type Claim } from './claims';

const claims = (...pairs: readonly string[]): Claim[] =>
  pairs.map((pair) => ({ record: pair.slice(0, 1), name: pair.slice(1) }));

describe('a name that only one record may have', () => {
  it.each([
    ['is free', claims('A1'), [], {}],
    ['stays with a record that is not sent', claims('A1'), claims('X1'), { A: 'X1' }],
    ['stays with a record that still wants it, also when that one comes later', claims('A1', 'B1'), claims('B1'), { A: 'B1' }],
    ['moves when both are sent and the one gives it up', claims('A1', 'B2'), claims('B1'), {}],
    ['goes round', claims('A2', 'B3', 'C1'), claims('A1', 'B2', 'C3'), {}],
    ['goes to the first of two', claims('A1', 'B1'), [], { B: 'A1' }],
    ['stays with a record that would give it up and is rejected', claims('A1', 'B2', 'C2'), claims('B1', 'C2'), { B: 'C2', A: 'B1' }],
  ] as const)('%s', (_, wanted, held, rejected) => {
    const found = rejectedClaims(['A', 'B', 'C'], wanted, held);
    expect(Object.fromEntries([...found].map(([record, claim]) => [record, claim.record + claim.name]))).toEqual(rejected);
  });

  it('has one record after any request: what is stored and what stays never meet', () => {
    const record = fc.constantFrom('A', 'B', 'C', 'X');
    const claim = fc.record({ record, name: fc.constantFrom('1', '2', '3') });
    const held = fc.uniqueArray(claim, { selector: ({ name }) => name });
    const wanted = fc.uniqueArray(claim, { selector: (each) => each.record + each.name });
    fc.assert(
      fc.property(wanted, held, (all, has) => {
        const sent = ['A', 'B', 'C'];
        const wants = all.filter((each) => sent.includes(each.record));
        const rejected = rejectedClaims(sent, wants, has);
        const goes = (each: Claim): boolean => sent.includes(each.record) && !rejected.has(each.record);
        const after = [...has.filter((each) => !goes(each)), ...wants.filter(goes)].map(({ name }) => name);
        expect(new Set(after).size).toBe(after.length);
      }),
      { numRuns: 2000 },
    );
  });
}); // prettier-ignore
