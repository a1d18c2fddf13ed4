import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { Browser } from '../../test/browser';
import { SandboxIdentity } from '../../../sandbox/src/identity/identity';
import { DEMO_CLIENT, IDENTITY_PATH } from '../../../sandbox/src/identity/provider';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';

let gateway: GatewayFixture;

beforeAll(async () => {
  gateway = await gatewayFixture(
    publicDocuments().filter(({ name }) => name === OWN_DOCUMENT),
    { controllers: gatewayApp.controllers, providers: [SandboxIdentity], open: [/^\/sandbox\//] },
  );
  gateway.services.signIn.use({ issuer: `${gateway.url}${IDENTITY_PATH}`, ...DEMO_CLIENT });
  await gateway.key({ partner: 'harbour' });
  await gateway.key({ partner: 'quay' });
  const partner = 'harbour';
  await gateway.people.put({ partner, email: 'ada@harbour.example', name: 'Ada', role: 'admin' });
  await gateway.people.put({ partner, email: 'dev@harbour.example', name: 'Dev', role: 'developer' });
  await gateway.people.put(vera);
});
afterAll(() => gateway.close());

const signedIn = async (person: string): Promise<Browser> => {
  const browser = new Browser(gateway.url);
  await browser.signIn(person);
  return browser;
};
const vera = { partner: 'harbour', email: 'vera@harbour.example', name: 'Vera', role: 'viewer' } as const;
const newKey = { name: 'mine', mode: 'test', scopes: ['portal:orders:read'] };

describe('people sign in', () => {
  it('through the identity provider, with a cookie that no script can read', async () => {
    const browser = new Browser(gateway.url);
    expect(await browser.signIn('dev')).toBe('/developers');
    expect(browser.lastCookie).toMatch(/^crossdock_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
    const { body } = await browser.call('GET', '/auth/session');
    expect(body).toMatchObject({ signedIn: true, role: 'developer', partner: { id: 'harbour' } });
    expect(JSON.stringify(body)).not.toContain(browser.cookie('crossdock_session'));
  });

  it('and are sent where they wanted to go, within our own pages only', async () => {
    for (const [to, there] of [
      ['/developers/keys?key=1', '/developers/keys?key=1'],
      ['https://elsewhere.example/', '/developers'],
      ['//elsewhere.example', '/developers'],
      ['/developers//elsewhere.example', '/developers'],
    ] as const)
      expect(await new Browser(gateway.url).signIn('dev', to)).toBe(there);
  });

  it('only when somebody has invited them', async () => {
    const browser = new Browser(gateway.url);
    expect(await browser.signIn('sam')).toBe('/developers/sign-in?problem=ACCESS_DENIED');
    expect((await browser.call('GET', '/auth/session')).body).toEqual({ signedIn: false, available: true });
  });

  it('only in the browser that began it, and once', async () => {
    const [victim, thief] = [new Browser(gateway.url), new Browser(gateway.url)];
    const callback = await thief.callbackOf('dev');
    expect(await victim.follow(callback)).toBe('/developers/sign-in?problem=SIGN_IN_EXPIRED');
    expect(await thief.follow(callback)).toBe('/developers');
    expect(await thief.follow(callback)).toBe('/developers/sign-in?problem=SIGN_IN_EXPIRED');
  });

  it('not with an answer that the provider did not give', async () => {
    const browser = new Browser(gateway.url);
    const callback = new URL(await browser.callbackOf('dev'));
    callback.searchParams.set('code', 'made-up');
    expect(await browser.follow(callback.href)).toBe('/developers/sign-in?problem=SIGN_IN_REFUSED');
  });

  it('not by an address that another account had first', async () => {
    await gateway.query(
      `update gateway.person set issuer = 'https://other', subject = 'x' where email = 'vera@harbour.example'`,
    );
    expect(await new Browser(gateway.url).signIn('vera')).toBe('/developers/sign-in?problem=ACCESS_DENIED');
    await gateway.people.put({ ...vera, rebind: true });
    expect(await new Browser(gateway.url).signIn('vera')).toBe('/developers');
  });
});

describe('a person who is signed in', () => {
  it('sees the keys of its own partner at the same address as a key does', async () => {
    const browser = await signedIn('vera');
    const { status, body } = await browser.call('GET', '/account/v1/keys');
    expect(status).toBe(200);
    expect(body.keys.length).toBeGreaterThan(0);
  });

  it.each([
    ['vera', newKey, 403, 'SCOPE_MISSING'],
    ['dev', { ...newKey, mode: 'live' }, 403, 'MODE_NOT_HELD'],
    ['dev', { ...newKey, scopes: ['admin:*'] }, 403, 'SCOPE_NOT_HELD'],
    ['ada', { ...newKey, scopes: ['operations:*'] }, 403, 'SCOPE_NOT_HELD'],
    ['dev', newKey, 201, undefined],
    ['ada', { ...newKey, mode: 'live' }, 201, undefined],
  ])('%s makes the key %j: %s %s', async (person, key, status, code) => {
    const answer = await (await signedIn(person)).call('POST', '/account/v1/keys', key);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is written down as the one who did it', async () => {
    const { body } = await (await signedIn('dev')).call('POST', '/account/v1/keys', newKey);
    const { rows } = await gateway.query(`select actor from gateway.audit where object like '%${body.id}'`);
    expect(rows).toEqual([{ actor: expect.stringMatching(/^person_/) }]);
  });

  it('changes nothing without the token that only our own pages know', async () => {
    const browser = await signedIn('dev');
    for (const csrf of [undefined, 'x'.repeat(43)]) {
      const answer = await browser.call('POST', '/account/v1/keys', newKey, { csrf });
      expect([answer.status, answer.body.code]).toEqual([403, 'CSRF_TOKEN_INVALID']);
    }
  });

  it('may not do what is for those who run the installation', async () => {
    const answer = await (await signedIn('ada')).call('GET', '/admin/v1/partners');
    expect([answer.status, answer.body.code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('is out when it signs out, and within five seconds when it is let go', async () => {
    const left = await signedIn('dev');
    const stolen = left.cookie('crossdock_session');
    expect((await left.call('POST', '/auth/sign-out')).status).toBe(204);
    const thief = new Browser(gateway.url, `crossdock_session=${stolen}`);
    expect((await thief.call('GET', '/account/v1/keys')).status).toBe(401);

    const fired = await signedIn('vera');
    await gateway.people.put({
      partner: 'harbour',
      email: 'vera@harbour.example',
      name: 'Vera',
      role: 'viewer',
      active: false,
    });
    await new Promise((resolve) => setTimeout(resolve, gateway.services.config.keyCacheMilliseconds + 50));
    expect((await fired.call('GET', '/account/v1/keys')).status).toBe(401);
  });

  it('belongs to one partner', async () => {
    const other = gateway.people.put({ partner: 'quay', email: 'Dev@harbour.example', name: 'Dev', role: 'admin' });
    await expect(other).rejects.toMatchObject({ code: 'PERSON_ELSEWHERE' });
  });
});
