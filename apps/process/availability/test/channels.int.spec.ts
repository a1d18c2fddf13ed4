import { CrossdockError } from '#canonical/errors';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

/** Channel quotas in reservations (domain/atp.md §4, E9): what is kept, what is capped, the common pool, and what gives it back. */
describe('channel quotas', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    process.env['CROSSDOCK_PREEMPT_PRIORITY'] = '2';
    app = await testAvailability();
  });
  afterAll(async () => {
    delete process.env['CROSSDOCK_PREEMPT_PRIORITY'];
    await app.close();
  });

  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'c', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const quota = (item: string, channel: string, kept: string, cap?: string, node?: string) =>
    app.availability.putChannelQuotas({
      quotas: [{ item, channel, protected: kept, ...(cap === undefined ? {} : { cap }), ...(node === undefined ? {} : { node }) }], // prettier-ignore
    });
  const consumed = async (item: string) =>
    Object.fromEntries(
      (await app.availability.channelQuotas({ item })).quotas.map(({ channel, consumed: quantity }) => [
        channel,
        quantity,
      ]),
    );
  /** What is reserved of so much, by a channel, softly. */
  const take = async (item: string, quantity: string, channel?: string, more: object = {}) => {
    const request = reservation(item, quantity, { kind: 'SOFT', mode: 'PARTIAL', ...(channel === undefined ? {} : { channel }), ...more }); // prettier-ignore
    const { lines } = await app.availability.reserve(request);
    return { id: request.reservation, got: Number(quantity) - Number(lines[0]?.uncovered) };
  };

  test('what is protected for a channel only it may take, and it may also have the common pool', async () => {
    const item = uniqueId('KEPT');
    await receive(item, '100');
    await quota(item, 'PORTAL', '40');
    expect((await take(item, '100', 'MARKETPLACE')).got).toBe(60);
    expect((await take(item, '1')).got).toBe(0);
    const refused = app.availability.reserve(reservation(item, '50', { channel: 'PORTAL' }));
    await expect(refused).rejects.toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY', findings: [{ expected: '40' }] });
    expect((await take(item, '50', 'PORTAL')).got).toBe(40);
    expect(await consumed(item)).toEqual({ PORTAL: '40' });
  });

  test('a cap holds over all nodes; what is released, and what expires, may be taken again', async () => {
    const item = uniqueId('CAP');
    await receive(item, '20', 'N1');
    await receive(item, '20', 'N2');
    await quota(item, 'PORTAL', '0', '30');
    const first = await take(item, '40', 'PORTAL');
    expect([first.got, (await take(item, '1', 'PORTAL')).got]).toEqual([30, 0]);
    expect((await take(item, '5', 'MARKETPLACE')).got).toBe(5);
    await app.availability.release({ reservation: first.id, key: 'k', lines: [{ line: 1, quantity: '12' }] });
    expect(await consumed(item)).toEqual({ PORTAL: '18' });
    expect((await take(item, '40', 'PORTAL')).got).toBe(12);
    await app.database.query(`update availability.reservation set expires_at = now() where id = $1`, [first.id]);
    await app.database.query(`update messaging.job set run_at = now() where key = $1`, [first.id]);
    await app.messaging.drain();
    expect(await consumed(item)).toEqual({ PORTAL: '12' });
  });

  test('an order for a soft reservation consumes the quota once, and what ships stays consumed', async () => {
    const item = uniqueId('ONCE');
    await receive(item, '50');
    await quota(item, 'PORTAL', '0', '20');
    const basket = await take(item, '15', 'PORTAL');
    const order = reservation(item, '12', { channel: 'PORTAL', converts: basket.id });
    await app.availability.reserve(order);
    expect(await consumed(item)).toEqual({ PORTAL: '12' });
    const shipped = fact({ item, fact: 'SHIPPED', quantity: '12', reservation: order.reservation, line: 1 });
    await app.availability.postInventory({ source: 'c', records: [shipped] });
    expect(await consumed(item)).toEqual({ PORTAL: '12' });
    expect((await take(item, '20', 'PORTAL')).got).toBe(8);
  });

  test('a quota that comes later counts what its channel holds by then', async () => {
    const item = uniqueId('LATER');
    await receive(item, '50');
    await take(item, '25', 'PORTAL');
    await quota(item, 'PORTAL', '0', '30');
    expect(await consumed(item)).toEqual({ PORTAL: '25' });
    await quota(item, 'PORTAL', '0', '28');
    expect((await take(item, '9', 'PORTAL')).got).toBe(3);
  });

  test('who waits in line takes nothing that is protected for another channel', async () => {
    const item = uniqueId('LINE');
    await quota(item, 'PORTAL', '10');
    const waiter = reservation(item, '8', { mode: 'PARTIAL', backorder: true, channel: 'MARKETPLACE' });
    await app.availability.reserve(waiter);
    await receive(item, '13');
    const { lines } = await app.availability.reservation({ reservation: waiter.reservation });
    expect(lines[0]?.slices.map(({ state, quantity }) => `${state} ${quantity}`).sort()).toEqual([
      'ALLOCATED 3',
      'BACKORDERED 5',
    ]);
    expect((await take(item, '11', 'PORTAL')).got).toBe(10);
  });

  test('what is pre-empted is given back to the quota of who loses', async () => {
    const item = uniqueId('LOSE');
    await receive(item, '10');
    await quota(item, 'PORTAL', '0', '10');
    await take(item, '10', 'PORTAL', { priority: 9 });
    await app.availability.reserve(reservation(item, '4', { channel: 'EDI', priority: 1, preempt: true }));
    expect(await consumed(item)).toEqual({ PORTAL: '6' });
  });

  test('the refusal names the next day on which the channel may have all of it', async () => {
    const item = uniqueId('NEXT');
    const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await receive(item, '10', 'N1');
    await receive(item, '10', 'N2');
    await quota(item, 'PORTAL', '15');
    const supply = {
      id: item,
      kind: 'PURCHASE_ORDER' as const,
      item,
      node: 'N1',
      quantity: '10',
      availableOn: dayIn(4),
    };
    await app.availability.putSupplies({ supplies: [supply] });
    const soon = reservation(item, '12', { channel: 'EDI', lines: [{ line: 1, item, quantity: '12', latestDate: dayIn(1) }] }); // prettier-ignore
    await expect(app.availability.reserve(soon)).rejects.toMatchObject({
      findings: [{ expected: '5', nextDate: dayIn(4) }],
    });
  });

  test('caps are exact under many clients on two processes', async () => {
    const other = await app.another();
    const item = uniqueId('HOT');
    await receive(item, '200');
    await quota(item, 'A', '50', '80');
    await quota(item, 'B', '0', '60');
    const got: Record<string, number> = { A: 0, B: 0, C: 0 };
    const client = async (number: number): Promise<void> => {
      const channel = ['A', 'B', 'C'][number % 3] ?? 'A';
      const availability = number % 2 === 0 ? app.availability : other;
      for (let round = 0; round < 30; round += 1) {
        const quantity = 1 + ((number + round) % 4);
        try {
          await availability.reserve(reservation(item, String(quantity), { channel }));
          got[channel] = (got[channel] ?? 0) + quantity;
        } catch (error) {
          if (!(error instanceof CrossdockError) || error.code !== 'INSUFFICIENT_AVAILABILITY') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, number) => client(number)));
    expect(await consumed(item)).toEqual({ A: String(got['A']), B: String(got['B']) });
    expect(got['A']).toBeLessThanOrEqual(80);
    expect(got['A']).toBeGreaterThanOrEqual(50);
    expect(got['B']).toBeLessThanOrEqual(60);
    expect((got['A'] ?? 0) + (got['B'] ?? 0) + (got['C'] ?? 0)).toBe(200);
    expect((await app.availability.checkInvariants()).breaches).toEqual([]);
  });
});
