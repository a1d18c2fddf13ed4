import { CrossdockError } from '#canonical/errors';
import type { OrderView } from '../orders/orders.dto';
import { cancelKey, cancelLines, edgeOrder } from './edge-orders';

const address = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const order: OrderView = {
  id: 'ord_1', partner: 'harbour', customer: '17850', purchaseOrder: 'PO-1', shipTo: 'BRISTOL', shipToAddress: address, channel: 'portal',
  status: 'PARTIALLY_SHIPPED', version: 4, shipComplete: false, charges: [], holds: [], pastHolds: [], policy: { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE' }, warnings: [], findings: [], fulfilments: [], erpDocument: 'SO1',
  correlationId: 'c', createdAt: '2026-03-01T00:00:00Z', updatedAt: '2026-03-02T00:00:00Z',
  lines: [
    { line: 1, item: 'A', description: 'a', unit: 'XCS', baseUnit: 'EA', baseQuantityPerUnit: '12', ordered: '24', shipped: '6', open: '18', cancelled: '0', substituted: '0', backordered: '0', status: 'RELEASED', unitPrice: { amount: '2.55', currency: 'GBP' } },
    { line: 2, item: 'B', description: 'b', unit: 'XBX', baseUnit: 'EA', baseQuantityPerUnit: '7', ordered: '14', shipped: '0', open: '14', cancelled: '0', substituted: '0', backordered: '1', status: 'BACKORDERED' },
  ],
  shipments: [{ id: 's', node: 'N', shippedAt: '2026-03-02T00:00:00Z', trackingNumbers: ['1Z'], lines: [{ line: 1, item: 'A', quantity: '6' }] }],
}; // prettier-ignore

describe('an order at the edge', () => {
  it('speaks in the unit of the order, with the price of that unit', () => {
    const [first] = edgeOrder(order).lines;
    expect(first).toMatchObject({
      ordered: { value: '2', unit: 'XCS' },
      shipped: { value: '0.5', unit: 'XCS' },
      open: { value: '1.5', unit: 'XCS' },
      unitPrice: { amount: '30.60', currency: 'GBP' },
    });
    expect(edgeOrder(order).shipments[0]?.lines[0]?.quantity).toEqual({ value: '0.5', unit: 'XCS' });
  });

  it('shows money with the digits of its currency, and all that are needed', () => {
    const shown = (amount: string, currency: string) => {
      const charges = [{ code: 'FREIGHT', amount: { amount, currency } }];
      const lines = [{ ...order.lines[0]!, baseQuantityPerUnit: '1', unitPrice: { amount, currency } }];
      const edge = edgeOrder({ ...order, charges, lines });
      return [edge.lines[0]?.unitPrice?.amount, edge.charges[0]?.amount.amount];
    };
    expect(shown('9', 'GBP')).toEqual(['9.00', '9.00']);
    expect(shown('9.5', 'GBP')).toEqual(['9.50', '9.50']);
    expect(shown('0.125', 'GBP')).toEqual(['0.125', '0.125']);
    expect(shown('9', 'JPY')).toEqual(['9', '9']);
    expect(shown('9', 'KWD')).toEqual(['9.000', '9.000']);
  });

  it('falls back to the base unit where the other would not be exact', () => {
    expect(edgeOrder(order).lines[1]?.backordered).toEqual({ value: '1', unit: 'EA' });
  });

  it('keeps inside what is ours alone', () => {
    expect(Object.keys(edgeOrder(order))).not.toEqual(expect.arrayContaining(['partner']));
    expect(JSON.stringify(edgeOrder(order))).not.toMatch(/SO1|17850|correlation/);
  });
});

describe('a cancellation', () => {
  it('may be in the unit of the line or in the base unit', () => {
    const lines = [
      { line: 1, quantity: { value: '1', unit: 'XCS' } },
      { line: 2, quantity: { value: '3', unit: 'EA' } },
      { line: 1 },
    ];
    expect(cancelLines(lines, order)).toEqual([{ line: 1, quantity: '12' }, { line: 2, quantity: '3' }, { line: 1 }]);
  });

  it('is told every unknown line and unit at once', () => {
    const lines = [{ line: 9 }, { line: 1, quantity: { value: '1', unit: 'XBX' } }];
    try {
      cancelLines(lines, order);
      throw new Error('it was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(CrossdockError);
      expect((error as CrossdockError).findings.map(({ code, pointer }) => [code, pointer])).toEqual([
        ['LINE_UNKNOWN', '/lines/0/line'],
        ['UNIT_UNKNOWN', '/lines/1/quantity/unit'],
      ]);
    }
  });

  it('is named by its content when it has no key', () => {
    expect(cancelKey({ lines: [{ line: 1 }] })).toBe(cancelKey({ lines: [{ line: 1 }] }));
    expect(cancelKey({ lines: [{ line: 1 }] })).not.toBe(cancelKey({ lines: [{ line: 2 }] }));
    expect(cancelKey({})).toHaveLength('content:'.length + 64);
  });
});
