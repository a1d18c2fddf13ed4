import { CrossdockError } from '#canonical/errors';
import type { AvailabilityLineQuery } from '#contracts/availability/query.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

/** domain/atp.md E11: Monday to Friday, cut-off 14:00, one day of handling, Friday 2026-03-06 off; transit three days. Asked on the Thursday before. */
const E11 = {
  workingDays: [1, 2, 3, 4, 5],
  holidays: ['2026-03-06'],
  cutOff: '14:00',
  handlingDays: 1,
  transitDays: 3,
};

describe('a day by which it must be delivered', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability('2026-03-05T13:59:00Z')));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  async function stocked(quantity: string, policy: object = E11): Promise<{ item: string; node: string }> {
    const [item, node] = [uniqueId('IT'), uniqueId('N')];
    await app.availability.putNodePolicies({ policies: [{ node, ...policy }] });
    await received(item, node, quantity);
    return { item, node };
  }
  const received = (item: string, node: string, quantity: string) =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const asked = async (line: AvailabilityLineQuery) => (await app.availability.query({ lines: [line] })).lines[0];
  const refused = async (lines: AvailabilityLineQuery[]) => {
    const error: unknown = await app.availability.query({ lines }).catch((reason: unknown) => reason);
    if (!(error instanceof CrossdockError)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error.findings;
  };

  test('E11: by Friday the 13th it ships by Tuesday the 10th, and is released before Monday 14:00', async () => {
    const { item, node } = await stocked('10');
    const line = await asked({ item, quantity: '4', deliverBy: '2026-03-13' });
    expect(line?.slices).toEqual([
      {
        node,
        quantity: '4',
        basis: 'ON_HAND',
        shipDate: '2026-03-09',
        deliveryDate: '2026-03-12',
        shipBy: '2026-03-10',
        releaseBy: '2026-03-09T14:00',
      },
    ]);
  });

  test('what would arrive later is not promised, and says so', async () => {
    const { item } = await stocked('10');
    const line = await asked({ item, quantity: '4', deliverBy: '2026-03-11' });
    expect(line).toMatchObject({ slices: [], unpromised: '4', shortfalls: [{ quantity: '4', reason: 'LATEST_DATE' }] });
  });

  test('supply counts only where it still arrives in time', async () => {
    const { item, node } = await stocked('3');
    const supplies = [
      { id: uniqueId('PO'), kind: 'PURCHASE_ORDER' as const, item, node, quantity: '2', availableOn: '2026-03-09' },
      { id: uniqueId('PO'), kind: 'PURCHASE_ORDER' as const, item, node, quantity: '5', availableOn: '2026-03-10' },
    ];
    await app.availability.putSupplies({ supplies });
    const line = await asked({ item, quantity: '8', deliverBy: '2026-03-13' });
    expect(line?.slices.map(({ quantity, shipDate }) => [quantity, shipDate])).toEqual([
      ['3', '2026-03-09'],
      ['2', '2026-03-10'],
    ]);
    expect(line?.shortfalls).toEqual([{ quantity: '3', reason: 'LATEST_DATE' }]);
  });

  test('of two nodes only the one that is near enough serves it', async () => {
    const { item } = await stocked('10');
    const near = uniqueId('N');
    await app.availability.putNodePolicies({ policies: [{ node: near, ...E11, transitDays: 1 }] });
    await received(item, near, '3');
    const line = await asked({ item, quantity: '5', deliverBy: '2026-03-11' });
    expect(line?.slices).toEqual([expect.objectContaining({ node: near, quantity: '3', deliveryDate: '2026-03-10', shipBy: '2026-03-10', releaseBy: '2026-03-09T14:00' })]); // prettier-ignore
    expect(line?.shortfalls).toEqual([{ quantity: '2', reason: 'LATEST_DATE' }]);
  });

  test('a node without a calendar delivers on the day it ships; one without a cut-off releases until midnight', async () => {
    const { item, node } = await stocked('1', { transitDays: 1 });
    const plain = uniqueId('N');
    await received(item, plain, '1');
    const line = await asked({ item, quantity: '2', deliverBy: '2026-03-10' });
    expect(line?.slices).toHaveLength(2);
    expect(line?.slices).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ node, shipBy: '2026-03-09', releaseBy: '2026-03-10T00:00' }),
        { node: plain, quantity: '1', basis: 'ON_HAND', shipDate: '2026-03-05', shipBy: '2026-03-10' },
      ]),
    );
  });

  test('a reservation holds nothing that arrives too late, and names the day that would work', async () => {
    const { item } = await stocked('10');
    const late = { line: 1, item, quantity: '4', deliverBy: '2026-03-11' };
    const error: unknown = await app.availability.reserve(reservation(item, '', { lines: [late] })).catch((reason: unknown) => reason); // prettier-ignore
    expect(error).toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY', findings: [{ nextDate: '2026-03-09' }] });
    const inTime = { ...late, deliverBy: '2026-03-12' };
    const { lines } = await app.availability.reserve(reservation(item, '', { lines: [inTime] }));
    expect(lines[0]?.slices).toMatchObject([{ quantity: '4', shipDate: '2026-03-09', deliveryDate: '2026-03-12' }]);
  });

  test('the same reservation by another day is another content', async () => {
    const { item } = await stocked('10');
    const request = reservation(item, '', { lines: [{ line: 1, item, quantity: '1', deliverBy: '2026-03-12' }] });
    await app.availability.reserve(request);
    const other = { ...request, lines: request.lines.map((line) => ({ ...line, deliverBy: '2026-03-13' })) };
    await expect(app.availability.reserve(other)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('refuses a day that has passed, one that is before the day wanted, and one that no calendar has', async () => {
    const { item } = await stocked('1');
    const line = { item, quantity: '1' };
    expect(await refused([{ ...line, deliverBy: '2026-03-04' }])).toMatchObject([{ code: 'DATE_PAST', pointer: '/lines/0/deliverBy' }]); // prettier-ignore
    expect(await refused([{ ...line, requestedDate: '2026-03-20', deliverBy: '2026-03-19' }])).toMatchObject([{ code: 'DATE_INVALID', pointer: '/lines/0/deliverBy' }]); // prettier-ignore
    expect(await refused([{ ...line, deliverBy: '2026-02-30' }])).toMatchObject([{ code: 'DATE_INVALID', pointer: '/lines/0/deliverBy' }]); // prettier-ignore
  });
});
