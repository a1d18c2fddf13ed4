import fc from 'fast-check';
import { pairKey, ReversalIndex } from './reversal';

const PAIRS = new Set([pairKey('c', 'A'), pairKey('c', 'B')]);
const ordered = (quantity: string, unitPrice: string, line = 1, item = 'A') => ({ line, item, quantity, unitPrice });

describe('a reversal', () => {
  it('takes from the latest order at the same price that covers it', () => {
    const index = new ReversalIndex(PAIRS);
    index.ordered('c', 'old', [ordered('10', '2.5')]);
    index.ordered('c', 'same', [ordered('10', '2.50')]);
    index.ordered('c', 'dear', [ordered('10', '3')]);
    index.ordered('c', 'small', [ordered('1', '2.5')]);
    expect(index.take('c', 'A', '4', '2.5')).toEqual({
      taken: [{ order: 'same', line: 1, quantity: '4' }],
      missing: '0',
    });
  });

  it('spans orders when none covers it alone, and says what it did not find', () => {
    const index = new ReversalIndex(PAIRS);
    index.ordered('c', 'one', [ordered('2', '1')]);
    index.ordered('c', 'two', [ordered('3', '1')]);
    expect(index.take('c', 'A', '9', '1')).toEqual({
      taken: [
        { order: 'two', line: 1, quantity: '3' },
        { order: 'one', line: 1, quantity: '2' },
      ],
      missing: '4',
    });
    expect(index.take('c', 'A', '1', '1')).toEqual({ taken: [], missing: '1' });
  });

  it('never touches another customer or another item', () => {
    const index = new ReversalIndex(new Set([...PAIRS, pairKey('d', 'A')]));
    index.ordered('c', 'one', [ordered('2', '1')]);
    expect(index.take('d', 'A', '1', '1')).toEqual({ taken: [], missing: '1' });
    expect(index.take('c', 'B', '1', '1')).toEqual({ taken: [], missing: '1' });
  });

  it('never takes more of a line than was ordered, and accounts for every piece asked', () => {
    const order = fc.record({
      item: fc.constantFrom('A', 'B'),
      quantity: fc.integer({ min: 1, max: 50 }),
      price: fc.constantFrom('1', '2'),
    });
    const step = fc.record({ kind: fc.constantFrom('order', 'reverse'), of: order });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const index = new ReversalIndex(PAIRS);
        const limits = new Map<string, number>();
        const taken = new Map<string, number>();
        for (const [position, { kind, of }] of steps.entries()) {
          const quantity = String(of.quantity);
          if (kind === 'order') {
            limits.set(String(position), of.quantity);
            index.ordered('c', String(position), [ordered(quantity, of.price, 1, of.item)]);
            continue;
          }
          const match = index.take('c', of.item, quantity, of.price);
          for (const part of match.taken) taken.set(part.order, (taken.get(part.order) ?? 0) + Number(part.quantity));
          const found = match.taken.reduce((total, part) => total + Number(part.quantity), 0);
          expect(found + Number(match.missing)).toBe(of.quantity);
        }
        for (const [id, quantity] of taken) expect(quantity).toBeLessThanOrEqual(limits.get(id) ?? 0);
      }),
    );
  });
});
