import type { Edge, EdgeAnswer, EdgeRequest } from '../support/edge';

interface Around {
  readonly edge: Edge;
  readonly orderOf: (purchaseOrder: string, more?: object) => object;
  readonly eventually: (
    id: string,
    request: EdgeRequest,
    arrived: (answer: EdgeAnswer) => boolean,
  ) => Promise<EdgeAnswer>;
}

const at = (name: string): string => `portalOrdersV2.${name}`;
const key = (name: string, more: object = {}): { headers: Record<string, string> } => ({
  headers: { 'idempotency-key': name, ...more },
});

export function ordersV2Suite(around: () => Around): void {
  describe('orders of version 2', () => {
    it('are placed under a key, and are the orders of version 1, told otherwise', async () => {
      const { edge, orderOf } = around();
      const body = orderOf('EDGE-V2');
      const placed = await edge.expect(201, at('place'), { body, ...key('v2-1') });
      const { id } = placed.body;
      expect(placed.headers['location']).toBe(`/portal/v2/orders/${id}`);
      expect(placed.headers['deprecation']).toBeUndefined();
      expect(placed.body.lines).toMatchObject([
        { ordered: { value: '2', unit: 'EA' }, parts: [{ state: 'OPEN', quantity: { value: '2', unit: 'EA' } }] },
      ]);
      expect((await edge.expect(200, at('place'), { body, ...key('v2-2') })).body.id).toBe(id);
      const before = await edge.expect(200, 'portalOrders.get', { params: { id } });
      expect(before.body.lines[0]).toMatchObject({ ordered: { value: '2', unit: 'EA' }, cancelled: { value: '0' } });
      expect(before.headers).toMatchObject({
        deprecation: expect.stringMatching(/^@\d+$/),
        sunset: expect.any(String),
      });
      expect(before.headers['link']).toContain(`</portal/v2/orders/${String(id)}>; rel="successor-version"`);
      const page = await edge.expect(200, at('list'), { query: { purchaseOrder: 'EDGE-V2' } });
      expect(page.body.orders.map((order: { id: string }) => order.id)).toEqual([id]);
      await edge.expect(200, at('validate'), { body });
      await edge.refuses(400, 'IDEMPOTENCY_KEY_REQUIRED', at('place'), { body });
      await edge.refuses(409, 'PURCHASE_ORDER_CONFLICT', at('place'), {
        body: orderOf('EDGE-V2', { lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '3', unit: 'EA' } }] }),
        ...key('v2-3'),
      });
      await edge.refuses(422, 'REQUEST_INVALID', at('validate'), { body: { ...body, status: 'SHIPPED' } });
      await edge.refuses(400, 'CURSOR_INVALID', at('list'), { query: { cursor: 'x' } });
      await edge.refuses(404, 'ORDER_UNKNOWN', at('get'), { params: { id: 'ord_none' } });
    });

    it('are changed and cancelled in the version that was seen, and in no other', async () => {
      const { edge, orderOf, eventually } = around();
      const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }];
      const placed = await edge.expect(201, at('place'), { body: orderOf('EDGE-V2-W', { lines, shipComplete: true }), ...key('v2-4') }); // prettier-ignore
      const params = { id: placed.body.id as string };
      // Its process still moves it for a moment: taken is a version that stays.
      const settled = async (): Promise<string> => {
        const versions: number[] = [];
        const seen = await eventually(at('get'), { params }, ({ body }) => {
          versions.push(body.version);
          return versions.at(-12) === body.version;
        });
        return seen.headers['etag'] ?? '';
      };
      const less = { lines: [{ line: 1, decrease: { value: '1', unit: 'EA' } }] };
      await edge.refuses(428, 'PRECONDITION_REQUIRED', at('change'), { params, body: less, ...key('v2-5') });
      await edge.refuses(428, 'PRECONDITION_REQUIRED', at('cancel'), { params, ...key('v2-5') });
      await edge.refuses(412, 'VERSION_STALE', at('change'), { params, body: less, ...key('v2-5', { 'if-match': '"999999"' }) }); // prettier-ignore
      const seen = await settled();
      await edge.refuses(400, 'IDEMPOTENCY_KEY_REQUIRED', at('cancel'), { params, headers: { 'if-match': seen } });
      const changed = await edge.expect(200, at('change'), {
        params,
        body: less,
        ...key('v2-6', { 'if-match': seen }),
      });
      expect(changed.body.order.version).toBeGreaterThan(Number(seen.replaceAll('"', '')));
      await edge.refuses(412, 'VERSION_STALE', at('cancel'), { params, ...key('v2-7', { 'if-match': seen }) });
      const headers = key('v2-8', { 'if-match': await settled() });
      const cancelled = await edge.expect(200, at('cancel'), { params, ...headers });
      expect(cancelled.body.order.lines[0].parts).toEqual([
        { state: 'CANCELLED', quantity: { value: '9000', unit: 'EA' } },
      ]);
      const again = await edge.expect(200, at('cancel'), { params, ...headers });
      expect([again.headers['idempotent-replayed'], again.body]).toEqual(['true', cancelled.body]);
    });
  });
}
