import { GBP, incoming, POLICY, type Case } from '../../test/incoming-fixtures';
import { decide } from './decide';
import { contentHash, purchaseOrderKey } from './purchase-order';

const IDENTITY = { id: 'ord_1', correlationId: 'c' };

/** `accepted` or `refused`, then what was found. */
function verdict(each: Case): string[] {
  const acceptance = decide(incoming(each), IDENTITY);
  if (!acceptance.accepted)
    return ['refused', ...acceptance.findings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)];
  const { warnings, holds, dropped, contents } = acceptance;
  return [
    'accepted',
    ...warnings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`),
    ...holds.map(({ code }) => `hold ${code}`),
    ...dropped.map((line) => `without ${line}`),
    ...contents.lines.flatMap(({ line, parked }) => (parked ? `park ${line}` : [])),
  ];
}

describe('what makes an order acceptable', () => {
  it.each<[string, Case, string[]]>([
    ['everything known and priced', {}, ['accepted']],
    ['ship-to of nobody', { snapshot: { customer: undefined, shipTo: undefined } }, ['accepted', 'park 1']],
    [
      'ship-to of nobody, refused by policy',
      { snapshot: { customer: undefined, shipTo: undefined }, policy: { missingMapping: 'REJECT' } },
      ['refused', 'SHIP_TO_UNKNOWN /shipTo'],
    ],
    ['customer blocked', { customer: { status: 'BLOCKED' } }, ['accepted', 'hold CUSTOMER_BLOCKED']],
    ['item unknown', { snapshot: { items: [] } }, ['accepted', 'park 1']],
    [
      'item unknown, refused by policy',
      { snapshot: { items: [] }, policy: { missingMapping: 'REJECT' } },
      ['refused', 'ITEM_UNKNOWN /lines/0/item'],
    ],
    ['item discontinued', { item: { status: 'DISCONTINUED' } }, ['accepted', 'hold ITEM_DISCONTINUED']],
    ['item blocked', { item: { status: 'BLOCKED' } }, ['accepted', 'hold ITEM_BLOCKED']],
    ['unit not of the item', { line: { quantity: { value: '1', unit: 'DZN' } } }, ['accepted', 'park 1']],
    [
      'inexact in base units',
      {
        item: { packs: [{ unit: 'XCS', baseQuantity: '0.333333' }] },
        line: { quantity: { value: '0.5', unit: 'XCS' } },
      },
      ['accepted', 'park 1'],
    ],
    [
      'more than the column holds',
      { line: { quantity: { value: '999999999999', unit: 'XCS' } } },
      ['refused', 'QUANTITY_INVALID /lines/0/quantity/value'],
    ],
    [
      'nothing',
      { line: { quantity: { value: '0', unit: 'EA' } } },
      ['refused', 'QUANTITY_INVALID /lines/0/quantity/value'],
    ],
    [
      'no number',
      { line: { quantity: { value: 'many', unit: 'EA' } } },
      ['refused', 'QUANTITY_INVALID /lines/0/quantity/value'],
    ],
    ['no price anywhere', { price: null }, ['accepted', 'hold PRICE_MISSING']],
    [
      'a price only from the partner',
      { price: null, line: { unitPrice: GBP('28.20') } },
      ['accepted', 'PRICE_UNCONFIRMED /lines/0/unitPrice'],
    ],
    ['a negative price', { line: { unitPrice: GBP('-1') } }, ['refused', 'PRICE_INVALID /lines/0/unitPrice/amount']],
    ['contract 2.35, sent 28.20 a case of 12', { line: { unitPrice: GBP('28.20') } }, ['accepted']],
    [
      'sent 28.50 a case, 1.06 % above, tolerance 1 %',
      { line: { unitPrice: GBP('28.50') } },
      ['accepted', 'hold PRICE_MISMATCH'],
    ],
    [
      'the same, absolute tolerance 0.05',
      { line: { unitPrice: GBP('28.50') }, policy: { priceTolerance: { percent: '1', absolute: '0.05' } } },
      ['accepted', 'PRICE_ADJUSTED /lines/0/unitPrice'],
    ],
    [
      'the same, dropped by policy: nothing is left',
      { line: { unitPrice: GBP('28.50') }, policy: { severities: { ...POLICY.severities, PRICE: 'REJECT' } } },
      ['refused', 'PRICE_MISMATCH /lines/0/unitPrice'],
    ],
    [
      'the same, fixed by policy',
      { line: { unitPrice: GBP('28.50') }, policy: { severities: { ...POLICY.severities, PRICE: 'FIX' } } },
      ['accepted', 'PRICE_MISMATCH /lines/0/unitPrice'],
    ],
    [
      'price in another currency',
      { line: { unitPrice: { amount: '28.20', currency: 'EUR' } } },
      ['refused', 'CURRENCY_MISMATCH /lines/0/unitPrice/currency'],
    ],
    [
      'charge in another currency',
      { request: { charges: [{ code: 'FREIGHT', amount: { amount: '5', currency: 'EUR' } }] } },
      ['refused', 'CURRENCY_MISMATCH /charges/0/amount/currency'],
    ],
    [
      'a charge that is no number',
      { request: { charges: [{ code: 'FREIGHT', amount: GBP('much') }] } },
      ['refused', 'CHARGE_INVALID /charges/0/amount/amount'],
    ],
    ['a day that has passed', { request: { requestedDate: '2026-03-01' } }, ['accepted', 'DATE_PAST /requestedDate']],
    [
      'no day of the calendar',
      { request: { requestedDate: '2026-02-30' } },
      ['refused', 'DATE_INVALID /requestedDate'],
    ],
  ])('%s', (_, each, expected) => {
    expect(verdict(each)).toEqual(expected);
  });

  it('everything wrong is said at once, with what was seen and what is expected', () => {
    const line = { line: 1, item: 'A', quantity: { value: '1', unit: 'DZN' } };
    const priced = { line: 1, item: 'A', quantity: { value: '1', unit: 'EA' }, unitPrice: GBP('9') };
    const acceptance = decide(
      incoming({ request: { lines: [line, priced, { ...line, line: 2, item: 'NO' }] } }),
      IDENTITY,
    );
    expect(acceptance).toEqual({
      accepted: false,
      findings: [
        expect.objectContaining({ check: 'STRUCTURE', code: 'LINE_DUPLICATE', pointer: '/lines/1/line', seen: '1' }),
        expect.objectContaining({ check: 'ITEM', code: 'ITEM_UNKNOWN', line: 2, pointer: '/lines/2/item', seen: 'NO' }),
        expect.objectContaining({
          check: 'UNIT',
          severity: 'HOLD',
          code: 'UNIT_UNKNOWN',
          pointer: '/lines/0/quantity/unit',
          seen: 'DZN',
          expected: 'EA, XCS',
        }),
        expect.objectContaining({
          check: 'PRICE',
          severity: 'HOLD',
          code: 'PRICE_MISMATCH',
          pointer: '/lines/1/unitPrice',
          seen: '9.00 GBP',
          expected: '2.35 GBP',
        }),
      ],
    });
  });

  it('more than 500 lines are refused by name of the limit', () => {
    const lines = Array.from({ length: 501 }, (_, index) => ({
      line: index + 1,
      item: 'A',
      quantity: { value: '1', unit: 'EA' },
    }));
    expect(verdict({ request: { lines } })).toEqual(['refused', 'LINES_TOO_MANY /lines']);
  });

  it('quantities are kept in base units, at our price; lines are rounded, then summed with the charges', () => {
    const charges = [{ code: 'FREIGHT', amount: GBP('18.50') }];
    const acceptance = decide(
      incoming({ request: { charges, requestedDate: '2026-03-01' }, line: { unitPrice: GBP('28.20') } }),
      IDENTITY,
    );
    expect(acceptance).toMatchObject({
      accepted: true,
      contents: {
        lines: [{ ordered: '24', unit: 'XCS', baseQuantityPerUnit: '12', unitPrice: GBP('2.35') }],
        total: GBP('74.90'),
        requestedDate: '2026-03-02',
        erpConnection: 'erp-main',
      },
    });
  });
});

describe('a line that fails does not fail the order', () => {
  const two = (more: Case['request'] = {}): Case['request'] => ({
    lines: [1, 2].map((line) => ({ line, item: line === 1 ? 'A' : 'B', quantity: { value: '1', unit: 'EA' } })),
    ...more,
  });
  const both = incoming({}).snapshot.items.flatMap((a) => [
    a,
    { ...a, requested: 'B', item: { ...a.item, sku: 'B', assortments: ['TOYS'] } },
  ]);

  it.each<[string, Case, string[]]>([
    ['it is left out and the rest is taken', { request: two() }, ['accepted', 'without 2']],
    [
      'unless the order ships complete',
      { request: two({ shipComplete: true }) },
      ['refused', 'ITEM_NOT_IN_ASSORTMENT /lines/1/item'],
    ],
    ['or the customer may have it', { request: two(), customer: { assortments: ['TOYS'] } }, ['accepted']],
  ])('%s', (_, each, expected) => {
    expect(verdict({ ...each, snapshot: { items: both } })).toEqual(expected);
  });

  it('one that is dropped costs nothing; one that is parked keeps what was sent', () => {
    const dropped = decide(incoming({ request: two(), snapshot: { items: both } }), IDENTITY);
    expect(dropped).toMatchObject({ contents: { total: GBP('2.35') }, dropped: [2] });
    const parked = decide(incoming({ request: two() }), IDENTITY);
    const sent = { line: 2, item: 'B', quantity: { value: '1', unit: 'EA' } };
    expect(parked).toMatchObject({
      contents: { lines: [{ item: 'A' }, { item: 'B', unit: 'EA', ordered: '1', parked: { request: sent } }] },
    });
  });
});

describe('the same purchase order', () => {
  it.each([
    ['po-1', 'PO-1'],
    ['  PO  1 ', 'PO 1'],
    ['0017', '0017'],
  ])('%j is %j', (sent, key) => {
    expect(purchaseOrderKey(sent)).toBe(key);
  });

  it.each([
    ['PO-0017', 'PO-17'],
    ['0017', '17'],
    ['10-007', '10-7'],
    ['000', '0'],
  ])('without leading zeros, by the rule of the partner, %j is %j', (sent, key) => {
    expect(purchaseOrderKey(sent, { ignoreLeadingZeros: true })).toBe(key);
  });

  it('with its case, by the rule of the partner', () => {
    expect(purchaseOrderKey(' po-1 ', { caseSensitive: true })).toBe('po-1');
  });

  it('has other content when its terms differ, whatever the order of their fields', () => {
    const hash = (routing: object) => contentHash({ ...incoming({}).request, routing });
    expect(hash({ carrier: 'UPS', terms: 'COLLECT' })).toBe(hash({ terms: 'COLLECT', carrier: 'UPS' }));
    expect(hash({ carrier: 'UPS' })).not.toBe(hash({ carrier: 'DPD' }));
  });

  it('is the same content whatever channel it came by, and other content when a quantity differs', () => {
    const { request } = incoming({});
    const fromElsewhere = { ...request, channel: 'marketplace' };
    expect(contentHash(fromElsewhere)).toBe(contentHash(request));
    expect(contentHash(incoming({ line: { quantity: { value: '3', unit: 'XCS' } } }).request)).not.toBe(
      contentHash(request),
    );
  });
});
