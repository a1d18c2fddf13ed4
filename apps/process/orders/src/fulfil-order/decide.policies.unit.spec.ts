import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import { ORDER_PROMISE_CHANGED } from '#contracts/events/catalogue';
import {
  allocated,
  contentsOf,
  ERP_CREATED,
  OrderUnderTest,
  progressed,
  reserved,
  shipped,
} from '../../test/order-fixtures';
import { HOUSE_POLICY } from './policy';

const order = (policy: Partial<FulfilmentPolicy>, ...quantities: string[]): OrderUnderTest =>
  new OrderUnderTest(contentsOf(quantities, { policy: { ...HOUSE_POLICY, ...policy } }));
const warnings = (it: OrderUnderTest): string[] => it.state.progress.warnings.map(({ code }) => code);
const F1 = 'ord_1-F1';

describe('what may leave before the rest', () => {
  it('SHIP_COMPLETE_LINE: a line leaves whole, whatever the others wait for', () => {
    const it = order({ partial: 'SHIP_COMPLETE_LINE' }, '5', '5');
    it.on(reserved('ord_1', { line: 1, at: { N: '5' } }, { line: 2, at: { N: '2' }, uncovered: '3' }));
    expect([it.line(1), it.line(2)]).toEqual(['5=0+0+5 (0) RELEASED', '5=0+0+5 (3) ALLOCATED']);
    expect(it.on(allocated('ord_1', 2, 'N', '3'))).toEqual(['release-to-node']);
  });

  it.each([
    ['4 of 10 on hand, at least 5', '4', 'ALLOCATED'],
    ['5 of 10 on hand, at least 5', '5', 'RELEASED'],
  ])('PARTIAL_OK with a least quantity: %s', (_, onHand, status) => {
    const it = order({ minQuantity: '5' }, '10');
    it.on(reserved('ord_1', { line: 1, at: { N: onHand }, uncovered: String(10 - Number(onHand)) }));
    expect(it.line(1)).toBe(`10=0+0+10 (${10 - Number(onHand)}) ${status}`);
  });

  it('the rest of a line leaves also when it is less than the least quantity', () => {
    const it = order({ minQuantity: '5' }, '6');
    it.on(reserved('ord_1', { line: 1, at: { N: '5' }, uncovered: '1' }));
    expect(it.on(allocated('ord_1', 1, 'N', '1'))).toEqual(['release-to-node']);
  });

  it('two splits: one leaves, the last waits until all is here', () => {
    const it = order({ maxSplits: 2 }, '10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }));
    expect(it.line(1)).toBe('10=0+0+10 (6) RELEASED');
    expect(it.on(allocated('ord_1', 1, 'N', '3'))).toEqual([]);
    expect(it.on(allocated('ord_1', 1, 'N', '3', 'e2'))).toEqual(['release-to-node']);
    expect(it.given('release-to-node').at(-1)?.request.lines[0]?.quantity).toBe('6');
  });

  it('goods at more nodes than there are splits leave from each, and the order says so', () => {
    const it = order({ maxSplits: 1 }, '10');
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '4', S: '6' } }))).toEqual([
      'release-to-node',
      'release-to-node',
    ]);
    expect(warnings(it)).toEqual(['SPLITS_EXCEEDED']);
  });

  it('FILL_OR_KILL: all at once, or nothing', () => {
    const filled = order({ partial: 'FILL_OR_KILL' }, '5');
    expect(filled.on(reserved('ord_1', { line: 1, at: { N: '5' } }))).toEqual(['release-to-node']);
    const killed = order({ partial: 'FILL_OR_KILL' }, '5', '5');
    const answer = reserved('ord_1', { line: 1, at: { N: '5' } }, { line: 2, at: { N: '4' }, uncovered: '1' });
    expect(killed.on(answer)).toEqual(['release-reservation']);
    expect([killed.status, killed.line(1), killed.line(2)]).toEqual([
      'CANCELLED',
      '5=5+0+0 (0) CANCELLED',
      '5=5+0+0 (0) CANCELLED',
    ]);
  });
});

describe('an order that its policy kills', () => {
  it('needs no ERP order, and no hold that says it was refused', () => {
    const it = order({ partial: 'FILL_OR_KILL' }, '5');
    const [command] = it.given('create-erp-order');
    if (command) it.on({ type: 'COMMAND_REFUSED', command, code: 'BLOCKED', detail: 'blocked' });
    it.on(reserved('ord_1', { line: 1, uncovered: '5' }));
    expect([it.status, it.state.progress.holds, it.state.progress.erp.state]).toEqual(['CANCELLED', [], 'NONE']);
  });
});

