import * as fc from 'fast-check';
import { Decimal } from '#canonical/decimal';
import type { ConfirmShipmentLine, ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import { decideConfirmation } from './decide';
import type { FulfilmentOrder } from './shipment';
import { contentHash } from './content-hash';

const address = { name: 'a', street: 's', city: 'c', postalCode: 'p', country: 'GB' };
const fulfilmentOrder: FulfilmentOrder = {
  id: 'O1-F1',
  order: 'O1',
  partner: 'harbour',
  customer: 'C1',
  purchaseOrder: 'PO1',
  node: 'north',
  erpConnection: 'erp',
  tmsConnection: 'tms',
  shipFrom: address,
  shipTo: address,
  lines: [
    { line: 1, item: 'MUG', quantity: '10', reservation: 'O1' },
    { line: 2, item: 'TRAY', quantity: '0.5', reservation: 'O1~2' },
  ],
};
const shipment = (
  lines: ConfirmShipmentLine[],
  changes: Partial<ConfirmShipmentRequest> = {},
): ConfirmShipmentRequest => ({
  ...{ shipmentId: 'S1', fulfilmentOrder: 'O1-F1', node: 'north', shippedAt: '2026-11-20T10:00:00Z', lines },
  ...changes,
});
const none: ReadonlyMap<string, string> = new Map();

describe('what the confirmation of a shipment means', () => {
  it('lots of one line are one quantity to stock and invoice', () => {
    const lots = shipment([
      { line: 1, item: 'MUG', quantity: '4', lot: 'A' },
      { line: 1, item: 'MUG', quantity: '6', lot: 'B' },
    ]);
    const { lines, findings } = decideConfirmation(lots, fulfilmentOrder, none);
    expect(lines).toEqual([{ line: 1, item: 'MUG', quantity: '10', billable: '10', reservation: 'O1' }]);
    expect(findings).toEqual([]);
  });

  it('what earlier shipments took is no longer open: the surplus is a finding and is not billable', () => {
    const before = new Map([['1|MUG', '8']]);
    const { lines, findings } = decideConfirmation(
      shipment([{ line: 1, item: 'MUG', quantity: '5' }]),
      fulfilmentOrder,
      before,
    );
    expect(lines[0]).toMatchObject({ quantity: '5', billable: '2' });
    expect(findings).toMatchObject([{ code: 'OVER_SHIPPED', seen: '5', expected: '2', pointer: '/lines/0/quantity' }]);
  });

  it.each<['LOT' | 'SERIAL', Partial<ConfirmShipmentLine>[], string[]]>([
    [
      'LOT',
      [
        { quantity: '4', lot: 'A' },
        { quantity: '6', lot: 'B' },
      ],
      [],
    ],
    ['LOT', [{ quantity: '4', lot: 'A' }, { quantity: '6' }], ['LOT_MISSING 4 of 10']],
    ['SERIAL', [{ quantity: '2', serials: ['S1', 'S2'] }], []],
    ['SERIAL', [{ quantity: '3', serials: ['S1', 'S1'] }], ['SERIAL_MISSING 1 of 3']],
    ['SERIAL', [{ quantity: '3', lot: 'A' }], ['SERIAL_MISSING 0 of 3']],
  ])('an item whose %s is recorded leaves with it: %j', (capture, left, expected) => {
    const lines = fulfilmentOrder.lines.map((line) => (line.line === 1 ? { ...line, capture } : line));
    const told = shipment(left.map((each) => ({ line: 1, item: 'MUG', quantity: '0', ...each })));
    const { findings, effects } = decideConfirmation(told, { ...fulfilmentOrder, lines }, none);
    expect(findings.map(({ code, seen, expected: all }) => `${code} ${seen ?? ''} of ${all ?? ''}`)).toEqual(expected);
    // The goods have left: what is missing is asked for, and stops nothing.
    expect(effects.ERP_INVOICE).toBe('PENDING');
  });

  it('an item that was not released is recorded as it left, billable nothing, from a reservation of its item or the order', () => {
    const odd = shipment([
      { line: 9, item: 'TRAY', quantity: '1' },
      { line: 1, item: 'LAMP', quantity: '1' },
    ]);
    const { lines, findings, effects } = decideConfirmation(odd, fulfilmentOrder, none);
    expect(lines.map(({ reservation, billable }) => [reservation, billable])).toEqual([['O1~2', '0'], ['O1', '0']]); // prettier-ignore
    expect(findings.map(({ code }) => code)).toEqual(['LINE_NOT_RELEASED', 'LINE_NOT_RELEASED']);
    expect(effects.ERP_INVOICE).toBe('NOT_NEEDED');
  });

  it('another node than released is a finding', () => {
    const { findings } = decideConfirmation(
      shipment([{ line: 1, item: 'MUG', quantity: '1' }], { node: 'south' }),
      fulfilmentOrder,
      none,
    );
    expect(findings).toMatchObject([{ code: 'NODE_DIFFERS', seen: 'south', expected: 'north' }]);
  });

  it('a label is needed only without a tracking number, the notice waits for one', () => {
    const lines = [{ line: 1, item: 'MUG', quantity: '1' }];
    const tracked = decideConfirmation(
      shipment(lines, { packages: [{ id: '1', trackingNumber: 'T1' }] }),
      fulfilmentOrder,
      none,
    );
    expect(tracked.effects).toMatchObject({ LABEL: 'NOT_NEEDED', NOTICE: 'DONE' });
    const bare = decideConfirmation(shipment(lines, { packages: [{ id: '1' }] }), fulfilmentOrder, none);
    expect(bare.effects).toMatchObject({ LABEL: 'PENDING', NOTICE: 'PENDING' });
  });

  it('nothing is billed beyond the release, and everything that left is recorded, whatever the shipments', () => {
    const lines = fc.array(fc.record({ line: fc.constantFrom(1, 2, 3), item: fc.constantFrom('MUG', 'TRAY'), units: fc.integer({ min: 1, max: 40 }) }), { minLength: 1, maxLength: 5 }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 5 }), (shipments) => {
        const before = new Map<string, string>();
        const billed = new Map<string, Decimal>();
        let [left, recorded] = [new Decimal(0), new Decimal(0)];
        for (const units of shipments) {
          const request = shipment(
            units.map(({ line, item, units: n }) => ({ line, item, quantity: new Decimal(n).div(4).toFixed() })),
          );
          left = request.lines.reduce((sum, { quantity }) => sum.plus(quantity), left);
          for (const { line, item, quantity, billable } of decideConfirmation(request, fulfilmentOrder, before).lines) {
            const key = `${line}|${item}`;
            before.set(key, new Decimal(quantity).plus(before.get(key) ?? 0).toFixed());
            billed.set(key, new Decimal(billable).plus(billed.get(key) ?? 0));
            recorded = recorded.plus(quantity);
          }
        }
        expect(recorded.eq(left)).toBe(true);
        for (const { line, item, quantity } of fulfilmentOrder.lines)
          expect((billed.get(`${line}|${item}`) ?? new Decimal(0)).lte(quantity)).toBe(true);
      }),
    );
  });
});

describe('the content of a shipment', () => {
  const base = shipment([{ line: 1, item: 'MUG', quantity: '1' }, { line: 2, item: 'TRAY', quantity: '0.5' }]); // prettier-ignore
  it('spelling is not content', () => {
    const respelled = { ...base, shippedAt: '2026-11-20T12:00:00+02:00', packages: [], lines: [{ line: 2, item: 'TRAY', quantity: '0.50' }, { line: 1, item: 'MUG', quantity: '1.0' }] }; // prettier-ignore
    expect(contentHash(respelled)).toBe(contentHash(base));
  });
  it.each([
    ['a quantity', { lines: [{ line: 1, item: 'MUG', quantity: '2' }] }],
    ['a lot', { lines: base.lines.map((line) => ({ ...line, lot: 'A' })) }],
    ['the time', { shippedAt: '2026-11-20T10:00:01Z' }],
    ['a tracking number', { packages: [{ id: '1', trackingNumber: 'T' }] }],
    ['the carrier', { carrier: 'UPS' }],
  ])('%s is', (_, change) => {
    expect(contentHash({ ...base, ...change })).not.toBe(contentHash(base));
  });
});
