import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { strangeIssuer, tokenWorld, type Answer, type StrangeIssuer, type TokenWorld } from '../../test/token-fixture';

let world: TokenWorld;
let strange: StrangeIssuer;

beforeAll(async () => {
  strange = await strangeIssuer();
  const { issuer, jwksUrl } = strange;
  process.env['CROSSDOCK_TOKEN_ISSUERS'] = JSON.stringify([
    { issuer, jwksUrl, audience: 'crossdock' },
    { issuer: 'https://away.example', jwksUrl: 'http://127.0.0.1:9/jwks', audience: 'crossdock' },
  ]);
  world = await tokenWorld();
  delete process.env['CROSSDOCK_TOKEN_ISSUERS'];
});
afterAll(async () => {
  await world.close();
  await strange.close();
});

const grant = { grant_type: 'client_credentials' };
const keys = (bearer: string): Promise<Answer> => world.call('GET', '/account/v1/keys', undefined, bearer);
const code = ({ status, body }: Answer): unknown[] => [status, (body as { code: string }).code];

describe('a client of a partner', () => {
  it('gets a token for its id and secret, in the header or in the form, that does what the client may', async () => {
    const { id, secret } = await world.client(['account:keys:read', 'portal:orders:read']);
    expect(secret).toMatch(/^cds_live_[0-9A-Za-z]{38}$/);
    for (const answer of [
      await world.token(grant, [id, secret]),
      await world.token({ ...grant, client_id: id, client_secret: secret }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const { access_token: token, ...rest } = answer.body as { access_token: string };
      expect(rest).toEqual({ token_type: 'Bearer', expires_in: 600, scope: 'account:keys:read portal:orders:read' });
      expect((await keys(token)).status).toBe(200);
      expect(code(await world.call('POST', '/account/v1/keys', {}, token))).toEqual([403, 'SCOPE_MISSING']);
    }
  });

  it('is told who it is', async () => {
    const { id, secret } = await world.client();
    const token = (await world.token(grant, [id, secret])).body.access_token as string;
    const self = await world.call('GET', '/account/v1/self', undefined, token);
    expect(self.body).toMatchObject({ partner: 'harbour', key: { id, name: 'sync', plan: 'standard', living: true } });
  });

  it('may ask for less, and not for more', async () => {
    const { id, secret } = await world.client(['account:keys:read', 'portal:*']);
    const less = await world.token({ ...grant, scope: 'portal:orders:read' }, [id, secret]);
    expect(less.body.scope).toBe('portal:orders:read');
    expect(code(await keys(less.body.access_token as string))).toEqual([403, 'SCOPE_MISSING']);
    const more = await world.token({ ...grant, scope: 'portal:orders:read admin:partners:read' }, [id, secret]);
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope']);
  });

  it('has tokens that anybody checks with what is published, as RFC 9068 has them', async () => {
    const { id, secret } = await world.client();
    const metadata = (await world.call('GET', '/.well-known/oauth-authorization-server')).body as {
      issuer: string;
      jwks_uri: string;
      token_endpoint: string;
    };
    expect(metadata.token_endpoint).toBe(`${world.url}/oauth/token`);
    const token = (await world.token(grant, [id, secret])).body.access_token as string;
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
      issuer: metadata.issuer,
      audience: 'urn:crossdock:api',
      typ: 'at+jwt',
    });
    expect(payload).toMatchObject({ sub: id, client_id: id, scope: 'account:keys:read' });
    expect(JSON.stringify((await world.call('GET', '/.well-known/jwks.json')).body)).not.toContain('"d"');
  });

  it('exchanges its secret with two that work, and not three', async () => {
    const { id, secret } = await world.client();
    const rotate = (overlapHours: number): Promise<Answer> =>
      world.call('POST', `/account/v1/clients/${id}/rotate`, { overlapHours });
    const successor = (await rotate(24)).body as { secret: string; secrets: object[] };
    expect(successor.secrets).toHaveLength(2);
    for (const each of [secret, successor.secret]) expect((await world.token(grant, [id, each])).status).toBe(200);
    expect(code(await rotate(24))).toEqual([409, 'ROTATION_RUNNING']);
    await world.query(`update gateway.oauth_secret set expires_at = now() where expires_at is not null`);
    expect((await world.token(grant, [id, secret])).status).toBe(401);
    expect((await rotate(0)).body.secrets).toHaveLength(1);
    expect((await world.token(grant, [id, successor.secret])).status).toBe(401);
  });

  it('is dead with all its tokens in five seconds once it is revoked, and stays dead', async () => {
    const { id, secret } = await world.client();
    const token = (await world.token(grant, [id, secret])).body.access_token as string;
    expect((await keys(token)).status).toBe(200);
    const revoke = (): Promise<Answer> =>
      world.call('POST', `/account/v1/clients/${id}/revoke`, { reason: 'seen in a log' });
    expect((await revoke()).body.secrets).toEqual([]);
    expect((await world.token(grant, [id, secret])).status).toBe(401);
    await world.forgotten();
    expect(code(await keys(token))).toEqual([401, 'UNAUTHENTICATED']);
    expect(code(await revoke())).toEqual([409, 'CLIENT_DEAD']);
    expect(code(await world.call('POST', `/account/v1/clients/${id}/rotate`, {}))).toEqual([409, 'CLIENT_DEAD']);
  });

  it('never gets more than the one who makes it, and belongs to its partner alone', async () => {
    const small = await world.key({ partner: 'harbour', scopes: ['account:*'] });
    const wanted = { name: 'x', mode: 'live', scopes: ['portal:orders:read'] };
    expect(code(await world.call('POST', '/account/v1/clients', wanted, small))).toEqual([403, 'SCOPE_NOT_HELD']);
    const { id } = await world.client(['portal:*']);
    const rotate = (bearer: string): Promise<Answer> =>
      world.call('POST', `/account/v1/clients/${id}/rotate`, {}, bearer);
    expect(code(await rotate(small))).toEqual([403, 'SCOPE_NOT_HELD']);
    const stranger = await world.key({ partner: 'stranger', scopes: ['account:*', 'portal:*'] });
    expect(code(await rotate(stranger))).toEqual([404, 'CLIENT_UNKNOWN']);
    expect(code(await world.call('POST', `/account/v1/clients/${id}/revoke`, { reason: 'x' }, stranger))).toEqual([
      404,
      'CLIENT_UNKNOWN',
    ]);
    expect((await world.call('GET', '/account/v1/clients', undefined, stranger)).body).toEqual({ clients: [] });
  });

  it('is in the audit log with what was done to it, and never its secret', async () => {
    const { id, secret } = await world.client();
    await world.call('POST', `/account/v1/clients/${id}/revoke`, { reason: 'done' });
    const log = await world.call('GET', `/admin/v1/audit?object=partner/harbour/client/${id}`, undefined, world.admin);
    expect(log.body.entries).toMatchObject([
      { action: 'client.revoked', reason: 'done' },
      { action: 'client.created' },
    ]);
    expect(JSON.stringify(log.body)).not.toContain(secret);
  });
});

