import type { ReservedSlice } from '#contracts/availability/reserve.dto';
import { ORDER_SUBSTITUTED } from '#contracts/events/catalogue';
import { contentsOf, ERP_CREATED, OrderUnderTest, progressed, shipped } from '../../test/order-fixtures';
import type { OrderContents } from './order-state';
import type { EventOf, SubstituteItem } from './order-event';

const NEW_LINE = 90_001;
const consenting = (more: Partial<OrderContents> = {}): OrderUnderTest => {
  const contents = contentsOf(['10', '1'], more);
  const lines = contents.lines.map((line) => (line.line === 1 ? { ...line, substitutes: true as const } : line));
  return new OrderUnderTest({ ...contents, lines, total: { amount: '22.00', currency: 'GBP' } });
};
const own = (quantity: string): ReservedSlice => {
  return { node: 'N', quantity, shipDate: '2026-03-02', basis: 'ON_HAND', state: 'ALLOCATED' };
};
/** Two of OTHER stand for one. */
const instead = (
  covers: string,
  itemQuantity: string,
  state: 'ALLOCATED' | 'PROMISED' = 'ALLOCATED',
): ReservedSlice => {
  return {
    node: 'N',
    quantity: covers,
    shipDate: '2026-03-09',
    basis: 'SUBSTITUTE',
    item: 'OTHER',
    itemQuantity,
    state,
  };
};
const OTHER = {
  ...{ line: 1, item: 'OTHER', description: 'another', baseUnit: 'EA' },
  unitPrice: { amount: '1.2', currency: 'GBP' },
};
const reserved = (
  slices: ReservedSlice[],
  uncovered = '0',
  substitutes: SubstituteItem[] = [OTHER],
): EventOf<'RESERVED'> => ({
  type: 'RESERVED',
  reservation: 'ord_1',
  lines: [
    { line: 1, item: 'item-1', slices, uncovered },
    { line: 2, item: 'item-2', slices: [own('1')], uncovered: '0' },
  ],
  substitutes,
});
const added = (it: OrderUnderTest) => it.state.contents.lines.find(({ line }) => line === NEW_LINE);

