import { gatewayFixture, type GatewayFixture } from '../../../test/gateway-fixture';
import { gatewayApp } from '../../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../../documents/load';

let gateway: GatewayFixture;
let owner: string;
let admin: string;

beforeAll(async () => {
  gateway = await gatewayFixture(
    publicDocuments().filter(({ name }) => name === OWN_DOCUMENT),
    { controllers: gatewayApp.controllers },
  );
  owner = await gateway.key({ partner: 'harbour', scopes: ['account:*', 'portal:orders:*'] });
  admin = await gateway.key({ partner: 'crossdock', scopes: ['admin:*'] });
});
afterAll(() => gateway.close());

interface Answer {
  status: number;

  body: any;
}

async function call(method: string, path: string, body?: object, key = owner): Promise<Answer> {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
const issue = (body: object, key = owner): Promise<Answer> =>
  call('POST', '/account/v1/keys', { name: 'sync', mode: 'live', scopes: ['portal:orders:read'], ...body }, key);
const revoke = (id: string, key = owner): Promise<Answer> =>
  call('POST', `/account/v1/keys/${id}/revoke`, { reason: 'seen in a log' }, key);
const code = ({ status, body }: Answer): unknown[] => [status, (body as { code: string }).code];

/** A key that was believed a moment ago is believed for as long as the gateway remembers keys. */
const forgotten = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, gateway.services.config.keyCacheMilliseconds + 50));

describe('own keys', () => {
  it('works as soon as it is made, shows itself once, and is kept as a hash', async () => {
    const made = await issue({ scopes: ['account:keys:read'] });
    expect(made.status).toBe(201);
    const self = await call('GET', '/account/v1/self', undefined, made.body.key as string);
    expect(self.body).toMatchObject({ partner: 'harbour', key: { id: made.body.id, living: true } });
    const list = await call('GET', '/account/v1/keys');
    expect(JSON.stringify(list.body)).not.toContain(made.body.key);
    expect(list.body.keys).toContainEqual(expect.objectContaining({ id: made.body.id, hint: made.body.hint }));
  });

  it.each([
    ['a scope that the calling key does not have', { scopes: ['portal:items:read'] }, 403, 'SCOPE_NOT_HELD'],
    ['all of an audience of which it has a part', { scopes: ['portal:*'] }, 403, 'SCOPE_NOT_HELD'],
    ['the rights of those who run the installation', { scopes: ['admin:*'] }, 403, 'SCOPE_NOT_HELD'],
    ['what is no scope', { scopes: ['everything'] }, 422, 'REQUEST_INVALID'],
    ['no scope', { scopes: [] }, 422, 'REQUEST_INVALID'],
    ['a plan of its own choice', { plan: 'demo' }, 422, 'REQUEST_INVALID'],
    ['another partner', { partner: 'crossdock' }, 422, 'REQUEST_INVALID'],
  ] as const)('cannot be given %s', async (_, body, status, expected) => {
    expect(code(await issue(body))).toEqual([status, expected]);
  });

  it('for live traffic are not made with a key for tests', async () => {
    const { body } = await issue({ mode: 'test', scopes: ['account:*', 'portal:orders:read'] });
    const tester = body.key as string;
    expect(code(await issue({}, tester))).toEqual([403, 'MODE_NOT_HELD']);
    expect((await issue({ mode: 'test' }, tester)).status).toBe(201);
    const live = await issue({});
    const rotated = await call('POST', `/account/v1/keys/${String(live.body.id)}/rotate`, {}, tester);
    expect(code(rotated)).toEqual([403, 'MODE_NOT_HELD']);
  });

  it('with more rights cannot be had by rotating them, but can be stopped', async () => {
    const strong = await issue({ scopes: ['account:*', 'portal:orders:*'] });
    const weak = await issue({ scopes: ['account:*'] });
    const id = String(strong.body.id);
    expect(code(await call('POST', `/account/v1/keys/${id}/rotate`, {}, weak.body.key as string))).toEqual([
      403,
      'SCOPE_NOT_HELD',
    ]);
    expect((await revoke(id, weak.body.key as string)).body).toMatchObject({ id, living: false });
  });

  it('are two while one is rotated, and one after the overlap', async () => {
    const old = await issue({ scopes: ['account:keys:read'] });
    const rotate = (overlapHours: number): Promise<Answer> =>
      call('POST', `/account/v1/keys/${String(old.body.id)}/rotate`, { overlapHours });
    const successor = await rotate(2);
    expect(successor.body).toMatchObject({ replaces: old.body.id, scopes: old.body.scopes, name: old.body.name });
    for (const key of [old.body.key, successor.body.key] as string[])
      expect((await call('GET', '/account/v1/self', undefined, key)).status).toBe(200);
    expect(code(await rotate(2))).toEqual([409, 'ROTATION_RUNNING']);
    await gateway.query(`update gateway.api_key set expires_at = now() where id = '${String(old.body.id)}'`);
    await forgotten();
    expect(code(await call('GET', '/account/v1/self', undefined, old.body.key as string))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    expect((await call('GET', '/account/v1/self', undefined, successor.body.key as string)).status).toBe(200);
    expect(code(await rotate(2))).toEqual([409, 'KEY_DEAD']);
  });

  it('of another partner are not there, whatever is done to them', async () => {
    const mine = await issue({});
    const stranger = await gateway.key({ partner: 'stranger', scopes: ['account:*', 'portal:*'] });
    const id = String(mine.body.id);
    expect(code(await revoke(id, stranger))).toEqual([404, 'KEY_UNKNOWN']);
    expect(code(await call('POST', `/account/v1/keys/${id}/rotate`, {}, stranger))).toEqual([404, 'KEY_UNKNOWN']);
    expect(JSON.stringify((await call('GET', '/account/v1/keys', undefined, stranger)).body)).not.toContain(id);
  });

  it('are counted one at a time: many made at once do not go past the limit', async () => {
    const crowd = await gateway.key({ partner: 'crowd', scopes: ['account:*'] });
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => issue({ scopes: ['account:keys:read'] }, crowd)),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(49);
    expect(new Set(answers.filter(({ status }) => status !== 201).map((each) => code(each).join(' ')))).toEqual(
      new Set(['409 KEYS_TOO_MANY']),
    );
  });
});

