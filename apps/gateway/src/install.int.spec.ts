import { fakeAudience, fakeDocument, FakeController } from '../test/fake-audience';
import { gatewayFixture, type GatewayFixture } from '../test/gateway-fixture';

let gateway: GatewayFixture;
let key: string;

beforeAll(async () => {
  gateway = await gatewayFixture();
  key = await gateway.key();
});
afterAll(() => gateway.close());

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly as?: string;
}

async function call({ method = 'GET', url, body, headers = {}, as = key }: Call) {
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${gateway.url}${url}`, {
    method,
    headers: {
      ...(as === '' ? {} : { authorization: `Bearer ${as}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers) as Readonly<Record<string, string | undefined>>,
    body: text,
    json: <T = unknown>(): T => JSON.parse(text) as T,
  };
}
const place = (body: unknown, headers: Record<string, string> = {}, as = key) =>
  call({ method: 'POST', url: '/fake/v1/notes', body, headers, as });

describe('problems', () => {
  it.each([
    ['no key', { url: '/fake/v1/notes', as: '' }, 401, 'UNAUTHENTICATED'],
    ['a made-up key', { url: '/fake/v1/notes', as: 'cdk_live_nonsense' }, 401, 'UNAUTHENTICATED'],
    ['an unknown path', { url: '/nowhere' }, 404, 'ROUTE_UNKNOWN'],
    ['an unknown path, posted to', { method: 'POST', url: '/nowhere', body: {} }, 404, 'ROUTE_UNKNOWN'],
    ['a method the path lacks', { method: 'DELETE', url: '/fake/v1/notes/7' }, 405, 'METHOD_NOT_ALLOWED'],
    ['malformed JSON', { method: 'POST', url: '/fake/v1/notes', body: '{"text":' }, 400, 'REQUEST_MALFORMED'],
    ['no body', { method: 'POST', url: '/fake/v1/notes' }, 400, 'BODY_REQUIRED'],
    [
      'another media type',
      {
        method: 'POST',
        url: '/fake/v1/notes',
        body: 'a=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    [
      'a body over 1 MB',
      { method: 'POST', url: '/fake/v1/notes', body: { text: 'x'.repeat(1024 * 1024) } },
      413,
      'BODY_TOO_LARGE',
    ],
    ['a bad parameter', { url: '/fake/v1/notes?limit=-1' }, 400, 'PARAMETER_INVALID'],
    ['an unknown parameter', { url: '/fake/v1/notes?colour=red' }, 400, 'PARAMETER_INVALID'],
    ['a refusal of the app', { method: 'POST', url: '/fake/v1/notes', body: { text: 'refused' } }, 422, 'NOTE_REFUSED'],
    ['a fault of ours', { method: 'POST', url: '/fake/v1/notes', body: { text: 'broken' } }, 500, 'INTERNAL_ERROR'],
  ] as const)('%s is problem+json with a code and the request id', async (_, request, status, code) => {
    const response = await call(request);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    const problem = response.json<Record<string, unknown>>();
    expect(problem).toMatchObject({
      status,
      code,
      title: expect.any(String) as string,
      type: expect.stringContaining('#') as string,
    });
    expect(problem['request_id']).toBe(response.headers['request-id']);
    expect(problem['instance']).toBe(request.url.split('?')[0]);
    expect(response.body).not.toContain('secret inner words');
  });

  it('names in Allow the methods a path does have', async () => {
    const response = await call({ method: 'DELETE', url: '/fake/v1/notes' });
    expect(response.headers['allow']).toBe('GET, HEAD, POST');
  });

  it('lists every fault of a body at once, each with its pointer', async () => {
    const response = await place({ tags: [{ name: 1 }, { weight: 1.5 }], colour: 'red' });
    expect(response.statusCode).toBe(422);
    const { code, errors } = response.json<{ code: string; errors: { pointer: string; code: string }[] }>();
    expect(code).toBe('REQUEST_INVALID');
    expect(errors.map((fault) => [fault.pointer, fault.code]).sort()).toEqual([
      ['/colour', 'FIELD_UNKNOWN'],
      ['/tags/0/name', 'FIELD_TYPE'],
      ['/tags/1/name', 'FIELD_REQUIRED'],
      ['/tags/1/weight', 'FIELD_TYPE'],
      ['/text', 'FIELD_REQUIRED'],
    ]);
  });

  it('refuses a body nested deeper than 32 levels, also under a free field', async () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    expect((await place({ text: 'a', free: deep(25) })).statusCode).toBe(201);
    expect((await place({ text: 'a', free: deep(40) })).json()).toMatchObject({ code: 'BODY_TOO_DEEP' });
  });

  it('refuses text that no database keeps, also in the name of a free field, each with its pointer', async () => {
    const response = await place('{"text":"a\\u0000b","free":{"x":["\\ud800","\\ud83d\\ude00"],"\\u0000":1}}');
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([422, 'REQUEST_INVALID']);
    const { errors } = response.json<{ errors: { pointer: string; code: string }[] }>();
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/text', 'FIELD_FORMAT'],
      ['/free/x/0', 'FIELD_FORMAT'],
      ['/free', 'FIELD_FORMAT'],
    ]);
  });

  it('takes a body as it is, and unpacks none', async () => {
    const packed = await place({ text: 'a' }, { 'content-encoding': 'gzip' });
    expect([packed.statusCode, packed.json<{ code: string }>().code]).toEqual([415, 'CODING_UNSUPPORTED']);
    expect((await place({ text: 'a' }, { 'content-encoding': 'identity' })).statusCode).toBe(201);
  });

  it('asks for If-Match where it is required', async () => {
    const response = await call({
      method: 'POST',
      url: '/fake/v1/notes/1/strict',
      headers: { 'idempotency-key': 'k' },
    });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([428, 'PRECONDITION_REQUIRED']);
  });
});

