import * as fc from 'fast-check';
import { Decimal } from '#canonical/decimal';
import { found, GBP, incoming, POLICY, type Case } from '../../../test/incoming-fixtures';
import { findEverything } from '../find-everything';
import { linesOf } from '../incoming';
import { orderedQuantity } from './multiple';

const only = (...codes: string[]) => codes;
const fixing = { ...POLICY, severities: { ...POLICY.severities, MULTIPLE: 'FIX' as const } };

describe('each check by itself: what it finds, how grave, where', () => {
  it.each<[string, Case, string[]]>([
    ['nothing at all', {}, []],
    // 1. partner
    ['a test message in production', { request: { test: true } }, only('REJECT TEST_FLAG_MISMATCH /test')],
    ['a test message where tests are taken', { request: { test: true }, policy: { environment: 'TEST' } }, []],
    // 2. duplicate
    [
      'a purchase order that is known',
      { around: { known: { order: 'o', sameContent: true } } },
      only('WARN PURCHASE_ORDER_KNOWN /purchaseOrder'),
    ],
    [
      'a purchase order that is known with other content',
      { around: { known: { order: 'o', sameContent: false } } },
      only('REJECT PURCHASE_ORDER_CONFLICT /purchaseOrder'),
    ],
    [
      'the sender says that it is a duplicate',
      { request: { purpose: 'DUPLICATE' }, around: { known: { order: 'o', sameContent: false } } },
      only('WARN PURCHASE_ORDER_KNOWN /purchaseOrder'),
    ],
    // 3. customer
    ['blocked for orders', { customer: { blocks: ['ORDER'] } }, only('HOLD CUSTOMER_BLOCKED /shipTo')],
    [
      'blocked for delivery and billing',
      { customer: { blocks: ['DELIVERY', 'BILLING'] } },
      only('HOLD DELIVERY_BLOCKED /shipTo', 'HOLD BILLING_BLOCKED /shipTo'),
    ],
    ['not registered for tax', { customer: { taxRegistered: false } }, only('HOLD TAX_REGISTRATION_MISSING /shipTo')],
    // 4. ship-to
    ['a closed ship-to', { shipTo: { deliverable: false } }, only('HOLD SHIP_TO_UNDELIVERABLE /shipTo')],
    ['an embargoed country', { policy: { embargoedCountries: ['GB'] } }, only('HOLD COUNTRY_EMBARGOED /shipTo')],
    [
      'too heavy for the dock',
      { shipTo: { maxWeightKg: '23' }, item: { weightKg: '1' } },
      only('HOLD DOCK_WEIGHT /shipTo'),
    ],
    ['just light enough', { shipTo: { maxWeightKg: '24' }, item: { weightKg: '1' } }, []],
    [
      'dangerous goods at a dock that takes none',
      { shipTo: { takesHazardous: false }, item: { hazardClass: '3' } },
      only('HOLD DOCK_HAZARDOUS /lines/0/item'),
    ],
    // 5. terms
    [
      'other payment terms than agreed',
      { request: { paymentTerms: 'NET60' }, customer: { paymentTerms: 'NET30' } },
      only('FIX TERMS_DIFFER /paymentTerms'),
    ],
    ['terms where none are agreed', { request: { paymentTerms: 'NET60' } }, []],
    ['another bill-to', { request: { billTo: 'HQ' } }, only('FIX BILL_TO_DIFFERS /billTo')],
    ["the partner's code of the bill-to", { request: { billTo: 'HQ' }, snapshot: { billTo: 'C1' } }, []],
    // 8. eligibility
    ['not in the assortment', { item: { assortments: ['TOYS'] } }, only('REJECT ITEM_NOT_IN_ASSORTMENT /lines/0/item')],
    ['not in this channel', { item: { notInChannels: ['PORTAL'] } }, only('REJECT ITEM_NOT_IN_CHANNEL /lines/0/item')],
    ['not for this country', { item: { notSoldTo: ['GB'] } }, only('REJECT ITEM_NOT_FOR_COUNTRY /lines/0/item')],
    ['without a licence', { item: { licence: 'ALCOHOL' } }, only('REJECT LICENCE_MISSING /lines/0/item')],
    [
      'with a licence that has expired',
      { item: { licence: 'ALCOHOL' }, customer: { licences: [{ licence: 'ALCOHOL', validTo: '2026-03-01' }] } },
      only('REJECT LICENCE_MISSING /lines/0/item'),
    ],
    [
      'with a licence',
      { item: { licence: 'ALCOHOL' }, customer: { licences: [{ licence: 'ALCOHOL', validTo: '2026-03-02' }] } },
      [],
    ],
    // 10. minimum and multiple
    [
      'fewer than the minimum and no whole multiple',
      { item: { minimumOrder: '30', orderMultiple: '18' } },
      only('HOLD QUANTITY_BELOW_MINIMUM /lines/0/quantity/value', 'HOLD QUANTITY_NOT_MULTIPLE /lines/0/quantity/value'),
    ],
    [
      'the same where we may round up',
      { item: { minimumOrder: '30' }, policy: fixing },
      only('FIX QUANTITY_BELOW_MINIMUM /lines/0/quantity/value'),
    ],
    // 12. tax
    [
      'a certificate of somebody else',
      { request: { taxExemption: 'EX-1' } },
      only('HOLD TAX_EXEMPTION_INVALID /taxExemption'),
    ],
    [
      'a certificate that ends before it ships',
      {
        request: { taxExemption: 'EX-1', requestedDate: '2026-04-01' },
        customer: { taxExemptions: [{ certificate: 'EX-1', validFrom: '2026-01-01', validTo: '2026-03-31' }] },
      },
      only('HOLD TAX_EXEMPTION_INVALID /taxExemption'),
    ],
    [
      'a certificate that holds',
      {
        request: { taxExemption: 'EX-1' },
        customer: { taxExemptions: [{ certificate: 'EX-1', validFrom: '2026-01-01' }] },
      },
      [],
    ],
    // 13. dates
    [
      'sooner than the item can leave',
      { request: { requestedDate: '2026-03-03' }, item: { leadTimeDays: 2 } },
      only('WARN DATE_TOO_SOON /lines/0/item'),
    ],
    [
      'a window that ends before it begins',
      { request: { shipWindow: { from: '2026-03-09', to: '2026-03-08' } } },
      only('HOLD WINDOW_REVERSED /shipWindow'),
    ],
    [
      'a window that has passed',
      { request: { shipWindow: { from: '2026-02-01', to: '2026-02-08' } } },
      only('HOLD WINDOW_PAST /shipWindow/to'),
    ],
    [
      'a day outside the window',
      { request: { requestedDate: '2026-03-20', shipWindow: { from: '2026-03-09', to: '2026-03-13' } } },
      only('WARN DATE_OUTSIDE_WINDOW /requestedDate'),
    ],
    // 7. item
    ['a code that is one item and a GTIN of another', { alsoGtinOf: 'B' }, only('HOLD ITEM_AMBIGUOUS /lines/0/item')],
    // 15. compliance
    [
      "dangerous goods with a carrier that takes none, by the partner's name for it",
      {
        request: { routing: { carrier: 'P1' } },
        snapshot: { carrier: 'POST' },
        item: { hazardClass: '3' },
        policy: { carriers: [{ carrier: 'POST', hazardous: false, cold: true }] },
      },
      only('HOLD HAZARD_NOT_CARRIED /lines/0/item'),
    ],
    [
      'dangerous goods with a carrier that takes none',
      {
        request: { routing: { carrier: 'POST' } },
        item: { hazardClass: '3' },
        policy: { carriers: [{ carrier: 'POST', hazardous: false, cold: true }] },
      },
      only('HOLD HAZARD_NOT_CARRIED /lines/0/item'),
    ],
    [
      'cold goods with a carrier that is warm',
      {
        request: { routing: { carrier: 'POST' } },
        item: { coldChain: 'FROZEN' },
        policy: { carriers: [{ carrier: 'POST', hazardous: true, cold: false }] },
      },
      only('HOLD COLD_CHAIN_BROKEN /lines/0/item'),
    ],
    [
      'export control across a border',
      { item: { exportControl: '5A992' }, around: { homeCountries: ['DE'] } },
      only('HOLD EXPORT_CONTROLLED /lines/0/item'),
    ],
    ['export control at home', { item: { exportControl: '5A992' } }, []],
    // 16. totals
    [
      'another number of lines and units than was sent',
      { request: { controlTotals: { lines: 2, quantity: '3' } } },
      only('HOLD CONTROL_LINES /controlTotals/lines', 'HOLD CONTROL_QUANTITY /controlTotals/quantity'),
    ],
    [
      'a total that is 2 pence off, on one line',
      { request: { controlTotals: { amount: GBP('56.42') } } },
      only('HOLD TOTAL_MISMATCH /controlTotals/amount'),
    ],
    ['a total that is a penny off, on one line', { request: { controlTotals: { amount: GBP('56.41') } } }, []],
    [
      'a total with freight and tax',
      {
        request: {
          charges: [{ code: 'FREIGHT', amount: GBP('5') }],
          tax: GBP('12.28'),
          controlTotals: { amount: GBP('73.68') },
        },
      },
      [],
    ],
    // 17. routing
    [
      "the partner's code of an agreed carrier",
      {
        request: { routing: { carrier: 'U1' } },
        snapshot: { carrier: 'UPS' },
        customer: { routings: [{ carrier: 'UPS', terms: 'PREPAID' }] },
      },
      [],
    ],
    [
      'a carrier that was not agreed',
      { request: { routing: { carrier: 'DHL' } }, customer: { routings: [{ carrier: 'UPS', terms: 'PREPAID' }] } },
      only('WARN ROUTING_UNKNOWN /routing'),
    ],
    [
      'collect without an account',
      { request: { routing: { terms: 'COLLECT' } } },
      only('WARN FREIGHT_ACCOUNT_MISSING /routing/account'),
    ],
    [
      'collect on the account agreed',
      {
        request: { routing: { terms: 'COLLECT' } },
        customer: { routings: [{ carrier: 'UPS', terms: 'COLLECT', account: 'A1' }] },
      },
      [],
    ],
  ])('%s', (_, each, expected) => expect(found(each)).toEqual(expected));

  it('a policy says how grave a check is, but not that faults of form are none', () => {
    const policy = { severities: { ...POLICY.severities, CUSTOMER: 'REJECT' as const, PRICE: 'WARN' as const } };
    expect(found({ policy, customer: { status: 'BLOCKED' } })).toEqual(['REJECT CUSTOMER_BLOCKED /shipTo']);
    expect(found({ policy, line: { unitPrice: GBP('90') } })).toEqual(['WARN PRICE_MISMATCH /lines/0/unitPrice']);
    expect(found({ policy, line: { unitPrice: GBP('-1') } })).toEqual([
      'REJECT PRICE_INVALID /lines/0/unitPrice/amount',
    ]);
  });
});

