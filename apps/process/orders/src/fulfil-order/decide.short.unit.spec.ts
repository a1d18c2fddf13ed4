import { contentsOf, ERP_CREATED, OrderUnderTest, progressed, reserved, shipped } from '../../test/order-fixtures';

const order = (...quantities: string[]): OrderUnderTest => new OrderUnderTest(contentsOf(quantities));
const F1 = 'ord_1-F1';

describe('pick short: 100 ordered, 92 picked', () => {
  const short = (): OrderUnderTest => {
    const it = order('100');
    it.on(reserved('ord_1', { line: 1, at: { N: '100' } }), ERP_CREATED);
    it.on(progressed(F1, 'PICKED', { 1: '92' }));
    return it;
  };

  it('gives 8 back at the node and looks for them elsewhere; the ERP hears nothing', () => {
    const it = short();
    expect(it.given('release-reservation').map(({ request }) => request)).toEqual([
      expect.objectContaining({
        reservation: 'ord_1',
        lines: [{ line: 1, node: 'N', quantity: '8', held: 'ALLOCATED' }],
      }),
    ]);
    expect(it.given('reserve').map(({ request }) => request)[1]).toMatchObject({
      reservation: 'ord_1~2',
      excludeNodes: ['N'],
      lines: [{ line: 1, quantity: '8' }],
    });
    expect(it.given('cancel-erp').map(({ request }) => request)).toEqual([]);
    it.on(shipped(F1, { 1: '92' }));
    expect(it.line(1)).toBe('100=0+92+8 (0) SHORT');
    it.on(reserved('ord_1~2', { line: 1, at: { S: '8' } }));
    it.on(shipped('ord_1-F2', { 1: '8' }));
    expect(it.status).toBe('SHIPPED');
  });

  it('a node that came up short is not asked again', () => {
    const it = short();
    it.on(reserved('ord_1~2', { line: 1, at: { S: '8' } }));
    it.on(progressed('ord_1-F2', 'PICKED', {}));
    expect(it.given('reserve').map(({ request }) => request)[2]).toMatchObject({
      reservation: 'ord_1~3',
      excludeNodes: ['N', 'S'],
    });
  });

  it('told after the shipment, or twice, it changes nothing more', () => {
    const it = order('100');
    it.on(reserved('ord_1', { line: 1, at: { N: '100' } }));
    it.on(shipped(F1, { 1: '92' }));
    const before = it.line(1);
    expect(before).toBe('100=0+92+8 (0) SHORT');
    expect(it.on(progressed(F1, 'PICKED', { 1: '92' }), progressed(F1, 'PICKED', { 1: '92' }))).toEqual([]);
    expect(it.line(1)).toBe(before);
  });

  it('counted in another unit it is no short: nobody knows how much was picked, the shipment will say', () => {
    const it = order('96');
    it.on(reserved('ord_1', { line: 1, at: { N: '96' } }));
    const lines = [{ line: 1, item: 'ITEM-1', quantity: '8', unit: 'XCS' }];
    it.on({ type: 'FULFILMENT_PROGRESSED', fulfilment: F1, status: 'PICKED', lines });
    expect(it.line(1)).toBe('96=0+0+96 (0) PICKED');
    expect(it.given('release-reservation')).toEqual([]);
    expect(it.given('reserve')).toHaveLength(1);
    it.on(shipped(F1, { 1: '96' }));
    expect(it.status).toBe('SHIPPED');
  });

  it('what was picked beyond a first shipment comes in a second', () => {
    const it = short();
    it.on(shipped(F1, { 1: '50' }, 'shp-1'));
    expect(it.line(1)).toBe('100=0+50+50 (0) PICKED');
    it.on(shipped(F1, { 1: '42' }, 'shp-2'));
    expect(it.line(1)).toBe('100=0+92+8 (0) SHORT');
  });
});