describe('substitution', () => {
  it('is asked for with consent alone; without, the same shortage waits', () => {
    const asked = (it: OrderUnderTest) => it.given('reserve')[0]?.request.lines.map(({ substitutes }) => substitutes);
    expect(asked(consenting())).toEqual([true, undefined]);
    expect(asked(new OrderUnderTest(contentsOf(['10', '1'])))).toEqual([undefined, undefined]);
  });

  it('makes a line of its own, with both items and quantities; the rest of the order goes on', () => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8')]));
    expect(it.line(1)).toBe('10=4+0+6 (0) RELEASED');
    expect(it.state.progress.lines[0]).toMatchObject({ cancelled: '4', substituted: '4' });
    expect(added(it)).toMatchObject({ item: 'OTHER', ordered: '8', insteadOf: { line: 1, quantity: '4' } });
    expect(it.facts.filter(({ type }) => type === ORDER_SUBSTITUTED).map(({ data }) => data)).toMatchObject([
      {
        lines: [
          { line: NEW_LINE, item: 'OTHER', quantity: '8', insteadOf: { line: 1, item: 'item-1', quantity: '4' } },
        ],
      },
    ]);
    expect(it.given('release-to-node').flatMap(({ request }) => request.lines)).toEqual([
      { line: 1, item: 'item-1', quantity: '6' },
      { line: 2, item: 'item-2', quantity: '1' },
      { line: NEW_LINE, item: 'OTHER', quantity: '8' },
    ]);
  });

  it('costs the lower of the two: half of 2.00 for one of two that stand for it, not 1.20; the total follows', () => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8')]));
    expect(added(it)?.unitPrice).toEqual({ amount: '1.00', currency: 'GBP' });
    expect(it.state.contents.total).toEqual({ amount: '22.00', currency: 'GBP' });
    const cheap = consenting();
    cheap.on(
      reserved([own('6'), instead('4', '8')], '0', [{ ...OTHER, unitPrice: { amount: '0.9', currency: 'GBP' } }]),
    );
    expect(added(cheap)?.unitPrice).toEqual({ amount: '0.9', currency: 'GBP' });
    expect(cheap.state.contents.total).toEqual({ amount: '21.20', currency: 'GBP' });
  });

  it('costs its own price where that was agreed', () => {
    const policy = { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE', substitutePrice: 'OWN' } as const;
    const it = consenting({ policy });
    it.on(reserved([own('6'), instead('4', '8')]));
    expect(added(it)?.unitPrice).toEqual({ amount: '1.2', currency: 'GBP' });
  });

  it('the ERP waits for the answer, and hears of the substitute as of any line', () => {
    const it = consenting();
    expect(it.given('create-erp-order')).toEqual([]);
    it.on(reserved([instead('10', '20')]));
    expect(
      it.given('create-erp-order')[0]?.request.lines.map(({ line, item, quantity }) => [line, item, quantity]),
    ).toEqual([
      [2, 'item-2', '1'],
      [NEW_LINE, 'OTHER', '20'],
    ]);
    it.on(ERP_CREATED);
    expect(it.given('cancel-erp')).toEqual([]);
    expect(it.line(1)).toBe('10=10+0+0 (0) SUBSTITUTED');
  });

  it('a goods issue of it uses up the line of the reservation that it stands for', () => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8')]));
    const released = it.facts.flatMap((fact) => (fact.type === 'crossdock.orders.released.v1' ? fact.data.lines : []));
    expect(released.map(({ line, reservedLine }) => [line, reservedLine])).toEqual([[1, undefined], [2, undefined], [NEW_LINE, 1]]); // prettier-ignore
    it.on(shipped('ord_1-F1', { 1: '6', 2: '1', [NEW_LINE]: '8' }));
    expect(it.status).toBe('SHIPPED');
    expect(it.line(3)).toBe('8=0+8+0 (0) SHIPPED');
  });

  it('what is still to come is allocated by its own event', () => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8', 'PROMISED')]));
    expect(it.line(3)).toBe('8=0+0+8 (8) BACKORDERED');
    const substitute = { item: 'OTHER', quantity: '8' };
    it.on({ type: 'STOCK_ALLOCATED', reservation: 'ord_1', event: 'e', line: 1, node: 'N', quantity: '4', substitute });
    expect(it.line(3)).toBe('8=0+0+8 (0) RELEASED');
  });

  it.each([
    ['may not be had by this customer', [{ line: 1, item: 'OTHER', refused: 'needs a licence' }]],
    ['nobody knows', []],
  ])('one that %s goes back, and the quantity is looked for anew without', (_, substitutes) => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8')], '0', substitutes));
    expect(it.given('release-reservation').map(({ request }) => request.lines)).toEqual([
      [{ line: 1, item: 'OTHER', quantity: '8', node: 'N', held: 'ALLOCATED' }],
    ]);
    expect(it.given('reserve')[1]?.request.lines).toEqual([{ line: 1, item: 'item-1', quantity: '4' }]);
    expect(it.state.progress.warnings.map(({ code }) => code)).toEqual(['SUBSTITUTE_REFUSED']);
    expect(it.given('create-erp-order')).toHaveLength(1);
  });

  it('cancelling a line cancels what stands for it, and gives it back by its own name', () => {
    const it = consenting();
    it.on({ type: 'HELD', reason: { type: 'MANUAL', code: 'WAIT', detail: 'asked', line: 1 } });
    it.on(reserved([own('6'), instead('4', '8')]));
    expect(it.line(3)).toBe('8=0+0+8 (0) HELD');
    it.on({ type: 'CANCEL', key: 'c', lines: [{ line: 1 }] });
    expect(it.line(1)).toBe('10=10+0+0 (0) SUBSTITUTED');
    expect(it.line(3)).toBe('8=8+0+0 (0) CANCELLED');
    expect(it.given('release-reservation').flatMap(({ request }) => request.lines)).toEqual([
      { line: 1, item: 'item-1', quantity: '6', node: 'N', held: 'ALLOCATED' },
      { line: 1, item: 'OTHER', quantity: '8', node: 'N', held: 'ALLOCATED' },
    ]);
  });

  it('one that a node does not find is reserved anew under its own line', () => {
    const it = consenting();
    it.on(reserved([own('6'), instead('4', '8')]), ERP_CREATED);
    it.on(progressed('ord_1-F1', 'PICKED', { 1: '6', 2: '1', [NEW_LINE]: '5' }));
    expect(it.given('reserve')[1]?.request.lines).toEqual([{ line: NEW_LINE, item: 'OTHER', quantity: '3' }]);
  });
});
