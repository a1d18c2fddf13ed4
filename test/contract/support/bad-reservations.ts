import type { BadRequest } from './bad-elsewhere';

type Fault = NonNullable<BadRequest['faults']>[number];
type Bad = Omit<BadRequest, 'operation'>;

/** Each under a key of its own: none is answered with what another was told. */
let sent = 0;
const key = (): Record<string, string> => ({ 'idempotency-key': `bad-reservation-${(sent += 1)}` });
const body = (what: string, given: object | string, ...faults: Fault[]): Bad => ({
  what,
  request: { body: given, headers: key() },
  status: 422,
  code: 'REQUEST_INVALID',
  faults,
});
const refused = (what: string, given: object, ...faults: Fault[]): Bad => ({
  ...body(what, given, ...faults),
  code: 'RESERVATION_INVALID',
});
const malformed = (what: string, given: string): Bad => ({
  what,
  request: { body: given, headers: key() },
  status: 400,
  code: 'REQUEST_MALFORMED',
});
const withoutKey = (given: object): Bad => ({
  what: 'no Idempotency-Key',
  request: { body: given },
  status: 400,
  code: 'IDEMPOTENCY_KEY_REQUIRED',
});
const unknown = (given: object): Bad => ({
  what: 'a reservation nobody knows',
  request: { body: given, headers: key(), params: { id: 'rsv_nobody' } },
  status: 404,
  code: 'RESERVATION_UNKNOWN',
});
const at = (operation: string, ...bad: Bad[]): BadRequest[] => bad.map((each) => ({ operation, ...each }));

