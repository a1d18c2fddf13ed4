import * as fc from 'fast-check';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { arrayText } from './array-text';

let test: TestDatabase;

beforeAll(async () => (test = await testDatabase()));
afterAll(() => test.close());

const HARD = [
  '',
  'null',
  'NULL',
  ' ',
  'a,b',
  '{}',
  '"',
  '\\',
  '\\"',
  '{"a":"\\u0001 \\\\"}',
  'zwölf',
  '\u{1f4e6}',
  '\n\t\r',
];

it('lists arrive in PostgreSQL as they were, whatever is in them', async () => {
  // PostgreSQL has no text with a NUL, and no half of a surrogate pair.
  const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll(/\0|\p{Surrogate}/gu, ''));
  const lists = fc.sample(fc.array(fc.option(text), { maxLength: 20 }), 300);
  for (const list of [HARD, [], [null], ...lists]) {
    const { rows } = await test.database.query<{ list: unknown }>('select $1::text[] as list', [list]);
    expect(rows[0]?.list).toEqual(list);
  }
});

it('numbers, booleans, JSON and what is not there keep their type', async () => {
  const body = JSON.stringify({ note: 'a "quoted" \\ word', list: [1, { b: null }] });
  const { rows } = await test.database.query(
    'select $1::int[] as ints, $2::float8[] as floats, $3::bigint[] as bigs, $4::boolean[] as flags, $5::jsonb[] as bodies',
    [[1, -2, null], [0.5, 1e300, undefined], [12345678901234567890n % 10n ** 15n], [true, false, null], [body, null]],
  );
  expect(rows).toEqual([
    {
      ints: [1, -2, null],
      floats: [0.5, 1e300, null],
      bigs: ['678901234567890'],
      flags: [true, false, null],
      bodies: [JSON.parse(body), null],
    },
  ]);
});

it('what is more than a plain value is left to the driver', async () => {
  expect(arrayText([new Date(0)])).toBeUndefined();
  expect(arrayText([['a']])).toBeUndefined();
  const at = new Date('2026-02-03T04:05:06Z');
  const { rows } = await test.database.query('select $1::timestamptz[] as moments, $2::text[][] as table', [[at], [['a', 'b"']]]); // prettier-ignore
  expect(rows).toEqual([{ moments: [at], table: [['a', 'b"']] }]);
});
