import fc from 'fast-check';
import { Decimal } from '#canonical/decimal';
import type { OrderLineView, OrderView } from '../orders/orders.dto';
import { edgeOrder } from './edge-orders';
import { partnerOrder } from './partner-orders';
import { inUnit } from './quantities';

const address = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const line = (more: Partial<OrderLineView> = {}): OrderLineView => ({
  ...{ line: 1, item: 'A', description: 'a', unit: 'XCS', baseUnit: 'EA', baseQuantityPerUnit: '12' },
  ...{
    ordered: '24',
    shipped: '6',
    open: '18',
    cancelled: '0',
    substituted: '0',
    backordered: '12',
    status: 'RELEASED',
  },
  ...more,
});
const order = (lines: OrderLineView[], shipped: OrderView['shipments'] = []): OrderView => ({
  id: 'ord_1', partner: 'harbour', customer: '17850', purchaseOrder: 'PO-1', shipTo: 'BRISTOL', shipToAddress: address, channel: 'portal',
  status: 'PARTIALLY_SHIPPED', version: 4, shipComplete: false, charges: [], holds: [], pastHolds: [], policy: { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE' }, warnings: [], findings: [], fulfilments: [], erpDocument: 'SO1',
  correlationId: 'c', createdAt: '2026-03-01T00:00:00Z', updatedAt: '2026-03-02T00:00:00Z', lines, shipments: shipped,
}); // prettier-ignore
const seven = { unit: 'XBX', baseQuantityPerUnit: '7', ordered: '14', shipped: '0', open: '14', backordered: '1' };

describe('an order of version 2', () => {
  it('says also of what left without being ordered how much it was, in the base unit', () => {
    const shipped = { id: 'shp_1', node: 'BRS', shippedAt: '2026-03-02T00:00:00Z', trackingNumbers: [] };
    const lines = [
      { line: 1, item: 'A', quantity: '6' },
      { line: 9, item: 'A', quantity: '6' },
      { line: 764, item: 'B', quantity: '3' },
    ];
    const [left] = partnerOrder(order([line()], [{ ...shipped, lines }])).shipments;
    expect(left?.lines).toEqual([
      { line: 1, item: 'A', quantity: { value: '0.5', unit: 'XCS' } },
      { line: 9, item: 'A', quantity: { value: '6', unit: 'EA' } },
      { line: 764, item: 'B', quantity: { value: '3', unit: 'C62' } },
    ]);
  });

  it('says what became of each part of a line, and leaves out what is nothing', () => {
    const [first] = partnerOrder(order([line({ unitPrice: { amount: '2.55', currency: 'GBP' } })])).lines;
    expect(first).toEqual({
      ...{ line: 1, item: 'A', description: 'a', status: 'RELEASED', unitPrice: { amount: '30.60', currency: 'GBP' } },
      pack: { unit: 'XCS', baseUnit: 'EA', baseQuantity: '12' },
      ordered: { value: '2', unit: 'XCS' },
      parts: [
        { state: 'SHIPPED', quantity: { value: '0.5', unit: 'XCS' } },
        { state: 'OPEN', quantity: { value: '0.5', unit: 'XCS' } },
        { state: 'BACKORDERED', quantity: { value: '1', unit: 'XCS' } },
      ],
    });
  });

  it('has one unit for all of a line: that of the order, or the base unit when a part is no exact number of packs', () => {
    const shipments = [{ id: 's', node: 'N', shippedAt: '2026-03-02T00:00:00Z', trackingNumbers: [], lines: [{ line: 1, item: 'A', quantity: '7' }] }]; // prettier-ignore
    const { lines, shipments: shown } = partnerOrder(order([line(seven)], shipments));
    expect(lines[0]).toMatchObject({
      ordered: { value: '14', unit: 'EA' },
      parts: [
        { state: 'OPEN', quantity: { value: '13', unit: 'EA' } },
        { state: 'BACKORDERED', quantity: { value: '1', unit: 'EA' } },
      ],
    });
    expect(shown[0]?.lines[0]?.quantity).toEqual({ value: '7', unit: 'EA' });
  });

  it('keeps inside what is ours alone', () => {
    expect(JSON.stringify(partnerOrder(order([line()])))).not.toMatch(/SO1|17850|correlation|harbour/);
  });
});

describe('an order of version 1', () => {
  it('is the one it always was: each quantity in whichever unit says it exactly', () => {
    const { shipTo, shipToAddress, lines } = edgeOrder(order([line(seven)]));
    expect([shipTo, shipToAddress]).toEqual(['BRISTOL', address]);
    expect(lines[0]).toEqual({
      ...{ line: 1, item: 'A', description: 'a', status: 'RELEASED' },
      ...{
        ordered: { value: '2', unit: 'XBX' },
        open: { value: '2', unit: 'XBX' },
        backordered: { value: '1', unit: 'EA' },
      },
      ...{
        shipped: { value: '0', unit: 'XBX' },
        cancelled: { value: '0', unit: 'XBX' },
        substituted: { value: '0', unit: 'XBX' },
      },
    });
  });

  it('adds up like the order it is made of, whatever its packs and quantities', () => {
    const amount = fc.integer({ min: 0, max: 5_000_000 }).map((micro) => new Decimal(micro).div(1000));
    const parts = fc.record({
      shipped: amount,
      moving: amount,
      backordered: amount,
      cancelled: amount,
      substituted: amount,
    });
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: 1, max: 144 }),
        ({ shipped, moving, backordered, cancelled, substituted }, pack) => {
          const open = moving.plus(backordered);
          const ordered = open.plus(shipped).plus(cancelled).plus(substituted);
          const text = (value: Decimal): string => value.toFixed();
          const quantities = { ordered, shipped, open, cancelled, substituted, backordered };
          const base = Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, text(value)]));
          const given = line({ ...base, baseQuantityPerUnit: String(pack) });
          const view = order([given]);
          const [first] = edgeOrder(view).lines;
          for (const name of Object.keys(quantities) as (keyof typeof quantities)[])
            expect(first?.[name]).toEqual(inUnit(given[name], given));
          const [second] = partnerOrder(view).lines;
          expect(new Set(second?.parts.map(({ quantity }) => quantity.unit).concat(second.ordered.unit)).size).toBe(1);
          expect(Decimal.sum(0, ...(second?.parts ?? []).map(({ quantity }) => quantity.value)).toFixed()).toBe(new Decimal(second?.ordered.value ?? 0).toFixed()); // prettier-ignore
        },
      ),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
