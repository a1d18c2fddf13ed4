import type { EdgeRequest } from './edge';

type Fault = readonly [pointer: string, code: string];
export interface BadRequest {
  readonly operation: string;
  readonly what: string;
  readonly request: EdgeRequest;
  readonly status: number;
  readonly code: string;
  /** Every fault of the body, in any order. */
  readonly faults?: readonly Fault[];
}
type Bad = Omit<BadRequest, 'operation'>;

const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
const deep = (levels: number): string => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
const body = (what: string, given: object | string, ...faults: Fault[]): Bad => ({
  what,
  request: { body: given },
  status: 422,
  code: 'REQUEST_INVALID',
  faults,
});
const refused = (bad: Bad, code: string): Bad => ({ ...bad, code });
const parameter = (what: string, code: string, query: Record<string, string>): Bad => ({
  what: `the parameter ${what}`,
  request: { query, params: { item: 'MUG-BLUE' } },
  status: 400,
  code: 'PARAMETER_INVALID',
  faults: [['', code]],
});
const at = (operation: string, ...bad: Bad[]): BadRequest[] => bad.map((each) => ({ operation, ...each }));

/** What no operation with a body takes, whatever the body is about. */
const ANY_BODY: readonly Bad[] = [
  { what: 'truncated JSON', request: { body: '{"lines":[{"item":"MU' }, status: 400, code: 'REQUEST_MALFORMED' },
  { what: 'NaN', request: { body: '{"lines":[NaN]}' }, status: 400, code: 'REQUEST_MALFORMED' },
  { what: 'forty levels', request: { body: deep(40) }, status: 422, code: 'BODY_TOO_DEEP' },
  { what: '250,000 levels', request: { body: deep(250_000) }, status: 422, code: 'BODY_TOO_DEEP' },
  { what: 'six megabytes', request: { body: { a: 'x'.repeat(6 * 2 ** 20) } }, status: 413, code: 'BODY_TOO_LARGE' },
  { what: 'no body', request: {}, status: 400, code: 'BODY_REQUIRED' },
];