describe('requests', () => {
  it('keeps a sane Request-Id of the caller and makes it the correlation id, also after a body was read', async () => {
    const response = await place({ text: 'a' }, { 'request-id': 'mine-1' });
    expect(response.headers['request-id']).toBe('mine-1');
    expect(response.json()).toMatchObject({ correlation: 'mine-1' });
    const replaced = await call({ url: '/fake/v1/notes', headers: { 'request-id': 'x'.repeat(200) } });
    expect(replaced.headers['request-id']).toMatch(/^req_/);
  });

  it('clamps a page size and turns it into a number', async () => {
    expect((await call({ url: '/fake/v1/notes?limit=5000' })).json()).toEqual({ limit: 200 });
    expect((await call({ url: '/fake/v1/notes?limit=7' })).json()).toEqual({ limit: 7 });
  });

  it('serves HEAD where it serves GET', async () => {
    expect((await call({ method: 'HEAD', url: '/fake/v1/notes' })).statusCode).toBe(200);
    expect((await call({ method: 'HEAD', url: '/fake/v1/notes', as: '' })).statusCode).toBe(401);
  });
});

describe('keys', () => {
  it('tells the app which partner calls, whatever the caller claims', async () => {
    const other = await gateway.key({ partner: 'other' });
    const forged = { 'crossdock-caller': Buffer.from('{"partner":"acme"}').toString('base64url') };
    expect((await call({ url: '/fake/v1/notes/1', as: other, headers: forged })).json()).toEqual({
      id: '1',
      partner: 'other',
    });
  });

  it('refuses with 403 what the scopes of the key do not cover, before the body is read', async () => {
    const reader = await gateway.key({ scopes: ['fake:notes:read'] });
    expect((await call({ url: '/fake/v1/notes', as: reader })).statusCode).toBe(200);
    const response = await place('{"text":', {}, reader);
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('is dead within five seconds of being revoked', async () => {
    await gateway.partners.putPartner({ id: 'acme', name: 'acme' });
    const issued = await gateway.partners.issueKey({
      partner: 'acme',
      mode: 'test',
      scopes: ['fake:*'],
      name: 'short',
    });
    expect((await call({ url: '/fake/v1/notes', as: issued.key })).statusCode).toBe(200);
    await gateway.partners.revokeKey('acme', issued.id, { actor: 'test', reason: 'leaked' });
    await new Promise((resolve) => setTimeout(resolve, gateway.services.config.keyCacheMilliseconds + 50));
    expect((await call({ url: '/fake/v1/notes', as: issued.key })).statusCode).toBe(401);
  });

  it('is stored as a hash only', async () => {
    const { rows } = await gateway.query('select * from gateway.api_key');
    expect(JSON.stringify(rows)).not.toContain(key);
  });
});

describe('quotas', () => {
  it('says on every answer where the caller stands, and refuses with Retry-After ≥ t', async () => {
    await gateway.partners.putPlan('tiny', [
      { name: 'burst', quota: 5, windowSeconds: 60 },
      { name: 'daily', quota: 100, windowSeconds: 86400 },
    ]);
    const tiny = await gateway.key({ partner: 'tiny', plan: 'tiny' });
    const first = await place({ text: 'a' }, {}, tiny);
    expect(first.headers['ratelimit-policy']).toBe('"burst";q=5;w=60, "daily";q=100;w=86400');
    expect(first.headers['ratelimit']).toBe('"burst";r=3;t=24');
    await place({ text: 'a' }, {}, tiny);
    const refused = await place('not even json', {}, tiny);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      'violated-policies': ['burst'],
      type: expect.stringMatching(/#quota-exceeded$/) as string,
    });
    const wait = Number(/t=(\d+)/.exec(String(refused.headers['ratelimit']))?.[1]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(wait);
    // What was refused cost nothing: a cheaper call still fits.
    expect((await call({ url: '/fake/v1/notes', as: tiny })).statusCode).toBe(200);
  });
});

describe('idempotency keys', () => {
  const once = (name: string, body: unknown, as = key) => place(body, { 'idempotency-key': name }, as);

  it('answers the first result again, marked, for the same body in another order of fields', async () => {
    const first = await once('"a-1"', { text: 'a', tags: [] });
    const again = await once('a-1', { tags: [], text: 'a' });
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    expect([again.headers['idempotent-replayed'], again.headers['etag'], again.headers['location']]).toEqual([
      'true',
      '"1"',
      first.headers['location'],
    ]);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
  });

  it('refuses another body under the same key with 422', async () => {
    await once('b-1', { text: 'a' });
    const other = await once('b-1', { text: 'b' });
    expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('belongs to one partner', async () => {
    const other = await gateway.key({ partner: 'other' });
    await once('c-1', { text: 'a' });
    const mine = await once('c-1', { text: 'b' }, other);
    expect([mine.statusCode, mine.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('is not bound by a failed validation, a refusal or a fault', async () => {
    for (const body of [{}, { text: 'refused' }, { text: 'broken' }]) await once('d-1', body);
    expect((await once('d-1', { text: 'good' })).statusCode).toBe(201);
  });

  it('lets one of many concurrent requests run; the others get 409 with Retry-After', async () => {
    const before = FakeController.placed;
    let open: () => void = () => undefined;
    FakeController.gate = new Promise((resolve) => (open = resolve));
    let answered = 0;
    const race = async () => {
      const response = await once('e-1', { text: 'race' });
      answered += 1;
      // All but the one that runs have their answer: only now may it end.
      if (answered === 11) open();
      return response;
    };
    const responses = await Promise.all(Array.from({ length: 12 }, race));
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([
      201,
      ...Array.from({ length: 11 }, () => 409),
    ]);
    expect(
      responses
        .filter(({ statusCode }) => statusCode === 409)
        .every(({ headers }) => Number(headers['retry-after']) >= 1),
    ).toBe(true);
    expect(FakeController.placed - before).toBe(1);
  });

  it('runs an attempt again whose process died, once its lease is over', async () => {
    const slot = { partner: 'acme', operation: 'POST /fake/v1/notes', key: 'f-1' };
    await once('f-1', { text: 'again' });
    await gateway.query(
      `update gateway.idempotency set finished_at = null, lease_until = now() - interval '1 second' where key = 'f-1'`,
    );
    const again = await once('f-1', { text: 'again' });
    expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([201, undefined]);
    // The dead attempt comes back to life: its fence is old, so it changes nothing.
    await gateway.services.idempotency.finish(slot, '1', { status: 200, headers: {}, body: 'late' });
    expect((await once('f-1', { text: 'again' })).body).toBe(again.body);
  });

  it('is required where the document says so', async () => {
    const response = await call({ method: 'POST', url: '/fake/v1/notes/1/strict', headers: { 'if-match': '"1"' } });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  });

  it('is refused when longer than 255 characters', async () => {
    expect((await once('x'.repeat(256), { text: 'a' })).statusCode).toBe(400);
  });
});

describe('documents', () => {
  it('are served as committed, and as pages under a policy that lets nothing in from outside', async () => {
    expect((await call({ url: '/openapi/fake.v1.json', as: '' })).json()).toEqual(
      JSON.parse(JSON.stringify(fakeDocument)),
    );
    for (const url of ['/docs', '/docs/fake.v1', '/docs/errors']) {
      const page = await call({ url, as: '' });
      expect(page.statusCode).toBe(200);
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
      expect(page.body).not.toMatch(/<script|src="http|href="http/);
    }
    expect((await call({ url: '/docs/nothing', as: '' })).statusCode).toBe(404);
  });
});

describe('boot', () => {
  it('stops when an operation has no scope', async () => {
    const { post, get } = fakeDocument.paths['/fake/v1/notes'];
    const paths = { ...fakeDocument.paths, '/fake/v1/notes': { post, get: { ...get, security: [] } } };
    await expect(
      gatewayFixture([{ name: 'experience/fake.v1', document: { ...fakeDocument, paths } }]),
    ).rejects.toThrow(/without a scope: fake.list/);
  });

  it('stops when a documented operation is not served, or a served route not documented', async () => {
    const { '/fake/v1/notes/{id}': one, ...rest } = fakeDocument.paths;
    const document = { ...fakeAudience.document, paths: { ...rest, '/fake/v1/elsewhere/{id}': one } };
    const boot = gatewayFixture([{ name: 'experience/fake.v1', document }]);
    await expect(boot).rejects.toThrow(
      /GET \/fake\/v1\/notes\/:id is served[\s\S]*GET \/fake\/v1\/elsewhere\/:id is documented/,
    );
  });
});