describe('a partner', () => {
  it('goes from nothing to a working key, and is stopped, without a restart', async () => {
    const put = (active: boolean): Promise<Answer> =>
      call('PUT', '/admin/v1/partners/quayside', { name: 'Quayside', active, reason: 'contract 12' }, admin);
    expect((await put(true)).body).toMatchObject({ id: 'quayside', active: true });
    const key = { name: 'first', mode: 'live', scopes: ['account:*'] };
    const made = await call('POST', '/admin/v1/partners/quayside/keys', key, admin);
    const self = (): Promise<Answer> => call('GET', '/account/v1/self', undefined, made.body.key as string);
    expect((await self()).status).toBe(200);
    await put(false);
    await forgotten();
    expect(code(await self())).toEqual([401, 'UNAUTHENTICATED']);
    expect(code(await call('POST', '/admin/v1/partners/nobody/keys', key, admin))).toEqual([404, 'PARTNER_UNKNOWN']);
    expect(code(await call('POST', '/admin/v1/partners/quayside/keys', { ...key, plan: 'gold' }, admin))).toEqual([
      422,
      'PLAN_UNKNOWN',
    ]);
    expect(code(await call('PUT', '/admin/v1/partners/Quay%20Side', { name: 'x' }, admin))).toEqual([
      400,
      'PARAMETER_INVALID',
    ]);
  });
});

