import { Decimal } from '#canonical/decimal';
import { Client, eventually } from '../support/client';
import { date, decimal } from './tryton/direct-client';
import { ledgerOf, TrytonTables } from './tryton/ledger';
import type { Line } from './tryton/product';
import { good, shipToOf, TrytonProduct } from './tryton/product';
import { SEED } from './tryton/seed';
import type { RunningTryton } from './tryton/server';

/** Fewer for a quick look. */
const ORDERS = Number(process.env['CROSSDOCK_TRYTON_ORDERS'] ?? 200);
const AT_ONCE = 8;
/** How Tryton says that others have the same records. */
const LOCKED = /could not obtain lock|could not serialize|ConcurrencyException/;
const [HEART, LANTERN, BOXES, SCARCE] = SEED.items;
const QUAY = SEED.secondCustomer.code;
/** An order of the customer with a limit is worth 102.00; half of them fit. */
const FORTY_HEARTS = { item: HEART.code, quantity: '40' };
const LIMIT = String(Math.floor(ORDERS / 10) * 102);

type Kind = 'credit' | 'plain' | 'cancelled' | 'lowered' | 'partial';
const KINDS: readonly Kind[] = ['credit', 'plain', 'cancelled', 'lowered', 'partial', 'credit', 'plain', 'plain', 'plain', 'plain']; // prettier-ignore

function linesOf(kind: Kind, index: number): Line[] {
  if (kind === 'credit') return [FORTY_HEARTS];
  const first = { item: index % 2 === 0 ? LANTERN.code : BOXES.code, quantity: String(4 + (index % 7)) };
  return kind === 'partial' ? [first, { item: SCARCE.code, quantity: '6' }] : [first];
}

/**
 * A day of a distributor on a real Tryton: short picks, cancellations, partial shipments and credit holds, Tryton stopped and started in
 * the middle. At the end its tables, read by SQL, say the same as our ledger, document by document.
 */
