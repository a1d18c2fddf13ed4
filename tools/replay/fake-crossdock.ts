import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Line {
  line: number;
  item: string;
  ordered: string;
  shipped: string;
  open: string;
  cancelled: string;
  backordered: string;
}
interface Order {
  id: string;
  purchaseOrder: string;
  content: string;
  status: string;
  lines: Line[];
}
interface Sent {
  purchaseOrder: string;
  release?: string;
  shipTo?: string;
  lines: { line: number; item: string; quantity: { value: string } }[];
}
type Cancelled = readonly { line: number; quantity: { value: string } }[];
/** All that the routes read: which of it is there depends on the route. */
type Body = Sent & { readonly source: string; readonly records: readonly { id: string }[] };
type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** The public routes that a replay uses, with a memory and nothing behind it. Orders stay open until `ship`. */
export class FakeCrossdock {
  readonly orders = new Map<string, Order>();
  /** Ship-tos in the order in which their orders were accepted. */
  readonly accepted: string[] = [];
  readonly receipts = new Set<string>();
  cancels = 0;
  requests = 0;
  /** Decides before the routes do: a status, `drop` to cut the connection, `after` to do it and cut before the answer. */
  fault: (path: string, request: number) => number | 'drop' | 'after' | undefined = () => undefined;
  /** Orders ship as soon as they are accepted. */
  shipsAtOnce = false;
  /** Orders of these purchase orders are forgotten after they were acknowledged. */
  loses = new Set<string>();
  /** Ship-tos whose orders stay on their way for ever. */
  stuck = new Set<string>();
  private readonly server: HttpServer = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  ship(order: Order): void {
    for (const line of order.lines) {
      line.shipped = line.open;
      line.open = '0';
    }
    order.status = 'SHIPPED';
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    const fault = this.fault(path, ++this.requests);
    if (fault === 'drop') return void request.socket.destroy();
    if (typeof fault === 'number') {
      send(response, [fault, { code: 'TRY_LATER' }, { 'retry-after': '0' }]);
      return;
    }
    const reply = this.route(`${request.method ?? ''} ${path.split('?')[0] ?? ''}`, JSON.parse(text || '{}') as Body);
    if (fault === 'after') return void request.socket.destroy();
    send(response, reply);
  }

  private route(what: string, body: Body): Reply {
    const [, id, cancel] = /^(?:GET|POST) \/portal\/v1\/orders\/([^/]+)(\/cancel)?$/.exec(what) ?? [];
    const order = id === undefined ? undefined : this.orders.get(id);
    if (order) return cancel ? this.cancel(order, body.lines) : [200, edge(order)];
    switch (what) {
      case 'POST /portal/v1/orders':
        return this.place(body);
      case 'PUT /operations/v1/items':
      case 'PUT /operations/v1/customers':
        return [207, { results: [] }];
      case 'POST /operations/v1/inventory-events':
        for (const { id: receipt } of body.records) this.receipts.add(`${body.source} ${receipt}`);
        return [207, { results: [] }];
      case 'POST /portal/v1/availability/query':
        return [200, { lines: body.lines.map(() => ({ availableToPromise: { value: '1', unit: 'EA' } })) }];
      case 'GET /operations/v1/summary':
        return [200, { statuses: this.statuses(), unexplained: 0 }];
      case 'GET /operations/v1/orders':
        return [200, { orders: [...this.orders.values()].map((each) => ({ ...each, holds: [], shipments: [] })) }];
      case 'GET /operations/v1/invariants':
        return [200, { checked: 3, breaches: [] }];
      default:
        return [404, { code: 'NOT_FOUND' }];
    }
  }

  private place(sent: Sent): Reply {
    if (sent.shipTo === undefined)
      return [422, { code: 'REQUEST_INVALID', errors: [{ code: 'REQUIRED', pointer: '/shipTo' }] }];
    const id = `ord_${sent.purchaseOrder}_${sent.release ?? ''}`;
    const content = JSON.stringify(sent);
    const known = this.orders.get(id);
    if (known) return known.content === content ? [200, edge(known)] : [409, { code: 'PURCHASE_ORDER_CONFLICT' }];
    const lines = sent.lines.map(({ line, item, quantity: { value } }) => ({
      ...{ line, item, ordered: value, shipped: '0', open: value, cancelled: '0', backordered: '0' },
    }));
    const order: Order = { id, purchaseOrder: sent.purchaseOrder, content, status: 'BACKORDERED', lines };
    if (this.stuck.has(sent.shipTo)) order.status = 'RELEASED';
    else if (this.shipsAtOnce) this.ship(order);
    else for (const line of lines) line.backordered = line.open;
    if (!this.loses.has(sent.purchaseOrder)) this.orders.set(id, order);
    this.accepted.push(`${sent.shipTo} ${sent.purchaseOrder}`);
    return [201, edge(order)];
  }

  private cancel(order: Order, lines: Cancelled): Reply {
    this.cancels++;
    for (const { line, quantity } of lines) {
      const ours = order.lines.find((each) => each.line === line);
      if (!ours) return [422, { code: 'CANCEL_INVALID' }];
      const part = Math.min(Number(quantity.value), Number(ours.open));
      ours.open = String(Number(ours.open) - part);
      ours.backordered = ours.open;
      ours.cancelled = String(Number(ours.cancelled) + part);
    }
    if (order.lines.every(({ open }) => open === '0')) order.status = 'CANCELLED';
    return [200, { outcome: 'CANCELLED', order: edge(order) }];
  }

  private statuses(): { status: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const { status } of this.orders.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return [...counts].map(([status, count]) => ({ status, count }));
  }
}

function edge({ id, lines }: Order): unknown {
  const quantity = (value: string): { value: string; unit: string } => ({ value, unit: 'EA' });
  return {
    id,
    lines: lines.map((each) => ({ line: each.line, open: quantity(each.open), cancelled: quantity(each.cancelled) })),
  };
}

function send(response: ServerResponse, [status, body, headers = {}]: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