const line = (more: object = {}): object => ({ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' }, ...more }); // prettier-ignore
const lines = (...given: unknown[]): object => ({ lines: given });
const quantity = (value: unknown, unit = 'EA'): object => line({ quantity: { value, unit } });
const released = (value: unknown, unit = 'EA'): object => lines({ line: 1, quantity: { value, unit } });
const many = Array.from({ length: 501 }, (_, index) => line({ line: index + 1 }));
const NO_QUANTITIES = ['0', '0.000000', '-1', 'NaN', 'Infinity', '1e400', '0.0000001', '1'.repeat(13), ''];
const lived = (what: string, ttlSeconds: unknown, code: string): Bad => body(what, { ttlSeconds }, ['/ttlSeconds', code]); // prettier-ignore

/** What no reservation is made of. Those that name a reservation are sent to one that is held, unless they say otherwise. */
export const BAD_RESERVATIONS: readonly BadRequest[] = [
  ...at(
    'portalReservations.place',
    ...NO_QUANTITIES.map((value) =>
      body(`the quantity "${value}"`, lines(line(), quantity(value)), ['/lines/1/quantity/value', 'FIELD_FORMAT']),
    ),
    body('the quantity 1 as a number', lines(quantity(1)), ['/lines/0/quantity/value', 'FIELD_TYPE']),
    malformed('NaN as a word', '{"lines":[{"line":NaN}]}'),
    body('line 0', lines(line({ line: 0 })), ['/lines/0/line', 'NUMBER_TOO_SMALL']),
    body('line 1.5', lines(line({ line: 1.5 })), ['/lines/0/line', 'FIELD_TYPE']),
    body('no lines', lines(), ['/lines', 'LIST_TOO_SHORT']),
    body('501 lines', lines(...many), ['/lines', 'LIST_TOO_LONG']),
    body('a node of 65 characters', lines(line({ node: 'N'.repeat(65) })), ['/lines/0/node', 'FIELD_FORMAT']),
    body('the thirteenth month', lines(line({ latestDate: '2099-13-01' })), ['/lines/0/latestDate', 'FIELD_FORMAT']),
    body('no time to live', { ...lines(line()), ttlSeconds: 0 }, ['/ttlSeconds', 'NUMBER_TOO_SMALL']),
    body('a mode nobody knows', { ...lines(line()), mode: 'MOST' }, ['/mode', 'FIELD_NOT_ALLOWED']),
    refused('a day that has passed', lines(line({ requestedDate: '2020-01-31' })), ['/lines/0/requestedDate', 'DATE_PAST']), // prettier-ignore
    refused('a latest day that has passed', lines(line({ latestDate: '2020-01-31' })), ['/lines/0/latestDate', 'DATE_PAST']), // prettier-ignore
    refused('the thirtieth of February', lines(line({ requestedDate: '2099-02-30' })), ['/lines/0/requestedDate', 'DATE_INVALID']), // prettier-ignore
    refused('an unknown item', lines(line({ item: 'NO-SUCH' })), ['/lines/0/item', 'ITEM_UNKNOWN']),
    refused('an unknown unit', lines(quantity('1', 'XPX')), ['/lines/0/quantity/unit', 'UNIT_UNKNOWN']),
    refused('an unknown node', lines(line({ node: 'MOON' })), ['/lines/0/node', 'NODE_UNKNOWN']),
    refused(
      'all of that at once, each with its pointer',
      lines(
        line({ requestedDate: '2020-01-31' }),
        line({ line: 2, item: 'NO-SUCH' }),
        line({ line: 3, quantity: { value: '1', unit: 'XPX' } }),
        line({ line: 4, node: 'MOON' }),
        line({ line: 4 }),
      ),
      ['/lines/0/requestedDate', 'DATE_PAST'],
      ['/lines/1/item', 'ITEM_UNKNOWN'],
      ['/lines/2/quantity/unit', 'UNIT_UNKNOWN'],
      ['/lines/3/node', 'NODE_UNKNOWN'],
      ['/lines/4/line', 'LINE_REPEATED'],
    ),
    withoutKey(lines(line())),
  ),
  ...at(
    'portalReservations.extend',
    lived('zero seconds', 0, 'NUMBER_TOO_SMALL'),
    lived('-1 seconds', -1, 'NUMBER_TOO_SMALL'),
    lived('more than a week', 604_801, 'NUMBER_TOO_LARGE'),
    lived('a second and a half', 1.5, 'FIELD_TYPE'),
    lived('seconds that are text', '60', 'FIELD_TYPE'),
    lived('no number', null, 'FIELD_TYPE'),
    body('1e400 seconds', '{"ttlSeconds":1e400}', ['/ttlSeconds', 'NUMBER_TOO_LARGE']),
    body('nothing', {}, ['/ttlSeconds', 'FIELD_REQUIRED']),
    body('until a day', { ttlSeconds: 60, until: '2020-01-31' }, ['/until', 'FIELD_UNKNOWN']),
    malformed('NaN', '{"ttlSeconds":NaN}'),
    withoutKey({ ttlSeconds: 60 }),
    unknown({ ttlSeconds: 60 }),
  ),
  ...at(
    'portalReservations.release',
    ...NO_QUANTITIES.map((value) =>
      body(`the quantity "${value}"`, released(value), ['/lines/0/quantity/value', 'FIELD_FORMAT']),
    ),
    malformed('NaN as a word', '{"lines":[{"line":NaN}]}'),
    body('line 0', lines({ line: 0 }), ['/lines/0/line', 'NUMBER_TOO_SMALL']),
    body('no lines', lines(), ['/lines', 'LIST_TOO_SHORT']),
    body('501 lines', lines(...many.map((_, index) => ({ line: index + 1 }))), ['/lines', 'LIST_TOO_LONG']),
    body('a node', lines({ line: 1, node: 'MOON' }), ['/lines/0/node', 'FIELD_UNKNOWN']),
    refused('a line it lacks, and an unknown unit', lines({ line: 9 }, { line: 1, quantity: { value: '1', unit: 'XPX' } }), ['/lines/0/line', 'LINE_UNKNOWN'], ['/lines/1/quantity/unit', 'UNIT_UNKNOWN']), // prettier-ignore
    unknown({}),
  ),
];
