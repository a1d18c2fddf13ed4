import { verdictOf } from './schedule';

const SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

test('ten attempts: 0, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h', () => {
  const after = Array.from({ length: 10 }, (_, index) => verdictOf(index + 1, 500));
  expect(after.slice(0, 9).map(({ state, delaySeconds }) => [state, delaySeconds])).toEqual(SECONDS.map((wait) => ['PENDING', wait])); // prettier-ignore
  expect(after[9]).toMatchObject({ state: 'FAILED' });
});

test.each([
  [200, 'DELIVERED', false],
  [204, 'DELIVERED', false],
  [299, 'DELIVERED', false],
  [300, 'PENDING', false],
  [302, 'PENDING', false],
  [400, 'PENDING', false],
  [401, 'PENDING', false],
  [404, 'PENDING', false],
  [410, 'FAILED', true],
  [429, 'PENDING', false],
  [500, 'PENDING', false],
  [undefined, 'PENDING', false],
] as const)('%s after the first attempt: %s', (status, state, gone) => {
  expect(verdictOf(1, status)).toMatchObject({ state, gone });
});
