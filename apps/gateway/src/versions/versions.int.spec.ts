import type { DatedChange } from '#contracts/changes/dated-change';
import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { fakeDocument, FakeController } from '../../test/fake-audience';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';
import { DatedVersions } from './dated-versions';

/** Since February a note has a `text`; it had `words` before, and its number was called `id`. */
const FEBRUARY: DatedChange = {
  date: '2026-02-01',
  previousUntil: '2028-02-01',
  operations: {
    'fake.place': {
      request: (body) => {
        const { words, ...rest } = body as Record<string, unknown>;
        return words === undefined ? body : { ...rest, text: words };
      },
      response: (body) => {
        const { number: id, ...rest } = body as Record<string, unknown>;
        return { ...rest, id };
      },
    },
  },
};
const OLD = { 'crossdock-version': '2026-01-01' };
const ENDS = { since: '2026-03-01', sunset: '2028-03-31', successor: '/fake/v2/notes/{id}' };

let gateway: GatewayFixture;
let key: string;
let admin: string;

beforeAll(async () => {
  const own = publicDocuments().filter(({ name }) => name === OWN_DOCUMENT);
  const one = fakeDocument.paths['/fake/v1/notes/{id}'];
  const paths = { ...fakeDocument.paths, '/fake/v1/notes/{id}': { get: { ...one.get, 'x-deprecation': ENDS } } };
  const fake = { name: 'experience/fake.v1', document: { ...fakeDocument, paths } };
  gateway = await gatewayFixture([fake, ...own], {
    controllers: [FakeController, ...gatewayApp.controllers],
    versions: new DatedVersions('2026-01-01', [FEBRUARY], new Set(['2025-06-01'])),
  });
  key = await gateway.key({ scopes: ['fake:*', 'account:*'] });
  admin = await gateway.key({ partner: 'crossdock', scopes: ['admin:*'] });
});
afterAll(() => gateway.close());

async function call(method: string, path: string, options: { as?: string; body?: object; headers?: object } = {}) {
  const { as = key, body, headers } = options;
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
const place = (body: object, headers: object = {}, as = key) => call('POST', '/fake/v1/notes', { body, headers, as });
const pinOf = async (id: string): Promise<unknown> =>
  ((await gateway.query(`select version from gateway.api_key where id = '${id}'`)).rows[0] as { version: unknown })
    .version;

describe('a version with a date', () => {
  it('is the newest for who has called nothing yet, and is said on every answer', async () => {
    const made = await place({ text: 'a' });
    expect([made.status, made.headers.get('crossdock-version'), made.body.number]).toEqual([
      201,
      '2026-02-01',
      expect.any(Number),
    ]);
    expect((await place({ words: 'a' })).status).toBe(422);
  });

  it('that is asked for takes the old request and gives the old answer', async () => {
    const made = await place({ words: 'a' }, OLD);
    expect([made.status, made.headers.get('crossdock-version')]).toEqual([201, '2026-01-01']);
    expect(made.body).toEqual({ id: expect.any(Number), partner: 'acme', correlation: expect.any(String) });
    // It is still held to the contract.
    const refused = await place({ words: '' }, OLD);
    expect([refused.status, refused.body.code]).toEqual([422, 'REQUEST_INVALID']);
  });

  it('ends, and says when', async () => {
    const { headers } = await place({ words: 'a' }, OLD);
    expect(headers.get('deprecation')).toBe(`@${Date.parse('2026-02-01') / 1000}`);
    expect(headers.get('sunset')).toBe('Tue, 01 Feb 2028 00:00:00 GMT');
    expect(headers.get('link')).toMatch(/^<\/developers\/changelog>; rel="deprecation"/);
    expect((await place({ text: 'a' })).headers.get('deprecation')).toBeNull();
  });

  it('is not part of what an Idempotency-Key names: one request, told as each date tells it', async () => {
    const once = { 'idempotency-key': 'dated' };
    const first = await place({ words: 'once' }, { ...once, ...OLD });
    const again = await place({ text: 'once' }, once);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.number).toBe(first.body.id);
    expect((await place({ words: 'once' }, { ...once, ...OLD })).body).toEqual(first.body);
  });

  it('is 400 when there is none of that name, and 410 when it is served no more', async () => {
    const unknown = await place({ text: 'a' }, { 'crossdock-version': 'newest' });
    expect([unknown.status, unknown.body.code]).toEqual([400, 'VERSION_UNKNOWN']);
    const retired = await place({ text: 'a' }, { 'crossdock-version': '2025-06-01' });
    expect([retired.status, retired.body.code]).toEqual([410, 'VERSION_RETIRED']);
  });

  it('is pinned by the first use of a key, and passes on to its successor', async () => {
    const self = (as: string) => call('GET', '/account/v1/self', { as });
    const owner = await gateway.key({ partner: 'pinned', scopes: ['fake:*', 'account:*'] });
    const { id } = (await self(owner)).body.key as { id: string };
    for (let tries = 0; (await pinOf(id)) === null && tries < 200; tries += 1)
      await new Promise((next) => setTimeout(next, 10));
    expect(await pinOf(id)).toBe('2026-02-01');
    await gateway.query(`update gateway.api_key set version = '2026-01-01' where id = '${id}'`);
    const rotated = await call('POST', `/account/v1/keys/${id}/rotate`, { as: owner, body: {} });
    expect(rotated.body.version).toBe('2026-01-01');
    const made = await place({ words: 'a' }, {}, rotated.body.key as string);
    expect([made.status, made.headers.get('crossdock-version')]).toEqual([201, '2026-01-01']);
    expect((await self(rotated.body.key as string)).body.key.version).toBe('2026-01-01');
    // One request may be of another date.
    const newer = await place({ text: 'a' }, { 'crossdock-version': '2026-02-01' }, rotated.body.key as string);
    expect(newer.body.number).toEqual(expect.any(Number));
  });
});

