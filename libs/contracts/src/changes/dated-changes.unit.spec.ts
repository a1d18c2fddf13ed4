import { SUBSTITUTES } from './2026-11-01-substitutes';

const { 'portalAvailability.query': query, 'portalReservations.get': reservation } = SUBSTITUTES.operations;
const lines = [{ item: 'MUG-BLUE', quantity: { value: '5', unit: 'XCS' } }];
const quantity = { value: '1', unit: 'XCS' };

describe('2026-11-01: a request of before, as it is said since', () => {
  it.each([
    [{ lines }, { lines }],
    [
      { lines, explain: true },
      { lines, explain: {} },
    ],
    [
      { lines, explain: true, explainDays: 7, together: true },
      { lines, together: true, explain: { days: 7 } },
    ],
    [{ lines, explain: false, explainDays: 7 }, { lines }],
    [{ lines, explainDays: 7 }, { lines }],
    // What the contract refused it still refuses.
    [
      { lines, explain: 'yes' },
      { lines, explain: 'yes' },
    ],
    [
      { lines, explainDays: 'x' },
      { lines, explainDays: 'x' },
    ],
    [
      { lines, explain: true, explainDays: 0 },
      { lines, explain: { days: 0 } },
    ],
    [[1], [1]],
    ['text', 'text'],
  ])('%j', (before, since) => {
    expect(query?.request?.(before)).toEqual(since);
  });
});

describe('2026-11-01: an answer, as it was said before', () => {
  it.each([
    ['availability', query],
    ['a reservation', reservation],
  ])('of %s has the other item beside how much of it', (_, transform) => {
    const instead = {
      quantity,
      node: 'N',
      basis: 'SUBSTITUTE',
      substitute: { item: 'B', quantity: { value: '1.5', unit: 'KGM' } },
    };
    const own = { quantity, node: 'N', basis: 'ON_HAND' };
    const answer = { asOf: '2026-11-02T00:00:00Z', lines: [{ item: 'A', slices: [instead, own] }] };
    expect(transform?.response?.(answer)).toEqual({
      asOf: '2026-11-02T00:00:00Z',
      lines: [
        {
          item: 'A',
          slices: [
            { quantity, node: 'N', basis: 'SUBSTITUTE', item: 'B', itemQuantity: { value: '1.5', unit: 'KGM' } },
            own,
          ],
        },
      ],
    });
  });
});
