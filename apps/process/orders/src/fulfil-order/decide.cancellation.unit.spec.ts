import {
  allocated,
  cancel,
  contentsOf,
  ERP_CREATED,
  OrderUnderTest,
  progressed,
  reserved,
  shipped,
} from '../../test/order-fixtures';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const F1 = 'ord_1-F1';

describe('cancellation', () => {
  const outcome = (it: OrderUnderTest): string | undefined => it.state.progress.cancellations.at(-1)?.outcome;

  it('before the reservation has answered: what it then holds goes back, and the ERP order is cancelled once it is there', () => {
    const it = order('10');
    it.on(cancel());
    expect([it.status, outcome(it)]).toEqual(['CANCELLED', 'CANCELLED']);
    it.on(reserved('ord_1', { line: 1, at: { N: '6' }, uncovered: '4' }));
    expect(it.given('release-reservation').map(({ request }) => request)).toEqual([
      expect.objectContaining({
        lines: [
          { line: 1, node: 'N', quantity: '6', held: 'ALLOCATED' },
          { line: 1, quantity: '4', held: 'WAITING' },
        ],
      }),
    ]);
    expect(it.on(ERP_CREATED)).toEqual(['cancel-erp']);
    expect(it.given('cancel-erp').map(({ request }) => request)[0]).not.toHaveProperty('lines');
  });

  it('before anything was tried: nobody hears of it', () => {
    const it = order('10');
    const withdrawn = ['reserve:ord_1', 'create-erp-order'].map((command) => ({ type: 'WITHDRAWN', command }) as const);
    expect(it.on(...withdrawn, cancel())).toEqual([]);
    expect([it.status, it.state.progress.pending]).toEqual(['CANCELLED', []]);
  });

  it('of a backordered part: the rest goes on', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }), ERP_CREATED);
    expect(it.on(cancel([{ line: 1, quantity: '5' }]))).toEqual(['release-reservation', 'cancel-erp']);
    expect([outcome(it), it.line(1)]).toEqual(['CANCELLED', '10=5+0+5 (1) RELEASED']);
    expect(it.given('cancel-erp').map(({ request }) => request)).toEqual([
      expect.objectContaining({ lines: [{ line: 1, item: 'item-1', quantity: '5' }] }),
    ]);
  });

  it('of what waited, crossing its allocation: the surplus goes back at the node that got it, and nothing else', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }));
    it.on(cancel([{ line: 1, quantity: '5' }]));
    it.on(allocated('ord_1', 1, 'S', '6'));
    expect(it.given('release-reservation').map(({ request }) => request.lines)).toEqual([
      [{ line: 1, quantity: '5', held: 'WAITING' }],
      [{ line: 1, node: 'S', quantity: '5', held: 'ALLOCATED' }],
    ]);
    expect(it.line(1)).toBe('10=5+0+5 (0) RELEASED');
  });

  it('of what a node works on: it is asked, and its answer decides', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }), ERP_CREATED);
    expect(it.on(cancel())).toEqual(['cancel-fulfilment']);
    expect([outcome(it), it.line(1)]).toEqual(['REQUESTED', '10=0+0+10 (0) RELEASED']);
    it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'REQUESTED' });
    expect(it.on(progressed(F1, 'CANCELLED'))).toEqual(['release-reservation', 'cancel-erp']);
    expect(it.status).toBe('CANCELLED');
  });

  it('of a part of what a node works on: it is taken back and the rest released anew', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel([{ line: 1, quantity: '3' }]));
    expect(it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'CANCELLED' })).toEqual([
      'release-reservation',
      'release-to-node',
    ]);
    expect(it.line(1)).toBe('10=3+0+7 (0) RELEASED');
  });

  it('too late: it ships, and the order says so', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel());
    it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'TOO_LATE' });
    it.on(shipped(F1, { 1: '10' }));
    expect([it.status, it.state.progress.warnings]).toEqual([
      'SHIPPED',
      [expect.objectContaining({ code: 'CANCEL_TOO_LATE' })],
    ]);
  });

  it('100 while 92 shipped: cancelled 8, partial', () => {
    const it = order('100');
    it.on(reserved('ord_1', { line: 1, at: { N: '92' }, uncovered: '8' }));
    it.on(shipped(F1, { 1: '92' }));
    it.on(cancel());
    expect([outcome(it), it.line(1), it.status]).toEqual(['PARTIAL', '100=8+92+0 (0) SHIPPED', 'SHIPPED']);
  });

  it('short while a cancellation is asked for: the short quantity is cancelled, not looked for', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel());
    expect(it.on(shipped(F1, { 1: '7' }))).toEqual(['release-reservation']);
    expect([it.line(1), it.status]).toEqual(['10=3+7+0 (0) SHIPPED', 'SHIPPED']);
  });

  it('of what is picked or shipped: nothing', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(progressed(F1, 'PICKED'));
    expect(it.on(cancel())).toEqual([]);
    expect(outcome(it)).toBe('NOTHING_TO_CANCEL');
  });

  it('the same key twice is one cancellation', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, uncovered: '10' }));
    it.on(cancel([{ line: 1, quantity: '4' }]));
    it.on(cancel([{ line: 1, quantity: '4' }]));
    expect(it.line(1)).toBe('10=4+0+6 (6) BACKORDERED');
  });

  it('goods that left although cancelled are recorded', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel());
    it.on(progressed(F1, 'CANCELLED'));
    it.on(shipped(F1, { 1: '10' }));
    expect(it.line(1)).toBe('10=10+0+0 (0) CANCELLED');
    expect(it.state.progress.lines).toEqual([expect.objectContaining({ overShipped: '10' })]);
  });
});
