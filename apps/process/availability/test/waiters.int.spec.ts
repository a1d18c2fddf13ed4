import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

/** Stock that comes keeps what was promised for a day; then those who wait have it by the rule of the item. */
describe('who gets the stock that comes', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());

  const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const receive = (item: string, quantity: string, reference?: string) =>
    app.availability.postInventory({
      source: 'w',
      records: [fact({ item, fact: 'RECEIVED', quantity, ...(reference === undefined ? {} : { reference }) })],
    });
  const expectSupply = (item: string, id: string, quantity: string, days: number) =>
    app.availability.putSupplies({
      supplies: [{ id, kind: 'PURCHASE_ORDER', item, node: 'DC', quantity, availableOn: dayIn(days) }],
    });
  const statesOf = async (id: string) =>
    (await app.availability.reservation({ reservation: id })).lines.flatMap(({ slices }) =>
      slices.map(({ state, quantity }) => `${state} ${quantity}`),
    );
  const waits = (item: string, quantity: string, requestedDate?: string) =>
    reservation(item, quantity, {
      mode: 'PARTIAL',
      backorder: true,
      lines: [{ line: 1, item, quantity, ...(requestedDate === undefined ? {} : { requestedDate }) }],
    });

  test('a waiter takes nothing that a dated promise counts on, however early it asked', async () => {
    const item = uniqueId('KEPT');
    await expectSupply(item, `${item}-PO`, '10', 8);
    const dated = reservation(item, '10', { lines: [{ line: 1, item, quantity: '10', requestedDate: dayIn(9) }] });
    await app.availability.reserve(dated);
    const early = waits(item, '10');
    await app.availability.reserve(early);
    await receive(item, '10', `${item}-PO`);
    expect(await statesOf(dated.reservation)).toEqual(['ALLOCATED 10']);
    expect(await statesOf(early.reservation)).toEqual(['BACKORDERED 10']);
  });

  test('a waiter takes nothing that a soft reservation of a later day counts on', async () => {
    const item = uniqueId('SOFTLY');
    await expectSupply(item, `${item}-PO`, '10', 3);
    const soft = reservation(item, '10', { kind: 'SOFT' });
    await app.availability.reserve(soft);
    const waiter = waits(item, '4');
    await app.availability.reserve(waiter);
    await receive(item, '10', `${item}-PO`);
    expect(await statesOf(waiter.reservation)).toEqual(['BACKORDERED 4']);
    await app.availability.release({ reservation: soft.reservation, key: 'r' });
    expect(await statesOf(waiter.reservation)).toEqual(['ALLOCATED 4']);
  });

  test('of two promises the earlier day comes first, not who asked first', async () => {
    const item = uniqueId('DAYS');
    await expectSupply(item, `${item}-A`, '10', 3);
    await expectSupply(item, `${item}-B`, '10', 9);
    const early = reservation(item, '10', { lines: [{ line: 1, item, quantity: '10', requestedDate: dayIn(4) }] });
    await app.availability.reserve(early);
    // Asked for today, promised for the later supply.
    const late = reservation(item, '10');
    await app.availability.reserve(late);
    expect(await statesOf(late.reservation)).toEqual(['PROMISED 10']);
    await receive(item, '10', `${item}-A`);
    expect([await statesOf(early.reservation), await statesOf(late.reservation)]).toEqual([
      ['ALLOCATED 10'],
      ['PROMISED 10'],
    ]);
    expect((await app.planning.risks({ item })).risks).toEqual([]);
  });

  test('what came short goes to the earliest days', async () => {
    const item = uniqueId('SHORT');
    await expectSupply(item, `${item}-A`, '20', 3);
    const [first, second] = [4, 5].map((days) => reservation(item, '10', { lines: [{ line: 1, item, quantity: '10', requestedDate: dayIn(days) }] })); // prettier-ignore
    if (!first || !second) throw new Error('two reservations');
    await app.availability.reserve(second);
    await app.availability.reserve(first);
    await expectSupply(item, `${item}-A`, '0', 3);
    await receive(item, '12');
    expect(await statesOf(first.reservation)).toEqual(['ALLOCATED 10']);
    expect((await statesOf(second.reservation)).sort()).toEqual(['ALLOCATED 2', 'PROMISED 8']);
  });

  test.each([
    ['PRIORITY', ['ALLOCATED 2,BACKORDERED 4', 'ALLOCATED 6']],
    ['FAIR_SHARE', ['ALLOCATED 4,BACKORDERED 2', 'ALLOCATED 4,BACKORDERED 2']],
    ['FCFS', ['ALLOCATED 6', 'ALLOCATED 2,BACKORDERED 4']],
  ] as const)('behind the promises waiters are served by %s', async (backorderRule, expected) => {
    const item = uniqueId(backorderRule);
    await app.availability.putItemPolicies({ policies: [{ item, backorderRule }] });
    await expectSupply(item, `${item}-A`, '5', 3);
    const dated = reservation(item, '5', { priority: 9, lines: [{ line: 1, item, quantity: '5', requestedDate: dayIn(6) }] }); // prettier-ignore
    await app.availability.reserve(dated);
    const waiters = [
      { ...waits(item, '6'), priority: 5 },
      { ...waits(item, '6'), priority: 1 },
    ];
    for (const waiter of waiters) await app.availability.reserve(waiter);
    await receive(item, '13', `${item}-A`);
    expect(await statesOf(dated.reservation)).toEqual(['ALLOCATED 5']);
    const states = await Promise.all(waiters.map(({ reservation: id }) => statesOf(id)));
    expect(states.map((each) => each.sort().join())).toEqual(expected);
  });
});