describe('§3.3 price: contract 2.35/EA, one case of 12', () => {
  const tolerance = (percent: string, absolute = '0') => ({ policy: { priceTolerance: { percent, absolute } } });
  it.each<[string, Case, string[]]>([
    ['28.20/CA is 2.35/EA', { ...tolerance('1'), line: { unitPrice: GBP('28.20') } }, []],
    [
      '28.50/CA is 2.375, +1.06 %: held with 1 %',
      { ...tolerance('1'), line: { unitPrice: GBP('28.50') } },
      ['HOLD PRICE_MISMATCH /lines/0/unitPrice'],
    ],
    [
      '28.50/CA with 0.05/EA: fine, the larger allowance counts',
      { ...tolerance('1', '0.05'), line: { unitPrice: GBP('28.50') } },
      ['FIX PRICE_ADJUSTED /lines/0/unitPrice'],
    ],
    ['2,820 for 100 cases', { ...tolerance('0'), line: { unitPrice: GBP('2820'), priceBasis: '100' } }, []],
    [
      'compared with more than two decimals',
      { ...tolerance('0'), line: { unitPrice: GBP('28.2012') } },
      ['HOLD PRICE_MISMATCH /lines/0/unitPrice'],
    ],
  ])('%s', (_, each, expected) => expect(found(each)).toEqual(expected));
});