describe('the audit log', () => {
  const verify = (body: object = {}): Promise<Answer> => call('POST', '/admin/v1/audit/verify', body, admin);
  const tamper = async (statement: string): Promise<void> => {
    await gateway.asOwner(`alter table gateway.audit disable trigger append_only; ${statement};
                         alter table gateway.audit enable trigger append_only`);
  };
  const entries = async (object: string): Promise<Answer['body']> =>
    (await call('GET', `/admin/v1/audit?object=${object}`, undefined, admin)).body.entries;

  it('says who did what to which key, why, before and after, and never a secret', async () => {
    const made = await issue({ reason: 'nightly run' });
    await revoke(String(made.body.id));
    const log = await entries(`partner/harbour/key/${String(made.body.id)}`);
    const self = await call('GET', '/account/v1/self');
    const actor = self.body.key.id as string;
    expect(log).toMatchObject([
      { actor, action: 'key.revoked', reason: 'seen in a log', before: { scopes: ['portal:orders:read'] } },
      { actor, action: 'key.issued', reason: 'nightly run', after: { scopes: ['portal:orders:read'] } },
    ]);
    expect(log[0].after).toBeUndefined();
    expect(JSON.stringify(log)).not.toContain(made.body.key);
  });

  it('holds nothing of an act that failed or changed nothing', async () => {
    const head = await call('GET', '/admin/v1/audit/head', undefined, admin);
    await issue({ scopes: ['admin:*'] });
    await revoke('key_00000000000000000000000000000000');
    await call('PUT', '/admin/v1/plans/standard', { policies: [{ name: 'a', quota: 1, windowSeconds: 1 }, { name: 'a', quota: 2, windowSeconds: 1 }] }, admin); // prettier-ignore
    const { plans } = (await call('GET', '/admin/v1/plans', undefined, admin)).body as { plans: { id: string; policies: object[] }[] }; // prettier-ignore
    await call('PUT', '/admin/v1/plans/standard', { policies: plans.find(({ id }) => id === 'standard')?.policies }, admin); // prettier-ignore
    expect((await call('GET', '/admin/v1/audit/head', undefined, admin)).body).toEqual(head.body);
  });

  it('cannot be changed by those who only use the database', async () => {
    await expect(gateway.query(`update gateway.audit set actor = 'nobody'`)).rejects.toThrow('append-only');
    await expect(gateway.query('delete from gateway.audit')).rejects.toThrow('append-only');
    await expect(gateway.query('truncate gateway.audit')).rejects.toThrow('permission denied');
    await expect(gateway.asOwner('truncate gateway.audit')).rejects.toThrow('append-only');
  });

  it('names the entry that was altered, removed, inserted or cut off by whoever owns it', async () => {
    const { seq, hash } = (await call('GET', '/admin/v1/audit/head', undefined, admin)).body as { seq: number; hash: string }; // prettier-ignore
    await issue({});
    await issue({});
    expect((await verify({ seq, hash })).body).toEqual({ intact: true, entries: seq + 2 });

    await tamper(`update gateway.audit set actor = 'nobody' where seq = 3`);
    expect((await verify()).body).toMatchObject({ intact: false, breach: { seq: 3, fault: 'ALTERED' } });
    // With a new hash of its own it fits itself, and not the entry after it.
    const rehashed = `gateway.audit_hash(previous, seq, at, actor, action, object, reason, before, after)`;
    await tamper(`update gateway.audit set hash = ${rehashed} where seq = 3`);
    expect((await verify()).body).toMatchObject({ breach: { seq: 4, fault: 'UNCHAINED' } });

    await tamper(`delete from gateway.audit where seq = 3`);
    expect((await verify()).body).toMatchObject({ breach: { seq: 3, fault: 'MISSING' } });
    await tamper(`delete from gateway.audit where seq <= 4`);
    expect((await verify()).body).toMatchObject({ breach: { seq: 1, fault: 'MISSING' } });
  });

  it('that was made anew from end to end does not agree with a head that was kept outside', async () => {
    const kept = (await call('GET', '/admin/v1/audit/head', undefined, admin)).body as { seq: number; hash: string };
    await tamper(`delete from gateway.audit; update gateway.audit_head set seq = 0, hash = repeat('0', 64)`);
    for (let made = 0; made < kept.seq; made += 1)
      await call('PUT', `/admin/v1/partners/p${made}`, { name: 'p' }, admin);
    expect((await verify()).body).toMatchObject({ intact: true });
    expect((await verify(kept)).body).toMatchObject({ breach: { seq: kept.seq, fault: 'NOT_THE_EXPORTED_HEAD' } });
    expect(code(await verify({ seq: 1 }))).toEqual([422, 'AUDIT_HEAD_INCOMPLETE']);
    await tamper(`delete from gateway.audit where seq = ${kept.seq}`);
    expect((await verify()).body).toMatchObject({ breach: { seq: kept.seq, fault: 'CUT_OFF' } });
  });
});
