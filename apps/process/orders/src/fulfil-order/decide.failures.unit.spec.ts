import { cancel, contentsOf, OrderUnderTest, progressed, reserved } from '../../test/order-fixtures';
import type { Command } from './order-command';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const F1 = 'ord_1-F1';

describe('a command that does not work', () => {
  const refused = (it: OrderUnderTest, kind: Command['kind']): void => {
    const command = it.commands.find((each) => each.kind === kind);
    if (command) it.on({ type: 'COMMAND_REFUSED', command, code: 'CUSTOMER_BLOCKED', detail: 'customer 7 is blocked' });
  };

  it('a refusal holds the order with the words of the backend; a retry sends the same again', () => {
    const it = order('10');
    refused(it, 'create-erp-order');
    expect(it.state.progress.holds).toEqual([
      expect.objectContaining({
        code: 'BACKEND_REFUSED',
        detail: 'create-erp-order: CUSTOMER_BLOCKED: customer 7 is blocked',
      }),
    ]);
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '10' } }))).toEqual([]);
    expect(it.on({ type: 'RETRY', who: 'ann', why: 'unblocked' })).toEqual(['create-erp-order', 'release-to-node']);
    expect(it.given('create-erp-order').map(({ request }) => request)[1]).toEqual(
      it.given('create-erp-order').map(({ request }) => request)[0],
    );
  });

  it('an order that is cancelled needs no ERP order, and no hold that says it was refused', () => {
    const it = order('10');
    refused(it, 'create-erp-order');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel());
    expect([it.status, it.state.progress.holds, it.state.progress.erp.state]).toEqual(['CANCELLED', [], 'NONE']);
  });

  it('a release that was refused can be cancelled without asking the node', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    refused(it, 'release-to-node');
    expect(it.on(cancel())).toEqual(['release-reservation']);
    expect([it.status, it.state.progress.holds]).toEqual(['CANCELLED', []]);
  });

  it('a release that our own cancellation has overtaken holds nothing: what was asked back is cancelled, the rest goes out anew', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel([{ line: 1, quantity: '3' }]));
    expect(it.on({ type: 'RELEASE_OVERTAKEN', fulfilment: F1 })).toEqual(['release-reservation', 'release-to-node']);
    expect([it.status, it.line(1), it.state.progress.holds]).toEqual(['RELEASED', '10=3+0+7 (0) RELEASED', []]);
    it.on(
      { type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'CANCELLED' },
      { type: 'NODE_TOLD', fulfilment: 'ord_1-F2' },
    );
    expect([it.line(1), it.state.progress.holds]).toEqual(['10=3+0+7 (0) RELEASED', []]);
  });

  it('a release overtaken by a cancellation that is over changes nothing', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(cancel());
    it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'CANCELLED' });
    expect(it.on({ type: 'RELEASE_OVERTAKEN', fulfilment: F1 })).toEqual([]);
    expect([it.status, it.state.progress.holds]).toEqual(['CANCELLED', []]);
  });

  it('an answer that is overdue holds the order until it is there', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on({ type: 'OVERDUE', detail: 'late' });
    expect(it.status).toBe('ON_HOLD');
    it.on(progressed(F1, 'ACCEPTED'));
    expect(it.status).toBe('RELEASED');
  });
});
