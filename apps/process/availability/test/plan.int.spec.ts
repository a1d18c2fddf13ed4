import { testAvailability, type TestAvailability } from './harness';
import { inDays, referenceCase } from './reference-case';

describe('the plan of an item', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());

  const { expectSupply, promise, e7 } = referenceCase(() => app);

  test('E7: the day table has what covers each demand and who needs each supply', async () => {
    const [first, second, third, last] = await e7('E7');
    const { nodes } = await app.availability.timeline({ item: 'E7', days: 10 });
    const [dc] = nodes;
    expect(dc?.days.map((day) => Number(day.availableToPromise))).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
    const pegs = dc?.demands.flatMap((demand) => demand.pegs.map((peg) => [demand.reservation, peg.supply, peg.quantity, peg.date, peg.late])); // prettier-ignore
    expect(pegs?.filter(([id]) => id === last)).toEqual([
      [last, 'E7-TO', '40', inDays(6), false],
      [last, undefined, '10', inDays(6), false],
    ]);
    expect(dc?.demands.every(({ uncovered }) => uncovered === '0')).toBe(true);
    expect(dc?.stock.left).toBe('10');
    expect(dc?.stock.pegs.map((peg) => peg.reservation).sort()).toEqual([first, second, third, last].sort());
    expect(dc?.supplies.map(({ id, left, pegs: own, countsOn }) => [id, left, own.length, countsOn])).toEqual([
      ['E7-TO', '0', 1, inDays(4)],
      ['E7-ASN', '150', 0, inDays(7)],
      ['E7-PO', '50', 0, inDays(8)],
    ]);
  });

  test('a slipped supply shows its demand late, and what nothing covers', async () => {
    const orders = await e7('SLIP');
    await expectSupply('SLIP', 'SLIP-TO', '40', 9, 'TRANSFER');
    const { nodes } = await app.availability.timeline({ item: 'SLIP', days: 10 });
    const own = nodes[0]?.demands.filter(({ reservation: id }) => id === orders[3]);
    expect(own?.flatMap(({ pegs }) => pegs).filter(({ late }) => late)).toEqual([
      { supply: 'SLIP-ASN', quantity: '30', date: inDays(7), late: true },
    ]);
    expect(nodes[0]?.supplies.find(({ id }) => id === 'SLIP-ASN')?.pegs).toEqual([
      { reservation: orders[3], line: 1, quantity: '30', late: true },
    ]);
  });

  test('a backorder stands behind the promises of a day', async () => {
    await expectSupply('WAIT', 'WAIT-PO', '10', 3, 'PURCHASE_ORDER');
    await promise('WAIT', '14', 3, { mode: 'PARTIAL', backorder: true });
    const { nodes } = await app.availability.timeline({ item: 'WAIT', days: 5 });
    expect(nodes[0]?.demands.map(({ state, pegs, uncovered }) => [state, pegs.length, uncovered])).toEqual([
      ['PROMISED', 1, '0'],
      ['BACKORDERED', 0, '4'],
    ]);
  });
});
