import { contentsOf, OrderUnderTest, progressed, reserved, shipped } from '../../test/order-fixtures';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const F1 = 'ord_1-F1';

describe('milestones', () => {
  it.each([
    [['ACCEPTED', 'IN_PROGRESS', 'PICKED'], 'PICKED'],
    [['PICKED', 'ACCEPTED', 'ACCEPTED'], 'PICKED'],
    [['IN_PROGRESS', 'ACCEPTED'], 'IN_PROGRESS'],
  ] as const)('%j leave the fulfilment order at %s', (statuses, expected) => {
    const it = order('1');
    it.on(reserved('ord_1', { line: 1, at: { N: '1' } }));
    for (const status of statuses) it.on(progressed(F1, status));
    expect(it.state.progress.fulfilments).toEqual([expect.objectContaining({ status: expected })]);
  });

  it('more shipped than was released: the goods issue has used up what waited, so nothing is given back for it', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }));
    expect(it.on(shipped(F1, { 1: '7' }))).toEqual([]);
    expect(it.line(1)).toBe('10=0+7+3 (3) BACKORDERED');
  });

  it('more shipped than was released: what was held elsewhere in its place goes back there', () => {
    const it = new OrderUnderTest(contentsOf(['10', '1'], { shipComplete: true }));
    it.on(reserved('ord_1', { line: 1, at: { N: '4', S: '6' } }, { line: 2, at: { N: '1' } }));
    it.on(progressed(F1, 'REJECTED'), progressed('ord_1-F2', 'REJECTED'));
    it.on(shipped(F1, { 1: '7' }));
    expect(it.given('release-reservation').map(({ request }) => request.lines)).toEqual([
      [{ line: 1, node: 'S', quantity: '3', held: 'ALLOCATED' }],
    ]);
  });

  it('more shipped than ordered is recorded, because goods really left', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(shipped(F1, { 1: '12' }));
    expect([it.status, it.line(1)]).toEqual(['SHIPPED', '10=0+10+0 (0) SHIPPED']);
    expect(it.state.progress.lines).toEqual([expect.objectContaining({ overShipped: '2' })]);
    expect(it.state.progress.warnings).toEqual([expect.objectContaining({ code: 'OVER_SHIPPED' })]);
  });

  it('a rejection holds the order, keeps the stock, and a retry releases anew', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(progressed(F1, 'REJECTED'));
    expect([it.status, it.line(1)]).toEqual(['ON_HOLD', '10=0+0+10 (0) ALLOCATED']);
    expect(it.on({ type: 'RETRY', who: 'ann', why: 'unblocked' })).toEqual(['release-to-node']);
    expect(it.given('release-to-node').map(({ request }) => request)[1]).toMatchObject({
      fulfilmentOrder: 'ord_1-F2',
      node: 'N',
    });
  });
});
