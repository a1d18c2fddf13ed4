import { GOODS_ISSUED, ORDER_ERP_CREATED, ORDER_RELEASED, SHIPMENT_PROGRESSED, TMS_TRACKING_UPDATED, WMS_SHIPPED } from '#contracts/events/catalogue'; // prettier-ignore
import { EXCEPTION_CLEARED, EXCEPTION_OPENED, EXCEPTION_RETRY_ASKED } from '#contracts/events/exceptions';
import { ASN_ISSUED, CHANNEL_FULFILLED, SHIPMENT_CORRECTED, SHIPMENT_INVOICED } from '#contracts/events/shipments';
import type { ShipmentContent } from '#contracts/shipments/shipments.dto';
import type { OrderReleased } from '#contracts/events/catalogue';
import { away, confirmation, event, refusal, released, shipped, shipmentsHarness } from '../test/harness';

type Harness = Awaited<ReturnType<typeof shipmentsHarness>>;

describe('what a warehouse says, and takes back', () => {
  let app: Harness;
  beforeAll(async () => {
    app = await shipmentsHarness();
  });
  afterAll(() => app.close());
  afterEach(async () => {
    expect((await app.service.checkInvariants({})).breaches).toEqual([]);
  });

  const idOf = (order: string): string => `wms-north:S-${order}`;
  const gbp = (amount: string) => ({ amount, currency: 'GBP' });
  /** 100 mugs are released, at 2.35 each. */
  const release = (order: string, more: Partial<OrderReleased> = {}) =>
    released(order, {
      lines: [{ line: 1, item: 'MUG', quantity: '100', reservation: order, unit: 'EA', unitPrice: gbp('2.35') }],
      ...more,
    });
  const erpHas = (order: string) => {
    app.erp.salesOrders.add(order);
    return event(ORDER_ERP_CREATED, order, { order, erpConnection: 'erp-main', documentNumber: `SO-${order}` });
  };
  const mugs = (quantity: string, more: object = {}) => [{ line: 1, item: 'MUG', quantity, ...more }];
  const shippedMugs = (order: string, quantity: string, more: object = {}) =>
    event(WMS_SHIPPED, `${order}-F1`, shipped(order, { lines: mugs(quantity), ...more }));
  const content = (quantity: string, more: Partial<ShipmentContent> = {}): ShipmentContent => ({
    ...{ node: 'north', shippedAt: '2026-11-20T10:00:00Z', lines: mugs(quantity) },
    packages: [{ id: 'BOX1', trackingNumber: 'TRK' }],
    ...more,
  });
  const correct = (order: string, revision: number, quantity: string) =>
    app.service.correct({ id: idOf(order), revision, reason: 'counted again', ...content(quantity) });
  const effectsOf = async (order: string): Promise<string[]> => {
    const { effects } = await app.service.get({ id: idOf(order) });
    return effects.filter(({ state }) => state !== 'NOT_NEEDED').map(({ name, revision, state }) => `${name}@${revision} ${state}`); // prettier-ignore
  };
  const published = async <T = Record<string, unknown>>(type: string, subject: string) => {
    const { rows } = await app.database.query<{ data: T }>(
      `select envelope -> 'data' as data from messaging.outbox where type = $1 and envelope ->> 'subject' = $2 order by id`,
      [type, subject],
    );
    return rows.map(({ data }) => data);
  };
  const troubles = async (order: string, type = EXCEPTION_OPENED): Promise<string[]> => {
    const { rows } = await app.database.query<{ key: string }>(
      `select envelope -> 'data' ->> 'key' as key from messaging.outbox
        where type = $1 and envelope -> 'data' ->> 'key' like '%/' || $2 order by id`,
      [type, idOf(order)],
    );
    return rows.map(({ key }) => key.split('/')[1] ?? '');
  };
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 60_000; !(await condition().catch(() => false));) {
      if (Date.now() > deadline) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  describe('§11.2: ship event twice, then corrected from 92 to 90', () => {
    it('before the invoice: net shipped 90, one invoice for 90', async () => {
      await app.publish(event(ORDER_RELEASED, 'A1', release('A1')), shippedMugs('A1', '92'), shippedMugs('A1', '92'));
      await app.settle();
      expect(await correct('A1', 2, '90')).toEqual({ shipmentId: idOf('A1'), revision: 2, outcome: 'corrected' });
      await app.publish(erpHas('A1'));
      await app.settle();
      expect(app.erp.deliveries.get(idOf('A1'))?.lines).toEqual(mugs('90'));
      expect(app.erp.invoices.get(idOf('A1'))?.lines).toEqual(mugs('90'));
      expect([app.erp.reversals.has(`${idOf('A1')}@2`), app.erp.creditMemos.has(`${idOf('A1')}@2`)]).toEqual([false, false]); // prettier-ignore
      expect(await published(SHIPMENT_CORRECTED, idOf('A1'))).toMatchObject([
        { revision: 2, voided: false, lines: [{ before: '92', quantity: '90' }] },
      ]);
    });

    it('after the invoice: the invoice stays, two are credited and come back', async () => {
      await app.publish(event(ORDER_RELEASED, 'A2', release('A2')), erpHas('A2'), shippedMugs('A2', '92'));
      await app.settle();
      await correct('A2', 2, '90');
      await app.settle();
      expect(app.erp.invoices.get(idOf('A2'))?.lines).toEqual(mugs('92'));
      expect(app.erp.reversals.get(`${idOf('A2')}@2`)).toMatchObject({ delivery: idOf('A2'), lines: mugs('2') });
      expect(app.erp.creditMemos.get(`${idOf('A2')}@2`)).toMatchObject({ invoice: idOf('A2'), lines: mugs('2') });
      const view = await app.service.get({ id: idOf('A2') });
      expect(view).toMatchObject({ status: 'CORRECTED', revision: 2, lines: [{ quantity: '90' }] });
      await app.publish(event(GOODS_ISSUED, 'A2', { shipment: idOf('A2'), revision: 2 }));
      await app.settle();
      expect(await effectsOf('A2')).toContain('GOODS_ISSUE@2 DONE');
      expect(await published(ASN_ISSUED, idOf('A2'))).toMatchObject([{ purpose: 'ORIGINAL' }, { purpose: 'REPLACE', revision: 2 }]); // prettier-ignore
    });

    it('the same version again is the same answer; the same with other content, and one that is not next, are refused', async () => {
      expect((await correct('A2', 2, '90')).outcome).toBe('replayed');
      await expect(correct('A2', 2, '89')).rejects.toMatchObject({ code: 'SHIPMENT_REVISION_CONFLICT' });
      await expect(correct('A2', 4, '89')).rejects.toMatchObject({ findings: [{ expected: '3' }] });
      expect(app.erp.creditMemos.get(`${idOf('A2')}@2`)?.lines).toEqual(mugs('2'));
    });

    it('eight at once with one version are one correction', async () => {
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => correct('A2', 3, '95')));
      expect(outcomes.filter(({ outcome }) => outcome === 'corrected')).toHaveLength(1);
      await app.settle();
      expect(app.erp.deliveries.get(`${idOf('A2')}@3`)?.lines).toEqual(mugs('5'));
      expect(app.erp.invoices.get(`${idOf('A2')}@3`)?.lines).toEqual(mugs('5'));
    });

    it('while the answer of the ERP is awaited: what was asked for stays asked for, the difference follows', async () => {
      app.erp.deliveryFailures.push(away());
      await app.publish(event(ORDER_RELEASED, 'A3', release('A3')), erpHas('A3'), shippedMugs('A3', '92'));
      await until(async () => {
        const { effects } = await app.service.get({ id: idOf('A3') });
        return effects.some(({ name, attempts }) => name === 'ERP_DELIVERY' && attempts > 0);
      });
      await correct('A3', 2, '90');
      await until(async () => (await effectsOf('A3')).includes('ERP_INVOICE@1 DONE'));
      await app.settle();
      expect(app.erp.deliveries.get(idOf('A3'))?.lines).toEqual(mugs('92'));
      expect(app.erp.reversals.get(`${idOf('A3')}@2`)?.lines).toEqual(mugs('2'));
      expect(app.erp.invoices.get(idOf('A3'))?.lines).toEqual(mugs('90'));
    });
  });

  it('what was taken back ships anew while the ERP is away: it is delivered after the reversal, and billed after the credit memo', async () => {
    await app.publish(event(ORDER_RELEASED, 'A4', release('A4')), erpHas('A4'), shippedMugs('A4', '100'));
    await app.settle();
    app.erp.reversalFailures.push(away(), away());
    await app.service.void({ id: idOf('A4'), revision: 2, reason: 'the truck came back' });
    await app.publish(shippedMugs('A4', '100', { shipmentId: 'S2-A4', packages: [{ id: 'BOX1', trackingNumber: 'TRK-2' }] })); // prettier-ignore
    await until(async () => app.erp.invoices.has('wms-north:S2-A4'));
    await app.settle();
    const at = (document: string) => app.erp.journal.indexOf(document);
    expect(at(`reversal ${idOf('A4')}@2`)).toBeGreaterThan(at(`invoice ${idOf('A4')}`));
    expect(at('delivery wms-north:S2-A4')).toBeGreaterThan(at(`reversal ${idOf('A4')}@2`));
    expect(at('invoice wms-north:S2-A4')).toBeGreaterThan(at(`credit memo ${idOf('A4')}@2`));
  });

  it('void after ship: everything is taken back, the label given back, and tracking that comes late changes nothing of it', async () => {
    const bare = { packages: [{ id: 'BOX1' }] };
    await app.publish(event(ORDER_RELEASED, 'B1', release('B1')), erpHas('B1'), shippedMugs('B1', '40', bare));
    await app.settle();
    expect(app.erp.accruals.get(idOf('B1'))?.amount).toEqual(gbp('4.20'));
    expect((await app.service.void({ id: idOf('B1'), revision: 2, reason: 'the truck came back' })).outcome).toBe(
      'voided',
    );
    await app.settle();
    expect(app.erp.reversals.get(`${idOf('B1')}@2`)?.lines).toEqual(mugs('40'));
    expect(app.erp.creditMemos.get(`${idOf('B1')}@2`)?.lines).toEqual(mugs('40'));
    expect(app.tms.voided.has(idOf('B1'))).toBe(true);
    expect(await app.service.get({ id: idOf('B1') })).toMatchObject({ status: 'VOIDED', lines: [] });
    expect(await troubles('B1')).toEqual(['FREIGHT_OF_VOIDED']);
    expect(await published(ASN_ISSUED, idOf('B1'))).toMatchObject([{ purpose: 'ORIGINAL' }, { purpose: 'CANCEL' }]);
    await expect(correct('B1', 3, '40')).rejects.toMatchObject({ code: 'SHIPMENT_VOIDED' });
    const tracking = { connection: 'c', trackingNumber: `T-${idOf('B1')}`, status: 'IN_TRANSIT', occurredAt: '2026-11-21T09:00:00Z' }; // prettier-ignore
    await app.publish(event(TMS_TRACKING_UPDATED, 'B1', tracking));
    await app.settle();
    expect(await app.service.get({ id: idOf('B1') })).toMatchObject({ status: 'VOIDED', lines: [] });
  });

  it('a label that the carrier has used is not given back: a person is told, and the rest is taken back all the same', async () => {
    const bare = { packages: [{ id: 'BOX1' }] };
    await app.publish(event(ORDER_RELEASED, 'B2', release('B2')), erpHas('B2'), shippedMugs('B2', '40', bare));
    await app.settle();
    app.tms.used.add(idOf('B2'));
    await app.service.void({ id: idOf('B2'), revision: 2, reason: 'the truck came back' });
    await app.settle();
    expect(await effectsOf('B2')).toEqual(expect.arrayContaining(['LABEL_VOID@2 FAILED', 'ERP_REVERSAL@2 DONE']));
    app.tms.used.delete(idOf('B2'));
    await app.service.retryEffect({ id: idOf('B2'), effect: 'LABEL_VOID' });
    await app.settle();
    expect(await effectsOf('B2')).toContain('LABEL_VOID@2 DONE');
    expect(await troubles('B2', EXCEPTION_CLEARED)).toEqual(['LABEL_VOID_FAILED']);
  });

  it('over-ship: what partner and item tolerate is billed, beyond it is recorded and told', async () => {
    await app.service.putTolerances({ tolerances: [{ partner: 'harbour', item: 'MUG', percent: '5' }] });
    for (const [order, quantity] of [
      ['C1', '104'],
      ['C2', '112'],
    ] as const)
      // prettier-ignore
      await app.publish(event(ORDER_RELEASED, order, release(order)), erpHas(order), shippedMugs(order, quantity));
    await app.settle();
    expect(app.erp.invoices.get(idOf('C1'))?.lines).toEqual(mugs('104'));
    expect((await app.service.get({ id: idOf('C1') })).findings).toBeUndefined();
    expect(app.erp.invoices.get(idOf('C2'))?.lines).toEqual(mugs('105'));
    expect(app.erp.deliveries.get(idOf('C2'))?.lines).toEqual(mugs('112'));
    expect(await troubles('C2')).toEqual(['OVER_SHIPPED']);
    await correct('C2', 2, '100');
    await app.settle();
    expect(await troubles('C2', EXCEPTION_CLEARED)).toEqual(['OVER_SHIPPED']);
    expect(app.erp.creditMemos.get(`${idOf('C2')}@2`)?.lines).toEqual(mugs('5'));
    await app.service.putTolerances({ tolerances: [{ partner: 'harbour', item: 'MUG', percent: '0' }] });
  });

  it('a wrong unit: nobody knows how much left, so it waits and a person is told, until it is said again in base units', async () => {
    await app.publish(event(ORDER_RELEASED, 'D1', release('D1')), erpHas('D1'));
    await app.settle();
    const said = { ...confirmation(idOf('D1'), shipped('D1')), lines: mugs('8', { unit: 'XCS' }) };
    expect((await app.service.confirm(said)).outcome).toBe('parked');
    expect(await troubles('D1')).toEqual(['SHIPMENT_PARKED_UNIT_MISMATCH']);
    await app.service.correct({ id: idOf('D1'), revision: 2, reason: 'in cases of 12', ...content('96', { lines: mugs('96', { unit: 'EA' }) }) }); // prettier-ignore
    await app.settle();
    expect(app.erp.invoices.get(idOf('D1'))?.lines).toEqual(mugs('96'));
    expect(await troubles('D1', EXCEPTION_CLEARED)).toEqual(['SHIPMENT_PARKED_UNIT_MISMATCH']);
  });

  it('unknown order: it is parked with its correlation, told after a time, and told to be over when it is released', async () => {
    await app.publish(shippedMugs('E1', '10'));
    await app.settle();
    await app.database.query(`update shipments.shipment set received_at = now() - interval '2 hours' where id = $1`, [idOf('E1')]); // prettier-ignore
    await app.database.transaction((tx) => app.waiting.tell(tx));
    await app.database.transaction((tx) => app.waiting.tell(tx));
    expect(await troubles('E1')).toEqual(['SHIPMENT_PARKED_ORDER_UNKNOWN']);
    await app.publish(event(ORDER_RELEASED, 'E1', release('E1')));
    await app.settle();
    expect(await troubles('E1', EXCEPTION_CLEARED)).toEqual(['SHIPMENT_PARKED_ORDER_UNKNOWN']);
  });

  it('ship before the order reached the ERP: told after a time, posted and told to be over when it comes', async () => {
    await app.database.query(`update shipments.effect set updated_at = now() - interval '2 hours' where shipment_id = $1`, [idOf('E1')]); // prettier-ignore
    await app.database.transaction((tx) => app.waiting.tell(tx));
    expect(await troubles('E1')).toContain('ERP_ORDER_MISSING');
    await app.publish(erpHas('E1'));
    await app.settle();
    expect(await troubles('E1', EXCEPTION_CLEARED)).toContain('ERP_ORDER_MISSING');
    expect(app.erp.invoices.has(idOf('E1'))).toBe(true);
  });

  it('a parked shipment that turns out not to be ours is voided and never confirmed', async () => {
    await app.publish(shippedMugs('E2', '10'));
    await app.settle();
    await app.service.void({ id: idOf('E2'), revision: 2, reason: 'of another depot' });
    await app.publish(event(ORDER_RELEASED, 'E2', release('E2')));
    await app.settle();
    await expect(app.service.get({ id: idOf('E2') })).rejects.toMatchObject({ code: 'SHIPMENT_UNKNOWN' });
  });

  it('an effect that fails is told with its cause and how to try again, and is over when it is done', async () => {
    app.erp.invoiceFailures.push(refusal('customer is blocked for billing'));
    await app.publish(event(ORDER_RELEASED, 'F1', release('F1')), erpHas('F1'), shippedMugs('F1', '10'));
    await app.settle();
    const opened = await published<{ cause: string; retry: object }>(EXCEPTION_OPENED, `shipments/ERP_INVOICE_FAILED/shipment/${idOf('F1')}`); // prettier-ignore
    expect(opened).toMatchObject([{ cause: expect.stringContaining('blocked for billing') as string, retry: { id: `${idOf('F1')}/ERP_INVOICE` } }]); // prettier-ignore
    await app.service.retryEffect({ id: idOf('F1'), effect: 'ERP_INVOICE' });
    await app.settle();
    expect(await troubles('F1', EXCEPTION_CLEARED)).toEqual(['ERP_INVOICE_FAILED']);
  });

  it('an exception that is retried tries its effect again, of that name alone; one that is over changes nothing', async () => {
    app.erp.invoiceFailures.push(refusal('customer is blocked for billing'), refusal('still blocked'));
    await app.publish(event(ORDER_RELEASED, 'F2', release('F2')), erpHas('F2'), shippedMugs('F2', '10'));
    await app.settle();
    const retried = async (effect: string) => {
      const id = `${idOf('F2')}/${effect}`;
      const by = { exception: 'exc_1', actor: 'dana', reason: 'unblocked' };
      await app.publish(event(EXCEPTION_RETRY_ASKED, id, { app: 'shipments', kind: 'SHIPMENT_EFFECT', id, ...by }));
      await app.settle();
    };
    await retried('ERP_DELIVERY');
    expect(app.erp.invoiceFailures).toHaveLength(1);
    await retried('ERP_INVOICE');
    expect(await effectsOf('F2')).toContain('ERP_INVOICE@1 FAILED');
    expect(await troubles('F2')).toEqual(['ERP_INVOICE_FAILED', 'ERP_INVOICE_FAILED']);
    await retried('ERP_INVOICE');
    expect(await effectsOf('F2')).toContain('ERP_INVOICE@1 DONE');
    expect(await troubles('F2', EXCEPTION_CLEARED)).toEqual(['ERP_INVOICE_FAILED']);
    const { version } = await app.service.get({ id: idOf('F2') });
    for (const effect of ['ERP_INVOICE', 'GOODS_ISSUE']) await retried(effect);
    expect(await app.service.get({ id: idOf('F2') })).toMatchObject({ version });
  });

  it('freight that is prepaid and charged is accrued and billed with the goods; the amounts are told', async () => {
    const said = { ...confirmation(idOf('G1'), shipped('G1')), lines: mugs('48') };
    const freight = { terms: 'PREPAID_AND_CHARGE', amount: gbp('18.50') };
    await app.publish(event(ORDER_RELEASED, 'G1', release('G1')), erpHas('G1'));
    await app.settle();
    await app.service.confirm({ ...said, freight, billOfLading: 'BOL1', seal: 'SEAL1', proof: { kind: 'MANIFEST', reference: 'M1' } }); // prettier-ignore
    await app.settle();
    expect(app.erp.accruals.get(idOf('G1'))).toMatchObject({ amount: gbp('18.50'), documentDate: '2026-11-20' });
    expect(app.erp.invoices.get(idOf('G1'))?.charges).toEqual([{ code: 'FREIGHT', amount: gbp('18.50') }]);
    expect(await published(SHIPMENT_INVOICED, idOf('G1'))).toMatchObject([
      { billTo: 'C1', amounts: { goods: gbp('112.80'), total: gbp('131.30'), totalInMinorUnits: '13130' } },
    ]);
    const { content: kept } = await app.service.get({ id: idOf('G1') });
    expect(kept).toMatchObject({ freight, billOfLading: 'BOL1', seal: 'SEAL1', proof: { kind: 'MANIFEST' } });
  });

  it('freight that the customer pays to the carrier is not accrued', async () => {
    const said = { ...confirmation(idOf('G2'), shipped('G2')), lines: mugs('48') };
    await app.publish(event(ORDER_RELEASED, 'G2', release('G2')), erpHas('G2'));
    await app.settle();
    await app.service.confirm({ ...said, freight: { terms: 'COLLECT', amount: gbp('18.50') } });
    await app.settle();
    expect(app.erp.accruals.has(idOf('G2'))).toBe(false);
    expect(app.erp.invoices.get(idOf('G2'))?.charges).toBeUndefined();
  });

  it('a marketplace is told what has left, once, with the first tracking number', async () => {
    const bare = { packages: [{ id: 'BOX1' }] };
    await app.publish(event(ORDER_RELEASED, 'H1', release('H1', { channel: 'marketplace' })), shippedMugs('H1', '3', bare)); // prettier-ignore
    await app.settle();
    expect(await published(CHANNEL_FULFILLED, idOf('H1'))).toMatchObject([
      { channel: 'marketplace', trackingNumbers: [`T-${idOf('H1')}`], lines: mugs('3') },
    ]);
    expect(await effectsOf('H1')).toContain('CHANNEL_FULFILMENT@1 DONE');
  });

  it('a warehouse whose clock is 10 minutes ahead, or behind: its facts count in the order of what they say, not of its clock', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await app.publish(event(ORDER_RELEASED, 'I1', release('I1')), erpHas('I1'), shippedMugs('I1', '5', { shippedAt: at(10) })); // prettier-ignore
    const fact = (status: string, occurredAt: string) =>
      event(TMS_TRACKING_UPDATED, 'TRK-I1', { connection: 'c', trackingNumber: 'TRK-I1', status, occurredAt });
    await app.publish(fact('DELIVERED', at(-10)), fact('IN_TRANSIT', at(0)));
    await app.settle();
    const view = await app.service.get({ id: idOf('I1') });
    expect(view.tracking).toBe('DELIVERED');
    expect(view.effects.filter(({ state }) => state === 'FAILED')).toEqual([]);
    expect(app.erp.invoices.has(idOf('I1'))).toBe(true);
  });

  it('§11.7: two shipments of one order and every trigger twice: one invoice per shipment', async () => {
    const second = (order: string) => event(WMS_SHIPPED, `${order}-F1`, shipped(order, { shipmentId: `S2-${order}`, lines: mugs('8'), packages: [] })); // prettier-ignore
    await app.publish(event(ORDER_RELEASED, 'J1', release('J1')), erpHas('J1'), erpHas('J1'));
    await app.publish(shippedMugs('J1', '92'), second('J1'), shippedMugs('J1', '92'), second('J1'), erpHas('J1'));
    await app.settle();
    const keys = [...app.erp.invoices.keys()].filter((key) => key.endsWith('-J1'));
    expect(keys.sort()).toEqual(['wms-north:S-J1', 'wms-north:S2-J1']);
    expect((await published(SHIPMENT_INVOICED, idOf('J1'))).length).toBe(1);
    expect((await published(SHIPMENT_PROGRESSED, idOf('J1'))).length).toBeGreaterThan(0);
  });

  it('other content under a known id is kept and told; lots, serials and papers are content', async () => {
    const said = confirmation(idOf('K1'), shipped('K1', { lines: mugs('5', { lot: 'L1' }) }));
    await app.publish(event(ORDER_RELEASED, 'K1', release('K1')));
    await app.settle();
    const full = { ...said, lines: mugs('5', { lot: 'L1', serials: ['B', 'A'], package: 'BOX1' }) };
    expect((await app.service.confirm(full)).outcome).toBe('confirmed');
    const respelled = { ...full, lines: mugs('5.0', { lot: 'L1', serials: ['A', 'B'], package: 'BOX1' }) };
    expect((await app.service.confirm(respelled)).outcome).toBe('replayed');
    const other = { ...full, lines: mugs('5', { lot: 'L1', serials: ['A', 'C'], package: 'BOX1' }) };
    await expect(app.service.confirm(other)).rejects.toMatchObject({ code: 'SHIPMENT_CONFLICT' });
    expect(await troubles('K1')).toEqual(['SHIPMENT_CONFLICT']);
  });
});