describe('§3.2 credit: limit 50,000; 18,000 + 2,500 + 6,400 in the ERP; orders of 9,000 and 12,000; this one 8,200', () => {
  const position = {
    limit: GBP('50000'),
    receivables: '18000',
    billedNotPosted: '2500',
    deliveredNotBilled: '6400',
    openOrders: [
      { amount: '9000', dueOn: '2026-03-04' },
      { amount: '12000', dueOn: '2026-03-20' },
    ],
    reported: true,
  };
  const order = { line: { quantity: { value: '1', unit: 'EA' } }, price: GBP('8200') };
  const creditOf = (more: object) =>
    findEverything(incoming({ ...order, around: { credit: { ...position, ...more } } })).map(
      ({ severity, code, seen = '' }) => `${severity} ${code} ${seen}`.trim(),
    );

  it('static: 47,900 + 8,200 = 56,100, over by 6,100', () => {
    expect(creditOf({})).toEqual(['HOLD CREDIT_EXCEEDED 56100.00 GBP']);
    const [finding] = findEverything(incoming({ ...order, around: { credit: position } }));
    expect(finding).toMatchObject({
      detail:
        'customer C1 would owe 56100.00 GBP, 6100.00 GBP over its limit (receivables 18000; billed and not posted 2500; ' +
        'delivered and not billed 6400; open orders 21000)',
      seen: '56100.00 GBP',
      expected: '50000.00 GBP',
    });
  });

  it('dynamic with a horizon of 10 days from 03-02: 35,900 + 8,200 = 44,100, within the limit', () => {
    expect(creditOf({ horizonDays: 10 })).toEqual([]);
    expect(creditOf({ horizonDays: 10, limit: GBP('44099.99') })).toEqual(['HOLD CREDIT_EXCEEDED 44100.00 GBP']);
    expect(creditOf({ horizonDays: 10, limit: GBP('44100') })).toEqual([]);
  });

  it('an order due on the last day of the horizon counts', () => {
    expect(creditOf({ horizonDays: 18 })).toEqual(['HOLD CREDIT_EXCEEDED 56100.00 GBP']);
    expect(creditOf({ horizonDays: 17 })).toEqual([]);
  });

  it('what the ERP has never said is a warning, not a pass in silence', () => {
    const unknown = { receivables: '0', billedNotPosted: '0', deliveredNotBilled: '0', reported: false };
    expect(creditOf(unknown)).toEqual(['WARN CREDIT_UNREPORTED']);
    expect(creditOf({ ...unknown, limit: GBP('29000') })).toEqual(['HOLD CREDIT_EXCEEDED 29200.00 GBP']);
  });

  it('the partner of whom the ERP must have spoken is held until it does', () => {
    const around = { credit: { ...position, limit: GBP('60000'), reported: false, asOf: '2026-02-27T10:00:00.000Z' } };
    const policy = { credit: { whenUnknown: 'HOLD', staleAfterMinutes: 60 } } as const;
    const [finding] = findEverything(incoming({ ...order, around, policy }));
    expect(finding).toMatchObject({
      ...{ code: 'CREDIT_UNREPORTED', severity: 'HOLD' },
      detail: 'what customer C1 owes was last told at 2026-02-27T10:00:00.000Z',
    });
  });
});

