import { TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { Edge } from './support/edge';
import { PUBLIC_DOCUMENTS } from './support/public-documents';
import { documentedBody, filledPath, TARGETS } from './support/targets';
import { World } from './support/world';

/** Requests whose example is about something the sandbox does not have: how it is told so. */
const TOLD: Readonly<Record<string, readonly [status: number, code: string]>> = {
  // shop.example is nobody's (RFC 2606): an address of yours goes there.
  'portalWebhooks.create': [422, 'TARGET_UNRESOLVED'],
  'portalWebhooks.update': [422, 'TARGET_UNRESOLVED'],
  // For admins and live keys; those of the sandbox are test keys.
  'ownPeople.put': [403, 'MODE_NOT_HELD'],
  'operationsExceptions.assign': [404, 'EXCEPTION_UNKNOWN'],
  'operationsExceptions.editAndRetry': [404, 'EXCEPTION_UNKNOWN'],
  'operationsExceptions.resolve': [404, 'EXCEPTION_UNKNOWN'],
  'operationsExceptions.retry': [404, 'EXCEPTION_UNKNOWN'],
};
const EXAMPLES = TARGETS.filter(({ operation }) => operation.requestBody !== undefined);

/** Whoever copies an example out of the reference and sends it to the sandbox gets what the operation promises. */
describe('examples of whole requests', () => {
  let world: World;
  let edge: Edge;
  let shop: TestReceiver;
  /** What stands in the path, by operation or by the path before its first id. */
  const inPath: Record<string, Record<string, string>> = {};

  let keys = 0;
  const made = async (operation: string, more: object = {}): Promise<string> => {
    const { operation: documented } = TARGETS.find(({ id }) => id === operation)!;
    const body = { ...documentedBody(documented), ...more };
    keys += 1;
    const headers = { 'idempotency-key': `made-${keys}` };
    const params: Record<string, string> = operation.startsWith('partner') ? { id: 'harbour' } : {};
    return (await edge.expect(201, operation, { body, headers, params })).body.id as string;
  };

  beforeAll(async () => {
    world = await World.start('local');
    shop = await TestReceiver.start();
    const documents = PUBLIC_DOCUMENTS.map((name) => world.document(name));
    edge = new Edge(world.demo.url, documents, { ...world.demo.keys, account: world.demo.keys.portal });
    const shipped = await made('portalOrders.place', { purchaseOrder: 'EXAMPLE-SHIPS' });
    const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }];
    const waiting = await made('portalOrders.place', { purchaseOrder: 'EXAMPLE-WAITS', partial: 'SHIP_COMPLETE_ORDER', lines }); // prettier-ignore
    const { body: hold } = await edge.expect(200, 'operationsOrders.hold', {
      params: { partner: 'harbour', id: waiting },
      body: { type: 'MANUAL', code: 'CUSTOMER_ASKED_TO_WAIT', detail: 'until Friday', blocking: true },
    });
    Object.assign(inPath, {
      '/portal/v1/orders': { id: waiting },
      '/portal/v2/orders': { id: waiting },
      '/portal/v1/reservations': { id: await made('portalReservations.place') },
      '/portal/v1/webhook-endpoints': { id: await made('portalWebhooks.create', { url: shop.url }) },
      '/operations/v1/orders': { partner: 'harbour', id: waiting, hold: hold.holds[0].id as string },
      '/operations/v1/shipments': { id: await shipmentOf(shipped) },
      '/operations/v1/exceptions': { id: 'exc_none' },
      '/operations/v1/connections': { kind: 'erp', id: 'erp-example' },
      '/operations/v1/channels': { channel: 'EXAMPLE' },
      '/operations/v1/partners': { partner: 'quayside' },
      '/operations/v1/erp-books': { id: 'erp-main' },
      '/admin/v1/partners': { id: 'harbour', email: 'dora@harbour.example' },
      '/account/v1/people': { email: 'dora@harbour.example' },
      '/admin/v1/plans': { id: 'example' },
      'account.revoke': { id: await made('account.issue') },
      'account.rotate': { id: await made('account.issue') },
      'clients.revoke': { id: await made('clients.create') },
      'clients.rotate': { id: await made('clients.create') },
      'partners.revoke': { id: 'harbour', key: await made('partners.issue') },
      'partnerClients.revoke': { id: 'harbour', client: await made('partnerClients.create') },
    });
  });
  afterAll(async () => {
    await shop.close();
    await world.close();
  });

  async function shipmentOf(order: string): Promise<string> {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const { body } = await edge.expect(200, 'portalShipments.list', { query: { order } });
      const [first] = body.shipments as { id: string }[];
      if (first !== undefined) return first.id;
      if (Date.now() > deadline) throw new Error('it was not shipped within 90 s');
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }

  it('are of every operation that takes a body', () => {
    expect(EXAMPLES.filter(({ operation }) => documentedBody(operation) === undefined)).toEqual([]);
    expect(EXAMPLES.length).toBeGreaterThan(60);
  });

  it.each(EXAMPLES.map((target) => [target.id, target] as const))('%s does what it says', async (id, target) => {
    const known = inPath[id] ?? inPath[target.path.split('/{')[0] ?? ''] ?? {};
    const names = Object.keys(filledPath(target.path));
    expect(names.filter((name) => !(name in known))).toEqual([]);
    const answer = await edge.answer(id, {
      params: Object.fromEntries(names.map((name) => [name, known[name] ?? ''])),
      body: documentedBody(target.operation) ?? {},
      headers: { 'idempotency-key': `example-${id}`, 'if-match': '*' },
    });
    const told = TOLD[id];
    if (told !== undefined) expect([answer.status, answer.body.code]).toEqual(told);
    else expect({ status: Math.floor(answer.status / 100), body: answer.body }).toMatchObject({ status: 2 });
    // A list is taken record by record: each of the example's is right.
    const results = ((answer.body as { results?: { outcome?: string }[] } | undefined)?.results ?? []).map(({ outcome }) => outcome); // prettier-ignore
    expect(results.filter((outcome) => /reject|refus|fail|invalid/i.test(outcome ?? ''))).toEqual([]);
  });
});
