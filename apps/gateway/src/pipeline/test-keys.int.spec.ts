import { FakeController } from '../../test/fake-audience';
import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { publicDocuments } from '../documents/load';
import { operationsOf } from '../documents/operations';

type Mode = 'live' | 'test';

async function calls(gateway: GatewayFixture, mode: Mode) {
  const key = await gateway.key({ mode });
  const call = async (method: string, path: string, body?: object, headers?: object) => {
    const response = await fetch(`${gateway.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { code } = (await response.json()) as { code?: string };
    return code === undefined ? [response.status] : [response.status, code];
  };
  return {
    read: () => call('GET', '/fake/v1/notes/7'),
    write: () => call('POST', '/fake/v1/notes', { text: 'a' }),
    declared: () => call('POST', '/fake/v1/notes/1/strict', undefined, { 'idempotency-key': 'k', 'if-match': '"1"' }),
  };
}

describe('a test key where backends are real', () => {
  let gateway: GatewayFixture;
  beforeAll(async () => {
    gateway = await gatewayFixture(undefined, { sandbox: false });
  });
  afterAll(() => gateway.close());

  it('changes nothing that a backend sees', async () => {
    const before = FakeController.placed;
    const { read, write, declared } = await calls(gateway, 'test');
    expect(await write()).toEqual([403, 'TEST_KEY_REFUSED']);
    expect(FakeController.placed).toBe(before);
    expect([await read(), await declared()]).toEqual([[200], [200]]);
  });

  it('is not a live key, which may', async () => {
    const { read, write, declared } = await calls(gateway, 'live');
    expect([await read(), await write(), await declared()]).toEqual([[200], [201], [200]]);
  });
});

describe('a test key in a sandbox', () => {
  let gateway: GatewayFixture;
  beforeAll(async () => {
    gateway = await gatewayFixture(undefined, { sandbox: true });
  });
  afterAll(() => gateway.close());

  it('does what a live key does', async () => {
    const { read, write, declared } = await calls(gateway, 'test');
    expect([await read(), await write(), await declared()]).toEqual([[200], [201], [200]]);
  });
});

describe('of the public operations', () => {
  it('those that change something are closed to test keys where backends are real, but for a partner’s own webhooks', () => {
    const open = operationsOf(publicDocuments()).filter(({ testKeys, urgency }) => testKeys && urgency === 'write');
    expect(open.map(({ id }) => id).sort()).toEqual([
      'portalWebhooks.create',
      'portalWebhooks.delete',
      'portalWebhooks.rotate',
      'portalWebhooks.update',
    ]);
  });

  it('those that can wait and have a scope to write make no order, reservation or document', () => {
    const asked = operationsOf(publicDocuments()).filter(
      ({ urgency, scopes }) => urgency === 'read' && scopes.flat().some((scope) => scope.endsWith(':write')),
    );
    expect(asked.map(({ id }) => id).sort()).toEqual([
      'marketplaceOrders.validate',
      'portalOrders.validate',
      'portalOrdersV2.validate',
      'portalWebhooks.redeliver',
      'portalWebhooks.replay',
      'portalWebhooks.test',
    ]);
  });
});