describe('what a unit code means', () => {
  const meant = (units: Case['snapshot']) =>
    linesOf(incoming({ line: { quantity: { value: '2', unit: 'CA' } }, snapshot: { ...units } })).map(
      ({ unit, factor, base }) => [unit, factor, base],
    );
  const standard = { requested: 'CA', unit: 'XCS', system: 'X12' };
  const own = { requested: 'CA', unit: 'EA', system: 'harbour' };
  const pack = { requested: 'CA', item: 'A', unit: 'XCS', factor: '6', system: 'harbour' };

  it.each<[string, Parameters<typeof meant>[0], unknown[]]>([
    ['taken literally it is no unit of the item', {}, ['CA', undefined, undefined]],
    ['in the standard it is a case', { units: [standard] }, ['XCS', '12', '24']],
    ["the partner's own word wins over the standard", { units: [standard, own] }, ['EA', '1', '2']],
    ['and its word for the item over that', { units: [standard, own, pack] }, ['XCS', '6', '12']],
    ['a word for another item is no word', { units: [{ ...pack, item: 'B' }, standard] }, ['XCS', '12', '24']],
  ])('%s', (_, units, expected) => expect(meant(units)).toEqual([expected]));
});

describe('rounding up', () => {
  const thousandths = (most: number) =>
    fc.integer({ min: 1, max: most }).map((n) => new Decimal(n).div(1000).toFixed());

  it('the least quantity that is a whole multiple, at least the minimum, at least what was sent', () => {
    fc.assert(
      fc.property(
        thousandths(999_999),
        thousandths(99_999),
        thousandths(9_999),
        (sent, minimumOrder, orderMultiple) => {
          const order = incoming({
            line: { quantity: { value: sent, unit: 'EA' } },
            item: { minimumOrder, orderMultiple },
            policy: fixing,
          });
          const ordered = new Decimal(linesOf(order).map((line) => orderedQuantity(order, line))[0] ?? 0);
          expect(ordered.mod(orderMultiple).isZero()).toBe(true);
          const least = Decimal.max(sent, minimumOrder);
          expect(ordered.gte(least)).toBe(true);
          expect(ordered.minus(orderMultiple).lt(least)).toBe(true);
        },
      ),
    );
  });
});
