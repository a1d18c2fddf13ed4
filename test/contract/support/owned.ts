import type { Edge, EdgeRequest } from './edge';

/** An object of the partner harbour, and an id of the same form that nobody has. */
export interface Owned {
  readonly theirs: string;
  readonly nobodys: string;
}

const NOTHING = '0'.repeat(32);
const LINE = { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } };
export const MATRIX_ORDER = { purchaseOrder: 'MATRIX-1', shipTo: 'BRISTOL', lines: [LINE] };
export const MATRIX_HOLD: EdgeRequest = { body: { lines: [LINE] }, headers: { 'idempotency-key': 'matrix' } };

/** One object of every kind that a partner can have, by the part of the path that stands before its id. */
export async function ownedByHarbour(edge: Edge): Promise<Readonly<Record<string, Owned>>> {
  const made = async (operation: string, request: EdgeRequest): Promise<string> =>
    (await edge.expect(201, operation, request)).body.id as string;
  const credential = { name: 'matrix', mode: 'test', scopes: ['portal:orders:read'] };
  const endpoint = await made('portalWebhooks.create', { body: { url: 'http://127.0.0.1:9/hook' } });
  const { body: sent } = await edge.expect(200, 'portalWebhooks.test', { params: { id: endpoint } });
  const order = await made('portalOrders.place', { body: MATRIX_ORDER });
  const hold = await made('portalReservations.place', MATRIX_HOLD);
  const key = await made('account.issue', { body: credential });
  const client = await made('clients.create', { body: credential });
  const first = (operation: string, list: string, query: Record<string, string> = {}): Promise<string> =>
    eventually(`${operation} has something`, async () => {
      const { body } = await edge.expect(200, operation, { query });
      return (body[list] as { id: string }[])[0]?.id;
    });
  return {
    orders: { theirs: order, nobodys: 'ord_none' },
    reservations: { theirs: hold, nobodys: 'rsv_none' },
    shipments: { theirs: await first('portalShipments.list', 'shipments', { order }), nobodys: 'wms-north:none' },
    keys: { theirs: key, nobodys: `key_${NOTHING}` },
    clients: { theirs: client, nobodys: `app_${NOTHING}` },
    requests: { theirs: await first('requests.list', 'requests'), nobodys: `log_${NOTHING}` },
    events: { theirs: await first('portalEvents.list', 'events', { subjectType: 'order', subjectId: order }), nobodys: 'evt_none' }, // prettier-ignore
    'webhook-endpoints': { theirs: endpoint, nobodys: 'whe_none' },
    'webhook-deliveries': { theirs: sent.id as string, nobodys: 'whd_none' },
  };
}

async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`not within 90 s: ${what}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
