import { PatientPartner } from '../support/partner';
import { eventually } from '../support/client';
import { sizeOf } from '../support/random';
import { counted, FaultWorld, inTurns } from './world';

const orderCount = sizeOf('CROSSDOCK_FAULTS_ORDERS', 1_000);
const ITEMS = ['MUG-BLUE', 'MUG-GREEN', 'SPOON-OLIVE', 'HOOK-IRON', 'RIBBON-RED', 'WRAP-FOREST'];
/** What is asked a minute apart in production is asked a second apart here: half a minute is half an hour of tries. */
const TRIES = 30;

describe('the ERP is down for half an hour while orders come', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.start({ environment: { CROSSDOCK_BACKEND_RETRY_SECONDS: '1' } });
  });
  afterAll(() => world.stop());

  it(`F01 ERP down 30 minutes, ${orderCount} orders: all accepted meanwhile, each ends with exactly one document of each kind`, async () => {
    const settings = { baseUrl: `${world.crossdock.demo.sandboxUrl}/sandbox/erp/main`, probeSeconds: 1 };
    const connection = { product: 'generic-rest', settings, credentials: { token: 'sandbox-erp-token' } };
    await world.taken(world.operations.put('/operations/v1/connections/erp/erp-main', connection));
    await world.arm('erp/main', { operation: '*', mode: 'down' });
    const partner = new PatientPartner(() => world.portal);
    await inTurns(Array.from({ length: orderCount }, (_, index) => index), 8, async (index) => {
      const line = { line: 1, item: ITEMS[index % ITEMS.length], quantity: { value: '1', unit: 'EA' } };
      await partner.place(`OUTAGE-${index}`, { shipTo: index % 2 === 0 ? 'BRISTOL' : 'WHITBY', lines: [line] });
    }); // prettier-ignore
    const [first] = partner.orders[0]!.ids;
    const waiting = await eventually(
      () => world.viewOf(first!),
      ({ commands }) => commands.some(({ kind, attempts }: any) => kind === 'create-erp-order' && attempts >= TRIES),
      300,
    );
    expect(waiting.erpDocument).toBeUndefined();
    expect(await world.counts('erp/main')).toMatchObject({ salesOrders: 0, deliveries: 0, invoices: 0 });
    await world.arm('erp/main');
    const each = { salesOrders: orderCount, deliveries: orderCount, invoices: orderCount };
    await eventually(
      () => world.counts('erp/main'),
      ({ salesOrders = 0, deliveries = 0, invoices = 0 }) => salesOrders + deliveries + invoices >= 3 * orderCount,
      300,
    );
    expect(await world.counts('erp/main')).toMatchObject({ ...each, repeated: 0 });
    await world.settled();
    // One by one: the posting ledger, which has one row per business key, beside the books of the ERP.
    for (const kind of ['sales-order', 'delivery', 'invoice']) {
      const { body } = await world.operations.post('/operations/v1/erp-books/erp-main/reconcile', { kind });
      expect([kind, body.posted, body.found, body.differences]).toEqual([kind, orderCount, orderCount, []]);
    }
    const known = await world.books.orders();
    expect(new Set(known.map(({ erpDocument }) => erpDocument)).size).toBe(orderCount);
    counted('F01', { accepted: partner.orders.length, ...(await world.counts('erp/main')) });
  }, 900_000);
});
