import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import type { ReserveLine, ReserveRequest } from '#contracts/availability/reserve.dto';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { GOODS_ISSUED, SHIPMENT_CONFIRMED, STOCK_ALLOCATED, type ShipmentConfirmed, type StockAllocated } from '#contracts/events/catalogue'; // prettier-ignore
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('reservations', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const reserve = (request: ReserveRequest) => app.availability.reserve(request);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error: unknown) => (error instanceof CrossdockError ? error.code : String(error)),
    );
  const receive = (item: string, quantity: string, more: Partial<InventoryRecordDto> = {}) =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, fact: 'RECEIVED', quantity, ...more })] });
  const position = async (item: string, node = 'DC') =>
    (await app.availability.timeline({ item, node })).nodes[0]?.position;
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const expectSupply = (id: string, item: string, quantity: string, days: number, node = 'DC') =>
    app.availability.putSupplies({
      supplies: [{ id, kind: 'PURCHASE_ORDER', item, node, quantity, availableOn: inDays(days) }],
    });
  const allocations = async (id: string) => {
    const { rows } = await app.database.query<{ data: StockAllocated }>(
      `select envelope->'data' as data from messaging.outbox where type = $1 and partition_key = $2 order by id`,
      [STOCK_ALLOCATED, id],
    );
    return rows.map(({ data }) => data);
  };
  const slices = async (id: string) =>
    (
      await app.database.query(
        `select state, node, trim_scale(quantity)::text as quantity from availability.slice where reservation = $1 order by id`,
        [id],
      )
    ).rows;

  test('the same id with the same content answers the first result; other content is refused', async () => {
    await receive('IDEM', '10');
    const request = reservation('IDEM', '4');
    const first = await reserve(request);
    const again = await Promise.all([reserve(request), reserve(request), reserve({ ...request })]);
    expect(first.outcome).toBe('created');
    for (const answer of again) expect(answer).toEqual({ ...first, outcome: 'replayed' });
    expect(await codeOf(reserve({ ...request, mode: 'PARTIAL' }))).toBe('RESERVATION_CONFLICT');
    expect(await position('IDEM')).toMatchObject({ allocated: '4', free: '6' });
  });

  test('one id sent twice in one turn, and by two processes at once, takes stock once', async () => {
    await receive('TWICE', '10');
    await receive('TWICE2', '10');
    const other = await app.another();
    const request = reservation('TWICE', '3');
    const shared = { reservation: 'res-shared', mode: 'ALL_OR_NOTHING', kind: 'FIRM' } as const;
    const answers = await Promise.all([
      reserve(request),
      reserve(request),
      other.reserve(request),
      codeOf(reserve({ ...shared, lines: [{ line: 1, item: 'TWICE', quantity: '1' }] })),
      codeOf(other.reserve({ ...shared, lines: [{ line: 1, item: 'TWICE2', quantity: '1' }] })),
    ]);
    const outcomes = answers.slice(0, 3).map((answer) => (typeof answer === 'string' ? answer : answer.outcome));
    expect(outcomes.sort()).toEqual(['created', 'replayed', 'replayed']);
    expect(answers.slice(3).sort()).toEqual(['RESERVATION_CONFLICT', 'ok']);
  });

  test('a refusal names each short line and takes nothing of any', async () => {
    await receive('FULL', '10');
    await receive('SHORT', '1');
    const lines = [
      { line: 1, item: 'FULL', quantity: '5' },
      { line: 2, item: 'SHORT', quantity: '2' },
      { line: 3, item: 'NEVER-SEEN', quantity: '1' },
    ];
    const refused = await reserve(reservation('FULL', '1', { lines })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY', kind: 'conflict' });
    expect((refused as CrossdockError).findings).toMatchObject([
      { pointer: '/lines/1/quantity', seen: '2', expected: '1' },
      { pointer: '/lines/2/quantity', seen: '1', expected: '0' },
    ]);
    expect(await position('FULL')).toMatchObject({ allocated: '0' });
    const partial = await reserve(reservation('FULL', '1', { lines, mode: 'PARTIAL' }));
    expect(partial.lines.map((line) => line.uncovered)).toEqual(['0', '1', '1']);
  });

  test('a date that is in no calendar and a line sent twice are refused', async () => {
    const dated = [{ line: 1, item: 'IDEM', quantity: '1', requestedDate: '2026-02-31' }];
    expect(await codeOf(reserve(reservation('IDEM', '1', { lines: dated })))).toBe('DATE_INVALID');
    expect(await codeOf(app.availability.query({ lines: dated }))).toBe('DATE_INVALID');
    const twice = [1, 1].map((line) => ({ line, item: 'IDEM', quantity: '1' }));
    expect(await codeOf(reserve(reservation('IDEM', '1', { lines: twice })))).toBe('LINE_REPEATED');
  });

  test('a hot item: 32 clients, 500 attempts, 400 in stock, two processes: exactly 400 are taken, the rest get a clean 409', async () => {
    await receive('HOT', '400');
    const processes = [app.availability, await app.another()];
    let attempts = 500;
    const codes = new Map<string, number>();
    const client = async (number: number): Promise<void> => {
      while (attempts > 0) {
        attempts -= 1;
        const code = await codeOf(processes[number % 2]?.reserve(reservation('HOT', '1')) ?? Promise.resolve());
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 32 }, (_, number) => client(number)));
    expect(Object.fromEntries(codes)).toEqual({ ok: 400, INSUFFICIENT_AVAILABILITY: 100 });
    expect(await position('HOT')).toMatchObject({ allocated: '400', free: '0' });
  });

  test('orders that lock the same items in other orders never wait for each other for ever', async () => {
    for (const item of ['LOCK1', 'LOCK2', 'LOCK3']) await receive(item, '1000');
    const other = await app.another();
    const orders = Array.from({ length: 120 }, (_, index) => {
      const items = index % 2 === 0 ? ['LOCK1', 'LOCK2', 'LOCK3'] : ['LOCK3', 'LOCK2', 'LOCK1'];
      const lines: ReserveLine[] = items.map((item, line) => ({ line: line + 1, item, quantity: '2' }));
      return (index % 3 === 0 ? other : app.availability).reserve(reservation('LOCK1', '1', { lines }));
    });
    await Promise.all(orders);
    expect(await position('LOCK2')).toMatchObject({ allocated: '240' });
  });

  test('safety stock is withheld once, and lowering it serves who waits', async () => {
    await receive('SAFE', '10');
    await app.availability.putSafetyStock({ levels: [{ item: 'SAFE', node: 'DC', quantity: '8' }] });
    const request = reservation('SAFE', '5', { mode: 'PARTIAL', backorder: true });
    expect((await reserve(request)).lines[0]).toMatchObject({ uncovered: '3', slices: [{ quantity: '2' }] });
    await app.availability.putSafetyStock({ levels: [{ item: 'SAFE', node: 'DC', quantity: '6' }] });
    expect(await position('SAFE')).toMatchObject({ allocated: '4' });
  });

  test('what is not on hand is promised from its supply, dated and pegged, and allocated when it is received', async () => {
    await receive('DATED', '10');
    await expectSupply('PO-D', 'DATED', '50', 5);
    const request = reservation('DATED', '30');
    expect((await reserve(request)).lines[0]?.slices).toEqual([
      { node: 'DC', quantity: '10', shipDate: inDays(0), basis: 'ON_HAND', state: 'ALLOCATED' },
      { node: 'DC', quantity: '20', shipDate: inDays(5), basis: 'PURCHASE_ORDER', supply: 'PO-D', state: 'PROMISED' },
    ]);
    const query = await app.availability.query({
      lines: [{ item: 'DATED', quantity: '40', requestedDate: inDays(6) }],
    });
    expect(query.lines[0]).toMatchObject({ availableToPromise: '30', unpromised: '10' });
    await receive('DATED', '50', { reference: 'PO-D' });
    expect(await allocations(request.reservation)).toEqual([
      { reservation: request.reservation, line: 1, item: 'DATED', node: 'DC', quantity: '20' },
    ]);
    expect(await position('DATED')).toMatchObject({ allocated: '30', free: '30' });
  });

  test('first come, first served: by the day asked for, then by age, and a release serves the next', async () => {
    const later = reservation('WAIT', '4', { backorder: true, mode: 'PARTIAL', lines: [{ line: 1, item: 'WAIT', quantity: '4', requestedDate: inDays(3) }] }); // prettier-ignore
    const first = reservation('WAIT', '5', { backorder: true, mode: 'PARTIAL' });
    const second = reservation('WAIT', '5', { backorder: true, mode: 'PARTIAL' });
    for (const request of [later, first, second])
      expect((await reserve(request)).lines[0]?.uncovered).toBe(request.lines[0]?.quantity);
    await receive('WAIT', '7');
    expect([
      await slices(first.reservation),
      await slices(second.reservation),
      await slices(later.reservation),
    ]).toEqual([
      [{ state: 'ALLOCATED', node: 'DC', quantity: '5' }],
      [
        { state: 'BACKORDERED', node: '', quantity: '3' },
        { state: 'ALLOCATED', node: 'DC', quantity: '2' },
      ],
      [{ state: 'BACKORDERED', node: '', quantity: '4' }],
    ]);
    await app.availability.release({ reservation: first.reservation, key: 'cancel' });
    expect(await slices(second.reservation)).toMatchObject([{ quantity: '2' }, { state: 'ALLOCATED', quantity: '3' }]);
    expect(await slices(later.reservation)).toMatchObject([{ state: 'BACKORDERED', quantity: '2' }, { quantity: '2' }]);
    expect((await allocations(second.reservation)).map(({ quantity }) => quantity)).toEqual(['2', '3']);
    const query = await app.availability.query({ lines: [{ item: 'WAIT', quantity: '1' }] });
    expect(query.lines[0]).toMatchObject({ known: true, availableToPromise: '0' });
  });

  test('new supply gives a waiting line a date before anybody else can take it', async () => {
    const request = reservation('REPROMISE', '8', { backorder: true, mode: 'PARTIAL' });
    await reserve(request);
    await expectSupply('PO-R', 'REPROMISE', '10', 4);
    expect(await slices(request.reservation)).toEqual([{ state: 'PROMISED', node: 'DC', quantity: '8' }]);
    const query = await app.availability.query({ lines: [{ item: 'REPROMISE', quantity: '9' }] });
    expect(query.lines[0]).toMatchObject({ availableToPromise: '0', unpromised: '7', slices: [{ quantity: '2' }] });
  });

  test('a pinned line takes only its node, an excluded node serves nobody who excludes it', async () => {
    await receive('NODES', '5', { node: 'EAST' });
    await receive('NODES', '5', { node: 'WEST' });
    const pinned = await reserve(
      reservation('NODES', '1', { lines: [{ line: 1, item: 'NODES', quantity: '2', node: 'WEST' }] }),
    );
    expect(pinned.lines[0]?.slices).toMatchObject([{ node: 'WEST', quantity: '2' }]);
    const excluding = await reserve(
      reservation('NODES', '5', { excludeNodes: ['EAST'], mode: 'PARTIAL', backorder: true }),
    );
    expect(excluding.lines[0]).toMatchObject({ slices: [{ node: 'WEST', quantity: '3' }], uncovered: '2' });
    await receive('NODES', '5', { node: 'EAST' });
    expect(await slices(excluding.reservation)).toContainEqual({ state: 'BACKORDERED', node: 'WEST', quantity: '2' });
  });

  test('an excluded node serves again once it has counted: then the book says what is there', async () => {
    await receive('COUNTED', '5', { node: 'EAST' });
    const waiting = reservation('COUNTED', '4', { excludeNodes: ['EAST'], mode: 'PARTIAL', backorder: true });
    await reserve(waiting);
    const count = async (quantity: string) =>
      app.availability.postInventory({
        source: 'w',
        records: [fact({ item: 'COUNTED', node: 'EAST', fact: 'COUNTED', quantity })],
      });
    await count('3');
    expect(await slices(waiting.reservation)).toEqual([
      { state: 'BACKORDERED', node: '', quantity: '1' },
      { state: 'ALLOCATED', node: 'EAST', quantity: '3' },
    ]);
  });

  test('node priority decides between equals; an inactive node serves nobody', async () => {
    app.nodes.push({ id: 'P-LOW', priority: 90, active: true }, { id: 'P-HIGH', priority: 10, active: true });
    for (const node of ['P-LOW', 'P-HIGH', 'P-UNKNOWN']) await receive('PRIO', '5', { node });
    const one = await reserve(reservation('PRIO', '1'));
    expect(one.lines[0]?.slices).toMatchObject([{ node: 'P-HIGH' }]);
    app.nodes.splice(1, 1, { id: 'P-HIGH', priority: 10, active: false });
    const two = await reserve(reservation('PRIO', '1'));
    expect(two.lines[0]?.slices).toMatchObject([{ node: 'P-LOW' }]);
    app.nodes.splice(0);
  });

  test('a release is made once per key, frees what waits first, and leaves the rest', async () => {
    await receive('REL', '10');
    const request = reservation('REL', '14', { mode: 'PARTIAL', backorder: true });
    await reserve(request);
    const release = { reservation: request.reservation, key: 'k1', lines: [{ line: 1, quantity: '6' }] };
    expect(await app.availability.release(release)).toMatchObject({ lines: [{ line: 1, released: '6' }] });
    expect(await app.availability.release(release)).toMatchObject({ lines: [{ line: 1, released: '6' }] });
    expect(await codeOf(app.availability.release({ ...release, lines: [] }))).toBe('RELEASE_CONFLICT');
    expect(await slices(request.reservation)).toEqual([{ state: 'ALLOCATED', node: 'DC', quantity: '8' }]);
    expect(await app.availability.release({ reservation: request.reservation, key: 'k2' })).toMatchObject({
      lines: [{ line: 1, released: '8' }],
    });
    expect(await app.availability.release({ reservation: 'nobody', key: 'k' })).toEqual({
      reservation: 'nobody',
      lines: [],
    });
  });

  test('a soft reservation holds until its time is over by the clock of the database, then serves who waits', async () => {
    await receive('SOFT', '5');
    const soft = reservation('SOFT', '5', { kind: 'SOFT', ttlSeconds: 600 });
    const answer = await reserve(soft);
    expect(answer.lines[0]?.slices).toMatchObject([{ state: 'RESERVED' }]);
    expect(Date.parse(answer.expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect(await position('SOFT')).toMatchObject({ reserved: '5', free: '0' });
    const firm = reservation('SOFT', '3', { mode: 'PARTIAL', backorder: true });
    await reserve(firm);
    await app.database.query(`update availability.reservation set expires_at = now() where id = $1`, [
      soft.reservation,
    ]);
    await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.expire'`);
    await app.messaging.drain();
    expect(await position('SOFT')).toMatchObject({ reserved: '0', allocated: '3', free: '2' });
  });

  test('stock that the warehouse takes from under an allocation is an exception, not a refusal', async () => {
    await receive('OVER', '5');
    await reserve(reservation('OVER', '5'));
    await app.availability.postInventory({
      source: 'wms',
      records: [fact({ item: 'OVER', fact: 'ADJUSTED', quantity: '-2' })],
    });
    const open = async () =>
      (await app.database.query(`select kind from availability.exception where item = 'OVER' and resolved_at is null`))
        .rows;
    expect(await open()).toEqual([{ kind: 'OverAllocated' }]);
    expect(await codeOf(reserve(reservation('OVER', '1')))).toBe('INSUFFICIENT_AVAILABILITY');
    await receive('OVER', '2');
    expect(await open()).toEqual([]);
  });

  test('the database itself refuses to commit more than there is', async () => {
    await receive('CHECK', '5');
    const oversell = app.database.query(`update availability.position set allocated = 6 where item = 'CHECK'`);
    await expect(oversell).rejects.toThrow('never_oversold');
  });

  test('a confirmed shipment issues the goods once, however often it is told, and uses up its allocation', async () => {
    await receive('SHIP', '10');
    const request = reservation('SHIP', '6');
    await reserve(request);
    const shipment: ShipmentConfirmed = {
      shipment: 'shp-1',
      order: request.reservation,
      partner: 'p',
      fulfilmentOrder: 'fo-1',
      node: 'DC',
      shippedAt: '2026-03-03T10:00:00Z',
      trackingNumbers: [],
      lines: [{ line: 1, item: 'SHIP', quantity: '4', reservation: request.reservation }],
    };
    const confirmed = {
      type: SHIPMENT_CONFIRMED,
      source: 'process/shipments',
      subject: 'shp-1',
      partitionKey: 'o',
      data: shipment,
    };
    await app.messaging.outbox.publish(app.database, [confirmed, confirmed]);
    await app.messaging.drain();
    await app.messaging.outbox.publish(app.database, [confirmed]);
    await app.messaging.drain();
    expect(await position('SHIP')).toMatchObject({ onHand: '6', allocated: '2', free: '4' });
    const { rows } = await app.database.query(
      `select envelope->'data' as data from messaging.outbox where type = $1 limit 1`,
      [GOODS_ISSUED],
    );
    expect(rows).toEqual([{ data: { shipment: 'shp-1' } }]);
    expect(await app.availability.release({ reservation: request.reservation, key: uniqueId('k') })).toMatchObject({
      lines: [{ line: 1, released: '2' }],
    });
  });

  test('the feed tells the newest value of each item and loses none that commits late', async () => {
    let cursor: string | undefined;
    const told: Record<string, string> = {};
    /** Any open transaction of the server delays the feed, also one of another test. */
    const readUntil = async (item: string, value: string): Promise<void> => {
      for (let tries = 0; tries < 3_000 && told[item] !== value; tries += 1) {
        const page = await app.availability.deltas({ limit: 3, ...(cursor === undefined ? {} : { since: cursor }) });
        for (const change of page.changes) told[change.item] = change.availableToPromise;
        cursor = page.next;
        if (!page.more) await sleep(20);
      }
      expect(told[item]).toBe(value);
    };
    await receive('FEED-EARLY', '1');
    await readUntil('FEED-EARLY', '1');
    expect(told).toMatchObject({ IDEM: '6', HOT: '0' });
    const late = await app.database.pool.connect();
    try {
      await late.query('begin');
      await late.query(`insert into availability.item (item) values ('FEED-LATE')`);
      await receive('FEED-AFTER', '2');
      expect((await app.availability.deltas({ ...(cursor === undefined ? {} : { since: cursor }) })).changes).toEqual(
        [],
      );
      await late.query('commit');
    } finally {
      late.release();
    }
    await receive('FEED-AFTER', '3');
    await readUntil('FEED-AFTER', '5');
    expect(told['FEED-LATE']).toBe('0');
    const { changes, next } = await app.availability.deltas({ ...(cursor === undefined ? {} : { since: cursor }) });
    expect([changes, next]).toEqual([[], cursor]);
    expect(await codeOf(app.availability.deltas({ since: 'nonsense' }))).toBe('CURSOR_INVALID');
  });

  test('the timeline shows supply, demand, shortage and what is left, and refuses an unknown item', async () => {
    await receive('LINE', '5');
    await expectSupply('PO-L', 'LINE', '10', 2);
    await reserve(reservation('LINE', '12'));
    const { nodes } = await app.availability.timeline({ item: 'LINE', days: 4 });
    expect(nodes[0]?.days.map((day) => [day.supply, day.demand, day.projected, day.availableToPromise])).toEqual([
      ['0', '0', '0', '0'],
      ['0', '0', '0', '0'],
      ['10', '7', '3', '3'],
      ['0', '0', '3', '3'],
    ]);
    expect(nodes[0]?.demands.map((demand) => demand.state)).toEqual(['PROMISED', 'ALLOCATED']);
    expect(await codeOf(app.availability.timeline({ item: 'NO-SUCH' }))).toBe('ITEM_UNKNOWN');
  });

  test('a query of many lines in one turn is answered per line; unknown items are said to be unknown', async () => {
    const [one, many] = await Promise.all([
      app.availability.query({ lines: [{ item: 'IDEM', quantity: '100' }] }),
      app.availability.query({
        lines: [
          { item: 'NO-SUCH', quantity: '1' },
          { item: 'FULL', quantity: '1' },
        ],
      }),
    ]);
    expect(one.lines).toMatchObject([{ known: true, availableToPromise: '6', unpromised: '94' }]);
    expect(many.lines).toMatchObject([
      { known: false, availableToPromise: '0', unpromised: '1', slices: [] },
      { known: true },
    ]);
    expect(one.watermarks).toContainEqual(expect.objectContaining({ source: 'wms' }));
  });

  test('a refusal names the next day also without a latest one, and beyond the horizon of promises', async () => {
    const item = uniqueId('FAR');
    const availableOn = new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10);
    await app.availability.putSupplies({
      supplies: [{ id: item, kind: 'PURCHASE_ORDER', item, node: 'DC', quantity: '10', availableOn }],
    });
    await expect(app.availability.reserve(reservation(item, '10'))).rejects.toMatchObject({
      code: 'INSUFFICIENT_AVAILABILITY',
      findings: [{ expected: '0', nextDate: availableOn }],
    });
  });
});
