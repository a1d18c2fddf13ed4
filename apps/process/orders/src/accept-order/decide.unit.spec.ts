import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { CustomerDto, ItemDto, OrderSnapshot, ResolvedItem } from '#contracts/reference/reference.dto';
import { ADDRESS } from '../../test/order-fixtures';
import { decide } from './decide';
import type { AcceptPolicy, Incoming } from './incoming';
import { contentHash, purchaseOrderKey } from './purchase-order';

const POLICY: AcceptPolicy = {
  defaultErpConnection: 'erp-main',
  priceTolerance: { percent: '1', absolute: '0' },
  priceDeviation: 'REJECT',
};
const IDENTITY = { id: 'ord_1', correlationId: 'c', now: '2026-03-02T10:00:00Z' };
const GBP = (amount: string) => ({ amount, currency: 'GBP' });

interface Case {
  line?: Partial<AcceptOrderRequest['lines'][number]>;
  request?: Partial<AcceptOrderRequest>;
  item?: Partial<ItemDto>;
  /** null: not priced. */
  price?: ResolvedItem['price'] | null;
  customer?: Partial<CustomerDto>;
  snapshot?: Partial<OrderSnapshot>;
  policy?: Partial<AcceptPolicy>;
}

function incoming({ line, request, item, price = GBP('2.35'), customer, snapshot, policy }: Case): Incoming {
  const shipTo = { id: 'BRISTOL', address: ADDRESS };
  const known: ItemDto = {
    sku: 'A',
    description: 'a',
    status: 'ACTIVE',
    baseUnit: 'EA',
    packs: [{ unit: 'XCS', baseQuantity: '12' }],
    ...item,
  };
  return {
    today: '2026-03-02',
    policy: { ...POLICY, ...policy },
    request: {
      partner: 'harbour',
      channel: 'portal',
      purchaseOrder: 'PO-1',
      shipTo: 'BRISTOL',
      lines: [{ line: 1, item: 'A', quantity: { value: '2', unit: 'XCS' }, ...line }],
      ...request,
    },
    snapshot: {
      shipTo,
      customer: {
        id: 'C1',
        name: 'c',
        status: 'ACTIVE',
        partner: 'harbour',
        currency: 'GBP',
        shipTos: [shipTo],
        ...customer,
      },
      items: [{ requested: 'A', item: known, ...(price === null ? {} : { price, priceBasis: 'LIST' as const }) }],
      units: [],
      missing: [],
      ...snapshot,
    },
  };
}

/** `accepted` or `refused`, then what was found. */
function verdict(each: Case): string[] {
  const acceptance = decide(incoming(each), IDENTITY);
  if (!acceptance.accepted)
    return ['refused', ...acceptance.findings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)];
  const { warnings, holds } = acceptance;
  return [
    'accepted',
    ...warnings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`),
    ...holds.map(({ code }) => `hold ${code}`),
  ];
}

describe('what makes an order acceptable', () => {
  it.each<[string, Case, string[]]>([
    ['everything known and priced', {}, ['accepted']],
    [
      'ship-to of nobody',
      { snapshot: { customer: undefined, shipTo: undefined } },
      ['refused', 'SHIP_TO_UNKNOWN /shipTo'],
    ],
    ['customer blocked', { customer: { status: 'BLOCKED' } }, ['refused', 'CUSTOMER_BLOCKED /shipTo']],
    ['item unknown', { snapshot: { items: [] } }, ['refused', 'ITEM_UNKNOWN /lines/0/item']],
    ['item discontinued', { item: { status: 'DISCONTINUED' } }, ['refused', 'ITEM_DISCONTINUED /lines/0/item']],
    ['item blocked', { item: { status: 'BLOCKED' } }, ['refused', 'ITEM_BLOCKED /lines/0/item']],
    [
      'unit not of the item',
      { line: { quantity: { value: '1', unit: 'DZN' } } },
      ['refused', 'UNIT_UNKNOWN /lines/0/quantity/unit'],
    ],
    [
      'inexact in base units',
      {
        item: { packs: [{ unit: 'XCS', baseQuantity: '0.333333' }] },
        line: { quantity: { value: '0.5', unit: 'XCS' } },
      },
      ['refused', 'UNIT_INEXACT /lines/0/quantity/value'],
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
    ['no price anywhere', { price: null }, ['refused', 'PRICE_MISSING /lines/0/unitPrice']],
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
      ['refused', 'PRICE_MISMATCH /lines/0/unitPrice'],
    ],
    [
      'the same, absolute tolerance 0.05',
      { line: { unitPrice: GBP('28.50') }, policy: { priceTolerance: { percent: '1', absolute: '0.05' } } },
      ['accepted', 'PRICE_ADJUSTED /lines/0/unitPrice'],
    ],
    [
      'the same, held by policy',
      { line: { unitPrice: GBP('28.50') }, policy: { priceDeviation: 'HOLD' } },
      ['accepted', 'hold PRICE_MISMATCH'],
    ],
    [
      'the same, fixed by policy',
      { line: { unitPrice: GBP('28.50') }, policy: { priceDeviation: 'FIX' } },
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
        expect.objectContaining({ code: 'LINE_DUPLICATE', pointer: '/lines/1/line', seen: '1' }),
        expect.objectContaining({ code: 'ITEM_UNKNOWN', pointer: '/lines/2/item', seen: 'NO' }),
        expect.objectContaining({
          code: 'UNIT_UNKNOWN',
          pointer: '/lines/0/quantity/unit',
          seen: 'DZN',
          expected: 'EA, XCS',
        }),
        expect.objectContaining({
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

describe('the same purchase order', () => {
  it.each([
    ['po-1', 'PO-1'],
    ['  PO  1 ', 'PO 1'],
    ['0017', '0017'],
  ])('%j is %j', (sent, key) => {
    expect(purchaseOrderKey(sent)).toBe(key);
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
