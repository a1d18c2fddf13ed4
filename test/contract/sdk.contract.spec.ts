import { crossdock } from '#sdk/client';
import { OPERATIONS } from '#sdk/generated/operations';
import { changes, pages } from '#sdk/pages';
import { NotFoundError, QuotaExceededError, StaleVersionError } from '#sdk/problem';
import { verifyWebhook } from '#sdk/webhooks';
import { TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { PUBLIC_DOCUMENTS } from './support/public-documents';
import { World } from './support/world';

/** Every operation of the partner contracts goes out through the SDK and comes back as its types say, from the running product. */
describe('the SDK', () => {
  let world: World;
  const called = new Set<string>();
  const faults: string[] = [];

  /** The real fetch, which notes the operation and holds the answer to its document. */
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    for (const name of PUBLIC_DOCUMENTS) {
      const document = world.document(name);
      const operation = document.operations.find(
        ({ path, method }) => method.toUpperCase() === init?.method && pathname.match(pattern(path))?.[0] === pathname,
      );
      if (operation === undefined) continue;
      if (response.ok) called.add(operation.id);
      const text = await response.clone().text();
      const headers = Object.fromEntries(response.headers);
      faults.push(...document.faults(operation.id, { status: response.status, headers, body: text === '' ? undefined : JSON.parse(text) })); // prettier-ignore
      break;
    }
    return response;
  };
  const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '(?!query$|validate$)[^/]+')}$`);
  const client = (key: string) => crossdock({ url: world.demo.url, key, fetch: watched });
  const lines = (value: string, item = 'MUG-BLUE') => [{ line: 1, item, quantity: { value, unit: 'EA' } }];
  const order = (purchaseOrder: string, value = '1', item?: string) => ({ purchaseOrder, shipTo: 'BRISTOL', lines: lines(value, item) }); // prettier-ignore

  beforeAll(async () => {
    world = await World.start('local');
  });
  afterAll(() => world.close());
  afterEach(() => expect(faults.splice(0)).toEqual([]));

  it('asks for items, availability and orders', async () => {
    const api = client(world.demo.keys.portal);
    const skus: string[] = [];
    for await (const { items } of pages(api.portalItems.list, { limit: 5 })) skus.push(...items.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.length).toBeGreaterThan(5);
    expect((await api.portalItems.get({ path: { sku: 'MUG-BLUE' } })).data.sku).toBe('MUG-BLUE');
    const { data } = await api.portalAvailability.query({
      body: { lines: [{ item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } }] },
    });
    expect(data.lines[0]?.requested).toEqual({ value: '1', unit: 'EA' });
    expect((await api.portalOrders.validate({ body: order('SDK-0') })).status).toBe(200);
  });

  it('places an order once, changes and cancels what it saw', async () => {
    const api = client(world.demo.keys.portal);
    const waits = { ...order('SDK-1', '9000', 'CLOCK-STATION'), shipComplete: true };
    const placed = await api.portalOrders.place({ body: waits, idempotencyKey: 'sdk-1' });
    expect((await api.portalOrders.place({ body: waits, idempotencyKey: 'sdk-1' })).replayed).toBe(true);
    const path = { id: placed.data.id };
    await api.portalOrders.change({ path, body: { lines: [{ line: 1, decrease: { value: '1', unit: 'EA' } }] } });
    expect((await api.portalOrders.cancel({ path })).data.outcome).toMatch(/CANCEL/);
    const seen = await api.portalOrders.get({ path });
    expect(seen.etag).toBe(`"${seen.data.version}"`);
    const ids: string[] = [];
    for await (const { orders } of pages(api.portalOrders.list, { purchaseOrder: 'SDK-1' })) ids.push(...orders.map(({ id }) => id)); // prettier-ignore
    expect(ids).toContain(path.id);
  });

  it('places, changes and cancels an order of version 2 in the version that it saw', async () => {
    const api = client(world.demo.keys.portal).portalOrdersV2;
    const waits = { ...order('SDK-V2', '9000', 'CLOCK-STATION'), shipComplete: true };
    expect((await api.validate({ body: waits })).status).toBe(200);
    const path = { id: (await api.place({ body: waits })).data.id };
    /** What the process still does to it makes what was seen stale: it is looked at again, as every client has to. */
    const inVersion = async <T>(work: (ifMatch: string) => Promise<T>): Promise<T> => {
      for (;;) {
        const { etag = '' } = await api.get({ path });
        try {
          return await work(etag);
        } catch (error) {
          if (!(error instanceof StaleVersionError)) throw error;
        }
      }
    };
    const body = { lines: [{ line: 1, decrease: { value: '1', unit: 'EA' } }] };
    await inVersion((ifMatch) => api.change({ path, body, ifMatch }));
    expect((await inVersion((ifMatch) => api.cancel({ path, ifMatch }))).data.order.lines[0]?.parts.map(({ state }) => state)).toContain('CANCELLED'); // prettier-ignore
    expect((await api.list({ query: { purchaseOrder: 'SDK-V2' } })).data.orders.map(({ id }) => id)).toContain(path.id);
  });

  it('holds stock, for longer, and sets it free', async () => {
    const api = client(world.demo.keys.portal);
    const path = { id: (await api.portalReservations.place({ body: { lines: lines('2') } })).data.id };
    await api.portalReservations.extend({ path, body: { ttlSeconds: 3600 } });
    await api.portalReservations.release({ path });
    expect((await api.portalReservations.get({ path })).data.state).toBe('RELEASED');
  });

  it('reads feeds from the start and from a cursor', async () => {
    const portal = client(world.demo.keys.portal);
    const marketplace = client(world.demo.keys.marketplace);
    expect((await marketplace.marketplaceOrders.validate({ body: order('SDK-M') })).status).toBe(200);
    await portal.portalOrders.place({ body: order('SDK-2') });
    await marketplace.marketplaceOrders.place({ body: order('SDK-M') });
    let since: string | undefined;
    for (let asked = 0; ; asked += 1) {
      let shipment: string | undefined;
      for await (const page of changes(portal.portalShipments.list, since === undefined ? {} : { since })) {
        shipment = page.shipments[0]?.id ?? shipment;
        since = page.next;
      }
      if (shipment !== undefined) {
        expect((await portal.portalShipments.get({ path: { id: shipment } })).data.id).toBe(shipment);
        break;
      }
      if (asked > 600) throw new Error('nothing was shipped within a minute');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    let rows = 0;
    for await (const page of changes(marketplace.marketplaceFeeds.availability, { limit: 10 })) rows += page.changes.length; // prettier-ignore
    expect(rows).toBeGreaterThan(10);
    await marketplace.marketplaceFeeds.shipments();
  });

  it('is told by webhook and by the feed', async () => {
    const api = client(world.demo.keys.portal);
    const shop = await TestReceiver.start();
    try {
      const made = await api.portalWebhooks.create({ body: { url: shop.url, eventTypes: ['order.accepted'] } });
      const path = { id: made.data.id };
      expect((await api.portalWebhooks.list()).data.endpoints.map(({ id }) => id)).toContain(path.id);
      const { etag = '' } = await api.portalWebhooks.get({ path });
      await api.portalWebhooks.update({ path, body: { url: shop.url }, ifMatch: etag });
      const { data: rotated } = await api.portalWebhooks.rotate({ path, body: { overlapHours: 1 } });
      const { data: sent } = await api.portalWebhooks.test({ path });
      await shop.until(() => shop.received.some(({ id }) => id === sent.event));
      const { headers, raw } = shop.received.find(({ id }) => id === sent.event)!;
      expect(verifyWebhook(raw, headers, { secrets: [rotated.secret] })).toBe(sent.event);
      expect(verifyWebhook(raw, headers, { secrets: [made.data.secret] })).toBe(sent.event);
      await api.portalWebhooks.deliveries({ path, query: { eventType: 'webhook.test' } });
      await api.portalWebhooks.delivery({ path: { id: sent.id } });
      await api.portalWebhooks.redeliver({ path: { id: sent.id } });
      await api.portalWebhooks.replay({ path, body: { what: 'FAILED', from: made.data.createdAt } });
      let told = 0;
      for await (const page of changes(api.portalEvents.list, { limit: 50 })) told += page.events.length;
      expect(told).toBeGreaterThan(0);
      expect((await api.portalEvents.get({ path: { id: sent.event } })).data.sequence).toBeGreaterThan(0);
      expect((await api.portalEvents.types()).data.eventTypes.map(({ type }) => type)).toContain('order.shipped');
      await api.portalWebhooks.delete({ path });
    } finally {
      await shop.close();
    }
  });

  it('looks after keys: a key that is revoked is of no more use', async () => {
    const api = client(world.demo.keys.portal);
    expect((await api.account.self()).data.partner).toBe('harbour');
    const { data: made } = await api.account.issue({
      body: { name: 'sdk', mode: 'test', scopes: ['portal:orders:read'] },
    });
    const { data: next } = await api.account.rotate({ path: { id: made.id }, body: {} });
    await client(next.key).portalOrders.list();
    await api.account.revoke({ path: { id: next.id }, body: { reason: 'done' } });
    expect((await api.account.list()).data.keys.map(({ id }) => id)).toContain(next.id);
    // Revoked is dead within five seconds in every process.
    const refused = async (): Promise<unknown> => {
      for (;;) await client(next.key).portalOrders.list();
    };
    await expect(refused()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });

  it('looks after OAuth clients, whose tokens go where a key goes', async () => {
    const api = client(world.demo.keys.portal);
    const { data: made } = await api.clients.create({
      body: { name: 'sdk', mode: 'test', scopes: ['portal:orders:read'] },
    });
    const { data: next } = await api.clients.rotate({ path: { id: made.id }, body: {} });
    for (const secret of [made.secret, next.secret]) {
      const form = { grant_type: 'client_credentials', client_id: made.id, client_secret: secret ?? '' };
      const answer = await fetch(`${world.demo.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      await client(token).portalOrders.list();
    }
    await api.clients.revoke({ path: { id: made.id }, body: { reason: 'done' } });
    expect((await api.clients.list()).data.clients.find(({ id }) => id === made.id)?.revokedAt).toBeDefined();
  });

  it('reads what was asked with its keys, and how much', async () => {
    const api = client(world.demo.keys.portal);
    const deadline = Date.now() + 30_000;
    let first: { id: string } | undefined;
    while (first === undefined && Date.now() < deadline) [first] = (await api.requests.list({ query: { limit: 1 } })).data.requests; // prettier-ignore
    expect((await api.requests.get({ path: { id: first?.id ?? '' } })).data.key.name).toBeDefined();
    expect((await api.changelog.get()).data.entries.length).toBeGreaterThan(0);
    expect((await api.usage.get({ query: { window: 'hour' } })).data.plans.length).toBeGreaterThan(0);
  });

  it("looks after the partner's people by a live key, and reads its certification", async () => {
    const { key } = await world.partners.issueKey({ partner: 'harbour', mode: 'live', scopes: ['account:*'], name: 'people' }); // prettier-ignore
    const api = client(key);
    const email = 'sdk@harbour.example';
    const { data: person } = await api.ownPeople.put({
      path: { email },
      body: { name: 'Sdk', role: 'viewer', reason: 'joins' },
    });
    expect((await api.ownPeople.list()).data.people).toContainEqual(person);
    expect((await api.ownAudit.list({ query: { limit: 5 } })).data.entries.length).toBeGreaterThan(0);
    expect((await api.certification.own()).data.checks.length).toBeGreaterThan(0);
  });

  it('throws what was refused, by kind', async () => {
    const api = client(world.demo.keys.portal);
    const missing = api.portalOrders.get({ path: { id: 'ord_none' }, requestId: 'sdk-asks' });
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
    await expect(missing).rejects.toMatchObject({ code: 'ORDER_UNKNOWN', requestId: 'sdk-asks' });
    await world.partners.putPlan('one-an-hour', [{ name: 'burst', quota: 1, windowSeconds: 3600 }]);
    const { key } = await world.partners.issueKey({ partner: 'harbour', mode: 'live', scopes: ['portal:*'], plan: 'one-an-hour', name: 'k' }); // prettier-ignore
    await client(key).portalItems.list();
    const refused = client(key).portalItems.list();
    await expect(refused).rejects.toBeInstanceOf(QuotaExceededError);
    await expect(refused).rejects.toMatchObject({ violatedPolicies: ['burst'] });
  });

  it('has been through every operation of the partner contracts', () => {
    expect(Object.keys(OPERATIONS).filter((id) => !called.has(id))).toEqual([]);
  });
});
