import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CrossdockError } from '#canonical/errors';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { OrdersApi } from '#contracts/orders/orders.api';
import { ValidationApi } from '#contracts/orders/validation.api';
import type { AcceptOrderRequest, CancelOrderRequest, OrderQuery, OrderView } from '#contracts/orders/orders.dto';
import { ReferenceApi } from '#contracts/reference/reference.api';
import type { FindItemsQuery } from '#contracts/reference/reference.dto';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';
import { WebhooksApi } from '#contracts/webhooks/webhooks.api';
import { signCaller } from '#service/caller';
import { createServer } from '#service/server';
import { Log } from '#service/logging';
import { portalApp } from './app.module';

const SECRET = 's'.repeat(32);
const address = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const item = {
  sku: '85123A',
  description: 'Holder',
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [{ unit: 'XCS', baseQuantity: '12' }],
};

/** Orders of a process app that keeps them in memory, each its partner's own. */
class OrdersTwin {
  private readonly orders = new Map<string, OrderView>();

  accept(request: AcceptOrderRequest): Promise<{ outcome: string; order: OrderView }> {
    const known = [...this.orders.values()].find(
      ({ partner, purchaseOrder }) => partner === request.partner && purchaseOrder === request.purchaseOrder,
    );
    if (known !== undefined) return Promise.resolve({ outcome: 'replayed', order: known });
    const lines = request.lines.map(({ line, quantity }) => ({
      line, item: item.sku, description: item.description, unit: quantity.unit, baseUnit: 'EA', baseQuantityPerUnit: quantity.unit === 'XCS' ? '12' : '1',
      ordered: '24', shipped: '0', open: '24', cancelled: '0', substituted: '0', backordered: '0', status: 'NEW' as const,
    })); // prettier-ignore
    const order: OrderView = {
      id: `ord_${this.orders.size + 1}`, partner: request.partner, customer: 'c', purchaseOrder: request.purchaseOrder, shipTo: request.shipTo, shipToAddress: address,
      channel: request.channel, status: 'ACCEPTED', version: 1, shipComplete: false, lines, charges: [], holds: [], pastHolds: [], policy: { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE' }, warnings: [], findings: [], fulfilments: [], shipments: [],
      correlationId: request.correlationId ?? '', createdAt: '2026-03-01T00:00:00Z', updatedAt: '2026-03-01T00:00:00Z',
    }; // prettier-ignore
    this.orders.set(order.id, order);
    return Promise.resolve({ outcome: 'created', order });
  }

  get({ partner, id }: OrderQuery): Promise<OrderView> {
    const order = this.orders.get(id);
    if (order?.partner !== partner)
      throw new CrossdockError({ code: 'ORDER_UNKNOWN', kind: 'not-found', message: `no order ${id}` });
    return Promise.resolve(order);
  }

  list({ partner }: { partner?: string }): Promise<{ orders: OrderView[] }> {
    return Promise.resolve({ orders: [...this.orders.values()].filter((order) => order.partner === partner) });
  }

  async cancel(request: CancelOrderRequest): Promise<{ outcome: string; order: OrderView }> {
    const order = await this.get(request);
    if (request.expectedVersion !== undefined && request.expectedVersion !== order.version) {
      throw new CrossdockError({ code: 'VERSION_STALE', kind: 'precondition', message: 'it has changed' });
    }
    return { outcome: 'CANCELLED', order: { ...order, status: 'CANCELLED', version: 2 } };
  }
}

const reference = {
  findItems: ({ ids }: FindItemsQuery) =>
    Promise.resolve({ items: ids.filter((id) => id === item.sku).map((requested) => ({ requested, item })) }),
  listNodes: () => Promise.resolve({ nodes: [] }),
};
const availability = {
  query: () =>
    Promise.resolve({
      asOf: '2026-03-02T00:00:00Z',
      watermarks: [],
      lines: [
        {
          item: item.sku,
          known: true,
          availableToPromise: '36',
          slices: [{ node: 'N', quantity: '24', shipDate: '2026-03-02', basis: 'ON_HAND' }],
          unpromised: '0',
          shortfalls: [],
        },
      ],
    }),
};
const providers = [
  { provide: OrdersApi, useValue: new OrdersTwin() },
  { provide: ValidationApi, useValue: {} },
  { provide: ReferenceApi, useValue: reference },
  { provide: AvailabilityApi, useValue: availability },
  { provide: ShipmentsApi, useValue: {} },
  { provide: WebhooksApi, useValue: {} },
  Log,
];

@Global()
@Module({ providers, exports: providers })
class Twins {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  process.env['CROSSDOCK_INTERNAL_SECRET'] = SECRET;
  app = await createServer({ modules: [Twins, portalApp.module], controllers: portalApp.controllers, internal: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  delete process.env['CROSSDOCK_INTERNAL_SECRET'];
});

function call(
  method: 'GET' | 'POST',
  path: string,
  { as = 'harbour', body, ...headers }: Record<string, unknown> & { as?: string; body?: unknown } = {},
): Promise<Response> {
  const caller = signCaller({ partner: as, scopes: ['portal:*'], mode: 'live', keyId: 'k' }, SECRET);
  return fetch(`${url}/portal/v1${path}`, {
    method,
    headers: {
      'crossdock-caller': caller,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(headers as Record<string, string>),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const order = (purchaseOrder: string) => ({
  purchaseOrder,
  shipTo: 'BRISTOL',
  lines: [{ line: 1, item: '85123A', quantity: { value: '2', unit: 'XCS' } }],
});

describe('portal', () => {
  it('answers 201 to a new order with its place and version, and 200 to the same purchase order again', async () => {
    const first = await call('POST', '/orders', { body: order('PO-1') });
    expect([first.status, first.headers.get('etag'), first.headers.get('location')]).toEqual([
      201,
      '"1"',
      '/portal/v1/orders/ord_1',
    ]);
    const again = await call('POST', '/orders', { body: order('PO-1') });
    expect([again.status, await again.json()]).toEqual([200, await first.json()]);
  });

  it('speaks of an order in its own unit', async () => {
    const { lines } = (await (await call('GET', '/orders/ord_1')).json()) as { lines: unknown[] };
    expect(lines[0]).toMatchObject({ ordered: { value: '2', unit: 'XCS' }, open: { value: '2', unit: 'XCS' } });
  });

  it('shows nobody another partner’s order: 404, also to cancel, and not in the list', async () => {
    expect((await call('GET', '/orders/ord_1', { as: 'other' })).status).toBe(404);
    expect((await call('POST', '/orders/ord_1/cancel', { as: 'other' })).status).toBe(404);
    expect(await (await call('GET', '/orders', { as: 'other' })).json()).toEqual({ orders: [] });
  });

  it('cancels without a body, and only in the version of If-Match', async () => {
    const stale = await call('POST', '/orders/ord_1/cancel', { 'if-match': '"9"' });
    expect([stale.status, ((await stale.json()) as { code: string }).code]).toEqual([412, 'VERSION_STALE']);
    const done = await call('POST', '/orders/ord_1/cancel', { 'if-match': '"1"' });
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await done.json()).toMatchObject({ outcome: 'CANCELLED', order: { status: 'CANCELLED' } });
  });

  it('answers availability in the unit asked for', async () => {
    const body = { lines: [{ item: '85123A', quantity: { value: '2', unit: 'XCS' } }] };
    const answer = (await (await call('POST', '/availability/query', { body })).json()) as { lines: unknown[] };
    expect(answer.lines[0]).toMatchObject({
      availableToPromise: { value: '3', unit: 'XCS' },
      slices: [{ quantity: { value: '2', unit: 'XCS' } }],
      unpromised: { value: '0' },
    });
  });

  it('names every unknown item and unit at once', async () => {
    const body = {
      lines: [
        { item: 'NO', quantity: { value: '1', unit: 'EA' } },
        { item: '85123A', quantity: { value: '1', unit: 'LTR' } },
      ],
    };
    const answer = await call('POST', '/availability/query', { body });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { pointer: string; code: string }[] };
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/lines/0/item', 'ITEM_UNKNOWN'],
      ['/lines/1/quantity/unit', 'UNIT_UNKNOWN'],
    ]);
  });

  it('refuses whoever came past the gateway', async () => {
    expect((await fetch(`${url}/portal/v1/orders/ord_1`)).status).toBe(401);
  });
});
