import { CrossdockError } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { RESERVATION_PREEMPTED } from '#contracts/events/catalogue';
import { fact, reservation, testAvailability, type TestAvailability } from './harness';

describe('who may hold how much, and who gives way to whom', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    process.env['CROSSDOCK_PREEMPT_PRIORITY'] = '2';
    app = await testAvailability();
  });
  afterAll(async () => {
    delete process.env['CROSSDOCK_PREEMPT_PRIORITY'];
    await app.close();
  });
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const position = async (item: string) => (await app.availability.timeline({ item, node: 'DC' })).nodes[0]?.position;
  const view = (id: string) => app.availability.reservation({ reservation: id });
  const soft = (item: string, quantity: string, more: Partial<ReserveRequest> = {}): ReserveRequest =>
    reservation(item, quantity, { kind: 'SOFT', ttlSeconds: 600, ...more });
  const made = async (request: ReserveRequest): Promise<string> => {
    await app.availability.reserve(request);
    return request.reservation;
  };
  const refusalOf = async (request: ReserveRequest): Promise<CrossdockError> => {
    const error: unknown = await app.availability.reserve(request).catch((reason: unknown) => reason);
    if (!(error instanceof CrossdockError)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
    return error;
  };

  describe('caps of a partner', () => {
    test('a soft reservation beyond the cap is refused and says what is left of it; what ends makes room again', async () => {
      await receive('CAP', '100');
      await app.availability.putPartnerCaps({ caps: [{ partner: 'harbour', item: 'CAP', maximum: '10' }] });
      const first = await made(soft('CAP', '7', { partner: 'harbour' }));
      const beyond = await refusalOf(soft('CAP', '4', { partner: 'harbour' }));
      expect(beyond).toMatchObject({ code: 'RESERVATION_CAP_EXCEEDED', kind: 'conflict' });
      expect(beyond.findings).toMatchObject([{ pointer: '/lines/0/quantity', seen: '4', expected: '3' }]);
      await made(soft('CAP', '4', { partner: 'other' }));
      await made(reservation('CAP', '20', { partner: 'harbour' }));
      await app.availability.release({ reservation: first, key: 'k', lines: [{ line: 1, quantity: '2' }] });
      await made(soft('CAP', '5', { partner: 'harbour' }));
      expect(await position('CAP')).toMatchObject({ reserved: '14', allocated: '20' });
    });

    test('a cap for each item counts each by itself, that of the item itself before it; lines of one item count together', async () => {
      await receive('EACH', '100');
      await receive('OWN', '100');
      const caps = [
        { partner: 'each', maximum: '5' },
        { partner: 'each', item: 'OWN', maximum: '8' },
      ];
      await app.availability.putPartnerCaps({ caps });
      const lines = (item: string, ...quantities: string[]) => ({
        partner: 'each',
        lines: quantities.map((quantity, index) => ({ line: index + 1, item, quantity })),
      });
      const beyond = await refusalOf(soft('', '', lines('EACH', '3', '3')));
      expect(beyond.findings).toMatchObject([{ pointer: '/lines/1/quantity', expected: '2' }]);
      await made(soft('', '', lines('OWN', '4', '4')));
      await made(soft('', '', lines('EACH', '3', '2')));
    });

    test('what is replaced makes room for what replaces it', async () => {
      await receive('SWAP', '100');
      await app.availability.putPartnerCaps({ caps: [{ partner: 'swap', maximum: '5' }] });
      const basket = await made(soft('SWAP', '4', { partner: 'swap' }));
      await made(soft('SWAP', '5', { partner: 'swap', converts: basket }));
      expect((await refusalOf(soft('SWAP', '1', { partner: 'swap' }))).code).toBe('RESERVATION_CAP_EXCEEDED');
      expect(await position('SWAP')).toMatchObject({ reserved: '5' });
    });

    test('many at once, on two processes, never hold more than the cap', async () => {
      await receive('RUSH', '1000');
      await app.availability.putPartnerCaps({ caps: [{ partner: 'rush', maximum: '30' }] });
      const processes = [app.availability, await app.another()];
      const codes = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const asked = processes[index % 2]?.reserve(soft('RUSH', '1', { partner: 'rush' }));
          return asked?.then(
            () => 'ok',
            (error: unknown) => (error instanceof CrossdockError ? error.code : String(error)),
          );
        }),
      );
      expect(codes.filter((code) => code === 'ok')).toHaveLength(30);
      expect(codes.filter((code) => code === 'RESERVATION_CAP_EXCEEDED')).toHaveLength(70);
      expect(await position('RUSH')).toMatchObject({ reserved: '30' });
    });
  });

  describe('who waits, by the rule of the item (E13: 100 for 60, 50 and 30 of priority 2, 1 and 3)', () => {
    const served = async (item: string, rule: 'FCFS' | 'PRIORITY' | 'FAIR_SHARE', received: readonly string[]) => {
      await app.availability.putItemPolicies({ policies: [{ item, backorderRule: rule }] });
      const waiting = [
        { quantity: '60', priority: 2 },
        { quantity: '50', priority: 1 },
        { quantity: '30', priority: 3 },
      ];
      const orders: string[] = [];
      for (const { quantity, priority } of waiting)
        orders.push(await made(reservation(item, quantity, { mode: 'PARTIAL', backorder: true, priority })));
      for (const quantity of received) await receive(item, quantity);
      const views = await Promise.all(orders.map(view));
      return views.map(({ lines }) =>
        (lines[0]?.slices ?? []).reduce(
          (sum, slice) => sum + (slice.state === 'ALLOCATED' ? Number(slice.quantity) : 0),
          0,
        ),
      );
    };

    test('first come, first served: 60, 40, 0', async () => {
      expect(await served('E13-FCFS', 'FCFS', ['100'])).toEqual([60, 40, 0]);
    });
    test('priority: 50, 50, 0', async () => {
      expect(await served('E13-PRIORITY', 'PRIORITY', ['100'])).toEqual([50, 50, 0]);
    });
    test('fair share: 42, 37, 21, what rounding leaves to the most urgent', async () => {
      expect(await served('E13-FAIR', 'FAIR_SHARE', ['100'])).toEqual([42, 37, 21]);
    });
    test('a share that its node cannot use goes to who can', async () => {
      await app.availability.putItemPolicies({ policies: [{ item: 'SHARE', backorderRule: 'FAIR_SHARE' }] });
      const pinned = { mode: 'PARTIAL', backorder: true, lines: [{ line: 1, item: 'SHARE', quantity: '10', node: 'WEST' }] } as const; // prettier-ignore
      await made(reservation('', '', { ...pinned, lines: [...pinned.lines] }));
      const free = await made(reservation('SHARE', '10', { mode: 'PARTIAL', backorder: true }));
      await receive('SHARE', '10');
      expect((await view(free)).lines[0]?.slices).toMatchObject([{ state: 'ALLOCATED', quantity: '5' }, { state: 'ALLOCATED', quantity: '5' }]); // prettier-ignore
    });
  });

  describe('pre-emption', () => {
    const urgent = (item: string, quantity: string, more: Partial<ReserveRequest> = {}) =>
      reservation(item, quantity, { priority: 1, preempt: true, ...more });

    test('takes what is short, of the least urgent and youngest soft reservations, and tells who lost', async () => {
      await receive('URGENT', '10');
      const older = await made(soft('URGENT', '4', { priority: 8, partner: 'harbour', channel: 'PORTAL' }));
      const younger = await made(soft('URGENT', '3', { priority: 8 }));
      const fair = await made(soft('URGENT', '2'));
      const winner = urgent('URGENT', '6');
      const answer = await app.availability.reserve(winner);
      expect(answer.lines).toMatchObject([{ uncovered: '0', slices: [{ state: 'ALLOCATED', quantity: '6' }] }]);
      expect(await app.availability.reserve(winner)).toEqual({ ...answer, outcome: 'replayed' });
      expect(await view(younger)).toMatchObject({
        state: 'PREEMPTED',
        history: [{ event: 'CREATED' }, { event: 'PREEMPTED', by: winner.reservation, lines: [{ quantity: '3' }] }],
      });
      expect(await view(older)).toMatchObject({ state: 'HELD', lines: [{ open: '2' }] });
      expect(await view(fair)).toMatchObject({ state: 'HELD', lines: [{ open: '2' }] });
      expect(await position('URGENT')).toMatchObject({ allocated: '6', reserved: '4', free: '0' });
      const { rows } = await app.database.query(
        `select envelope->'data' as data from messaging.outbox where type = $1 order by id`,
        [RESERVATION_PREEMPTED],
      );
      const line = { line: 1, item: 'URGENT', node: 'DC' };
      expect(rows).toEqual([
        { data: { reservation: younger, by: winner.reservation, lines: [{ ...line, quantity: '3' }] } },
        {
          data: {
            reservation: older,
            partner: 'harbour',
            channel: 'PORTAL',
            by: winner.reservation,
            lines: [{ ...line, quantity: '2' }],
          },
        },
      ]);
    });

    test('never takes from firm reservations, from equals, or for a request that would be refused all the same', async () => {
      await receive('FIRM', '10');
      await made(reservation('FIRM', '4', { priority: 9 }));
      const equal = await made(soft('FIRM', '3', { priority: 1 }));
      const loser = await made(soft('FIRM', '3', { priority: 9 }));
      const refused = await refusalOf(urgent('FIRM', '4'));
      expect(refused).toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY', findings: [{ expected: '3' }] });
      expect(await view(loser)).toMatchObject({ state: 'HELD', history: [{ event: 'CREATED' }] });
      await made(urgent('FIRM', '5', { mode: 'PARTIAL' }));
      expect(await view(equal)).toMatchObject({ state: 'HELD', lines: [{ open: '3' }] });
      expect(await position('FIRM')).toMatchObject({ allocated: '7', reserved: '3' });
    });

    test('only for priorities that policy allows', async () => {
      await receive('POLICY', '1');
      const refused = await refusalOf(urgent('POLICY', '1', { priority: 3 }));
      expect(refused).toMatchObject({ code: 'PREEMPTION_NOT_ALLOWED', kind: 'forbidden' });
      await made(urgent('POLICY', '1', { priority: 2 }));
    });
  });
});
