import { openApiDocument } from '#service/documents';
import { BodyChecks, type BodyCheck } from './body-check';

const checkOf = (document: string, schema: string): BodyCheck =>
  new BodyChecks(document, openApiDocument(document)).check({ $ref: `#/components/schemas/${schema}` });
const query = checkOf('experience/portal.v1', 'AvailabilityRequest');
const cancel = checkOf('experience/portal.v1', 'CancelEdgeOrderRequest');
const inventory = checkOf('experience/operations.v1', 'PostInventoryRequest');
const line = { item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } };
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
const told = (check: BodyCheck, body: unknown): string[] =>
  check(body).map(({ code, pointer }) => `${code} ${pointer}`);

describe('what is wrong with a body', () => {
  it('is nothing when it is as documented', () => {
    expect(query({ lines: times(1000, line) })).toEqual([]);
  });

  it('is every fault, each with its pointer', () => {
    expect(told(query, { lines: [{ ...line, item: '' }, { quantity: 1 }], more: 1 }).sort()).toEqual([
      'FIELD_REQUIRED /lines/1/item',
      'FIELD_TOO_SHORT /lines/0/item',
      'FIELD_TYPE /lines/1/quantity',
      'FIELD_UNKNOWN /more',
    ]);
  });

  it('is the first hundred faults of many', () => {
    expect(query({ lines: times(1000, {}) })).toHaveLength(100);
  });

  it.each([
    ['a million empty lines', query, { lines: times(1_000_000, {}) }, 'LIST_TOO_LONG /lines'],
    ['a million zeros, beside another fault', query, { lines: times(1_000_000, 0), more: 1 }, 'LIST_TOO_LONG /lines'],
    ['501 lines of an optional list', cancel, { lines: times(501, {}) }, 'LIST_TOO_LONG /lines'],
    ['5,001 records', inventory, { source: 'x', records: times(5_001, {}) }, 'LIST_TOO_LONG /records'],
  ])('%s: the list that is too long is told alone, its entries are not looked at', (_, check, body, fault) => {
    expect(told(check, body)).toEqual([fault]);
  });

  it('of a body with more values than anybody means only the first fault is told', () => {
    const padded = Object.fromEntries(Array.from({ length: 60 }, (_, field) => [`field${field}`, 0]));
    expect(inventory({ source: 'x', records: times(5_000, padded) })).toHaveLength(1);
  });
});