describe('an operation that is deprecated', () => {
  it('says since when, until when, and what to call instead', async () => {
    const { headers } = await call('GET', '/fake/v1/notes/7');
    expect(headers.get('deprecation')).toBe(`@${Date.parse(ENDS.since) / 1000}`);
    expect(headers.get('sunset')).toBe('Fri, 31 Mar 2028 00:00:00 GMT');
    expect(headers.get('link')).toContain('</fake/v2/notes/7>; rel="successor-version"');
  });
});

describe('the use of versions', () => {
  it('is counted by partner, and told to it and to those who run the installation', async () => {
    const teller = await gateway.key({ partner: 'counted', scopes: ['fake:*', 'account:*'] });
    for (const headers of [{}, {}, OLD]) await call('GET', '/fake/v1/notes/1', { as: teller, headers });
    await gateway.services.requests.settled();
    const { body: own } = await call('GET', '/account/v1/changelog', { as: teller });
    expect(own.versions).toMatchObject([
      { version: 'fake.v1', date: '2026-01-01', calls: 1 },
      { version: 'fake.v1', date: '2026-02-01', calls: 2 },
    ]);
    const { body: usage } = await call('GET', '/account/v1/usage', { as: teller });
    expect(usage.versions).toContainEqual(
      expect.objectContaining({ version: 'fake.v1', date: '2026-02-01', calls: 2 }),
    );
    const asked = (query: string) => call('GET', `/admin/v1/version-uses?${query}`, { as: admin });
    const { body: old } = await asked('version=fake.v1&date=2026-01-01');
    expect((old.uses as { partner: string }[]).map(({ partner }) => partner)).toEqual(
      expect.arrayContaining(['acme', 'counted', 'pinned']),
    );
    const first = await asked('version=fake.v1&limit=1');
    const second = await asked(`version=fake.v1&limit=1&cursor=${first.body.next as string}`);
    expect([first.body.uses, second.body.uses].map(([use]) => [use.partner, use.date])).toEqual([
      ['acme', '2026-01-01'],
      ['acme', '2026-02-01'],
    ]);
    expect((await asked(`version=other.v1&cursor=${first.body.next as string}`)).body.code).toBe('CURSOR_INVALID');
    expect((await asked('since=2999-01-01T00:00:00Z')).body.uses).toEqual([]);
  });
});
