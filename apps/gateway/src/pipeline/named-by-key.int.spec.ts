import { FakeController } from '../../test/fake-audience';
import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';

let gateway: GatewayFixture;
let key: string;

beforeAll(async () => {
  gateway = await gatewayFixture();
  key = await gateway.key();
});
afterAll(() => gateway.close());

async function take(name: string, text: string) {
  const response = await fetch(`${gateway.url}/fake/v1/rooms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': name },
    body: JSON.stringify({ text }),
  });
  const body = (await response.json()) as { readonly number?: number; readonly code?: string };
  const { status, headers } = response;
  return { status, headers, body, replayed: headers.get('idempotent-replayed') };
}
const kept = async (name: string) =>
  (await gateway.query(`select status, finished_at is not null as finished from gateway.idempotency where key = '${name}'`)).rows; // prettier-ignore

describe('a key that names what is made', () => {
  it('answers the first result again, marked, with its status and its place', async () => {
    const first = await take('first', 'a');
    expect([first.status, first.replayed]).toEqual([201, null]);
    expect(await kept('first')).toEqual([{ status: 201, finished: true }]);
    const again = await take('first', 'a');
    expect(again).toMatchObject({ status: 201, body: first.body, replayed: 'true' });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('answers the first result also when what is behind would refuse it by now', async () => {
    const first = await take('changed', 'a');
    FakeController.rooms.set('changed', { text: 'b', number: first.body.number ?? 0 });
    const again = await take('changed', 'a');
    expect(again).toMatchObject({ status: 201, body: first.body, replayed: 'true' });
    expect(again.headers.get('retry-after')).toBeNull();
  });

  it('refuses another body with 422, and changes nothing', async () => {
    const { number } = (await take('used', 'a')).body;
    const other = await take('used', 'b');
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(other.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(other.headers.get('retry-after')).toBeNull();
    expect(FakeController.rooms.get('used')).toEqual({ text: 'a', number });
  });

  it('is not bound by a refusal or a fault, which are answered as they are', async () => {
    expect(await take('failed', 'refused')).toMatchObject({ status: 409, body: { code: 'ROOM_REFUSED' } });
    expect(await take('failed', 'broken')).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    expect(await kept('failed')).toEqual([]);
    expect(await take('failed', 'good')).toMatchObject({ status: 201, replayed: null });
  });

  it('that was forgotten here still names one thing: what is behind answers what it made', async () => {
    const first = await take('forgotten', 'a');
    await gateway.query(`delete from gateway.idempotency where key = 'forgotten'`);
    expect(await take('forgotten', 'a')).toMatchObject({ status: 200, body: { number: first.body.number, again: true } });
  }); // prettier-ignore

  it('under which an attempt died keeps the answer of the next', async () => {
    await gateway.query(`insert into gateway.idempotency (partner, operation, key, request_hash, lease_until)
      values ('acme', 'POST /fake/v1/rooms', 'died', 'of another version', now())`);
    const first = await take('died', 'a');
    expect(await take('died', 'a')).toMatchObject({ status: 201, body: first.body, replayed: 'true' });
  });

  it('runs once at a time: who comes meanwhile is told so, or that it asks for something else', async () => {
    let open: () => void = () => undefined;
    FakeController.gate = new Promise((resolve) => (open = resolve));
    const before = FakeController.rooms.size;
    let refused = 0;
    let other: Awaited<ReturnType<typeof take>> | undefined;
    const racing = Array.from({ length: 8 }, async () => {
      const answer = await take('race', 'a');
      if (answer.status === 409) refused += 1;
      if (refused !== 7) return answer;
      // All but the one that runs have their answer: only now may it end.
      other ??= await take('race', 'b');
      open();
      return answer;
    });
    const answers = await Promise.all(racing);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const running = answers.filter(({ status }) => status === 409);
    expect(running.map(({ body, headers }) => [body.code, headers.get('retry-after')])).toEqual(
      running.map(() => ['IDEMPOTENCY_RUNNING', '1']),
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(FakeController.rooms.size - before).toBe(1);
    // Over is over: nothing of it is in the way.
    expect(await take('race', 'a')).toMatchObject({ status: 201, replayed: 'true' });
  });
});
