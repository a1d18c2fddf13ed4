import { isSigned, TestReceiver } from '../../../apps/process/webhooks/test/receiver';
import type { Edge, EdgeAnswer, EdgeRequest } from '../support/edge';
import type { World } from '../support/world';

interface Around {
  readonly world: World;
  readonly edge: Edge;
  readonly eventually: (
    id: string,
    request: EdgeRequest,
    arrived: (answer: EdgeAnswer) => boolean,
  ) => Promise<EdgeAnswer>;
}

const hooks = (name: string): string => `portalWebhooks.${name}`;

export function webhooksSuite(around: () => Around): void {
  describe('webhooks', () => {
    let shop: TestReceiver;
    beforeAll(async () => (shop = await TestReceiver.start()));
    afterAll(() => shop.close());
    const make = async (more: object = {}) => {
      const made = await around().edge.expect(201, hooks('create'), { body: { url: shop.url, ...more } });
      return { made, params: { id: made.body.id as string } };
    };

    it('an endpoint is registered, seen, changed in the version that was seen, and deleted', async () => {
      const { edge } = around();
      const { made, params } = await make({ eventTypes: ['order.shipped'], description: 'desk' });
      expect(made.headers).toMatchObject({ location: `/portal/v1/webhook-endpoints/${params.id}`, etag: '"1"' });
      expect(made.body.secret).toMatch(/^whsec_/);
      const got = await edge.expect(200, hooks('get'), { params });
      expect(got.body).not.toHaveProperty('secret');
      expect((await edge.expect(200, hooks('list'))).body.endpoints).toContainEqual(got.body);
      const body = { url: shop.url, enabled: false };
      const headers = { 'if-match': got.headers['etag'] ?? '' };
      await edge.refuses(428, 'PRECONDITION_REQUIRED', hooks('update'), { params, body });
      const changed = await edge.expect(200, hooks('update'), { params, body, headers });
      expect(changed.body).toMatchObject({ enabled: false, disabledReason: 'BY_PARTNER' });
      await edge.refuses(412, 'VERSION_STALE', hooks('update'), { params, body, headers });
      await edge.refuses(409, 'ENDPOINT_DISABLED', hooks('test'), { params });
      const from = '2026-03-02T10:00:00Z';
      await edge.refuses(409, 'ENDPOINT_DISABLED', hooks('replay'), { params, body: { what: 'FAILED', from } });
      await edge.refuses(412, 'VERSION_STALE', hooks('delete'), { params, headers });
      await edge.expect(204, hooks('delete'), { params });
      await edge.refuses(404, 'ENDPOINT_UNKNOWN', hooks('get'), { params });
    });

    it('is refused an inner address, another protocol, unknown types and fields', async () => {
      const { edge } = around();
      const refuse = (code: string, body: object) => edge.refuses(422, code, hooks('create'), { body });
      await refuse('TARGET_REFUSED', { url: 'https://169.254.169.254/latest/meta-data' });
      await refuse('TARGET_INVALID', { url: 'https://me:secret@127.0.0.1/' });
      await refuse('ENDPOINT_NOT_HTTPS', { url: 'http://8.8.8.8/' });
      await refuse('REQUEST_INVALID', { url: 'file:///etc/passwd' });
      await refuse('REQUEST_INVALID', { url: shop.url, eventTypes: ['order.eaten'] });
      await refuse('REQUEST_INVALID', { url: shop.url, secret: 'whsec_mine' });
      await edge.refuses(403, 'SCOPE_MISSING', hooks('list'), { key: around().world.demo.keys.planner });
    });

    it('a test arrives, signed with the new secret and the old one; it is listed with its answer and sent again', async () => {
      const { edge, eventually } = around();
      const { made, params } = await make();
      const rotated = await edge.expect(200, hooks('rotate'), { params, body: { overlapHours: 1 } });
      await edge.refuses(409, 'ROTATION_RUNNING', hooks('rotate'), { params });
      const { body: sent } = await edge.expect(200, hooks('test'), { params });
      await shop.until(() => shop.received.some(({ id }) => id === sent.event));
      const got = shop.received.find(({ id }) => id === sent.event)!;
      expect([made, rotated].map(({ body }) => isSigned(got, body.secret as string))).toEqual([true, true]);
      const query = { state: 'DELIVERED', eventType: 'webhook.test', limit: '10' };
      const page = await eventually(hooks('deliveries'), { params, query }, ({ body }) => body.deliveries.length > 0);
      const one = { params: { id: page.body.deliveries[0].id as string } };
      const detail = await edge.expect(200, hooks('delivery'), one);
      expect(detail.body).toMatchObject({ id: sent.id, lastStatus: 204, log: [{ status: 204 }] });
      const before = shop.received.length;
      await edge.expect(200, hooks('redeliver'), one);
      await shop.until(() => shop.received.length > before);
      const replay = await edge.expect(200, hooks('replay'), { params, body: { what: 'FAILED', from: made.body.createdAt } }); // prettier-ignore
      expect(replay.body).toEqual({ queued: 0 });
      const never = { params, body: { what: 'ALL', from: '2026-02-30T10:00:00Z' } };
      await edge.refuses(422, 'REQUEST_INVALID', hooks('replay'), never);
      await edge.refuses(400, 'CURSOR_INVALID', hooks('deliveries'), { params, query: { cursor: 'x' } });
      await edge.refuses(400, 'PARAMETER_INVALID', hooks('deliveries'), { params, query: { limit: '0' } });
      await edge.expect(204, hooks('delete'), { params });
    });

    it('an order is told by webhook and by the feed, in the same words', async () => {
      const { edge, eventually } = around();
      const { params } = await make({ eventTypes: ['order.accepted', 'order.shipped', 'shipment.dispatched'] });
      const lines = [{ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } }];
      const order = await edge.expect(201, 'portalOrders.place', { body: { purchaseOrder: 'EDGE-HOOK', shipTo: 'BRISTOL', lines } }); // prettier-ignore
      const query = { subjectType: 'order', subjectId: order.body.id as string };
      const told = await eventually('portalEvents.list', { query }, ({ body }) =>
        body.events.some(({ type }: { type: string }) => type === 'order.shipped'),
      );
      const events = told.body.events as { id: string; type: string; sequence: number }[];
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      await shop.until(() => shop.types().includes('order.shipped') && shop.types().includes('shipment.dispatched'));
      for (const { event } of shop.received.filter(({ event: { subject } }) => subject.id === query.subjectId))
        expect(events).toContainEqual(event);
      const one = await edge.expect(200, 'portalEvents.get', { params: { id: events[0]!.id } });
      expect(one.body).toEqual(events[0]);
      const none = await edge.expect(200, 'portalEvents.list', { query: { ...query, since: told.body.next } });
      expect(none.body).toMatchObject({ more: false });
      const { body } = await edge.expect(200, 'portalEvents.types');
      expect(body.eventTypes).toContainEqual(expect.objectContaining({ type: 'order.shipped', dataSchema: 'OrderEventData' })); // prettier-ignore
      await edge.refuses(400, 'CURSOR_INVALID', 'portalEvents.list', { query: { since: told.body.next } });
      await edge.refuses(422, 'SUBJECT_INCOMPLETE', 'portalEvents.list', { query: { subjectType: 'order' } });
      await edge.refuses(404, 'EVENT_UNKNOWN', 'portalEvents.get', { params: { id: 'evt_none' } });
      await edge.refuses(401, 'UNAUTHENTICATED', 'portalEvents.types', { key: 'cdk_test_wrong' });
      await edge.expect(204, hooks('delete'), { params });
    });

    it('do not exist for another partner', async () => {
      const { edge, world } = around();
      const { params } = await make();
      const { body: delivery } = await edge.expect(200, hooks('test'), { params });
      const { next } = (await edge.expect(200, 'portalEvents.list', { query: { limit: '1' } })).body;
      await world.partners.putPartner({ id: 'eavesdropper', name: 'Eavesdropper' });
      const { key } = await world.partners.issueKey({ partner: 'eavesdropper', mode: 'test', scopes: ['portal:*'], plan: 'demo', name: 'k' }); // prettier-ignore
      const unknown = (name: string, more: EdgeRequest = {}) =>
        edge.refuses(404, 'ENDPOINT_UNKNOWN', hooks(name), { params, key, ...more });
      await unknown('get');
      await unknown('update', { body: { url: shop.url }, headers: { 'if-match': '"1"' } });
      await unknown('delete');
      await unknown('rotate');
      await unknown('test');
      await unknown('deliveries');
      await unknown('replay', { body: { what: 'ALL', from: '2026-03-02T10:00:00Z' } });
      const one = { params: { id: delivery.id as string }, key };
      await edge.refuses(404, 'DELIVERY_UNKNOWN', hooks('delivery'), one);
      await edge.refuses(404, 'DELIVERY_UNKNOWN', hooks('redeliver'), one);
      await edge.refuses(404, 'EVENT_UNKNOWN', 'portalEvents.get', { params: { id: delivery.event }, key });
      await edge.refuses(400, 'CURSOR_INVALID', 'portalEvents.list', { query: { since: next }, key });
      expect((await edge.expect(200, 'portalEvents.list', { key })).body).toMatchObject({ events: [], more: false });
      expect((await edge.expect(200, hooks('list'), { key })).body).toEqual({ endpoints: [] });
      await edge.expect(204, hooks('delete'), { params });
    });
  });
}
