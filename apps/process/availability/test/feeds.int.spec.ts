import { setTimeout as sleep } from 'node:timers/promises';
import type { AvailabilityDelta, DeltasQuery } from '#contracts/availability/deltas.dto';
import { fact, reservation, testAvailability, type TestAvailability } from './harness';

describe('the availability feed of a channel', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    // What a process does not know yet it would not know for the whole test.
    process.env['CROSSDOCK_POLICIES_CACHE_MS'] = '60000';
    app = await testAvailability();
  });
  afterAll(async () => {
    delete process.env['CROSSDOCK_POLICIES_CACHE_MS'];
    await app.close();
  });

  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({
      source: 'wms',
      records: [fact({ item, node, fact: 'RECEIVED', quantity })],
    });
  /** Reads on until the item has the version: any open transaction of the server delays the feed. */
  async function readUntil(query: DeltasQuery, item: string, version: number) {
    let since: string | undefined;
    const seen: AvailabilityDelta[] = [];
    for (let tries = 0; tries < 3_000; tries += 1) {
      const page = await app.availability.deltas({ ...query, ...(since === undefined ? {} : { since }) });
      seen.push(...page.changes.filter((change) => change.item === item));
      since = page.next;
      if (seen.some((change) => change.version >= version)) return seen;
      if (!page.more) await sleep(20);
    }
    throw new Error(`${item} never came in version ${version}`);
  }
  const last = async (query: DeltasQuery, item: string, version: number) =>
    (await readUntil(query, item, version)).at(-1);
  const toldRows = async (channel: string, item: string) => {
    const { rows } = await app.database.query<{ node: string; quantity: string; version: string; way: string }>(
      `select node, trim_scale(quantity)::text as quantity, version, way from availability.channel_told
        where channel = $1 and item = $2 order by node`,
      [channel, item],
    );
    return rows;
  };

  test('E9: each channel is told what it may sell by its quotas, whoever names none what is in the common pool', async () => {
    await receive('E9', '60');
    await app.availability.putChannelQuotas({
      quotas: [
        { item: 'E9', channel: 'EDI', protected: '30' },
        { item: 'E9', channel: 'WEB', protected: '0', cap: '25' },
      ],
    });
    const of = async (channel?: string) =>
      (await last(channel === undefined ? {} : { channel }, 'E9', 2))?.availableToPromise;
    expect([await of('EDI'), await of('WEB'), await of('OTHER'), await of()]).toEqual(['60', '25', '30', '30']);
  });

  test('by node each stands alone, and a cap over all of them holds for the sum', async () => {
    await receive('NODES', '5', 'DC');
    await receive('NODES', '5', 'STORE');
    await app.availability.putChannelQuotas({ quotas: [{ item: 'NODES', channel: 'WEB', protected: '0', cap: '6' }] });
    expect(await last({ channel: 'WEB', by: 'node' }, 'NODES', 3)).toMatchObject({
      availableToPromise: '6',
      nodes: [
        { node: 'DC', availableToPromise: '5' },
        { node: 'STORE', availableToPromise: '5' },
      ],
    });
    expect((await last({ channel: 'WEB' }, 'NODES', 3))?.nodes).toBeUndefined();
  });

  test('an item that changed many times comes once, with its newest quantity; its version counts every change', async () => {
    for (let times = 0; times < 4; times += 1) await receive('MANY', '1');
    const seen = await readUntil({ channel: 'ONCE' }, 'MANY', 4);
    expect(seen).toMatchObject([{ availableToPromise: '4', version: 4 }]);
    await app.availability.reserve(reservation('MANY', '3'));
    expect(await last({ channel: 'ONCE' }, 'MANY', 5)).toMatchObject({ availableToPromise: '1', version: 5 });
  });

  test('versions are in the order of the changes, whatever the order in which their transactions began', async () => {
    await receive('ORDER', '1');
    const early = await app.database.pool.connect();
    try {
      await early.query('begin');
      // Draws its transaction id now, and has the lock of the item only after the other one.
      await early.query('select pg_current_xact_id()');
      await receive('ORDER', '1');
      await early.query(`update availability.item set changed_xid = pg_current_xact_id(), version = version + 1 where item = 'ORDER'`); // prettier-ignore
      await early.query('commit');
    } finally {
      early.release();
    }
    expect(await readUntil({}, 'ORDER', 3)).toMatchObject([{ version: 3, availableToPromise: '2' }]);
  });

  test('E12: a kit is told as many as its scarcest component allows, by the newest policy also of another process, and follows its components', async () => {
    await receive('BOX', '37');
    await receive('BULB', '150');
    const other = await app.another();
    // Both processes know the policies as they were.
    await Promise.all([app.availability, other].map((each) => each.deltas({ limit: 1 })));
    const components = [
      { item: 'BOX', quantity: '1' },
      { item: 'BULB', quantity: '5' },
    ];
    await other.putItemPolicies({ policies: [{ item: 'LAMP-KIT', components }] });
    expect((await readUntil({}, 'LAMP-KIT', 1))[0]).toMatchObject({ availableToPromise: '30' });
    // What is known of the components so far has been followed.
    const { version = 0 } = (await last({}, 'LAMP-KIT', 2)) ?? {};
    await receive('BULB', '10');
    expect(await last({}, 'LAMP-KIT', version + 1)).toMatchObject({ availableToPromise: '32' });
  });

  test('a page answered to a channel is remembered as told; one that nobody is named for is not', async () => {
    await receive('TOLD', '8', 'DC');
    await receive('TOLD', '2', 'STORE');
    await readUntil({}, 'TOLD', 2);
    expect(await toldRows('ALPHA', 'TOLD')).toEqual([]);
    await readUntil({ channel: 'ALPHA' }, 'TOLD', 2);
    expect(await toldRows('ALPHA', 'TOLD')).toEqual([{ node: '', quantity: '10', version: '2', way: 'CURSOR' }]);
    await receive('TOLD', '1', 'DC');
    await readUntil({ channel: 'ALPHA', by: 'node' }, 'TOLD', 3);
    expect(await toldRows('ALPHA', 'TOLD')).toMatchObject([
      { node: '', quantity: '11', version: '3' },
      { node: 'DC', quantity: '9', version: '3' },
      { node: 'STORE', quantity: '2', version: '3' },
    ]);
    expect(await toldRows('BETA', 'TOLD')).toEqual([]);
  });
});
