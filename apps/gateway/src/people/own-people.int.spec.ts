import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { Browser } from '../../test/browser';
import { SandboxIdentity } from '../../../sandbox/src/identity/identity';
import { DEMO_CLIENT, IDENTITY_PATH } from '../../../sandbox/src/identity/provider';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';

let gateway: GatewayFixture;
const partner = 'harbour';

beforeAll(async () => {
  gateway = await gatewayFixture(
    publicDocuments().filter(({ name }) => name === OWN_DOCUMENT),
    { controllers: gatewayApp.controllers, providers: [SandboxIdentity], open: [/^\/sandbox\//] },
  );
  gateway.services.signIn.use({ issuer: `${gateway.url}${IDENTITY_PATH}`, ...DEMO_CLIENT });
  await gateway.key({ partner });
  await gateway.key({ partner: 'quay' });
  await gateway.people.put({ partner, email: 'ada@harbour.example', name: 'Ada', role: 'admin' });
  await gateway.people.put({ partner, email: 'dev@harbour.example', name: 'Dev', role: 'developer' });
  await gateway.people.put({ partner, email: 'vera@harbour.example', name: 'Vera', role: 'viewer' });
  await gateway.people.put({ partner: 'quay', email: 'quinn@quay.example', name: 'Quinn', role: 'admin' });
});
afterAll(() => gateway.close());

const PEOPLE = '/account/v1/people';
const as = async (person: string) => {
  const browser = new Browser(gateway.url);
  await browser.signIn(person);
  return (method: string, path: string, body?: object) => browser.call(method, path, body);
};

describe('the team of a partner', () => {
  it('is seen by each of its people, and holds nobody of another partner', async () => {
    const { status, body } = await (await as('vera'))('GET', PEOPLE);
    expect(status).toBe(200);
    const addresses = body.people.map(({ email }: { email: string }) => email);
    expect(addresses).toEqual(['ada@harbour.example', 'dev@harbour.example', 'vera@harbour.example']);
  });

  it('is changed by an admin, who stands in the audit log with the reason', async () => {
    const ada = await as('ada');
    const invited = await ada('PUT', `${PEOPLE}/Sam@stranger.example`, {
      name: 'Sam',
      role: 'viewer',
      reason: 'summer',
    });
    expect([invited.status, invited.body]).toMatchObject([200, { email: 'sam@stranger.example', bound: false }]);
    const sam = await as('sam');
    expect((await sam('GET', PEOPLE)).status).toBe(200);
    const { rows } = await gateway.query(
      `select actor, reason from gateway.audit where object like 'partner/harbour/person/${invited.body.id}'`,
    );
    expect(rows).toEqual([{ actor: expect.stringMatching(/^person_/), reason: 'summer' }]);
  });

  it.each([
    ['vera', 403, 'SCOPE_MISSING'],
    ['dev', 403, 'MODE_NOT_HELD'],
  ])('is not changed by %s: %s %s', async (person, status, code) => {
    const call = await as(person);
    const answer = await call('PUT', `${PEOPLE}/dev@harbour.example`, { name: 'Dev', role: 'admin' });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is not changed by a test key, whatever it may do otherwise; by a live key it is', async () => {
    const put = async (mode: 'test' | 'live') => {
      const key = await gateway.key({ partner, mode, scopes: ['account:*'] });
      const response = await fetch(`${gateway.url}${PEOPLE}/kay@harbour.example`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Kay', role: 'developer' }),
      });
      return response.status;
    };
    expect([await put('test'), await put('live')]).toEqual([403, 200]);
  });

  it('keeps one admin who can invite others', async () => {
    const ada = await as('ada');
    for (const change of [{ role: 'developer' }, { role: 'admin', active: false }]) {
      const answer = await ada('PUT', `${PEOPLE}/ada@harbour.example`, { name: 'Ada', ...change });
      expect([answer.status, answer.body.code]).toEqual([409, 'LAST_ADMIN']);
    }
    const renamed = await ada('PUT', `${PEOPLE}/ada@harbour.example`, { name: 'Ada L', role: 'admin' });
    expect([renamed.status, renamed.body.role]).toEqual([200, 'admin']);
  });

  it('cannot take in who signs in for another partner, nor bind an account anew', async () => {
    const ada = await as('ada');
    const taken = await ada('PUT', `${PEOPLE}/quinn@quay.example`, { name: 'Quinn', role: 'viewer' });
    expect([taken.status, taken.body.code]).toEqual([409, 'PERSON_ELSEWHERE']);
    const rebound = await ada('PUT', `${PEOPLE}/dev@harbour.example`, { name: 'Dev', role: 'viewer', rebind: true });
    expect(rebound.status).toBe(422);
  });
});
