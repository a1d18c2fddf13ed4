import { eventually } from '../support/client';
import { counted, FaultWorld, type Counts } from './world';

/** An ERP and a carrier that commit and do not say so, refuse, or say nothing sensible. */
describe('an ERP and a carrier that fail in every way they can', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.start({ environment: { CROSSDOCK_BACKEND_RETRY_SECONDS: '2' } });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.arm('erp/main');
    await world.arm('carrier/main');
    expect(await world.breaches()).toEqual([]);
  });

  const mugs = (quantity: string) => ({ item: 'MUG-BLUE', quantity });
  const orders = (count: number) => Promise.all(Array.from({ length: count }, () => world.order(mugs('2'))));
  /** Of each order one sales order, of each shipment one delivery, invoice and label, counted where they are kept. */
  const documentsOf = async (placed: readonly string[]): Promise<Counts> => {
    const total: Record<string, number> = { orders: placed.length, salesOrders: 0, deliveries: 0, invoices: 0, labels: 0 }; // prettier-ignore
    for (const order of placed) {
      const [shipment] = await world.shipmentsOf(order);
      const [ofOrder, ofShipment, ofLabel] = await Promise.all([world.counts('erp/main', order), world.counts('erp/main', shipment.id), world.counts('carrier/main', shipment.id)]); // prettier-ignore
      total['salesOrders']! += ofOrder['salesOrders'] ?? 0;
      total['deliveries']! += ofShipment['deliveries'] ?? 0;
      total['invoices']! += ofShipment['invoices'] ?? 0;
      total['labels']! += ofLabel['labels'] ?? 0;
    }
    return total;
  };
  const oneOfEach = (count: number): Counts => ({ orders: count, salesOrders: count, deliveries: count, invoices: count, labels: count }); // prettier-ignore
  const endWell = async (fault: string, placed: readonly string[]): Promise<void> => {
    await world.settled();
    const found = await documentsOf(placed);
    expect(found).toEqual(oneOfEach(placed.length));
    counted(fault, { ...found, repeated: (await world.counts('erp/main'))['repeated'] });
  };

  it('F02 ERP commits then times out: sales order, delivery and invoice are looked up, not made twice', async () => {
    const rules = ['504-after-commit', 'reset-after-commit'].flatMap((mode) =>
      ['createSalesOrder', 'postDelivery', 'postInvoice'].map((operation) => ({ operation, mode, times: 2 })),
    );
    await world.arm('erp/main', ...rules);
    await endWell('F02', await orders(4));
    expect((await world.sandbox.get('/sandbox/erp/main/_faults')).body.rules).toEqual([]);
  });

  it('F03 ERP answers 200 with an error inside: no document is believed in that is not there', async () => {
    await world.arm('erp/main', { operation: 'createSalesOrder', mode: 'error-in-200', times: 3 }, { operation: 'postInvoice', mode: 'error-in-200', times: 3 }); // prettier-ignore
    const placed = await orders(3);
    await endWell('F03', placed);
    for (const order of placed) expect((await world.viewOf(order)).erpDocument).toMatch(/^SO/);
  });

  it('F04 ERP 429: nothing is sent before Retry-After, then all is', async () => {
    const retryAfter = 5;
    const began = Date.now();
    await world.arm('erp/main', { operation: 'createSalesOrder', mode: '429', times: 1, retryAfter });
    const calls = async () => (await world.sandbox.get('/sandbox/erp/main/_faults')).body.rules;
    const first = await world.order(mugs('2'));
    await eventually(calls, (rules) => rules.length === 0);
    // From here on every call is counted, and there must be none until the ERP wants to be asked again.
    await world.arm('erp/main', { operation: 'createSalesOrder', mode: '503', times: 1, retryAfter: 1 });
    const second = await world.order(mugs('2'));
    await eventually(calls, (rules) => rules.length === 0);
    expect(Date.now() - began).toBeGreaterThanOrEqual(retryAfter * 1000);
    await endWell('F04', [first, second]);
  });

  it('F10 carrier down: goods leave, labels wait, and are bought once when it is back', async () => {
    const before = await world.counts('carrier/main');
    await world.arm('carrier/main', { operation: '*', mode: 'down' });
    const placed = await orders(3);
    for (const order of placed)
      await world.shipmentsOf(
        order,
        ([shipment]) =>
        shipment.effects.some(({ name, state, attempts }: any) => name === 'LABEL' && state === 'PENDING' && attempts > 1), // prettier-ignore
      );
    expect(await world.counts('carrier/main')).toEqual(before);
    await world.arm('carrier/main');
    await endWell('F10', placed);
  });

  it('F11 label bought then timeout: found by its reference, one label in the carrier', async () => {
    const modes = ['504-after-commit', 'reset-after-commit', 'malformed'];
    const placed: string[] = [];
    for (const mode of modes) {
      await world.arm('carrier/main', { operation: 'createLabel', mode, times: 1 });
      const [order] = await orders(1);
      placed.push(order!);
      await world.shipmentsOf(order!, ([shipment]) =>
        shipment.effects.some(({ name, state }: any) => name === 'LABEL' && state === 'DONE'),
      );
    }
    await endWell('F11', placed);
  });
});
