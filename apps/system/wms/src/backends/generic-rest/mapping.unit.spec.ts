import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapWebhook, toNativeOrder } from './mapping';

const context = { connection: 'wms-north', node: 'DC-NORTH', warehouseCode: 'WH1' };
const fixture = (name: string): Buffer => readFileSync(join(__dirname, 'fixtures', name));
const body = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('a webhook of the published contract', () => {
  it('carries the milestones of an order in the order in which they were said', () => {
    const events = mapWebhook(fixture('fulfilment-batch.json'), context);
    expect(events.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    const facts = events.flatMap((event) => event.facts);
    expect(facts.map((fact) => (fact.kind === 'progressed' ? fact.data.status : fact.kind))).toEqual([
      'ACCEPTED',
      'IN_PROGRESS',
      'PICKED',
      'PACKED',
      'shipped',
    ]);
    expect(facts[2]).toMatchObject({ data: { node: 'DC-NORTH', lines: [{ line: 1, item: '85123A', quantity: '6' }] } });
    expect(facts[4]).toMatchObject({ data: { shipmentId: 'SH-1', packages: [{ id: 'PKG-1' }], carrier: 'sandbox' } });
  });

  it('keeps the unit that a line was counted in, so that cases are not taken for pieces', () => {
    const line = { line: 1, item: 'A', quantity: '2', unit: 'XCS' };
    const said = { id: 'a', occurredAt: '2026-11-21T09:00:00Z', node: 'WH1', externalId: 'F1', lines: [line] };
    const picked = { ...said, type: 'fulfilment.picked' };
    const shipped = { ...said, type: 'fulfilment.shipped', shipmentId: 'S1' };
    const facts = mapWebhook(body({ events: [picked, shipped] }), context).flatMap((event) => event.facts);
    expect(facts.map((fact) => fact.kind !== 'inventory' && fact.kind !== 'voided' && fact.data.lines)).toEqual([
      [line],
      [line],
    ]);
  });

  it('carries a correction with its version and the time at which it left, and a void', () => {
    const said = { id: 'a', occurredAt: '2026-11-21T09:00:00Z', node: 'WH1', externalId: 'F1', shipmentId: 'S1' };
    const line = { line: 1, item: 'A', quantity: '90', unit: 'EA', lot: 'L1' };
    const versioned = { ...said, revision: 2, reason: 'counted again' };
    const corrected = { ...versioned, type: 'shipment.corrected', shippedAt: '2026-11-20T17:00:00Z', lines: [line] };
    const voided = { ...versioned, type: 'shipment.voided', revision: 3 };
    const facts = mapWebhook(body({ events: [corrected, voided] }), context).flatMap((event) => event.facts);
    const known = { connection: 'wms-north', shipmentId: 'S1', fulfilmentOrder: 'F1', node: 'DC-NORTH' };
    const when = { reason: 'counted again', occurredAt: '2026-11-21T09:00:00Z' };
    expect(facts).toEqual([
      {
        kind: 'corrected',
        data: { ...known, ...when, revision: 2, shippedAt: '2026-11-20T17:00:00Z', lines: [line], packages: [] },
      },
      { kind: 'voided', data: { ...known, ...when, revision: 3 } },
    ]);
  });

  it('gives each line of a stock event its own id and its own sequence number', () => {
    const facts = mapWebhook(fixture('inventory-snapshot.json'), context).flatMap((event) => event.facts);
    expect(facts.map((fact) => fact.kind === 'inventory' && [fact.record.id, fact.record.sequence])).toEqual([
      ['ev-9#1', 41],
      ['ev-9#2', 42],
    ]);
    expect(facts[0]).toMatchObject({ record: { fact: 'SNAPSHOT', node: 'DC-NORTH', item: '00123', quantity: '100' } });
  });

  it('keeps the good events of a message when one is wrong', () => {
    const accepted = {
      id: 'a',
      type: 'fulfilment.accepted',
      occurredAt: '2026-11-21T09:00:00Z',
      node: 'WH1',
      externalId: 'F1',
    };
    const events = mapWebhook(body({ events: [accepted, { ...accepted, externalId: '' }, accepted] }), context);
    expect(events.map(({ facts }) => facts.length)).toEqual([1, 0, 1]);
    expect(events[1]?.error).toMatchObject({ code: 'EVENT_INVALID', retryable: false });
  });

  const good = { id: 'a', occurredAt: '2026-11-21T09:00:00Z', node: 'WH1', sequence: 1 };
  const lines = [{ item: 'A', quantity: '1' }];
  it.each([
    ['an unknown type', { ...good, type: 'inventory.teleported', lines }, 'EVENT_TYPE_UNKNOWN'],
    ['another type family', { ...good, type: 'payroll.paid' }, 'EVENT_TYPE_UNKNOWN'],
    ['another node', { ...good, node: 'WH2', type: 'inventory.received', lines }, 'NODE_UNKNOWN'],
    [
      'a negative receipt',
      { ...good, type: 'inventory.received', lines: [{ item: 'A', quantity: '-1' }] },
      'QUANTITY_INVALID',
    ],
    [
      'a number for a quantity',
      { ...good, type: 'inventory.received', lines: [{ item: 'A', quantity: 1 }] },
      'EVENT_INVALID',
    ],
    ['picked without lines', { ...good, type: 'fulfilment.picked', externalId: 'F1' }, 'EVENT_INVALID'],
    [
      'a time without zone',
      { ...good, occurredAt: '2026-11-21T09:00:00', type: 'inventory.received', lines },
      'EVENT_INVALID',
    ],
  ])('is not understood with %s', (_, event, code) => {
    expect(mapWebhook(body(event), context)).toEqual([{ facts: [], error: expect.objectContaining({ code }) }]);
  });

  it('lets an adjustment be negative', () => {
    const event = { ...good, type: 'inventory.adjusted', lines: [{ item: 'A', quantity: '-2.5', reason: 'RECOUNT' }] };
    expect(mapWebhook(body(event), context)[0]?.facts).toMatchObject([
      { record: { quantity: '-2.5', reason: 'RECOUNT' } },
    ]);
  });

  it.each(['', '{', '[', '"text"', 'null'])('is unreadable as %j', (raw) => {
    expect(() => mapWebhook(Buffer.from(raw), context)).toThrow(
      expect.objectContaining({ code: 'MESSAGE_UNREADABLE' }),
    );
  });
});

describe('a release', () => {
  it('names the node by the code of the warehouse', () => {
    const native = toNativeOrder(
      {
        connection: 'wms-north',
        fulfilmentOrder: 'ord_1-F1',
        order: 'ord_1',
        purchaseOrder: 'PO-1',
        node: 'DC-NORTH',
        shipBy: '2026-11-23',
        shipTo: { name: 'A', street: 'B', city: 'C', postalCode: 'D', country: 'GB' },
        lines: [{ line: 1, item: '00123', quantity: '6' }],
      },
      context,
    );
    expect(native).toMatchObject({
      externalId: 'ord_1-F1',
      node: 'WH1',
      lines: [{ line: 1, item: '00123', quantity: '6' }],
    });
  });
});