const line = (more: object = {}): object => ({ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' }, ...more }); // prettier-ignore
const order = (lines: unknown, more: object = {}): object => ({ purchaseOrder: 'BAD-1', shipTo: 'BRISTOL', lines, ...more }); // prettier-ignore
const quantity = (value: unknown, unit: unknown = 'EA'): object => order([line({ quantity: { value, unit } })]);
const charge = { code: 'FREIGHT', amount: { amount: '1.00', currency: 'GBP' } };

/** The same order content is refused the same way whoever sends it. */
const ORDERS: readonly Bad[] = [
  ...ANY_BODY,
  ...['0', '-1', 'NaN', 'Infinity', '1e400', '0.0000001', '1'.repeat(13), ''].map((value) =>
    body(`the quantity "${value}"`, quantity(value), ['/lines/0/quantity/value', 'FIELD_FORMAT']),
  ),
  ...[1, null, ['1']].map((value) =>
    body(`the quantity ${JSON.stringify(value)}`, quantity(value), ['/lines/0/quantity/value', 'FIELD_TYPE']),
  ),
  body('1e400 as a number', JSON.stringify(quantity('7')).replace('"7"', '1e400'), ['/lines/0/quantity/value', 'FIELD_TYPE']), // prettier-ignore
  body('a line number that is text', order([line({ line: '1' })]), ['/lines/0/line', 'FIELD_TYPE']),
  body('line 0', order([line({ line: 0 })]), ['/lines/0/line', 'NUMBER_TOO_SMALL']),
  body('line 1e400', JSON.stringify(order([line({ line: 7 })])).replace(':7,', ':1e400,'), ['/lines/0/line', 'NUMBER_TOO_LARGE']), // prettier-ignore
  body('501 lines', order(times(501, line())), ['/lines', 'LIST_TOO_LONG']),
  body('300,000 empty lines', order(times(300_000, {})), ['/lines', 'LIST_TOO_LONG']),
  body('51 charges', order([line()], { charges: times(51, charge) }), ['/charges', 'LIST_TOO_LONG']),
  body('no lines', order([]), ['/lines', 'LIST_TOO_SHORT']),
  body('the thirteenth month', order([line()], { requestedDate: '2030-13-01' }), ['/requestedDate', 'FIELD_FORMAT']),
  refused(body('the thirtieth of February', order([line()], { requestedDate: '2030-02-30' }), ['/requestedDate', 'DATE_INVALID']), 'ORDER_INVALID'), // prettier-ignore
  refused(
    body(
      'a line number twice, with an unknown ship-to, item and unit',
      order([line({ item: 'NO-SUCH' }), line({ quantity: { value: '1', unit: 'XPX' } })], { shipTo: 'NOWHERE' }),
      ['/lines/1/line', 'LINE_DUPLICATE'],
      ['/shipTo', 'SHIP_TO_UNKNOWN'],
      ['/lines/0/item', 'ITEM_UNKNOWN'],
      ['/lines/1/quantity/unit', 'UNIT_UNKNOWN'],
    ),
    'ORDER_INVALID',
  ),
  refused(body('a line number twice', order([line(), line()]), ['/lines/1/line', 'LINE_DUPLICATE']), 'ORDER_INVALID'),
];

const fact = (more: object = {}): object => ({ id: 'bad-1', item: 'MUG-BLUE', node: 'DC-NORTH', fact: 'RECEIVED', quantity: '1', occurredAt: '2026-03-02T10:00:00Z', ...more }); // prettier-ignore
const facts = (records: unknown): object => ({ source: 'bad', records });
const supply = (more: object = {}): object => ({ id: 'BAD-PO', kind: 'PURCHASE_ORDER', item: 'MUG-BLUE', node: 'DC-NORTH', quantity: '1', availableOn: '2099-01-01', ...more }); // prettier-ignore
const supplies = (given: unknown): object => ({ supplies: given });

const noCursor = (...faults: Fault[]): Bad => ({
  what: 'the cursor is not one of this list',
  request: { query: { since: 'x' } },
  status: 400,
  code: 'CURSOR_INVALID',
  faults,
});

export const BAD_ELSEWHERE: readonly BadRequest[] = [
  ...at('portalOrders.place', ...ORDERS),
  ...at('marketplaceOrders.place', ...ORDERS),
  ...at(
    'marketplaceFeeds.availability',
    noCursor(),
    parameter('limit NaN', 'FIELD_TYPE', { limit: 'NaN' }),
    parameter('limit -1', 'NUMBER_TOO_SMALL', { limit: '-1' }),
    ...['1.5', '1e400', '0x10', ' 5', '5000.5', ''].map((limit) =>
      parameter(`limit "${limit}"`, 'FIELD_TYPE', { limit }),
    ),
    parameter('since of 101 characters', 'FIELD_TOO_LONG', { since: 'x'.repeat(101) }),
    parameter('nobody knows', 'FIELD_UNKNOWN', { colour: 'blue' }),
  ),
  ...at(
    'marketplaceFeeds.shipments',
    noCursor(['/since', 'CURSOR_INVALID']),
    parameter('limit all', 'FIELD_TYPE', { limit: 'all' }),
  ),
  ...at(
    'plannerTimeline.timeline',
    { what: 'an unknown item', request: { params: { item: 'NO-SUCH' } }, status: 404, code: 'ITEM_UNKNOWN' },
    parameter('days 0', 'NUMBER_TOO_SMALL', { days: '0' }),
    parameter('days -1', 'NUMBER_TOO_SMALL', { days: '-1' }),
    parameter('days 181', 'NUMBER_TOO_LARGE', { days: '181' }),
    parameter('days 1e400', 'FIELD_TYPE', { days: '1e400' }),
    parameter('days 1.5', 'FIELD_TYPE', { days: '1.5' }),
    parameter('days of 400 digits', 'NUMBER_TOO_LARGE', { days: '9'.repeat(400) }),
    parameter('days NaN', 'FIELD_TYPE', { days: 'NaN' }),
    parameter('days empty', 'FIELD_TYPE', { days: '' }),
    parameter('node of 65 characters', 'FIELD_FORMAT', { node: 'N'.repeat(65) }),
    parameter('node with a line end', 'FIELD_FORMAT', { node: 'DC\nNORTH' }),
  ),
  ...at(
    'operationsPolicies.channels',
    parameter('channel in small letters', 'FIELD_FORMAT', { channel: 'portal' }),
    parameter('item of 65 characters', 'FIELD_FORMAT', { item: 'x'.repeat(65) }),
  ),
  ...at('plannerPlan.promisesAtRisk', parameter('limit NaN', 'FIELD_TYPE', { limit: 'NaN' })),
  ...at(
    'operationsInventory.postInventory',
    ...ANY_BODY,
    body('5,001 records', facts(times(5_001, fact())), ['/records', 'LIST_TOO_LONG']),
    body('a million empty records', facts(times(1_000_000, {})), ['/records', 'LIST_TOO_LONG']),
    body('2,500,000 zeros', facts(times(2_500_000, 0)), ['/records', 'LIST_TOO_LONG']),
    body('no records', facts([]), ['/records', 'LIST_TOO_SHORT']),
    ...['NaN', '1e400', '', '+1'].map((value) =>
      body(`the quantity "${value}"`, facts([fact({ quantity: value })]), ['/records/0/quantity', 'FIELD_FORMAT']),
    ),
    body('the quantity 1', facts([fact({ quantity: 1 })]), ['/records/0/quantity', 'FIELD_TYPE']),
    body('a fact nobody knows', facts([fact({ fact: 'FOUND' })]), ['/records/0/fact', 'FIELD_NOT_ALLOWED']),
    body('a day instead of a time', facts([fact({ occurredAt: '2026-03-02' })]), ['/records/0/occurredAt', 'FIELD_FORMAT'], ['/records/0/occurredAt', 'FIELD_FORMAT']), // prettier-ignore
  ),
  ...at(
    'operationsInventory.putSupplies',
    ...ANY_BODY,
    body('1,001 supplies', supplies(times(1_001, supply())), ['/supplies', 'LIST_TOO_LONG']),
    body('300,000 empty supplies', supplies(times(300_000, {})), ['/supplies', 'LIST_TOO_LONG']),
    body('the quantity -1', supplies([supply({ quantity: '-1' })]), ['/supplies/0/quantity', 'FIELD_FORMAT']),
    body('the quantity 1e400', supplies([supply({ quantity: '1e400' })]), ['/supplies/0/quantity', 'FIELD_FORMAT']),
    body('a day that is none', supplies([supply({ availableOn: 'soon' })]), ['/supplies/0/availableOn', 'FIELD_FORMAT']), // prettier-ignore
    refused(body('the thirtieth of February', supplies([supply({ availableOn: '2030-02-30' })]), ['/supplies/0/availableOn', 'DATE_INVALID']), 'DATE_INVALID'), // prettier-ignore
  ),
];
