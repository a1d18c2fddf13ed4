import { CrossdockError } from '#canonical/errors';
import type { OrderChange } from '#contracts/orders/order-changes.dto';
import {
  cancel,
  contentsOf,
  ERP_CREATED,
  OrderUnderTest,
  progressed,
  reserved,
  shipped,
} from '../../test/order-fixtures';
import { decideChange } from './decide';

const F1 = 'ord_1-F1';
const released = (...quantities: string[]): OrderUnderTest => {
  const it = new OrderUnderTest(contentsOf(quantities));
  it.on(reserved('ord_1', ...quantities.map((each, index) => ({ line: index + 1, at: { N: each } }))), ERP_CREATED);
  return it;
};

function refusal(it: OrderUnderTest, change: OrderChange): [string, ...string[]] {
  try {
    decideChange(it.state, change);
  } catch (error) {
    if (error instanceof CrossdockError)
      return [error.code, ...error.findings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)];
  }
  throw new Error('it was taken');
}

describe('a change', () => {
  it('less is a cancellation of this order, more and new lines are for another one', () => {
    const add = [{ line: 3, item: 'item-3', quantity: { value: '1', unit: 'EA' } }];
    const lines = [
      { line: 1, decrease: '4' },
      { line: 2, increase: '6' },
    ];
    expect(decideChange(released('10', '5').state, { lines, add })).toEqual({
      less: [{ line: 1, quantity: '4' }],
      more: [{ line: 2, item: 'item-2', quantity: { value: '6', unit: 'EA' } }, ...add],
    });
  });

  it('what is wrong is named at once, each with its place', () => {
    const lines = [
      { line: 9, drop: true },
      { line: 1 },
      { line: 2, increase: '1', decrease: '1' },
      { line: 2, drop: true },
    ];
    const add = [{ line: 1, item: 'x', quantity: { value: '1', unit: 'EA' } }];
    expect(refusal(released('10', '5'), { lines, add })).toEqual([
      'CHANGE_INVALID',
      'LINE_UNKNOWN /lines/0/line',
      'CHANGE_UNCLEAR /lines/1',
      'CHANGE_UNCLEAR /lines/2',
      'LINE_REPEATED /lines/3/line',
      'LINE_DUPLICATE /add/0/line',
    ]);
    expect(refusal(released('10'), {})).toEqual(['CHANGE_INVALID', 'CHANGE_EMPTY ']);
    const whole = new OrderUnderTest(contentsOf(['10'], { shipComplete: true }));
    expect(refusal(whole, { lines: [{ line: 1, increase: '1' }] })).toEqual([
      'CHANGE_INVALID',
      'CHANGE_SHIP_COMPLETE ',
    ]);
  });

  it.each([
    ['100 ordered, 92 picked: 8 may go', '8', undefined],
    ['100 ordered, 92 picked: 30 are too many', '30', 'CHANGE_TOO_LATE'],
  ])('the no-cancel point: %s', (_, decrease, code) => {
    const it = released('100');
    it.on(progressed(F1, 'PICKED', { 1: '92' }));
    const change = { lines: [{ line: 1, decrease }] };
    if (code === undefined) expect(decideChange(it.state, change).less).toEqual([{ line: 1, quantity: '8' }]);
    else expect(refusal(it, change)).toEqual([code, 'NO_CANCEL_POINT /lines/0']);
  });

  it('what is asked back already counts as gone', () => {
    const it = released('10');
    it.on(cancel([{ line: 1, quantity: '7' }]));
    expect(refusal(it, { lines: [{ line: 1, decrease: '4' }] })[0]).toBe('CHANGE_TOO_LATE');
  });

  it('of day or place is too late once all is picked, and refused when nothing is open', () => {
    const it = released('10');
    it.on(progressed(F1, 'PICKED', { 1: '10' }));
    expect(refusal(it, { shipTo: 'LEEDS', requestedDate: '2026-04-01' })).toEqual([
      'CHANGE_TOO_LATE',
      'NO_CANCEL_POINT /requestedDate',
      'NO_CANCEL_POINT /shipTo',
    ]);
    it.on(shipped(F1, { 1: '10' }));
    expect(refusal(it, { shipTo: 'LEEDS' })).toEqual(['ORDER_CLOSED']);
  });
});

describe('another place after the release', () => {
  const LEEDS = { name: 'Leeds', street: '2 Road', city: 'Leeds', postalCode: 'LS1', country: 'GB' };
  const amended = { type: 'AMENDED', amended: { shipTo: 'LEEDS', shipToAddress: LEEDS } } as const;
  const places = (it: OrderUnderTest) =>
    it.given('release-to-node').map(({ request }) => [request.fulfilmentOrder, request.shipTo.city]);

  it('the fulfilment order is taken back and a new one goes out; nothing is edited at the node', () => {
    const it = released('10');
    expect(it.on(amended, { type: 'CHANGED', key: 'k' })).toEqual(['cancel-fulfilment']);
    expect(it.state.progress.changes).toEqual([{ key: 'k', outcome: 'REQUESTED' }]);
    expect(it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'CANCELLED' })).toEqual(['release-to-node']);
    expect(places(it)).toEqual([
      [F1, 'Bristol'],
      ['ord_1-F2', 'Leeds'],
    ]);
    expect(it.line(1)).toBe('10=0+0+10 (0) RELEASED');
  });

  it('too late at the node: it leaves for the old place, and the order says so', () => {
    const it = released('10');
    it.on(amended);
    it.on({ type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'TOO_LATE' }, shipped(F1, { 1: '10' }));
    expect(it.state.progress.warnings).toEqual([expect.objectContaining({ code: 'CHANGE_TOO_LATE' })]);
    expect(places(it)).toEqual([[F1, 'Bristol']]);
  });
});
