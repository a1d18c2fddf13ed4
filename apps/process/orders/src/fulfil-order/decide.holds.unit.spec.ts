import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import { contentsOf, ERP_CREATED, OrderUnderTest, progressed, reserved, shipped } from '../../test/order-fixtures';
import type { OrderEvent } from './order-event';
import type { HoldReason } from './order-state';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const held = (more: Partial<HoldReason> = {}): OrderEvent => ({
  type: 'HELD',
  reason: { type: 'MANUAL', code: 'ASKED_TO_WAIT', detail: 'the customer moves house', who: 'ann', ...more },
});
const release = (hold: string): OrderEvent => ({ type: 'HOLD_RELEASED', hold, who: 'bob', why: 'settled' });

describe('a hold', () => {
  it('stops releases until the last blocking one is gone, each by its own decision', () => {
    const it = order('10');
    it.on(held(), held({ code: 'PRICE', type: 'VALIDATION' }));
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '10' } }))).toEqual([]);
    expect([it.status, it.line(1)]).toEqual(['ON_HOLD', '10=0+0+10 (0) ALLOCATED']);
    expect(it.on(release('h1'))).toEqual([]);
    expect(it.on(release('h2'))).toEqual(['release-to-node']);
    expect([it.status, it.state.progress.holds]).toEqual(['RELEASED', []]);
  });

  it('says what, why, whose work, who and since when; its end says who and why, and is kept', () => {
    const it = order('10');
    it.on(held({ type: 'CREDIT', code: 'CREDIT_LIMIT' }));
    const { state } = it;
    expect(state.progress.holds).toEqual([
      {
        ...{ id: 'h1', type: 'CREDIT', code: 'CREDIT_LIMIT', detail: 'the customer moves house', who: 'ann' },
        ...{ owner: 'credit', blocking: true, since: '2026-03-02T10:00:00.000Z' },
      },
    ]);
    it.on(release('h1'));
    expect(it.state.progress.pastHolds).toEqual([
      { ...state.progress.holds[0], ended: { at: '2026-03-02T10:00:00.000Z', who: 'bob', why: 'settled' } },
    ]);
  });

  it('said twice is one; released twice or unknown, nothing happens', () => {
    const it = order('10');
    it.on(held(), held());
    expect(it.state.progress.holds).toHaveLength(1);
    it.on(release('h1'));
    const before = it.state.progress;
    it.on(release('h1'), release('h9'));
    expect(it.state.progress).toEqual(before);
  });

  it('that blocks nothing is only shown', () => {
    const it = order('10');
    it.on(held({ blocking: false }));
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '10' } }))).toEqual(['release-to-node']);
    expect(it.state.progress.holds).toHaveLength(1);
  });

  it('of a line stops that line only, and the ERP order, which is created whole', () => {
    const it = order('10', '5');
    it.on({ type: 'WITHDRAWN', command: 'create-erp-order' }, held({ line: 2 }));
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '10' } }, { line: 2, at: { N: '5' } }))).toEqual([
      'release-to-node',
    ]);
    expect([it.line(1), it.line(2), it.status]).toEqual(['10=0+0+10 (0) RELEASED', '5=0+0+5 (0) HELD', 'RELEASED']);
    expect(it.on(release('h1'))).toEqual(['create-erp-order', 'release-to-node']);
  });

  it('of a line stops the whole order that ships complete', () => {
    const it = new OrderUnderTest(contentsOf(['10', '5'], { shipComplete: true }));
    it.on(held({ line: 2 }));
    expect(it.on(reserved('ord_1', { line: 1, at: { N: '10' } }, { line: 2, at: { N: '5' } }))).toEqual([]);
    expect(it.status).toBe('ON_HOLD');
  });

  it('ends with what it stopped', () => {
    const it = order('10', '5');
    it.on(held({ line: 2 }));
    it.on({ type: 'CANCEL', key: 'c', lines: [{ line: 2 }] });
    expect(it.state.progress.pastHolds.map(({ ended }) => ended.who)).toEqual(['orders']);
  });

  it('of a decision is not ended by trying failures again', () => {
    const it = order('10');
    it.on(held(), { type: 'OVERDUE', detail: 'late' });
    it.on({ type: 'RETRY', who: 'ann', why: 'mended' });
    expect(it.state.progress.holds.map(({ type }) => type)).toEqual(['MANUAL']);
  });

  it('opens one exception for its cause, cleared with its last', () => {
    const it = order('10', '5');
    it.on(held({ line: 1 }), held({ line: 1, detail: 'another word for it' }));
    const keys = (type: string) =>
      it.facts.flatMap((fact) => (fact.type === type && 'key' in fact.data ? fact.data.key : []));
    expect(new Set(keys(EXCEPTION_OPENED))).toEqual(new Set(['orders/ASKED_TO_WAIT/order/ord_1#1']));
    it.on(release('h1'));
    expect(keys(EXCEPTION_CLEARED)).toEqual([]);
    it.on(release('h2'));
    expect(keys(EXCEPTION_CLEARED)).toEqual(['orders/ASKED_TO_WAIT/order/ord_1#1']);
  });
});

describe('a credit hold', () => {
  const CREDIT = held({ type: 'CREDIT', code: 'CREDIT_LIMIT' });

  it('keeps nothing: what was allocated and what waited goes back, what a node works on stays', () => {
    const it = order('10', '5');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }, { line: 2, uncovered: '5' }), ERP_CREATED);
    expect(it.on(CREDIT)).toEqual(['release-reservation']);
    expect(it.given('release-reservation').map(({ request }) => request.lines)).toEqual([
      [{ line: 2, quantity: '5', held: 'WAITING' }],
    ]);
    expect([it.line(1), it.line(2)]).toEqual(['10=0+0+10 (0) RELEASED', '5=0+0+5 (0) NEW']);
  });

  it('released after the stock was sold elsewhere: the promise is made anew, nothing is sent out', () => {
    const it = order('10');
    it.on(CREDIT, reserved('ord_1', { line: 1, at: { N: '10' } }));
    expect(it.line(1)).toBe('10=0+0+10 (0) NEW');
    expect(it.on(release('h1'))).toEqual(['reserve']);
    expect(it.given('reserve').at(-1)?.request.reservation).toBe('ord_1~2');
    expect(it.on(reserved('ord_1~2', { line: 1, uncovered: '10' }))).toEqual([]);
    expect([it.status, it.line(1)]).toEqual(['BACKORDERED', '10=0+0+10 (10) BACKORDERED']);
  });

  it('while a node works on it lets that go on: goods that leave are shipped', () => {
    const it = order('10');
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    it.on(CREDIT, progressed('ord_1-F1', 'PICKED', { 1: '10' }), shipped('ord_1-F1', { 1: '10' }));
    expect([it.status, it.state.progress.holds]).toEqual(['SHIPPED', []]);
  });
});
