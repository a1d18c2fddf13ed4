import type { NodePolicyDto } from '#contracts/availability/policies.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

/** 2026-03-06 is a Friday. */
describe('who waits is served by the days on which nodes ship, and in whole packs', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability('2026-03-06T15:00:00Z')));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const receive = (item: string, quantity: string, node: string, reference?: string) =>
    app.availability.postInventory({
      source: 'w',
      records: [fact({ item, node, fact: 'RECEIVED', quantity, ...(reference === undefined ? {} : { reference }) })],
    });
  const expectSupply = (item: string, id: string, quantity: string, availableOn: string, node: string) =>
    app.availability.putSupplies({ supplies: [{ id, kind: 'PURCHASE_ORDER', item, node, quantity, availableOn }] });
  const nodeWith = async (policy: Omit<NodePolicyDto, 'node'> = {}) => {
    const node = uniqueId('N');
    await app.availability.putNodePolicies({ policies: [{ node, workingDays: [1, 2, 3, 4, 5], ...policy }] });
    return node;
  };
  const order = async (item: string, quantity: string, multiple?: string) => {
    const lines = [{ line: 1, item, quantity, ...(multiple === undefined ? {} : { multiple }) }];
    const request = reservation(item, '', { lines, mode: 'PARTIAL', backorder: true });
    await app.availability.reserve(request);
    return request.reservation;
  };
  const slicesOf = async (id: string) =>
    (await app.availability.reservation({ reservation: id })).lines.flatMap(({ slices }) =>
      slices.map(({ state, quantity, shipDate }) => `${state} ${quantity} ${shipDate}`),
    );

  test('what comes after the cut-off leaves on the next day on which the node ships', async () => {
    const [node, item] = [await nodeWith({ cutOff: '14:00' }), uniqueId('W')];
    const waiter = await order(item, '5');
    await receive(item, '5', node);
    expect(await slicesOf(waiter)).toEqual(['ALLOCATED 5 2026-03-09']);
  });

  test('supply that comes to light gives a day on which the node ships, after its handling days', async () => {
    const [node, item] = [await nodeWith({ handlingDays: 2 }), uniqueId('W')];
    const waiter = await order(item, '5');
    await expectSupply(item, `${item}-PO`, '5', '2026-03-12', node);
    expect(await slicesOf(waiter)).toEqual(['PROMISED 5 2026-03-16']);
    const asked = await app.availability.query({ lines: [{ item, quantity: '1', latestDate: '2026-03-31' }] });
    expect(asked.lines).toMatchObject([{ unpromised: '1' }]);
  });

  test('a dated promise has its goods when they must be picked, not when they must leave', async () => {
    const [node, item] = [await nodeWith({ handlingDays: 2 }), uniqueId('W')];
    await expectSupply(item, `${item}-A`, '5', '2026-03-09', node);
    await expectSupply(item, `${item}-B`, '5', '2026-03-10', node);
    const [first, second] = [await order(item, '5'), await order(item, '5')];
    expect([await slicesOf(first), await slicesOf(second)]).toEqual([['PROMISED 5 2026-03-11'], ['PROMISED 5 2026-03-12']]); // prettier-ignore
    await receive(item, '5', node, `${item}-A`);
    expect([await slicesOf(first), await slicesOf(second)]).toEqual([['ALLOCATED 5 2026-03-10'], ['PROMISED 5 2026-03-12']]); // prettier-ignore
  });

  test('who waits for packs gets whole ones of each node; what is less than a pack goes to who takes it', async () => {
    const [node, item] = [await nodeWith(), uniqueId('W')];
    const packs = await order(item, '48', '24');
    const loose = await order(item, '5');
    await receive(item, '30', node);
    expect(await slicesOf(packs)).toEqual(['BACKORDERED 24 2026-03-06', 'ALLOCATED 24 2026-03-06']);
    expect(await slicesOf(loose)).toEqual(['ALLOCATED 5 2026-03-06']);
    await receive(item, '23', node);
    expect((await slicesOf(packs)).at(-1)).toBe('ALLOCATED 24 2026-03-06');
  });

  test('a pack that comes with two supplies is kept when it is whole', async () => {
    const [node, item] = [await nodeWith(), uniqueId('W')];
    await expectSupply(item, `${item}-A`, '20', '2026-03-09', node);
    await expectSupply(item, `${item}-B`, '4', '2026-03-11', node);
    const packs = await order(item, '24', '24');
    expect(await slicesOf(packs)).toEqual(['PROMISED 4 2026-03-11', 'PROMISED 20 2026-03-11']);
    await receive(item, '20', node, `${item}-A`);
    expect(await slicesOf(packs)).toEqual(['PROMISED 4 2026-03-11', 'PROMISED 20 2026-03-11']);
    await receive(item, '4', node, `${item}-B`);
    expect(await slicesOf(packs)).toEqual(['ALLOCATED 4 2026-03-06', 'ALLOCATED 20 2026-03-06']);
  });

  test('a lot that has no life left on the day it would leave is not given', async () => {
    const [node, item] = [await nodeWith({ cutOff: '14:00' }), uniqueId('W')];
    const waiter = await order(item, '5');
    const lot = (id: string, expiresOn: string) => fact({ item, node, fact: 'RECEIVED', quantity: '5', lot: id, expiresOn }); // prettier-ignore
    await app.availability.postInventory({ source: 'w', records: [lot('SHORT', '2026-03-08')] });
    expect(await slicesOf(waiter)).toEqual(['BACKORDERED 5 2026-03-06']);
    await app.availability.postInventory({ source: 'w', records: [lot('LONG', '2026-04-08')] });
    expect(await slicesOf(waiter)).toEqual(['ALLOCATED 5 2026-03-09']);
  });
});
