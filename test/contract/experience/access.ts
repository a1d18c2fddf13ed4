import type { Edge } from '../support/edge';

const SCOPES = ['portal:orders:read'];
const NO_CLIENT = `app_${'0'.repeat(32)}`;
const NOBODY = `key_${'0'.repeat(32)}`;
const none = { id: 'nobody' };

/** The log is written beside the requests. */
async function eventually<T>(ask: () => Promise<T>, arrived: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (arrived(answer) || Date.now() > deadline) return answer;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

/** What the gateway itself answers: keys, people, the log of requests, partners, plans, the audit log. */
export function accessSuite(theEdge: () => Edge): void {
  describe('access', () => {
    it('own keys', async () => {
      const edge = theEdge();
      const key = { name: 'edge', mode: 'test', scopes: SCOPES };
      const { body: made } = await edge.expect(201, 'account.issue', { body: key });
      const params = { id: made.id as string };
      expect((await edge.expect(200, 'account.self')).body).toMatchObject({ partner: 'harbour' });
      await edge.expect(200, 'account.list');
      const { body: successor } = await edge.expect(201, 'account.rotate', { params, body: { overlapHours: 1 } });
      await edge.expect(200, 'account.revoke', { params, body: { reason: 'edge' } });
      for (const id of ['account.self', 'account.list'])
        await edge.refuses(403, 'SCOPE_MISSING', id, { key: successor.key as string });
      await edge.refuses(422, 'REQUEST_INVALID', 'account.issue', { body: { ...key, scopes: ['x'] } });
      await edge.refuses(409, 'KEY_DEAD', 'account.rotate', { params, body: {} });
      const none = { params: { id: NOBODY }, body: { reason: 'edge' } };
      await edge.refuses(404, 'KEY_UNKNOWN', 'account.revoke', none);
      await edge.refuses(400, 'PARAMETER_INVALID', 'account.revoke', { ...none, params: { id: 'mine' } });
    });

    it('own clients', async () => {
      const edge = theEdge();
      const client = { name: 'edge', mode: 'test', scopes: SCOPES };
      const { body: made } = await edge.expect(201, 'clients.create', { body: client });
      const params = { id: made.id as string };
      await edge.expect(200, 'clients.list');
      await edge.expect(201, 'clients.rotate', { params, body: { overlapHours: 1 } });
      await edge.refuses(409, 'ROTATION_RUNNING', 'clients.rotate', { params, body: {} });
      await edge.expect(200, 'clients.revoke', { params, body: { reason: 'edge' } });
      await edge.refuses(409, 'CLIENT_DEAD', 'clients.revoke', { params, body: { reason: 'edge' } });
      await edge.refuses(422, 'REQUEST_INVALID', 'clients.create', { body: { ...client, scopes: [] } });
      const none = { params: { id: NO_CLIENT }, body: { reason: 'edge' } };
      await edge.refuses(404, 'CLIENT_UNKNOWN', 'clients.revoke', none);
      await edge.refuses(400, 'PARAMETER_INVALID', 'clients.rotate', { params: { id: 'mine' }, body: {} });
      await edge.refuses(401, 'UNAUTHENTICATED', 'clients.list', { key: 'a.b.c' });
    });

    it('clients of partners, and the key that signs their tokens', async () => {
      const edge = theEdge();
      const params = { id: 'harbour' };
      const client = { name: 'edge', mode: 'test', scopes: SCOPES };
      const { body: made } = await edge.expect(201, 'partnerClients.create', { params, body: client });
      await edge.expect(200, 'partnerClients.list', { params });
      const its = { id: 'harbour', client: made.id as string };
      await edge.expect(200, 'partnerClients.revoke', { params: its, body: { reason: 'edge' } });
      await edge.refuses(409, 'CLIENT_DEAD', 'partnerClients.revoke', { params: its, body: { reason: 'edge' } });
      const external = { issuer: 'https://nobody.example', clientId: 'x' };
      const strange = { params, body: { ...client, external } };
      await edge.refuses(422, 'TOKEN_ISSUER_UNKNOWN', 'partnerClients.create', strange);
      await edge.refuses(404, 'PARTNER_UNKNOWN', 'partnerClients.list', { params: { id: 'nobody' } });
      const rotation = { withdraw: false, reason: 'edge' };
      await edge.expect(200, 'partnerClients.rotateSigningKey', { body: rotation });
      await edge.refuses(422, 'REQUEST_INVALID', 'partnerClients.rotateSigningKey', { body: {} });
    });

    it('partners and plans', async () => {
      const edge = theEdge();
      const params = { id: 'edge' };
      await edge.expect(200, 'partners.put', { params, body: { name: 'Edge', reason: 'edge' } });
      await edge.expect(200, 'partners.get', { params });
      const { body: page } = await edge.expect(200, 'partners.list', { query: { limit: '1' } });
      await edge.expect(200, 'partners.list', { query: { cursor: page.next as string } });
      const key = { name: 'edge', mode: 'live', scopes: SCOPES };
      const { body: made } = await edge.expect(201, 'partners.issue', { params, body: key });
      await edge.expect(200, 'partners.keys', { params });
      const its = { id: 'edge', key: made.id as string };
      await edge.expect(200, 'partners.revoke', { params: its, body: { reason: 'edge' } });
      await edge.refuses(409, 'KEY_DEAD', 'partners.revoke', { params: its, body: { reason: 'edge' } });
      await edge.refuses(422, 'REQUEST_INVALID', 'partners.put', { params, body: {} });
      for (const id of ['partners.get', 'partners.keys'])
        await edge.refuses(404, 'PARTNER_UNKNOWN', id, { params: none });
      await edge.refuses(404, 'PARTNER_UNKNOWN', 'partners.issue', { params: none, body: key });
      await edge.refuses(422, 'PLAN_UNKNOWN', 'partners.issue', { params, body: { ...key, plan: 'gold' } });
      await edge.refuses(400, 'CURSOR_INVALID', 'partners.list', { query: { cursor: 'NO' } });
      const policies = [{ name: 'burst', quota: 10, windowSeconds: 60 }];
      await edge.expect(200, 'plans.put', { params, body: { policies } });
      await edge.expect(200, 'plans.list');
      await edge.refuses(422, 'PLAN_INVALID', 'plans.put', { params, body: { policies: [...policies, ...policies] } });
      await edge.refuses(401, 'UNAUTHENTICATED', 'plans.list', { key: 'cdk_test_wrong' });
    });

    it('people of a partner', async () => {
      const edge = theEdge();
      const params = { id: 'harbour', email: 'edge@harbour.example' };
      const body = { name: 'Edge', role: 'viewer', reason: 'edge' };
      const { body: person } = await edge.expect(200, 'people.put', { params, body });
      expect(person).toMatchObject({ email: params.email, active: true, bound: false });
      const { body: list } = await edge.expect(200, 'people.list', { params: { id: 'harbour' } });
      expect(list.people).toContainEqual(person);
      await edge.refuses(422, 'REQUEST_INVALID', 'people.put', { params, body: { ...body, role: 'owner' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'people.put', { params: { ...params, email: 'nobody' }, body });
      await edge.refuses(404, 'PARTNER_UNKNOWN', 'people.list', { params: none });
      await edge.refuses(404, 'PARTNER_UNKNOWN', 'people.put', { params: { ...params, ...none }, body });
      await edge.refuses(409, 'PERSON_ELSEWHERE', 'people.put', { params: { ...params, id: 'edge' }, body });
    });

    it('own people, by a live key', async () => {
      const edge = theEdge();
      const admin = { name: 'edge people', mode: 'live', scopes: ['account:people:*'] };
      const { body: made } = await edge.expect(201, 'partners.issue', { params: { id: 'harbour' }, body: admin });
      const key = made.key as string;
      const body = { name: 'Own', role: 'viewer', reason: 'edge' };
      const params = { email: 'own@harbour.example' };
      const { body: person } = await edge.expect(200, 'ownPeople.put', { params, body, key });
      const { body: list } = await edge.expect(200, 'ownPeople.list', { key });
      expect(list.people).toContainEqual(person);
      await edge.refuses(401, 'UNAUTHENTICATED', 'ownPeople.list', { key: 'a.b.c' });
      await edge.refuses(403, 'MODE_NOT_HELD', 'ownPeople.put', { params, body });
      await edge.refuses(422, 'REQUEST_INVALID', 'ownPeople.put', { params, body: { ...body, rebind: true }, key });
      await edge.refuses(400, 'PARAMETER_INVALID', 'ownPeople.put', { params: { email: 'nobody' }, body, key });
      await edge.expect(200, 'partners.put', { params: { id: 'edge-people' }, body: { name: 'Edge' } });
      const elsewhere = { id: 'edge-people', email: 'else@edge.example' };
      await edge.expect(200, 'people.put', { params: elsewhere, body });
      await edge.refuses(409, 'PERSON_ELSEWHERE', 'ownPeople.put', { params: { email: elsewhere.email }, body, key });
    });

    it('certification', async () => {
      const edge = theEdge();
      await edge.refuses(404, 'REQUEST_UNKNOWN', 'requests.get', { params: { id: NOBODY.replace('key', 'log') } });
      const shown = ({ checks }: { checks: { check: string; shown: boolean }[] }) =>
        checks.some(({ check, shown: is }) => check === 'unknown' && is);
      const { checks } = await eventually(async () => (await edge.expect(200, 'certification.own')).body, shown);
      const { body } = await edge.expect(200, 'certification.get', { params: { id: 'harbour' } });
      expect(body.checks).toEqual(checks);
      await edge.refuses(404, 'PARTNER_UNKNOWN', 'certification.get', { params: none });
      await edge.refuses(401, 'UNAUTHENTICATED', 'certification.own', { key: 'a.b.c' });
    });

    it('requests and usage', async () => {
      const edge = theEdge();
      const { headers } = await edge.expect(200, 'account.self');
      const requestId = headers['request-id'] ?? '';
      const { requests } = await eventually(async () => (await edge.expect(200, 'requests.list', { query: { requestId } })).body, (page) => page.requests.length > 0); // prettier-ignore
      expect(requests).toMatchObject([{ requestId, route: '/account/v1/self', status: 200 }]);
      await edge.expect(200, 'requests.get', { params: { id: requests[0].id as string } });
      await edge.expect(200, 'requests.list', { query: { status: '2xx', method: 'GET', limit: '1' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'requests.list', { query: { status: 'good' } });
      await edge.refuses(400, 'CURSOR_INVALID', 'requests.list', { query: { cursor: 'mine' } });
      await edge.refuses(404, 'REQUEST_UNKNOWN', 'requests.get', { params: { id: NOBODY.replace('key', 'log') } });
      const { body: usage } = await edge.expect(200, 'usage.get', { query: { window: 'hour' } });
      expect(usage.plans.length).toBeGreaterThan(0);
      await edge.refuses(400, 'PARAMETER_INVALID', 'usage.get', { query: { window: 'year' } });
      const { body: changelog } = await edge.expect(200, 'changelog.get');
      expect(changelog.entries.length).toBeGreaterThan(0);
      expect(changelog.versions).toContainEqual(expect.objectContaining({ version: 'gateway.v1' }));
      await edge.refuses(400, 'PARAMETER_INVALID', 'changelog.get', { query: { show: 'mine' } });
      const { body: uses } = await edge.expect(200, 'changelog.uses', { query: { limit: '1' } });
      await edge.expect(200, 'changelog.uses', { query: { cursor: uses.next as string } });
      await edge.refuses(400, 'CURSOR_INVALID', 'changelog.uses', { query: { cursor: 'x' } });
    });

    it('the own part of the audit log', async () => {
      const edge = theEdge();
      const { body: page } = await edge.expect(200, 'ownAudit.list', { query: { limit: '1' } });
      expect(page.entries).toHaveLength(1);
      await edge.expect(200, 'ownAudit.list', { query: { cursor: page.next as string } });
      await edge.refuses(400, 'CURSOR_INVALID', 'ownAudit.list', { query: { cursor: 'x' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'ownAudit.list', { query: { object: 'partner/edge' } });
    });

    it('the audit log', async () => {
      const edge = theEdge();
      const { body: page } = await edge.expect(200, 'audit.list', { query: { limit: '2', object: 'partner/edge' } });
      expect(page.entries).toHaveLength(2);
      await edge.expect(200, 'audit.list', { query: { cursor: page.next as string, object: 'partner/edge' } });
      await edge.refuses(400, 'CURSOR_INVALID', 'audit.list', { query: { cursor: page.next as string } });
      const { body: head } = await edge.expect(200, 'audit.head');
      expect((await edge.expect(200, 'audit.verify', { body: head })).body).toMatchObject({ intact: true });
      await edge.refuses(422, 'AUDIT_HEAD_INCOMPLETE', 'audit.verify', { body: { seq: 1 } });
      await edge.refuses(400, 'CURSOR_INVALID', 'audit.list', { query: { cursor: 'x' } });
      await edge.refuses(401, 'UNAUTHENTICATED', 'audit.head', { key: '' });
    });
  });
}
