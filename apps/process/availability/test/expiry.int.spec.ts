import { reservation, fact, testAvailability, timeIsUp, type TestAvailability } from './harness';

let app: TestAvailability;

beforeAll(async () => {
  app = await testAvailability();
  app.nodes.push({ id: 'DC', priority: 1, active: true });
});
afterAll(() => app.close());

const receive = (item: string, quantity: string) =>
  app.availability.postInventory({ source: 'wms', records: [fact({ item, fact: 'RECEIVED', quantity })] });
const soft = (item: string, ttlSeconds: number) => reservation(item, '1', { kind: 'SOFT', ttlSeconds });
const reserved = async (item: string) =>
  (await app.availability.timeline({ item, node: 'DC' })).nodes[0]?.position.reserved;
const timers = async () => {
  const { rows } = await app.database.query<{ held: number; seconds: string }>(
    `select jsonb_array_length(payload->'reservations') as held,
            round(extract(epoch from run_at - created_at)) as seconds
       from messaging.job where queue = 'availability.expire' order by run_at`,
  );
  return rows.map(({ held, seconds }) => [held, Number(seconds)]);
};

describe('timers of soft reservations', () => {
  test('those that are made together and end together share one, and all of them end', async () => {
    await receive('TOGETHER', '10');
    const made = [300, 300, 600, 300].map((seconds) => soft('TOGETHER', seconds));
    const answers = await Promise.all(made.map((each) => app.availability.reserve(each)));
    expect(await timers()).toEqual([
      [3, 300],
      [1, 600],
    ]);
    expect(new Set(answers.map(({ expiresAt }) => expiresAt)).size).toBe(2);
    const { rows } = await app.database.query<{ late: boolean }>(
      `select bool_or(r.expires_at > j.run_at) as late
         from messaging.job j cross join jsonb_array_elements_text(j.payload->'reservations') as each (id)
         join availability.reservation r on r.id = each.id where j.queue = 'availability.expire'`,
    );
    expect(rows).toEqual([{ late: false }]);
    const ended = answers.filter((_, index) => index !== 2).map(({ reservation: id }) => id);
    await app.database.query(`update availability.reservation set expires_at = now() where id = any($1)`, [ended]);
    await app.database.query(
      `update messaging.job set run_at = now() where jsonb_array_length(payload->'reservations') = 3`,
    );
    await app.messaging.drain();
    expect([await reserved('TOGETHER'), await timers()]).toEqual(['1', [[1, 600]]]);
  });

  test('one that was extended outlives those it was made with', async () => {
    await receive('EXTENDED', '10');
    const made = [900, 900].map((seconds) => soft('EXTENDED', seconds));
    await Promise.all(made.map((each) => app.availability.reserve(each)));
    const [longer = '', shorter = ''] = made.map(({ reservation: id }) => id);
    await app.availability.extend({ reservation: longer, key: 'more', ttlSeconds: 1800 });
    await app.database.query(`update availability.reservation set expires_at = now() where id = $1`, [shorter]);
    await app.database.query(
      `update messaging.job set run_at = now() where queue = 'availability.expire' and payload->'reservations' ? $1 and key not like '%@%'`,
      [longer],
    );
    await app.messaging.drain();
    expect(await reserved('EXTENDED')).toBe('1');
    await timeIsUp(app.database, longer);
    await app.messaging.drain();
    expect(await reserved('EXTENDED')).toBe('0');
  });

  test('a timer that was set for one alone, before they were shared, still ends it', async () => {
    await receive('ALONE', '1');
    const { reservation: id } = await app.availability.reserve(soft('ALONE', 700));
    await app.database.query(`update availability.reservation set expires_at = now() where id = $1`, [id]);
    await app.database.query(
      `update messaging.job set run_at = now(), payload = jsonb_build_object('reservation', $1::text) where key = $1`,
      [id],
    );
    await app.messaging.drain();
    expect(await reserved('ALONE')).toBe('0');
  });
});