describe(`Tryton's books after ${ORDERS} orders`, () => {
  let p: TrytonProduct;
  let tables: TrytonTables;
  let quay: string;
  const placed: { readonly id: string; readonly kind: Kind }[] = [];
  const partner = (): string => p.crossdock.demo.partner;
  const tally: Record<string, number> = {};

  beforeAll(async () => {
    p = await TrytonProduct.start({ postingsAtOnce: AT_ONCE }, prepare);
    tables = await TrytonTables.open(p.tryton);
    quay = await shipToOf(p.tryton, QUAY);
    p.proxy.onAnswer = (body) => {
      if (/^\{[^[]*"error"/.test(body) && LOCKED.test(body)) tally['lockErrors'] = (tally['lockErrors'] ?? 0) + 1;
    };
  }, 900_000);
  afterAll(async () => {
    // The counts that docs/reliability.md tells.
    console.log(JSON.stringify({ orders: ORDERS, ...tally }));
    await tables.close();
    await p.stop();
  });

  const views = () => Promise.all(placed.map(({ id }) => p.inside(id)));
  const cancel = (id: string, body: object = {}) => good(p.portal.post(`/portal/v1/orders/${id}/cancel`, { reason: 'of the test', ...body })); // prettier-ignore
  const ended = ({ status }: any): boolean => ['SHIPPED', 'CANCELLED'].includes(status);
  const creditHeld = ({ holds }: any): boolean => holds.some((hold: any) => hold.type === 'CREDIT');
  const atOnce = async <T>(all: readonly T[], work: (each: T, index: number) => Promise<void>): Promise<void> => {
    const left = [...all.entries()];
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  const place = async (index: number): Promise<void> => {
    const kind = KINDS[index % KINDS.length] ?? 'plain';
    const shipTo = kind === 'credit' ? { shipTo: quay } : {};
    const id = await p.order(linesOf(kind, index), shipTo);
    placed.push({ id, kind });
    if (kind === 'cancelled') await cancel(id);
    if (kind === 'lowered') await cancel(id, { lines: [{ line: 1, quantity: { value: '1', unit: 'EA' } }] });
  };

  it('orders come in, eight at a time, while Tryton is stopped and started', async () => {
    await p.warehouseFault({ operation: 'pick', mode: 'pick-short', times: Math.floor(ORDERS / 10) });
    // The customer is known by its limit before it orders.
    await place(0);
    await eventually(async () => (await ledgerOf(p.operations, 'erp-tryton')).of('sales-order'), (sales) => sales.length > 0); // prettier-ignore
    const [first, second] = [Math.floor(ORDERS / 2), ORDERS];
    await atOnce(Array.from({ length: first - 1 }, (_, index) => index + 1), place); // prettier-ignore
    await p.tryton.stopServer();
    await atOnce(Array.from({ length: second - first }, (_, index) => index + first), place); // prettier-ignore
    await p.trytonIsBack();
    expect(placed).toHaveLength(ORDERS);
  }, 900_000);

  it('what no credit is left for is held; a person gives it to one, the others go on when money comes', async () => {
    const held = (await views()).filter(creditHeld);
    tally['creditHolds'] = held.length;
    expect(held.length).toBeGreaterThanOrEqual(Math.floor(ORDERS / 10));
    expect(held[0].holds[0]).toMatchObject({ code: 'CREDIT_EXCEEDED', expected: `${LIMIT}.00 GBP` });
    const [given] = held;
    const path = `/operations/v1/orders/${partner()}/${given.id}/holds/${given.holds[0].id}/release`;
    await good(p.operations.post(path, { why: 'credit insurance' }));
    await pay(p.tryton, String(ORDERS * 102));
    const released = (): Promise<any[]> => Promise.all(held.map(({ id }) => p.inside(id)));
    const after = await eventually(released, (all) => !all.some(creditHeld), 300);
    const why = after.flatMap(({ pastHolds }) => pastHolds).map(({ endedBy }: any) => endedBy);
    expect(why.filter((who) => who === 'orders')).toHaveLength(held.length - 1);
    const { body } = await p.operations.get(`/operations/v1/orders/${given.id}/timeline`);
    expect(JSON.stringify(body)).toContain('credit insurance');
  }, 900_000);

  it('the rest of partial orders ships when stock comes; what came up short is cancelled', async () => {
    const sandbox = new Client(p.crossdock.demo.sandboxUrl, undefined);
    const lines = [{ item: SCARCE.code, quantity: '1000' }];
    await good(sandbox.post('/sandbox/wms/north/_inventory', { type: 'inventory.adjusted', lines }));
    // What is open in the end came up short, and no other node has it.
    const waits = (view: any): boolean =>
      ended(view) || (view.shipments.length > 0 && view.status === 'PARTIALLY_SHIPPED');
    const settled = await eventually(
      views,
      (all) => all.every(waits) && all.filter(hasScarce).every(isScarceShipped),
      600,
    );
    const short = settled.filter((view) => !ended(view));
    tally['shorts'] = short.length;
    expect(short.length).toBeGreaterThan(0);
    await atOnce(short, async ({ id }) => {
      await cancel(id);
    });
    const all = await eventually(views, (each) => each.every(ended), 300);
    tally['severalShipments'] = all.filter(({ shipments }) => shipments.length > 1).length;
    tally['cancelledWhole'] = all.filter(({ status }) => status === 'CANCELLED').length;
    expect(tally['severalShipments']).toBeGreaterThan(0);
  }, 1_200_000);

  it('everything is posted: sales, deliveries, invoices and cancellations in Tryton are those of the ledger, one by one', async () => {
    const shipments = (await views()).flatMap((view) => view.shipments);
    const ledger = await eventually(
      () => ledgerOf(p.operations, 'erp-tryton'),
      ({ of, other }) => of('invoice').length === shipments.length && other.length === 0,
      1_800,
    );
    for (const kind of ['sales-order', 'delivery', 'invoice', 'cancellation']) tally[kind] = ledger.of(kind).length;
    expect(await tables.sales()).toEqual(ledger.of('sales-order'));
    expect(await tables.deliveries()).toEqual(ledger.of('delivery'));
    expect(await tables.invoices()).toEqual(ledger.of('invoice'));
    expect(await tables.cancellations()).toEqual(ledger.of('cancellation'));
    expect(ledger.of('delivery').map(([key]) => key)).toEqual(shipments.map(({ id }) => id).sort());
    expect(await tables.unfinished()).toEqual([]);
  }, 2_400_000);

  it('moves and invoice amounts are what was shipped, at the prices of the orders, and stock is as in our ledger', async () => {
    const [moved, billed] = [new Map<string, string>(), new Map<string, string>()];
    for (const { lines, shipments } of await views()) {
      for (const shipment of shipments) {
        let total = new Decimal(0);
        for (const { line, item, quantity } of shipment.lines) {
          moved.set(`${shipment.id} ${item}`, String(Number(quantity)));
          const { unitPrice } = lines.find((each: any) => each.line === line);
          total = total.plus(new Decimal(unitPrice.amount).times(quantity).toDecimalPlaces(2));
        }
        billed.set(shipment.id, String(Number(total)));
      }
    }
    expect(await tables.moved()).toEqual(moved);
    expect(await tables.billed()).toEqual(billed);
    tally['moves'] = moved.size;
    for (const { code } of SEED.items) {
      const { ledger, tryton } = await p.stock(code);
      expect({ code, onHand: tryton }).toEqual({ code, onHand: ledger });
    }
    expect((await p.operations.get('/operations/v1/summary')).body.unexplained).toBe(0);
    expect((await p.operations.get('/operations/v1/invariants')).body.breaches).toEqual([]);
  }, 300_000);

  const hasScarce = ({ lines }: any): boolean => lines.some((line: any) => line.item === SCARCE.code);
  const isScarceShipped = ({ lines }: any): boolean =>
    lines.every((line: any) => line.item !== SCARCE.code || Number(line.shipped) > 0);
});

/** The limit, and as much of the scarce item as the warehouse will have. */
async function prepare({ direct }: RunningTryton): Promise<void> {
  const [quay] = await direct.find('party.party', [['code', '=', QUAY]]);
  await direct.model('party.party.write', [quay?.id], { credit_limit_amount: decimal(LIMIT) });
  const [storage] = await direct.find('stock.location', [['code', '=', 'STO']]);
  const [product] = await direct.find('product.product', [['code', '=', SCARCE.code]]);
  const counted = { product: product?.id, quantity: SCARCE.stock + 1000 };
  const inventory = await direct.create('stock.inventory', { location: storage?.id, lines: [['create', [counted]]] });
  await direct.model('stock.inventory.confirm', inventory);
}

/** Money of the customer comes into the bank and is booked in Tryton; it settles no invoice yet. */
async function pay({ direct }: RunningTryton, amount: string): Promise<void> {
  const [quay] = await direct.find('party.party', [['code', '=', QUAY]]);
  const now = new Date();
  const day = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()] as const;
  const [period] = await direct.find('account.period', [['start_date', '<=', date(...day)], ['end_date', '>=', date(...day)], ['type', '=', 'standard']]); // prettier-ignore
  const [journal] = await direct.find('account.journal', [['type', '=', 'cash']]);
  const [cash] = await direct.find('account.account', [['name', '=', 'Main Cash']]);
  const [receivable] = await direct.find('account.account', [['type.receivable', '=', true]]);
  const moves = await direct.create('account.move', {
    ...{ period: period?.id, journal: journal?.id, date: date(...day) },
    lines: [
      [
        'create',
        [
          { account: cash?.id, debit: decimal(amount), credit: decimal('0') },
          { account: receivable?.id, party: quay?.id, debit: decimal('0'), credit: decimal(amount) },
        ],
      ],
    ],
  });
  await direct.model('account.move.post', moves);
}
