import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { FakeController, fakeAudience } from '../../test/fake-audience';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';

const SCOPES = ['fake:*', 'account:*'];
let gateway: GatewayFixture;
let live: string;
let test: string;
let other: string;

beforeAll(async () => {
  const own = publicDocuments().filter(({ name }) => name === OWN_DOCUMENT);
  gateway = await gatewayFixture([fakeAudience, ...own], { controllers: [FakeController, ...gatewayApp.controllers] });
  live = await gateway.key({ partner: 'harbour', scopes: SCOPES });
  test = await gateway.key({ partner: 'harbour', scopes: SCOPES, mode: 'test' });
  other = await gateway.key({ partner: 'quay', scopes: SCOPES });
});
afterAll(() => gateway.close());

async function call(key: string, path: string, method = 'GET', body?: object): Promise<any> {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  await gateway.services.requests.settled();
  return response.json();
}
const keyOf = async (key: string): Promise<any> => {
  const { id } = (await call(key, '/account/v1/self')).key;
  return (await call(key, '/account/v1/keys')).keys.find((each: { id: string }) => each.id === id);
};

describe('what a partner is shown about its calls', () => {
  it('is a time within which 95 of 100 were answered, of all and of each operation', async () => {
    for (let number = 0; number < 20; number += 1) await call(test, '/fake/v1/notes');
    await gateway.query(`update gateway.request_log set duration_us = 4000 where partner = 'harbour'`);
    // Nineteen of twenty are as fast as that: one that is slow changes nothing yet, a second one does.
    const slow = (calls: number) => gateway.query(`update gateway.request_log set duration_us = 90000 where seq in (select seq from gateway.request_log where partner = 'harbour' and route = '/fake/v1/notes' order by seq limit ${calls})`); // prettier-ignore
    const p95 = async () => {
      const usage = await call(test, '/account/v1/usage?window=hour&mode=test');
      return usage.routes.find(({ route }: { route: string }) => route === '/fake/v1/notes').p95Ms;
    };
    await slow(1);
    expect(await p95()).toBe(4);
    await slow(2);
    expect(await p95()).toBe(90);
    expect((await call(test, '/account/v1/usage?window=hour&mode=live')).p95Ms).toBeUndefined();
    expect((await call(other, '/account/v1/usage?window=hour')).p95Ms).toBeUndefined();
  });

  it('is what was refused, by code and operation, most first, with the newest of each', async () => {
    for (const text of ['refused', 'refused']) await call(test, '/fake/v1/notes', 'POST', { text });
    await call(live, '/fake/v1/notes', 'POST', { text: 'refused' });
    await call(test, '/fake/v1/nowhere');
    const refused = { code: 'NOTE_REFUSED', method: 'POST', route: '/fake/v1/notes', status: 422 };
    const { problems } = await call(test, '/account/v1/usage?window=hour');
    expect(problems[0]).toMatchObject({ ...refused, calls: 3 });
    const newest = await call(test, `/account/v1/requests/${problems[0].lastRequest}`);
    expect(newest).toMatchObject({ code: 'NOTE_REFUSED', mode: 'live', at: problems[0].lastAt });
    const inTests = (await call(test, '/account/v1/usage?window=hour&mode=test')).problems;
    expect(inTests).toContainEqual(expect.objectContaining({ ...refused, calls: 2 }));
    expect((await call(other, '/account/v1/usage?window=hour')).problems).toEqual([]);
  });

  it('is of live or of test keys alone where it asks for that: calls, plans and the log', async () => {
    const usage = await call(test, '/account/v1/usage?window=hour&mode=live');
    const posts = usage.routes.filter(({ method }: { method: string }) => method === 'POST');
    expect(posts).toMatchObject([{ status: 422, calls: 1 }]);
    expect(usage.plans.map(({ mode }: { mode: string }) => mode)).toEqual(['live']);
    const { requests } = await call(test, '/account/v1/requests?mode=live');
    expect(new Set(requests.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(['live']));
  });

  it('is the log of one contract where it asks for that', async () => {
    const { requests } = await call(test, '/account/v1/requests?version=fake.v1');
    expect(requests.length).toBeGreaterThan(0);
    expect(new Set(requests.map(({ version }: { version: string }) => version))).toEqual(new Set(['fake.v1']));
    expect((await call(test, '/account/v1/requests?version=fake.v2')).requests).toEqual([]);
  });

  it('is how often each key calls by day, and when it last did; never what a key of somebody else does', async () => {
    const key = await gateway.key({ partner: 'harbour', scopes: SCOPES });
    const listed = async () => (await call(test, '/account/v1/keys')).keys.at(-1);
    expect((await listed()).use).toBeUndefined();
    for (let number = 0; number < 3; number += 1) await call(key, '/fake/v1/notes');
    const today = new Date().toISOString().slice(0, 10);
    const { use } = await listed();
    expect(use.days).toEqual([{ day: today, calls: 3 }]);
    expect(Date.now() - Date.parse(use.lastCalledAt)).toBeLessThan(120_000);

    await gateway.query(`update gateway.key_use set day = day - 14 where partner = 'quay'`);
    expect((await keyOf(other)).use.days.length).toBeLessThan(2);
    const ids = new Set((await call(other, '/account/v1/keys')).keys.map(({ id }: { id: string }) => id));
    expect(ids.size).toBe(1);
  });

  it('is forgotten with the counts of calls', async () => {
    await gateway.query(`update gateway.key_use set day = day - 200 where partner = 'harbour'`);
    await gateway.requestLog.sweep();
    const { rows } = await gateway.query(`select 1 from gateway.key_use where partner = 'harbour'`);
    expect(rows).toEqual([]);
  });
});

describe('the audit log of a partner', () => {
  it('says who of its own did what and why, page by page; what others did has no name, what happened to others is not there', async () => {
    const made = await call(live, '/account/v1/keys', 'POST', { name: 'nightly', mode: 'test', scopes: ['fake:notes:read'], reason: 'the nightly run' }); // prettier-ignore
    await call(other, '/account/v1/keys', 'POST', { name: 'theirs', mode: 'test', scopes: ['fake:notes:read'] });
    const { entries, next } = await call(live, '/account/v1/audit?limit=1');
    expect(entries).toMatchObject([
      {
        action: 'key.issued',
        object: `partner/harbour/key/${made.id}`,
        by: { name: 'test' },
        reason: 'the nightly run',
      },
    ]);
    const rest = await call(live, `/account/v1/audit?cursor=${next}`);
    expect(rest.entries.at(-1).by).toEqual({});
    const all = [...entries, ...rest.entries];
    expect(all.every(({ object }) => /^partner\/harbour(\/|$)/.test(object))).toBe(true);
    expect(JSON.stringify(all)).not.toContain(made.key);
    expect((await call(live, `/account/v1/audit?cursor=${next}x`)).code).toBe('CURSOR_INVALID');
  });
});
