import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import { CrossdockError } from '#canonical/errors';
import { fact, reservation, testAvailability, type TestAvailability } from './harness';

describe('the answer to what can be promised', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const expectSupply = (id: string, item: string, quantity: string, days: number, node = 'DC') =>
    app.availability.putSupplies({
      supplies: [{ id, kind: 'PURCHASE_ORDER', item, node, quantity, availableOn: inDays(days) }],
    });
  const protect = (item: string, quantity: string, node = 'DC') =>
    app.availability.putSafetyStock({ levels: [{ item, node, quantity }] });
  const ask = async (
    item: string,
    quantity: string,
    more: Partial<AvailabilityLineQuery> = {},
    query: Partial<AvailabilityQuery> = {},
  ) => {
    const { lines } = await app.availability.query({ lines: [{ item, quantity, ...more }], ...query });
    const [line] = lines;
    if (!line) throw new Error('no answer');
    return line;
  };

  test('what is not promised is said with its reasons, which add up', async () => {
    await receive('SHORT', '100');
    await protect('SHORT', '15');
    await expectSupply('PO-FAR', 'SHORT', '30', 200);
    const answer = await ask('SHORT', '150');
    expect(answer).toMatchObject({ availableToPromise: '85', unpromised: '65' });
    expect(answer.slices).toEqual([{ node: 'DC', quantity: '85', shipDate: inDays(0), basis: 'ON_HAND' }]);
    expect(answer.shortfalls).toEqual([
      { reason: 'SAFETY_STOCK', quantity: '15' },
      { reason: 'HORIZON', quantity: '30' },
      { reason: 'NO_SUPPLY', quantity: '20' },
    ]);
    expect((await ask('SHORT', '85')).shortfalls).toEqual([]);
    expect((await ask('NOWHERE', '1')).shortfalls).toEqual([{ reason: 'NO_SUPPLY', quantity: '1' }]);
  });

  test('ids are read as they are, whatever printable characters they have', async () => {
    const [item, node] = [`Tee "Ümläut", 2|3;'x' \\n {1}`, 'DC 1|2, "north"'];
    await receive(item, '12.5', node);
    await receive(item, '3', 'DC');
    const answer = await ask(item, '10');
    expect(answer).toMatchObject({ item, known: true, availableToPromise: '15.5', unpromised: '0' });
    expect(answer.slices).toMatchObject([{ node, quantity: '10' }]);
    expect((await ask(item, '15')).slices).toHaveLength(2);
  });

  test('another node and another day are named as what is in the way', async () => {
    await receive('WAY', '5', 'EAST');
    await receive('WAY', '5', 'WEST');
    await expectSupply('PO-WAY', 'WAY', '5', 9, 'EAST');
    const answer = await ask('WAY', '20', { node: 'EAST', latestDate: inDays(3) });
    expect(answer.shortfalls).toEqual([
      { reason: 'NODE', quantity: '5' },
      { reason: 'LATEST_DATE', quantity: '5' },
      { reason: 'NO_SUPPLY', quantity: '5' },
    ]);
  });

  test('a channel has its own and the common pool; who names none has the pool only; a change counts at once', async () => {
    await receive('CHAN', '100');
    const quotas = [
      { item: 'CHAN', channel: 'EDI', protected: '40' },
      { item: 'CHAN', channel: 'WEB', protected: '0', cap: '10' },
    ];
    await app.availability.putChannelQuotas({ quotas });
    const most = async (channel?: string) =>
      (await ask('CHAN', '200', {}, channel === undefined ? {} : { channel })).availableToPromise;
    expect([await most('EDI'), await most('WEB'), await most()]).toEqual(['100', '10', '60']);
    const { shortfalls } = await ask('CHAN', '120', {}, { channel: 'WEB' });
    expect(shortfalls).toEqual([
      { reason: 'CHANNEL_CAP', quantity: '50' },
      { reason: 'CHANNEL_PROTECTED', quantity: '40' },
      { reason: 'NO_SUPPLY', quantity: '20' },
    ]);
    await app.availability.putChannelQuotas({ quotas: [{ item: 'CHAN', channel: 'EDI', protected: '0' }] });
    expect(await most()).toBe('100');
  });

  test('a policy stored by another process counts after a second at the latest', async () => {
    await receive('OTHER', '100');
    expect((await ask('OTHER', '1')).availableToPromise).toBe('100');
    const another = await app.another();
    await another.putChannelQuotas({ quotas: [{ item: 'OTHER', channel: 'EDI', protected: '30' }] });
    for (let tries = 0; tries < 100 && (await ask('OTHER', '1')).availableToPromise !== '70'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await ask('OTHER', '1')).availableToPromise).toBe('70');
  });

  test('the promise rule of the item makes the row', async () => {
    await receive('RULE', '10');
    await app.availability.reserve(reservation('RULE', '4', { lines: [{ line: 1, item: 'RULE', quantity: '4' }] }));
    await expectSupply('PO-RULE', 'RULE', '5', 3);
    const later = async () => (await ask('RULE', '1', { requestedDate: inDays(5) })).availableToPromise;
    expect(await later()).toBe('11');
    await app.availability.putItemPolicies({ policies: [{ item: 'RULE', rule: 'DISCRETE' }] });
    expect(await later()).toBe('5');
  });

  test('explain shows the day table that the answer was made from', async () => {
    await receive('TABLE', '10');
    await expectSupply('PO-TABLE', 'TABLE', '5', 2);
    await app.availability.reserve(
      reservation('TABLE', '', { lines: [{ line: 1, item: 'TABLE', quantity: '12', requestedDate: inDays(3) }] }),
    );
    const { explain } = await ask('TABLE', '1', {}, { explain: true, explainDays: 4 });
    const quiet = { supply: '0', demand: '0', supplies: [], demands: [] };
    expect(explain).toEqual([
      {
        node: 'DC',
        item: 'TABLE',
        days: [
          { ...quiet, date: inDays(0), projected: '3', availableToPromise: '3', discrete: '3' },
          { ...quiet, date: inDays(1), projected: '3', availableToPromise: '3' },
          { ...quiet, date: inDays(2), supply: '5', supplies: ['PO-TABLE'], projected: '8', availableToPromise: '3', discrete: '0' }, // prettier-ignore
          { ...quiet, date: inDays(3), demand: '5', demands: [{ quantity: '5', supply: 'PO-TABLE' }], projected: '3', availableToPromise: '3' }, // prettier-ignore
        ],
        expected: [{ id: 'PO-TABLE', kind: 'PURCHASE_ORDER', quantity: '5', open: '5', availableOn: inDays(2) }],
      },
    ]);
    expect((await ask('TABLE', '1')).explain).toBeUndefined();
  });

  describe('is refused', () => {
    const refusalOf = async (line: Partial<AvailabilityLineQuery>, query: Partial<AvailabilityQuery> = {}) => {
      const error: unknown = await ask('SHORT', '1', line, query).catch((reason: unknown) => reason);
      if (!(error instanceof CrossdockError)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
      return error.findings.map(({ code, pointer }) => `${code} ${String(pointer)}`);
    };

    test.each([
      ['a day that has passed', { requestedDate: '2020-01-31' }, 'DATE_PAST /lines/0/requestedDate'],
      ['a latest day that has passed', { latestDate: '2020-01-31' }, 'DATE_PAST /lines/0/latestDate'],
      ['a day in no calendar', { requestedDate: '2030-02-30' }, 'DATE_INVALID /lines/0/requestedDate'],
      ['a latest day before the first', { requestedDate: '2999-02-02', latestDate: '2999-02-01' }, 'DATE_INVALID /lines/0/latestDate'], // prettier-ignore
      ['no quantity', { quantity: '0' }, 'QUANTITY_INVALID /lines/0/quantity'],
    ])('%s', async (_name, line, refusal) => {
      expect(await refusalOf(line)).toEqual([refusal]);
    });

    test('a node that nobody knows, and only then', async () => {
      app.nodes.push({ id: 'DC', priority: 1, active: true });
      try {
        expect(await refusalOf({ node: 'MOON' })).toEqual(['NODE_UNKNOWN /lines/0/node']);
        expect((await ask('WAY', '1', { node: 'EAST' })).availableToPromise).toBe('5');
      } finally {
        app.nodes.pop();
      }
    });

    test('more lines than can be explained', async () => {
      const lines = Array.from({ length: 11 }, () => ({ item: 'SHORT', quantity: '1' }));
      const asked = app.availability.query({ lines, explain: true });
      await expect(asked).rejects.toMatchObject({ code: 'AVAILABILITY_INVALID', findings: [{ pointer: '/lines' }] });
    });
  });
});
