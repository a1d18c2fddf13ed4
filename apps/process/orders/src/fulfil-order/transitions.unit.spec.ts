import { readFileSync } from 'node:fs';
import { FULFILMENT_STATUSES, ORDER_LINE_STATUSES, ORDER_STATUSES } from '#canonical/order';
import { contentsOf, OrderUnderTest, progressed, reserved, shipped } from '../../test/order-fixtures';
import { FULFILMENT_MOVES, LINE_MOVES, ORDER_MOVES, reportIn } from './transitions';

const page = readFileSync('docs/order-states.md', 'utf8');
const F1 = 'ord_1-F1';

describe('the tables of states', () => {
  it.each([
    ['Order', ORDER_MOVES, ORDER_STATUSES],
    ['Line', LINE_MOVES, ORDER_LINE_STATUSES],
    ['Fulfilment order', FULFILMENT_MOVES, FULFILMENT_STATUSES],
  ] as const)('%s: every state has its row, and docs/order-states.md shows it', (title, moves, states) => {
    expect(Object.keys(moves).sort()).toEqual([...states].sort());
    const rows = Object.entries(moves).map(([from, to]: [string, readonly string[]]) => {
      const names = to.map((each) => `\`${each}\``).join(', ');
      return `| \`${from}\` | ${names === '' ? 'nothing: only corrections follow' : names} |`;
    });
    const section = page.slice(page.indexOf(`## ${title}\n`)).split('\n## ')[0] ?? '';
    expect(section.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });

  it.each([
    ['REQUESTED', 'SHIPPED', 'ADVANCES'],
    ['PICKED', 'ACCEPTED', 'LATE'],
    ['PACKED', 'PACKED', 'LATE'],
    ['CANCELLED', 'ACCEPTED', 'LATE'],
    ['CANCELLED', 'PICKED', 'UNEXPECTED'],
    ['REJECTED', 'SHIPPED', 'UNEXPECTED'],
  ] as const)('a fulfilment order that is %s and reported %s: %s', (state, report, meaning) =>
    expect(reportIn(state, report)).toBe(meaning),
  );
});

describe('a fact that the tables do not allow', () => {
  const released = (): OrderUnderTest => {
    const it = new OrderUnderTest(contentsOf(['10']));
    it.on(reserved('ord_1', { line: 1, at: { N: '10' } }));
    return it;
  };
  const warnings = (it: OrderUnderTest): string[] => it.state.progress.warnings.map(({ code }) => code);

  it('a pick of what the node had cancelled is kept and explained; the quantities stay', () => {
    const it = released();
    it.on(progressed(F1, 'REJECTED'));
    const before = it.line(1);
    it.on(progressed(F1, 'PICKED', { 1: '10' }));
    expect([it.line(1), warnings(it)]).toEqual([before, ['FACT_UNEXPECTED']]);
  });

  it('a report of a fulfilment order that the order does not have is kept', () => {
    const it = released();
    it.on(progressed('ord_1-F9', 'PICKED'));
    expect(warnings(it)).toEqual(['FACT_UNEXPECTED']);
  });

  it('goods that leave after the cancellation are recorded beside the order, which stays cancelled', () => {
    const it = released();
    it.on({ type: 'CANCEL', key: 'c' }, { type: 'CANCEL_ANSWERED', fulfilment: F1, outcome: 'CANCELLED' });
    it.on(shipped(F1, { 1: '10' }));
    expect([it.status, it.state.progress.lines[0]?.overShipped, warnings(it)]).toEqual([
      'CANCELLED',
      '10',
      ['OVER_SHIPPED'],
    ]);
  });

  it('shipped before anything was heard of picking: the steps between are implied', () => {
    const it = released();
    it.on(shipped(F1, { 1: '10' }));
    expect([it.status, it.state.progress.fulfilments[0]?.status, warnings(it)]).toEqual(['SHIPPED', 'SHIPPED', []]);
    it.on(progressed(F1, 'IN_PROGRESS'), progressed(F1, 'PACKED'));
    expect([it.status, it.state.progress.fulfilments[0]?.status, warnings(it)]).toEqual(['SHIPPED', 'SHIPPED', []]);
  });
});
