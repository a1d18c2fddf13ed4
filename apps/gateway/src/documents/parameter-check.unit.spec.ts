import { newAjv } from '#service/contract-check';
import { parameterCheck } from './parameter-check';

const query = parameterCheck(newAjv(), 'experience/fake.v1', [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } },
  { name: 'days', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 180 } },
  { name: 'weight', in: 'query', schema: { type: 'number', minimum: 0 } },
  { name: 'node', in: 'query', schema: { type: 'string', pattern: '^[A-Z]{1,4}$' } },
]);

describe('the parameters of a request', () => {
  it('that are numbers become numbers, the others stay text', () => {
    const given = { limit: '7', days: '030', weight: '-0.50', node: 'DC' };
    expect(query(given)).toEqual([expect.objectContaining({ code: 'NUMBER_TOO_SMALL' })]);
    expect(given).toEqual({ limit: 7, days: 30, weight: -0.5, node: 'DC' });
    expect(query({ weight: '0.25' })).toEqual([]);
    expect(query({})).toEqual([]);
  });

  it('name a page size that is clamped, and other numbers that are not', () => {
    const given = { limit: '9'.repeat(400) };
    expect(query(given)).toEqual([]);
    expect(given).toEqual({ limit: 200 });
    expect(query({ days: '181' })).toEqual([{ code: 'NUMBER_TOO_LARGE', detail: 'parameter days: must be <= 180' }]);
    expect(query({ days: '9'.repeat(400) })).toMatchObject([{ code: 'NUMBER_TOO_LARGE' }]);
  });

  it.each([
    '',
    ' ',
    ' 5',
    '5 ',
    '+5',
    '1e400',
    '1e1',
    '0x10',
    '0b1',
    '1_0',
    '5.',
    '.5',
    '1.5',
    '5000.5',
    '١٢',
    'NaN',
    'Infinity',
    'all',
    'true',
  ])(
    // prettier-ignore
    'name a whole number, which "%s" is not',
    (text) => {
      for (const name of ['limit', 'days'])
        expect(query({ [name]: text })).toEqual([{ code: 'FIELD_TYPE', detail: `parameter ${name}: must be integer` }]);
    },
  );

  it('come once', () => {
    expect(query({ limit: ['1', '2'] })).toMatchObject([{ code: 'FIELD_TYPE' }]);
    expect(query({ node: ['A', 'B'] })).toMatchObject([{ code: 'FIELD_TYPE' }]);
  });

  it('are told by name, all that is wrong with them', () => {
    expect(query({ node: 'dc', colour: 'blue' })).toEqual([
      { code: 'FIELD_UNKNOWN', detail: 'parameter colour: must NOT have additional properties' },
      { code: 'FIELD_FORMAT', detail: 'parameter node: must match pattern "^[A-Z]{1,4}$"' },
    ]);
  });
});
