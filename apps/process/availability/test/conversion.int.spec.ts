import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { fact, reservation, testAvailability, timeIsUp, uniqueId, type TestAvailability } from './harness';

describe('soft reservations: their life, and what becomes of them when the order arrives', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  const expectSupply = (id: string, item: string, quantity: string, days: number) =>
    app.availability.putSupplies({
      supplies: [{ id, kind: 'PURCHASE_ORDER', item, node: 'DC', quantity, availableOn: inDays(days) }],
    });
  const position = async (item: string, node = 'DC') =>
    (await app.availability.timeline({ item, node })).nodes[0]?.position;
  const view = (id: string) => app.availability.reservation({ reservation: id });
  const errorOf = async (work: Promise<unknown>): Promise<CrossdockError> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof CrossdockError)) throw new Error(`expected a refusal, got ${String(error)}`);
    return error;
  };
  const soft = async (item: string, quantity: string, more: Partial<ReserveRequest> = {}): Promise<string> => {
    const request = reservation(item, quantity, { kind: 'SOFT', ttlSeconds: 600, ...more });
    await app.availability.reserve(request);
    return request.reservation;
  };
  const expire = async (id: string): Promise<void> => {
    await timeIsUp(app.database, id);
    for (let tries = 0; tries < 100 && (await view(id)).state === 'HELD'; tries += 1) await sleep(50);
  };

  test('an order takes over what its soft reservation held: counted once, also when it is sent again', async () => {
    await receive('CONV', '10');
    const basket = await soft('CONV', '10');
    const order = reservation('CONV', '10', { converts: basket });
    const first = await app.availability.reserve(order);
    expect(first.lines).toMatchObject([{ slices: [{ state: 'ALLOCATED', quantity: '10' }], uncovered: '0', converted: '10' }]); // prettier-ignore
    const again = await Promise.all([app.availability.reserve(order), app.availability.reserve({ ...order })]);
    for (const answer of again) expect(answer).toEqual({ ...first, outcome: 'replayed' });
    expect(await position('CONV')).toMatchObject({ allocated: '10', reserved: '0', free: '0' });
    expect(await view(basket)).toMatchObject({
      state: 'CONVERTED',
      lines: [{ line: 1, item: 'CONV', open: '0', slices: [] }],
      history: [
        { event: 'CREATED' },
        { event: 'CONVERTED', by: order.reservation, lines: [{ line: 1, quantity: '10' }] },
      ],
    });
  });

  test('an order that asks for more gets the rest from what is free, one that asks for less frees the rest', async () => {
    await receive('MORE', '15');
    const small = await soft('MORE', '10');
    const larger = await app.availability.reserve(reservation('MORE', '12', { converts: small }));
    expect(larger.lines).toMatchObject([{ uncovered: '0', converted: '10' }]);
    expect(await position('MORE')).toMatchObject({ allocated: '12', reserved: '0', free: '3' });

    await receive('LESS', '10');
    const large = await soft('LESS', '10');
    const waits = reservation('LESS', '3', { mode: 'PARTIAL', backorder: true });
    await app.availability.reserve(waits);
    await app.availability.reserve(reservation('LESS', '6', { converts: large }));
    expect(await position('LESS')).toMatchObject({ allocated: '9', reserved: '0', free: '1' });
    expect(await view(waits.reservation)).toMatchObject({ lines: [{ slices: [{ state: 'ALLOCATED', quantity: '3' }] }] }); // prettier-ignore
  });

  test('a refused order leaves its soft reservation as it was', async () => {
    await receive('KEEP', '5');
    const basket = await soft('KEEP', '5');
    const refused = await errorOf(app.availability.reserve(reservation('KEEP', '6', { converts: basket })));
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY', findings: [{ seen: '6', expected: '5' }] });
    expect(await position('KEEP')).toMatchObject({ allocated: '0', reserved: '5' });
    expect((await view(basket)).state).toBe('HELD');
  });

  test('one that expired a moment before gives nothing, and the order takes what is free', async () => {
    await receive('LATE', '5');
    const basket = await soft('LATE', '5');
    await expire(basket);
    const order = await app.availability.reserve(reservation('LATE', '4', { converts: basket }));
    expect(order.lines).toMatchObject([{ uncovered: '0', converted: '0' }]);
    expect(await position('LATE')).toMatchObject({ allocated: '4', reserved: '0', free: '1' });
    expect(await view(basket)).toMatchObject({ state: 'EXPIRED', history: [{ event: 'CREATED' }, { event: 'EXPIRED', lines: [{ line: 1, quantity: '5' }] }] }); // prettier-ignore
  });

  test('two orders that name one soft reservation, with its expiry between them: what it held is taken over once', async () => {
    const other = await app.another();
    for (let round = 0; round < 10; round += 1) {
      const item = uniqueId('RACE');
      await receive(item, '10');
      const basket = await soft(item, '6');
      const one = reservation(item, '5', { converts: basket, mode: 'PARTIAL' });
      const two = reservation(item, '5', { converts: basket, mode: 'PARTIAL' });
      const [first, second] = await Promise.all([
        app.availability.reserve(one),
        other.reserve(two),
        round % 2 === 0 ? expire(basket) : app.availability.release({ reservation: basket, key: 'k' }),
      ]);
      const converted = [first, second].map(({ lines }) => Number(lines[0]?.converted));
      expect(converted.filter((quantity) => quantity > 0).length).toBeLessThanOrEqual(1);
      expect(await position(item)).toMatchObject({ allocated: '10', reserved: '0', free: '0' });
    }
  });

  test('a dated promise changes hands with its supply; an order for a later day moves it, never before its supply', async () => {
    await expectSupply('PO-CONV', 'DATED-SOFT', '20', 3);
    const basket = await soft('DATED-SOFT', '20');
    const line = { line: 4, item: 'DATED-SOFT', quantity: '20', requestedDate: inDays(5) };
    const answer = await app.availability.reserve(reservation('', '', { converts: basket, lines: [line] }));
    expect(answer.lines).toMatchObject([{ line: 4, converted: '20', slices: [{ state: 'PROMISED', supply: 'PO-CONV', shipDate: inDays(5), quantity: '20' }] }]); // prettier-ignore
    const none = await app.availability.query({ lines: [{ item: 'DATED-SOFT', quantity: '1' }] });
    expect(none.lines[0]).toMatchObject({ availableToPromise: '0', unpromised: '1' });
  });

  test('only its own partner may name a soft reservation, and a firm one is none', async () => {
    await receive('MINE', '5');
    const basket = await soft('MINE', '2', { partner: 'harbour' });
    const firm = reservation('MINE', '1');
    await app.availability.reserve(firm);
    const order = (more: Partial<ReserveRequest>) => errorOf(app.availability.reserve(reservation('MINE', '1', more)));
    const unknown = { code: 'RESERVATION_UNKNOWN', kind: 'not-found' };
    expect(await order({ converts: basket, partner: 'other' })).toMatchObject(unknown);
    expect(await order({ converts: firm.reservation })).toMatchObject(unknown);
    expect(await order({ converts: 'nobody' })).toMatchObject(unknown);
    expect(await errorOf(app.availability.reservation({ reservation: basket, partner: 'other' }))).toMatchObject(unknown); // prettier-ignore
    expect(await app.availability.reservation({ reservation: basket, partner: 'harbour' })).toMatchObject({
      partner: 'harbour',
      priority: 5,
      kind: 'SOFT',
    });
  });

  test('an extension counts from now by the clock of the database, once per key, and never beyond the longest life', async () => {
    await receive('EXT', '5');
    const basket = await soft('EXT', '2');
    const extend = (key: string, ttlSeconds: number, id = basket) =>
      app.availability.extend({ reservation: id, key, ttlSeconds });
    const first = await extend('one', 3600);
    expect(Date.parse(first.expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
    expect(await Promise.all([extend('one', 3600), extend('one', 3600)])).toEqual([first, first]);
    expect(await errorOf(extend('one', 60))).toMatchObject({ code: 'EXTENSION_CONFLICT', kind: 'conflict' });
    expect(await extend('shorter', 60)).toEqual(first);
    const created = Date.parse((await view(basket)).createdAt);
    expect(Date.parse((await extend('most', 604_800)).expiresAt)).toBe(created + 604_800_000);
    expect(await errorOf(extend('more', 604_800))).toMatchObject({ code: 'RESERVATION_LIFE_EXCEEDED' });
    expect((await view(basket)).history.map(({ event }) => event)).toEqual(['CREATED', 'EXTENDED', 'EXTENDED', 'EXTENDED']); // prettier-ignore
    expect(await errorOf(extend('k', 60, 'nobody'))).toMatchObject({ code: 'RESERVATION_UNKNOWN' });
    const firm = reservation('EXT', '1');
    await app.availability.reserve(firm);
    expect(await errorOf(extend('k', 60, firm.reservation))).toMatchObject({ code: 'RESERVATION_FIRM' });
    await app.availability.release({ reservation: basket, key: 'r' });
    expect(await errorOf(extend('after', 60))).toMatchObject({ code: 'RESERVATION_ENDED' });
    expect((await view(basket)).state).toBe('RELEASED');
  });

  test('the timer of the first end frees nothing that was extended, the timer of the new end does', async () => {
    await receive('TIMER', '5');
    const basket = await soft('TIMER', '5', { ttlSeconds: 1 });
    await app.availability.extend({ reservation: basket, key: 'k', ttlSeconds: 3 });
    await sleep(1_500);
    await app.messaging.drain();
    expect((await view(basket)).state).toBe('HELD');
    for (let tries = 0; tries < 100 && (await view(basket)).state === 'HELD'; tries += 1) await sleep(100);
    expect(await view(basket)).toMatchObject({ state: 'EXPIRED' });
    expect(await position('TIMER')).toMatchObject({ reserved: '0', free: '5' });
  });

  test('a refusal says the next day on which the whole would work; a promise later than the latest day covers nothing', async () => {
    await receive('NEXT', '10');
    await expectSupply('PO-N1', 'NEXT', '5', 3);
    await expectSupply('PO-N2', 'NEXT', '50', 6);
    const line = { line: 1, item: 'NEXT', quantity: '16', latestDate: inDays(0) };
    const refused = await errorOf(app.availability.reserve(reservation('', '', { lines: [line] })));
    expect(refused.findings).toEqual([
      {
        code: 'INSUFFICIENT_AVAILABILITY',
        detail: 'line 1: 6 of 16 of NEXT cannot be promised',
        pointer: '/lines/0/quantity',
        seen: '16',
        expected: '10',
        nextDate: inDays(6),
      },
    ]);
    const nextOf = async (quantity: string, latestDate: string) =>
      (
        await errorOf(
          app.availability.reserve(
            reservation('', '', { lines: [{ line: 1, item: 'NEXT', quantity, latestDate, requestedDate: latestDate }] }), // prettier-ignore
          ),
        )
      ).findings[0]?.nextDate;
    expect([await nextOf('15', inDays(1)), await nextOf('66', inDays(1))]).toEqual([inDays(3), undefined]);
    const lines = [line, { ...line, line: 2, quantity: '1' }];
    const both = await errorOf(app.availability.reserve(reservation('', '', { lines: lines.map((each) => ({ ...each, quantity: '8' })) }))); // prettier-ignore
    expect(both.findings).toMatchObject([{ pointer: '/lines/1/quantity', expected: '2', nextDate: inDays(6) }]);
    const partial = await app.availability.reserve(reservation('', '', { mode: 'PARTIAL', lines: [line] }));
    expect(partial.lines).toMatchObject([{ slices: [{ quantity: '10', basis: 'ON_HAND' }], uncovered: '6' }]);
  });
});
