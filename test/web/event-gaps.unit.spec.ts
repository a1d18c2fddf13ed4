import { missingOf } from '../../apps/web/src/portal/pages/event-gaps';

describe('numbers of one subject that are missing', () => {
  it.each([
    [[], []],
    [[1, 2, 3], []],
    [[3, 1], ['2']],
    [
      [4, 5],
      ['1', '2', '3'],
    ],
  ])('%j: %j', (sequences, missing) => expect(missingOf(sequences)).toEqual(missing));

  it('are named up to twenty', () => {
    const missing = missingOf([1, 100]);
    expect(missing).toHaveLength(21);
    expect(missing.slice(-2)).toEqual(['21', '…']);
  });
});
