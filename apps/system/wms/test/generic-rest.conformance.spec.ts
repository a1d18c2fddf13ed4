import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import type { WmsFulfilmentProgressed, WmsInventoryChanged, WmsShipped } from '#contracts/events/catalogue';
import { WMS_FULFILMENT_PROGRESSED, WMS_INVENTORY_CHANGED, WMS_SHIPPED } from '#contracts/events/catalogue';
import { signatureOf } from '#connections/webhook-signature';
import { releaseOf } from './wms.conformance';
import { DEADLINE_MS, eventually, WEBHOOK_SECRET, World } from './world';

let world: World;
beforeAll(async () => {
  world = await World.start('generic-rest');
});
afterAll(() => world.stop());
afterEach(() => world.strike('north'));

describe('a release over a bad line', () => {
  const posts = async (): Promise<number> => (await world.counts('north'))['posts'] ?? 0;
  const objects = async (): Promise<number> => (await world.counts('north'))['fulfilmentOrders'] ?? 0;

  it.each(['reset-after-commit', '504-after-commit', 'slow', 'malformed'])(
    'makes one fulfilment order, posted once, when its answer is lost by %s',
    async (mode) => {
      const before = [await objects(), await posts()];
      world.strike('north', { operation: 'release', mode, times: 1, milliseconds: DEADLINE_MS + 1_000 });
      const release = releaseOf('north');
      await expect(world.wms.release(release)).rejects.toMatchObject({ kind: 'unknown-outcome', retryable: true });
      const again = await world.wms.release(release);
      expect(again.outcome).toBe('existing');
      expect(again.reference).toMatch(/^WH\d+$/);
      expect([await objects(), await posts()]).toEqual(before.map((count) => count + 1));
    },
  );

  it('waits for the warehouse that made it: a look-up that fails does not count as "there is none"', async () => {
    const before = await objects();
    world.strike(
      'north',
      { operation: 'release', mode: 'reset-after-commit', times: 1 },
      { operation: 'find', mode: 'down', times: 2 },
    );
    const release = releaseOf('north');
    await expect(world.wms.release(release)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await expect(world.wms.release(release)).rejects.toMatchObject({ retryable: true });
    expect((await world.wms.release(release)).outcome).toBe('existing');
    expect(await objects()).toBe(before + 1);
  });

  it.each(['down', 'error-in-200'])('makes one fulfilment order when nothing was done at first (%s)', async (mode) => {
    const before = await objects();
    world.strike('north', { operation: 'release', mode, times: 1 });
    const release = releaseOf('north');
    await expect(world.wms.release(release)).rejects.toMatchObject({ retryable: true });
    // A call that was cut off may still be at work: until that has settled nothing is created.
    const again = await eventually(() => world.wms.release(release).catch(() => undefined), 'a second attempt');
    expect(again.outcome).toBe('created');
    expect(await objects()).toBe(before + 1);
  });

  it('waits as long as a busy warehouse asks', async () => {
    world.strike('north', { operation: 'release', mode: '429', times: 1, retryAfter: 1 });
    const release = releaseOf('north');
    await expect(world.wms.release(release)).rejects.toMatchObject({ kind: 'limited', retryAfter: 1 });
    await sleep(1100);
    expect((await world.wms.release(release)).outcome).toBe('created');
  });

  it('is refused for good, in the words of the warehouse, for an item it does not know', async () => {
    const release = releaseOf('north', { lines: [{ line: 1, item: 'GHOST', quantity: '1' }] });
    await expect(world.wms.release(release)).rejects.toMatchObject({
      code: 'BACKEND_REFUSED',
      retryable: false,
      message: expect.stringContaining('GHOST'),
    });
  });

  it('is refused as retryable with a wrong token', async () => {
    const { settings } = await world.connections.get({ id: 'north' });
    const put = (token: string) =>
      world.connections.put({ id: 'north', product: 'generic-rest', settings, credentials: { token } });
    await put('wrong');
    const release = releaseOf('north');
    await expect(world.wms.release(release)).rejects.toMatchObject({
      code: 'BACKEND_CREDENTIALS_REJECTED',
      retryable: true,
    });
    expect((await world.connections.test({ id: 'north' })).ok).toBe(false);
    await put('sandbox');
    expect((await world.wms.release(release)).fulfilmentOrder).toBe(release.fulfilmentOrder);
  });

  it('can be looked at while the warehouse works on it, and its stock be asked', async () => {
    const release = releaseOf('north');
    await world.wms.release(release);
    const query = { connection: 'north', fulfilmentOrder: release.fulfilmentOrder };
    await eventually(
      async () => ((await world.wms.fulfilment(query)).status === 'SHIPPED' ? true : undefined),
      'SHIPPED',
    );
    const missing = world.wms.fulfilment({ ...query, fulfilmentOrder: 'none' });
    await expect(missing).rejects.toMatchObject({ code: 'FULFILMENT_UNKNOWN', kind: 'not-found' });
    const stock = await world.wms.stock({ connection: 'north' });
    expect(stock.node).toBe('DC-NORTH');
    expect(stock.lines.map(({ item }) => item)).toContain('00123');
  });
});

describe('a cancellation', () => {
  it('that comes before its release keeps it from ever reaching the warehouse', async () => {
    const release = releaseOf('north');
    const { connection, fulfilmentOrder } = release;
    const cancel = world.wms.cancel({ connection, fulfilmentOrder });
    await expect(cancel).rejects.toMatchObject({ code: 'FULFILMENT_UNKNOWN', kind: 'not-found' });
    const before = await world.counts('north');
    await expect(world.wms.release(release)).rejects.toMatchObject({ code: 'FULFILMENT_CANCELLED', retryable: false });
    expect(await world.counts('north')).toEqual(before);
  });

  it('of a release that never got through is open until that is known', async () => {
    world.strike('north', { operation: 'release', mode: 'down', times: 1 });
    const release = releaseOf('north');
    const { connection, fulfilmentOrder } = release;
    await expect(world.wms.release(release)).rejects.toMatchObject({ retryable: true });
    const cancel = () => world.wms.cancel({ connection, fulfilmentOrder }).catch((error: unknown) => error);
    expect(await cancel()).toMatchObject({ code: 'FULFILMENT_UNSETTLED', retryable: true });
    const final = async (): Promise<true | undefined> => {
      const error: unknown = await world.wms.release(release).catch((caught: unknown) => caught);
      return error instanceof CrossdockError && error.code === 'FULFILMENT_CANCELLED' ? true : undefined;
    };
    await eventually(final, 'a final refusal of the release');
    expect(await cancel()).toMatchObject({ code: 'FULFILMENT_UNKNOWN' });
  });
});

describe('a webhook', () => {
  let messages = 0;
  const received = (item: string, more: object = {}): object => ({
    ...{ id: `rcv-${item}`, type: 'inventory.received', occurredAt: '2026-11-21T09:00:00Z', node: 'DC-NORTH-CODE' },
    ...{ sequence: 1, lines: [{ item, quantity: '1' }], ...more },
  });
  const send = async (
    body: object | string,
    change: { id?: string; secret?: string; age?: number; connection?: string; tamper?: boolean } = {},
  ): Promise<Response> => {
    messages += 1;
    const id = change.id ?? `msg_${messages}`;
    const timestamp = String(Math.floor(Date.now() / 1000) - (change.age ?? 0));
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    const signature = signatureOf(change.secret ?? WEBHOOK_SECRET, id, timestamp, Buffer.from(raw)).toString('base64');
    return fetch(`${world.url}/inbound/wms/${change.connection ?? 'north'}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body: change.tamper === true ? raw.replace('"1"', '"100"') : raw,
    });
  };
  const archived = async (): Promise<number> => {
    const { rows } = await world.database.query<{ count: string }>('select count(*) from messaging.inbound');
    return Number(rows[0]?.count);
  };
  const ofItem =
    (item: string) =>
    ({ records }: WmsInventoryChanged): boolean =>
      records.some((record) => record.item === item);
  const changes = (item: string): Promise<WmsInventoryChanged[]> =>
    world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, ofItem(item));
  const published = async (item: string): Promise<number> =>
    (await world.events<WmsInventoryChanged>(WMS_INVENTORY_CHANGED)).filter(({ data }) => ofItem(item)(data)).length;

  it('is answered 202 as soon as it is archived, then published', async () => {
    const before = await archived();
    expect((await send(received('W-1'))).status).toBe(202);
    expect(await archived()).toBe(before + 1);
    const [change] = await changes('W-1');
    expect(change).toMatchObject({ source: 'wms/north', records: [{ id: 'rcv-W-1', fact: 'RECEIVED' }] });
  });

  it.each([
    ['another secret', { secret: `whsec_${Buffer.alloc(24, 9).toString('base64')}` }],
    ['a changed body', { tamper: true }],
    ['a time of twenty minutes ago', { age: 1200 }],
    ['a time of twenty minutes ahead', { age: -1200 }],
  ])('with %s is 401 and archived nowhere', async (_, change) => {
    const before = await archived();
    const answer = await send(received('W-2'), change);
    expect(answer.status).toBe(401);
    expect(await archived()).toBe(before);
  });

  it('for an unknown connection is 404 and archived nowhere', async () => {
    const before = await archived();
    expect((await send(received('W-3'), { connection: 'nowhere' })).status).toBe(404);
    expect(await archived()).toBe(before);
  });

  it('is 202 again when it comes twice, and published once', async () => {
    expect((await send(received('W-4'), { id: 'twice' })).status).toBe(202);
    expect((await send(received('W-4'), { id: 'twice' })).status).toBe(202);
    await changes('W-4');
    // Mapped after it, in its order: the second delivery would have been published before.
    await send(received('W-4-LAST'));
    await changes('W-4-LAST');
    expect(await published('W-4')).toBe(1);
  });

  it('is 409 with another body under a known id: the first stays, both are kept', async () => {
    expect((await send(received('W-5'), { id: 'conflict' })).status).toBe(202);
    expect((await send(received('W-6'), { id: 'conflict' })).status).toBe(409);
    await changes('W-5');
    expect(await published('W-6')).toBe(0);
    const { rows } = await world.database.query<{ body: Buffer }>('select body from messaging.inbound_conflict');
    expect(rows.map(({ body }) => body.toString())).toEqual([expect.stringContaining('W-6')]);
  });

  it('that cannot be understood goes dead with its reason and holds up nobody', async () => {
    await send(received('W-7', { type: 'inventory.teleported' }));
    await send(received('W-8'));
    await changes('W-8');
    const dead = await eventually(async () => {
      const jobs = (await world.deadJobs()).filter(({ lastError }) => lastError.includes('teleported'));
      return jobs.length > 0 ? jobs : undefined;
    }, 'a dead job');
    expect(dead).toMatchObject([{ queue: 'wms.map' }]);
  });

  it('with one bad event among good ones publishes the good ones and parks the bad one', async () => {
    const bad = received('W-10', { node: 'ELSEWHERE' });
    await send({ events: [received('W-9'), bad, received('W-11')] });
    await changes('W-9');
    await changes('W-11');
    const parked = async (): Promise<true | undefined> =>
      (await world.deadJobs()).some(({ lastError }) => lastError.includes('ELSEWHERE')) ? true : undefined;
    await eventually(parked, 'a dead job for the bad event');
    expect(await published('W-10')).toBe(0);
    expect(await published('W-9')).toBe(1);
  });

  it('of 4,000 lines is taken in one piece', async () => {
    const lines = Array.from({ length: 4000 }, (_, index) => ({ item: `BULK-${index}`, quantity: '7' }));
    expect((await send(received('x', { id: 'bulk', type: 'inventory.snapshot', lines }))).status).toBe(202);
    const bulk = await world.expectEvents<WmsInventoryChanged>(
      WMS_INVENTORY_CHANGED,
      ({ records }) => records[0]?.id.startsWith('bulk#') ?? false,
      4,
    );
    expect(bulk.flatMap(({ records }) => records)).toHaveLength(4000);
  });

  it('is taken while the connection is paused: what has happened has happened', async () => {
    await world.connections.pause({ id: 'north', reason: 'maintenance' });
    expect((await send(received('W-12'))).status).toBe(202);
    await changes('W-12');
    await world.connections.resume({ id: 'north' });
  });

  it.each(['duplicate', 'out-of-order', 'bad-signature', 'old-timestamp'])(
    'delivered with the fault "%s" ends in one shipment and four milestones',
    async (mode) => {
      world.strike('north', { operation: 'deliver', mode, times: 1 });
      const release = releaseOf('north');
      await world.wms.release(release);
      const mine = (data: { fulfilmentOrder: string }): boolean => data.fulfilmentOrder === release.fulfilmentOrder;
      await world.expectEvents<WmsShipped>(WMS_SHIPPED, mine);
      await world.expectEvents<WmsFulfilmentProgressed>(WMS_FULFILMENT_PROGRESSED, mine, 4);
      await sleep(100);
      expect((await world.events<WmsShipped>(WMS_SHIPPED)).filter(({ data }) => mine(data))).toHaveLength(1);
    },
  );
});