describe('the token endpoint', () => {
  it.each([
    [{}, 400, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ ...grant, client_secret: 'x' }, 400, 'invalid_request'],
  ])('refuses %j as OAuth has it', async (fields, status, error) => {
    const { id, secret } = await world.client();
    const answer = await world.token(fields, [id, secret]);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  it('tells nobody whether the client or the secret was wrong', async () => {
    const { id, secret } = await world.client();
    const unknown = await world.token(grant, ['app_00000000000000000000000000000000', secret]);
    const wrong = await world.token(grant, [id, secret.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'))]);
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.headers.get('www-authenticate')).toContain('Basic');
    expect((await world.token(grant)).body.error).toBe('invalid_client');
  });

  it('takes forms only, none with a field twice, and none that is large', async () => {
    const post = async (type: string, body: string): Promise<number> =>
      (await fetch(`${world.url}/oauth/token`, { method: 'POST', headers: { 'content-type': type }, body })).status;
    expect(await post('application/json', '{}')).toBe(415);
    const form = 'application/x-www-form-urlencoded';
    expect(await post(form, 'grant_type=client_credentials&grant_type=client_credentials')).toBe(400);
    expect(await post(form, `scope=${'a'.repeat(20_000)}`)).toBe(413);
  });

  it('bounds how often one client asks', async () => {
    const { id, secret } = await world.client();
    const answers = await Promise.all(Array.from({ length: 400 }, () => world.token(grant, [id, secret])));
    const given = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    // 120, and what comes back while they run.
    expect(given.length).toBeGreaterThanOrEqual(120);
    expect([given.length + refused.length, refused.length > 0]).toEqual([400, true]);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the signing key', () => {
  it('is exchanged while tokens of the old one live out, or withdrawn with all of them', async () => {
    const { id, secret } = await world.client();
    const fresh = async (): Promise<string> => (await world.token(grant, [id, secret])).body.access_token as string;
    const kid = (token: string): string | undefined => decodeProtectedHeader(token).kid;
    const rotate = (withdraw: boolean): Promise<Answer> =>
      world.call('POST', '/admin/v1/signing-keys/rotate', { withdraw, reason: 'test' }, world.admin);
    const first = await fresh();
    const { body } = await rotate(false);
    const second = await fresh();
    expect([kid(second), kid(second) === kid(first)]).toEqual([body.kid, false]);
    expect([(await keys(first)).status, (await keys(second)).status]).toEqual([200, 200]);
    await rotate(true);
    const third = await fresh();
    await world.forgotten();
    expect([(await keys(first)).status, (await keys(second)).status, (await keys(third)).status]).toEqual([
      401, 401, 200,
    ]);
  });

  it('is one for all processes, also when several need it first at once', async () => {
    await world.query('delete from gateway.signing_key');
    const { id, secret } = await world.client();
    await world.forgotten();
    const tokens = await Promise.all(Array.from({ length: 8 }, () => world.token(grant, [id, secret])));
    expect(new Set(tokens.map(({ body }) => decodeProtectedHeader(body.access_token as string).kid)).size).toBe(1);
    expect((await world.query('select 1 from gateway.signing_key')).rows).toHaveLength(1);
  });
});

describe('another issuer', () => {
  const claims = (more: object = {}): Parameters<StrangeIssuer['sign']>[0] => {
    const now = Math.floor(Date.now() / 1000);
    const own = { iss: strange.issuer, aud: 'crossdock', sub: 'sync', client_id: 'harbour-sync' };
    return { ...own, scope: 'account:keys:read', iat: now, exp: now + 300, ...more };
  };
  const create = (external: object): Promise<Answer> =>
    world.call(
      'POST',
      '/admin/v1/partners/harbour/clients',
      { name: 'theirs', mode: 'live', scopes: ['account:keys:*'], external },
      world.admin,
    );

  it('speaks for a partner through a client that names it, and no further than that client may', async () => {
    const early = await strange.sign(claims());
    expect(code(await keys(early))).toEqual([401, 'UNAUTHENTICATED']);
    const made = await create({ issuer: strange.issuer, clientId: 'harbour-sync' });
    expect([made.status, made.body.secret]).toEqual([201, undefined]);
    expect((await keys(await strange.sign(claims({ jti: '1' })))).status).toBe(200);
    const greedy = await strange.sign(claims({ scope: 'admin:partners:read account:keys:read' }));
    expect(code(await world.call('GET', '/admin/v1/partners', undefined, greedy))).toEqual([403, 'SCOPE_MISSING']);
    expect(code(await keys(await strange.sign(claims({ scope: undefined }))))).toEqual([403, 'SCOPE_MISSING']);
    expect(code(await create({ issuer: strange.issuer, clientId: 'harbour-sync' }))).toEqual([409, 'CLIENT_EXISTS']);
    const rotated = await world.call('POST', `/account/v1/clients/${String(made.body.id)}/rotate`, {});
    expect(code(rotated)).toEqual([409, 'CLIENT_EXTERNAL']);
  });

  it('has a client registered once, however many add it at the same instant', async () => {
    const twice = { issuer: strange.issuer, clientId: 'added-by-many' };
    const partners = Array.from({ length: 6 }, (_, index) => `partner-${index}`);
    for (const id of partners) await world.partners.putPartner({ id, name: id });
    const path = (id: string): string => `/admin/v1/partners/${id}/clients`;
    const body = { name: 'theirs', mode: 'live', scopes: ['account:keys:*'], external: twice };
    const answers = await Promise.all(partners.map((id) => world.call('POST', path(id), body, world.admin)));
    expect(answers.map(code).sort()).toEqual([
      [201, undefined],
      ...Array.from({ length: 5 }, () => [409, 'CLIENT_EXISTS']),
    ]);
  });

  it('is one that the installation trusts', async () => {
    expect(code(await create({ issuer: 'https://evil.example', clientId: 'x' }))).toEqual([
      422,
      'TOKEN_ISSUER_UNKNOWN',
    ]);
    expect(decodeJwt(await strange.sign(claims({ aud: 'elsewhere' }))).aud).toBe('elsewhere');
    expect(code(await keys(await strange.sign(claims({ aud: 'elsewhere' }))))).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('that is away makes its tokens wait, not fail for good', async () => {
    const answer = await keys(await strange.sign(claims({ iss: 'https://away.example' })));
    expect(code(answer)).toEqual([503, 'TOKEN_ISSUER_UNAVAILABLE']);
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});
