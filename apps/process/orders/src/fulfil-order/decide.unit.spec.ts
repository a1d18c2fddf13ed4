import { ORDER_CHANGED, ORDER_ERP_CREATED, ORDER_RELEASED } from '#contracts/events/catalogue';
import {
  allocated,
  contentsOf,
  ERP_CREATED,
  OrderUnderTest,
  progressed,
  reserved,
  shipped,
} from '../../test/order-fixtures';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const F1 = 'ord_1-F1';

describe('an order on its way', () => {
  it('an accepted order is reserved and posted to the ERP beside each other', () => {
    const it = order('10', '5');
    expect(it.commands.map(({ kind }) => kind)).toEqual(['reserve', 'create-erp-order']);
    expect(it.given('reserve').map(({ request }) => request)).toEqual([
      expect.objectContaining({ reservation: 'ord_1', mode: 'PARTIAL', kind: 'FIRM', backorder: true }),
    ]);
    expect([it.status, it.line(1)]).toEqual(['ACCEPTED', '10=0+0+10 (0) NEW']);
    expect(it.facts.map(({ type }) => type)).toEqual([ORDER_CHANGED]);
  });

  it('stock on hand is released, one fulfilment order per node, without waiting for the ERP', () => {
    const it = order('10', '5');
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '6', S: '4' } }, { line: 2, at: { N: '5' } }))).toEqual([
      'release-to-node',
      'release-to-node',
    ]);
    expect(
      it
        .given('release-to-node')
        .map(({ request }) => request)
        .map(({ fulfilmentOrder, node, lines }) => [fulfilmentOrder, node, lines.map(({ quantity }) => quantity)]),
    ).toEqual([
      [F1, 'N', ['6', '5']],
      ['ord_1-F2', 'S', ['4']],
    ]);
    expect(it.status).toBe('RELEASED');
    expect(it.facts.filter(({ type }) => type === ORDER_RELEASED)).toHaveLength(2);
  });

  it('the ERP order is announced once', () => {
    const it = order('1');
    it.on(ERP_CREATED);
    it.on(ERP_CREATED);
    expect(it.facts.filter(({ type }) => type === ORDER_ERP_CREATED)).toHaveLength(1);
  });

  it('shipped in full ends the order; a second confirmation changes nothing', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(progressed(F1, 'PICKED', { 1: '10' }));
    it.on(shipped(F1, { 1: '10' }));
    it.on(shipped(F1, { 1: '10' }));
    expect([it.status, it.line(1)]).toEqual(['SHIPPED', '10=0+10+0 (0) SHIPPED']);
  });

  it('what is not on hand waits, and leaves when it is allocated', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, promised: '3', uncovered: '3' }));
    expect([it.status, it.line(1)]).toEqual(['RELEASED', '10=0+0+10 (6) RELEASED']);
    it.on(shipped(F1, { 1: '4' }));
    expect([it.status, it.line(1)]).toEqual(['PARTIALLY_SHIPPED', '10=0+4+6 (6) BACKORDERED']);
    expect(it.on(allocated('ord_1', 1, 'S', '6'))).toEqual(['release-to-node']);
    it.on(shipped('ord_1-F2', { 1: '6' }));
    expect(it.status).toBe('SHIPPED');
  });

  it('nothing on hand is a backorder', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, uncovered: '10' }));
    expect([it.status, it.line(1)]).toEqual(['BACKORDERED', '10=0+0+10 (10) BACKORDERED']);
  });

  it('an allocation that arrives before the answer to its reservation is not lost, and a repeated one not counted', () => {
    const it = order('10');
    it.on(allocated('ord_1', 1, 'N', '4', 'e1'));
    it.on(reserved('ord_1', { line: 1, uncovered: '10' }));
    expect(it.line(1)).toBe('10=0+0+10 (6) RELEASED');
    it.on(allocated('ord_1', 1, 'N', '4', 'e1'));
    expect(it.line(1)).toBe('10=0+0+10 (6) RELEASED');
  });

  it('allocations that arrive together leave together', () => {
    const it = order('1', '1');
    it.on(reserved('ord_1', { line: 1, uncovered: '1' }, { line: 2, uncovered: '1' }));
    expect(it.on(allocated('ord_1', 1, 'N', '1'), allocated('ord_1', 2, 'N', '1'))).toEqual(['release-to-node']);
  });

  it('ship-complete waits until everything is on hand', () => {
    const it = new OrderUnderTest(contentsOf(['5', '5'], { shipComplete: true }));
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '5' } }, { line: 2, at: { N: '2' }, uncovered: '3' }))).toEqual(
      [],
    );
    expect(it.on(allocated('ord_1', 2, 'N', '3'))).toEqual(['release-to-node']);
  });
});
