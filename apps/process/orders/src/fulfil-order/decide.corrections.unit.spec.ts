import { contentsOf, ERP_CREATED, OrderUnderTest, reserved, shipped } from '../../test/order-fixtures';
import type { OrderEvent } from './order-event';

const F1 = 'ord_1-F1';
const corrected = (revision: number, before: string, quantity: string, voided = false): OrderEvent => ({
  type: 'SHIPMENT_CORRECTED',
  shipment: {
    ...{ shipment: 'shp-1', order: 'ord_1', partner: 'P', fulfilmentOrder: F1, node: 'N', revision, voided },
    ...{ shippedAt: '2026-03-02T10:00:00Z', reason: 'counted again' },
    lines: [{ line: 1, item: 'I1', reservation: 'ord_1', before, quantity }],
  },
});

describe('a shipment is corrected (order-to-cash.md §11.2)', () => {
  const shipped92 = (): OrderUnderTest => {
    const it = new OrderUnderTest(contentsOf(['100']));
    it.on(reserved('ord_1', { line: 1, at: { N: '100' } }), ERP_CREATED);
    it.on(shipped(F1, { 1: '92' }, 'shp-1'));
    return it;
  };

  it('92 that were 90: net 90 shipped, and the two are open again and reserved anew', () => {
    const it = shipped92();
    it.on(corrected(2, '92', '90'));
    expect(it.line(1)).toBe('100=0+90+10 (0) SHORT');
    expect(it.given('reserve').at(-1)?.request.lines).toMatchObject([{ line: 1, quantity: '2' }]);
  });

  it('the same version again changes nothing, and neither does an older one', () => {
    const it = shipped92();
    it.on(corrected(2, '92', '90'));
    it.on(corrected(3, '90', '91'));
    const line = it.line(1);
    expect(it.on(corrected(3, '90', '91'), corrected(2, '92', '90'))).toEqual([]);
    expect(it.line(1)).toBe(line);
  });

  it('void: all of it is open again', () => {
    const it = shipped92();
    it.on(corrected(2, '92', '0', true));
    expect(it.line(1)).toContain('100=0+0+100');
  });

  it('more than was said comes out of what is open, and beyond it is recorded', () => {
    const it = shipped92();
    it.on(corrected(2, '92', '99'));
    expect(it.line(1)).toContain('100=0+99+1');
    it.on(corrected(3, '99', '103'));
    expect(it.line(1)).toContain('100=0+100+0');
    it.on(corrected(4, '103', '100'));
    expect(it.line(1)).toContain('100=0+100+0 (0)');
  });
});
