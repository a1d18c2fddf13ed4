import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { FakeController, fakeAudience } from '../../test/fake-audience';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';

let gateway: GatewayFixture;
let owner: string;
let other: string;

beforeAll(async () => {
  const own = publicDocuments().filter(({ name }) => name === OWN_DOCUMENT);
  gateway = await gatewayFixture([fakeAudience, ...own], { controllers: [FakeController, ...gatewayApp.controllers] });
  owner = await gateway.key({ partner: 'harbour', scopes: ['fake:*', 'account:*'] });
  other = await gateway.key({ partner: 'quay', scopes: ['fake:*', 'account:*'] });
});
afterAll(() => gateway.close());

async function call(method: string, path: string, options: { key?: string; body?: object; headers?: object } = {}) {
  const { key = owner, body, headers } = options;
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
async function logged(query: string, key = owner): Promise<any[]> {
  await gateway.services.requests.settled();
  return (await call('GET', `/account/v1/requests?${query}`, { key })).body.requests;
}
const note = (text: string, headers: object = {}, more: object = {}) =>
  call('POST', '/fake/v1/notes', { body: { text, ...more }, headers });

describe('the log of requests', () => {
  it('has each request under its id, with route, status, key and how long it took', async () => {
    const { headers } = await call('GET', '/fake/v1/notes/7', { headers: { 'request-id': 'mine-1' } });
    expect(headers.get('request-id')).toBe('mine-1');
    const [entry, ...more] = await logged('requestId=mine-1');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      method: 'GET',
      route: '/fake/v1/notes/{id}',
      target: '/fake/v1/notes/7',
      status: 200,
    });
    expect(entry).toMatchObject({
      version: 'fake.v1',
      mode: 'live',
      key: { name: 'test', hint: expect.stringMatching(/^cdk_live_/) },
    });
    expect(entry.durationMs).toBeGreaterThan(0);
  });

  it('has what was written as it was, also characters that PostgreSQL has no text for', async () => {
    await note('nul \u0000, half a pair \ud800, "quotes" \\ and {braces}, 箱', { 'request-id': 'odd-1' });
    await gateway.services.requests.settled();
    const { rows } = await gateway.query(`select request_body from gateway.request_log where request_id = 'odd-1'`);
    const body = String((rows[0] as { request_body: unknown }).request_body);
    expect(JSON.parse(body)).toEqual({ text: 'nul \u0000, half a pair \ud800, "quotes" \\ and {braces}, 箱' });
  });

  it('says why one was refused, and which ran under a key of its own or was answered from memory', async () => {
    await note('refused', { 'request-id': 'refused-1' });
    expect(await logged('requestId=refused-1')).toMatchObject([{ status: 422, code: 'NOTE_REFUSED' }]);
    await note('kept', { 'request-id': 'kept-1', 'idempotency-key': 'kept' });
    await note('kept', { 'request-id': 'kept-2', 'idempotency-key': 'kept' });
    expect(await logged('requestId=kept-1')).toMatchObject([{ status: 201, idempotency: 'first' }]);
    expect(await logged('requestId=kept-2')).toMatchObject([{ status: 201, idempotency: 'replayed' }]);
  });

  it('names the policy of a 429', async () => {
    await gateway.partners.putPlan('tiny', [{ name: 'sip', quota: 1, windowSeconds: 3600 }]);
    const key = await gateway.key({ partner: 'harbour', scopes: ['fake:*'], plan: 'tiny' });
    await call('GET', '/fake/v1/notes', { key });
    expect((await call('GET', '/fake/v1/notes', { key })).status).toBe(429);
    expect(await logged('status=429')).toMatchObject([{ code: 'QUOTA_EXCEEDED', violatedPolicies: ['sip'] }]);
  });

  it('keeps bodies masked, and only their size when they are large', async () => {
    const free = { password: 'hunter2', email: 'ann@harbour.example', key: `sent ${owner}` };
    await note('with secrets', { 'request-id': 'masked-1' }, { free });
    await note('x'.repeat(20_000), { 'request-id': 'large-1' });
    const [masked] = await logged('requestId=masked-1');
    const { body } = await call('GET', `/account/v1/requests/${masked.id}`);
    expect(body.requestBody.text).toContain('with secrets');
    for (const secret of ['hunter2', 'ann@harbour.example', owner]) expect(body.requestBody.text).not.toContain(secret);
    expect(body.responseBody.text).toContain('"partner":"harbour"');
    const [large] = await logged('requestId=large-1');
    const { body: detail } = await call('GET', `/account/v1/requests/${large.id}`);
    expect(detail.requestBody).toEqual({ bytes: expect.any(Number) });
  });

  it('never holds a key that was made', async () => {
    const key = { name: 'new', mode: 'test', scopes: ['fake:notes:read'] };
    const { body: made } = await call('POST', '/account/v1/keys', { body: key });
    await gateway.services.requests.settled();
    const { rows } = await gateway.query(`select * from gateway.request_log`);
    expect(JSON.stringify(rows)).not.toContain(made.key);
    expect(JSON.stringify(rows)).toContain(made.id);
  });

  it('is one of each partner: nobody sees what others asked', async () => {
    await note('ours', { 'request-id': 'ours-1' });
    const [ours] = await logged('requestId=ours-1');
    expect(await logged('requestId=ours-1', other)).toEqual([]);
    const { status, body } = await call('GET', `/account/v1/requests/${ours.id}`, { key: other });
    expect([status, body.code]).toEqual([404, 'REQUEST_UNKNOWN']);
  });

  it('is read page by page, newest first, with the filters bound into the cursor', async () => {
    for (const id of ['p1', 'p2', 'p3']) await call('GET', '/fake/v1/notes/page', { headers: { 'request-id': id } });
    await gateway.services.requests.settled();
    const path = `/account/v1/requests?limit=2&route=${encodeURIComponent('/fake/v1/notes/{id}')}`;
    const first = await call('GET', path);
    expect(first.body.requests.map(({ requestId }: { requestId: string }) => requestId)).toEqual(['p3', 'p2']);
    const second = await call('GET', `${path}&cursor=${first.body.next}`);
    expect(second.body.requests[0].requestId).toBe('p1');
    const wrong = await call('GET', `${path}&method=GET&cursor=${first.body.next}`);
    expect([wrong.status, wrong.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });

  it.each([
    ['status=2xx', ({ status }: any) => status >= 200 && status < 300],
    ['status=422', ({ status }: any) => status === 422],
    ['method=POST', ({ method }: any) => method === 'POST'],
    ['code=NOTE_REFUSED', ({ code }: any) => code === 'NOTE_REFUSED'],
  ])('finds those that fit %s, and no others', async (query, fits) => {
    const found = await logged(query);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(fits)).toBe(true);
  });

  it('counts every call, also those that it does not keep', async () => {
    const key = await gateway.key({ partner: 'busy', scopes: ['fake:*', 'account:*'] });
    await Promise.all(Array.from({ length: 300 }, () => call('GET', '/fake/v1/notes', { key })));
    await gateway.services.requests.settled();
    const { body } = await call('GET', '/account/v1/usage?window=hour', { key });
    expect(body.routes).toMatchObject([{ method: 'GET', route: '/fake/v1/notes', status: 200, calls: 300 }]);
    const points = body.points as { succeeded: number }[];
    expect(points.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(300);
    const [plan] = body.plans;
    expect(plan).toMatchObject({
      plan: 'standard',
      mode: 'live',
      policies: [{ name: 'burst', quota: 600 }, { name: 'sustained' }, { name: 'daily' }],
    });
    expect(plan.policies[1].remaining).toBeLessThan(100_000 - 200);
  });

  it('forgets what is past its days', async () => {
    await gateway.query(`update gateway.request_log set at = now() - interval '8 days' where request_id = 'mine-1'`);
    await gateway.requestLog.sweep();
    expect(await logged('requestId=mine-1')).toEqual([]);
    expect(await logged('requestId=kept-1')).toHaveLength(1);
  });
});
