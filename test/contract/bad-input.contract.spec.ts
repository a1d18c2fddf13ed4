import { EXPERIENCE_APPS } from '../../apps/all-in-one/src/apps';
import { BAD_ELSEWHERE } from './support/bad-elsewhere';
import { BAD_RESERVATIONS } from './support/bad-reservations';
import { Edge, type EdgeRequest } from './support/edge';
import { World } from './support/world';

type Fault = readonly [pointer: string, code: string];
interface Case {
  readonly what: string;
  readonly request: EdgeRequest;
  readonly status: number;
  readonly code: string;
  /** Every fault of the body, in any order. */
  readonly faults?: readonly Fault[];
}

const QUERY = 'portalAvailability.query';
const line = (more: object = {}): object => ({ item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' }, ...more });
const quantity = (value: unknown, unit: unknown = 'EA'): object => line({ quantity: { value, unit } });
const lines = (...given: unknown[]): EdgeRequest => ({ body: { lines: given } });
const text = (body: string, headers: Record<string, string> = {}): EdgeRequest => ({ body, headers });

const valueFaults = (what: string, value: unknown, code: string): Case => ({
  what: `the quantity ${what}`,
  request: lines(line(), quantity(value)),
  status: 422,
  code: 'REQUEST_INVALID',
  faults: [['/lines/1/quantity/value', code]],
});
const bodyFaults = (what: string, request: EdgeRequest, ...faults: Fault[]): Case => ({
  what,
  request,
  status: 422,
  code: 'REQUEST_INVALID',
  faults,
});
const lineFaults = (what: string, request: EdgeRequest, ...faults: Fault[]): Case => ({
  ...bodyFaults(what, request, ...faults),
  code: 'AVAILABILITY_INVALID',
});

/** What a careless or hostile caller may ask, and what each is told. */
const CASES: readonly Case[] = [
  valueFaults('zero', '0', 'FIELD_FORMAT'),
  valueFaults('zero with decimals', '0.000000', 'FIELD_FORMAT'),
  valueFaults('negative', '-1', 'FIELD_FORMAT'),
  valueFaults('with a sign', '+1', 'FIELD_FORMAT'),
  valueFaults('NaN', 'NaN', 'FIELD_FORMAT'),
  valueFaults('Infinity', 'Infinity', 'FIELD_FORMAT'),
  valueFaults('1e400', '1e400', 'FIELD_FORMAT'),
  valueFaults('in hexadecimal', '0x10', 'FIELD_FORMAT'),
  valueFaults('in other digits', '١٢', 'FIELD_FORMAT'),
  valueFaults('of 13 digits', '1'.repeat(13), 'FIELD_FORMAT'),
  valueFaults('of 100,000 digits', '9'.repeat(100_000), 'FIELD_FORMAT'),
  valueFaults('of seven decimals', '0.0000001', 'FIELD_FORMAT'),
  valueFaults('with blanks around', ' 1 ', 'FIELD_FORMAT'),
  valueFaults('empty', '', 'FIELD_FORMAT'),
  valueFaults('a number', 1, 'FIELD_TYPE'),
  valueFaults('null', null, 'FIELD_TYPE'),
  valueFaults('a list', ['1'], 'FIELD_TYPE'),
  {
    what: 'the quantity 1e400 as a number',
    request: text('{"lines":[{"item":"MUG-BLUE","quantity":{"value":1e400,"unit":"EA"}}]}'),
    status: 422,
    code: 'REQUEST_INVALID',
    faults: [['/lines/0/quantity/value', 'FIELD_TYPE']],
  },
  {
    what: 'the quantity NaN as a word',
    request: text('{"lines":[{"item":"MUG-BLUE","quantity":{"value":NaN,"unit":"EA"}}]}'),
    status: 400,
    code: 'REQUEST_MALFORMED',
  },
  bodyFaults('a unit that is no code', lines(quantity('1', 'each')), ['/lines/0/quantity/unit', 'FIELD_FORMAT']),
  lineFaults('a unit the item lacks', lines(line(), quantity('1', 'XPX')), ['/lines/1/quantity/unit', 'UNIT_UNKNOWN']),
  lineFaults(
    'a unit nobody knows and an item nobody knows, each with its pointer',
    lines(quantity('1', 'ZZZ'), line(), line({ item: 'NO-SUCH' })),
    ['/lines/0/quantity/unit', 'UNIT_UNKNOWN'],
    ['/lines/2/item', 'ITEM_UNKNOWN'],
  ),
  lineFaults('an item named like a property', lines(line({ item: 'constructor' })), ['/lines/0/item', 'ITEM_UNKNOWN']),
  lineFaults('an item that is SQL', lines(line({ item: `'; drop table reference.item; --` })), ['/lines/0/item', 'ITEM_UNKNOWN']), // prettier-ignore
  lineFaults('a day that has passed', lines(line(), line({ requestedDate: '2020-01-31' })), ['/lines/1/requestedDate', 'DATE_PAST']), // prettier-ignore
  lineFaults('a latest day that has passed', lines(line({ latestDate: '2020-01-31' })), ['/lines/0/latestDate', 'DATE_PAST']), // prettier-ignore
  lineFaults('a node nobody knows', lines(line(), line({ node: 'MOON' })), ['/lines/1/node', 'NODE_UNKNOWN']),
  bodyFaults('a node of 65 characters', lines(line({ node: 'N'.repeat(65) })), ['/lines/0/node', 'FIELD_FORMAT']),
  bodyFaults('an item of 65 characters', lines(line({ item: 'x'.repeat(65) })), ['/lines/0/item', 'FIELD_TOO_LONG']),
  bodyFaults('an empty item', lines(line({ item: '' })), ['/lines/0/item', 'FIELD_TOO_SHORT']),
  bodyFaults('a date that is no date', lines(line({ requestedDate: 'tomorrow' })), ['/lines/0/requestedDate', 'FIELD_FORMAT']), // prettier-ignore
  bodyFaults('the thirteenth month', lines(line({ requestedDate: '2030-13-01' })), ['/lines/0/requestedDate', 'FIELD_FORMAT']), // prettier-ignore
  bodyFaults('no lines at all', { body: {} }, ['/lines', 'FIELD_REQUIRED']),
  bodyFaults('empty lines', lines(), ['/lines', 'LIST_TOO_SHORT']),
  bodyFaults('1,001 lines', lines(...Array.from({ length: 1001 }, () => line())), ['/lines', 'LIST_TOO_LONG']),
  bodyFaults('lines that are none', lines(null, 'x', 7), ['/lines/0', 'FIELD_TYPE'], ['/lines/1', 'FIELD_TYPE'], ['/lines/2', 'FIELD_TYPE']), // prettier-ignore
  bodyFaults('lines as an object', { body: { lines: { 0: line() } } }, ['/lines', 'FIELD_TYPE']),
  bodyFaults('a field nobody knows', lines(line({ warehouse: 'DC-NORTH' })), ['/lines/0/warehouse', 'FIELD_UNKNOWN']),
  bodyFaults('a list instead of an object', text('[]'), ['', 'FIELD_TYPE']),
  bodyFaults('a constructor with a prototype', text('{"lines":[],"constructor":{"a":1}}'), ['/lines', 'LIST_TOO_SHORT'], ['/constructor', 'FIELD_UNKNOWN']), // prettier-ignore
  { what: '__proto__', request: text('{"lines":[],"__proto__":{"a":1}}'), status: 400, code: 'REQUEST_MALFORMED' },
  { what: 'a number only', request: text('7'), status: 422, code: 'REQUEST_INVALID', faults: [['', 'FIELD_TYPE']] },
  { what: 'truncated JSON', request: text('{"lines":[{"item":"MU'), status: 400, code: 'REQUEST_MALFORMED' },
  { what: 'JSON with something behind it', request: text('{"lines":[]} x'), status: 400, code: 'REQUEST_MALFORMED' },
  {
    what: 'a thousand levels',
    request: text(`{"lines":${'['.repeat(1000)}${']'.repeat(1000)}}`),
    status: 422,
    code: 'BODY_TOO_DEEP',
  },
  bodyFaults('as many empty lines as fit', text(`{"lines":[${'{},'.repeat(340_000)}{}]}`), ['/lines', 'LIST_TOO_LONG']),
  bodyFaults('as many zeros as fit', text(`{"lines":[${'0,'.repeat(520_000)}0]}`), ['/lines', 'LIST_TOO_LONG']),
  {
    what: 'as many levels as fit',
    request: text(`${'['.repeat(500_000)}${']'.repeat(500_000)}`),
    status: 422,
    code: 'BODY_TOO_DEEP',
  },
  {
    what: 'a body over 1 MB',
    request: lines(line({ item: 'x'.repeat(1024 * 1024) })),
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  {
    what: 'another media type',
    request: text('lines=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'MEDIA_TYPE_UNSUPPORTED',
  },
  {
    what: 'XML that says it is JSON',
    request: text('<lines/>'),
    status: 400,
    code: 'REQUEST_MALFORMED',
  },
  { what: 'no body', request: {}, status: 400, code: 'BODY_REQUIRED' },
  { what: 'no key', request: { ...lines(line()), key: '' }, status: 401, code: 'UNAUTHENTICATED' },
  { what: 'a wrong key', request: { ...lines(line()), key: 'cdk_test_wrong' }, status: 401, code: 'UNAUTHENTICATED' },
];

function told({ errors = [] }: { errors?: { pointer?: string; code: string }[] }): string[][] {
  return errors.map(({ pointer, code }) => [pointer ?? '', code]).sort();
}

describe('bad input at the front door', () => {
  let world: World;
  let edge: Edge;
  let held = '';
  beforeAll(async () => {
    world = await World.start('local');
    const documents = EXPERIENCE_APPS.map(({ name }) => world.document(`experience/${name}.v1`));
    edge = new Edge(world.demo.url, documents, world.demo.keys);
    const hold = {
      body: { lines: [{ ...line(), line: 1 }], ttlSeconds: 3600 },
      headers: { 'idempotency-key': 'held' },
    };
    held = (await edge.expect(201, 'portalReservations.place', hold)).body.id;
  });
  afterAll(() => world.close());
  /** Whatever was asked: the next honest caller is served, by a product that is ready. */
  afterEach(async () => {
    expect((await fetch(`${world.demo.url}/readyz`)).status).toBe(200);
    await edge.expect(200, QUERY, lines(line()));
  });

  it.each(CASES)('$what: $status $code', async ({ request, status, code, faults }) => {
    const { body } = await edge.refuses(status, code, QUERY, request);
    expect(told(body)).toEqual((faults ?? []).map((each) => [...each]).sort());
  });

  it.each(BAD_ELSEWHERE)('$operation, $what: $status $code', async ({ operation, request, status, code, faults }) => {
    const { body } = await edge.refuses(status, code, operation, request);
    expect(told(body)).toEqual((faults ?? []).map((each) => [...each]).sort());
  });

  it.each(BAD_RESERVATIONS)(
    '$operation, $what: $status $code',
    async ({ operation, request, status, code, faults }) => {
      const { body } = await edge.refuses(status, code, operation, { params: { id: held }, ...request });
      expect(told(body)).toEqual((faults ?? []).map((each) => [...each]).sort());
    },
  );

  it('what was refused changed nothing of what is held', async () => {
    const { body } = await edge.expect(200, 'portalReservations.get', { params: { id: held } });
    expect(body).toMatchObject({ state: 'HELD', lines: [{ line: 1, open: { value: '1', unit: 'EA' } }] });
    expect(body.history).toMatchObject([{ event: 'CREATED' }]);
  });

  it('a key with another scope: 403 SCOPE_MISSING', async () => {
    await edge.refuses(403, 'SCOPE_MISSING', QUERY, { ...lines(line()), key: world.demo.keys.planner });
  });

  it('of a name that comes twice the last counts, as JSON parsers have it', async () => {
    const answer = await edge.expect(200, QUERY, text(`{"lines":[],"lines":[${JSON.stringify(line())}]}`));
    expect(answer.body.lines).toHaveLength(1);
  });
});