describe('backorders', () => {
  it('where the partner takes none: what is short is cancelled and the ERP told, the rest goes', () => {
    const it = order({ backorder: false }, '10');
    it.on(ERP_CREATED);
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }))).toEqual([
      'release-reservation',
      'cancel-erp',
      'release-to-node',
    ]);
    expect([it.line(1), warnings(it)]).toEqual(['10=6+0+4 (0) RELEASED', ['BACKORDER_NOT_WANTED']]);
  });

  it('what is promised by the requested day is none', () => {
    const policy = { ...HOUSE_POLICY, backorder: false };
    const it = new OrderUnderTest(contentsOf(['10'], { policy, requestedDate: '2026-03-09' }));
    it.on(reserved('ord_1', { line: 1, promised: '10' }));
    expect([it.status, it.line(1)]).toEqual(['PROMISED', '10=0+0+10 (10) BACKORDERED']);
  });

  it('past the last day: what no node works on is cancelled, what one does goes on', () => {
    const it = order({}, '10');
    it.on(reserved('ord_1', { line: 1, at: { N: '4' }, uncovered: '6' }));
    expect(it.on({ type: 'EXPIRED' })).toEqual(['release-reservation']);
    expect([it.line(1), warnings(it)]).toEqual(['10=6+0+4 (0) RELEASED', ['CANCELLED_AFTER_DATE']]);
    it.on(progressed(F1, 'PICKED', { 1: '3' }), shipped(F1, { 1: '3' }));
    expect(it.line(1)).toBe('10=7+3+0 (0) SHIPPED');
  });

  it('are told to the partner: that it waits, that the day moves, that it no longer waits', () => {
    const it = order({}, '10');
    const told = () =>
      it.facts.flatMap((fact) =>
        fact.type === ORDER_PROMISE_CHANGED
          ? fact.data.lines.map(({ quantity, promisedDate }) => [quantity, promisedDate])
          : [],
      );
    it.on(reserved('ord_1', { line: 1, promised: '10' }));
    const moved = {
      type: 'PROMISE_MOVED',
      reservation: 'ord_1',
      line: 1,
      item: 'item-1',
      shipDate: '2026-03-09',
    } as const;
    it.on({ ...moved, newDate: '2026-03-16' });
    it.on({ ...moved, newDate: '2026-03-20' });
    it.on(moved, { ...moved, shipDate: '2026-03-16', newDate: '2026-03-30' });
    it.on(allocated('ord_1', 1, 'N', '10'));
    expect(told()).toEqual([
      ['10', '2026-03-09'],
      ['10', '2026-03-16'],
      ['10', '2026-03-20'],
      ['10', undefined],
      ['0', undefined],
    ]);
  });
});

describe('pick short: 100 ordered, 92 picked', () => {
  const short = (policy: Partial<FulfilmentPolicy>): OrderUnderTest => {
    const it = order(policy, '100');
    it.on(reserved('ord_1', { line: 1, at: { N: '100' } }), ERP_CREATED);
    it.on(progressed(F1, 'PICKED', { 1: '92' }));
    return it;
  };
  const lastReserve = (it: OrderUnderTest) => it.given('reserve').at(-1)?.request;

  it('SAME_NODE: looked for there once more, and then elsewhere', () => {
    const it = short({ pickShort: 'SAME_NODE' });
    expect(lastReserve(it)).toMatchObject({ reservation: 'ord_1~2', excludeNodes: [], lines: [{ quantity: '8' }] });
    it.on(reserved('ord_1~2', { line: 1, at: { N: '8' } }), shipped(F1, { 1: '92' }));
    it.on(progressed('ord_1-F2', 'PICKED', { 1: '5' }));
    expect(lastReserve(it)).toMatchObject({ reservation: 'ord_1~3', excludeNodes: ['N'], lines: [{ quantity: '3' }] });
  });

  it('CANCEL: 8 are cancelled, here and in the ERP; 92 ship and the order is over', () => {
    const it = short({ pickShort: 'CANCEL' });
    expect(it.given('cancel-erp').map(({ request }) => request.lines?.[0]?.quantity)).toEqual(['8']);
    it.on(shipped(F1, { 1: '92' }));
    expect([it.status, it.line(1), warnings(it)]).toEqual(['SHIPPED', '100=8+92+0 (0) SHIPPED', ['SHORT_CANCELLED']]);
  });

  it('told again after the shipment, the quantities stay as they are and nothing is negative', () => {
    const it = short({ pickShort: 'CANCEL' });
    it.on(shipped(F1, { 1: '92' }));
    expect(it.on(progressed(F1, 'PICKED', { 1: '92' }), progressed(F1, 'PICKED', { 1: '90' }))).toEqual([]);
    expect(it.line(1)).toBe('100=8+92+0 (0) SHIPPED');
  });
});
