import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { INVENTORY_FACTS, type InventoryFact } from '#canonical/inventory';
import { mapWebhook, toNativeOrder } from './mapping';

interface Contract {
  readonly components: {
    readonly schemas: Readonly<Record<string, object>> & {
      readonly InventoryEvent: { readonly properties: { readonly type: { readonly enum: readonly string[] } } };
    };
  };
}
const contract = parse(readFileSync(join(__dirname, 'contract.yaml'), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
ajv.addSchema({ $id: 'contract', components: contract.components });
const fits = (schema: string, value: unknown): boolean =>
  ajv.validate<unknown>({ $ref: `contract#/components/schemas/${schema}` }, value);
const fixture = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));

const context = { connection: 'wms-north', node: 'DC-NORTH', warehouseCode: 'WH1' };
const base = { id: 'e1', occurredAt: '2026-11-21T09:00:00Z', node: 'WH1' };
const lines = [{ line: 1, item: 'A', quantity: '1' }];
const departure = { ...base, externalId: 'F1', shipmentId: 'S', revision: 2, reason: 'counted again' };
const corrected = { ...departure, type: 'shipment.corrected', shippedAt: '2026-11-21T08:00:00Z', lines };
const voided = { ...departure, type: 'shipment.voided' };
const stock = [{ item: 'A', quantity: '1' }];

describe('the published contract', () => {
  it('describes the recorded webhooks', () => {
    expect(fits('EventList', fixture('fulfilment-batch.json'))).toBe(true);
    expect(fits('Event', fixture('inventory-snapshot.json'))).toBe(true);
  });

  it('describes what we send', () => {
    const release = {
      ...{
        connection: 'c',
        fulfilmentOrder: 'F1',
        order: 'o',
        purchaseOrder: 'p',
        node: 'DC-NORTH',
        shipBy: '2026-11-21',
        lines,
      },
      shipTo: { name: 'A', street: 'B', city: 'C', postalCode: 'D', country: 'GB' },
    };
    expect(fits('FulfilmentOrder', toNativeOrder(release, context))).toBe(true);
  });

  it('describes what we ask again', () => {
    expect(fits('Resend', { node: 'WH1', missing: [{ from: 3, to: 3 }] })).toBe(true);
    expect(fits('Resend', { node: 'WH1', missing: [] })).toBe(false);
  });

  it('has a word for every stock fact that a warehouse may state', () => {
    const { enum: words } = contract.components.schemas.InventoryEvent.properties.type;
    const facts = words.map((type) => {
      const line = { ...stock[0], toNode: 'DC-SOUTH', reverses: 'e0' };
      const [mapped] = mapWebhook(Buffer.from(JSON.stringify({ ...base, type, sequence: 1, lines: [line] })), context);
      const fact = mapped?.facts[0];
      return fact?.kind === 'inventory' ? fact.record.fact : mapped?.error?.code;
    });
    const elsewhere: InventoryFact[] = ['SHIPPED', 'VALUED', 'UNITS_CHANGED'];
    expect(facts.sort()).toEqual(INVENTORY_FACTS.filter((fact) => !elsewhere.includes(fact)).sort());
  });

  it.each<[string, object]>([
    ['accepted', { ...base, type: 'fulfilment.accepted', externalId: 'F1' }],
    ['picked', { ...base, type: 'fulfilment.picked', externalId: 'F1', lines }],
    ['picked without lines', { ...base, type: 'fulfilment.picked', externalId: 'F1' }],
    ['shipped', { ...base, type: 'fulfilment.shipped', externalId: 'F1', shipmentId: 'S', lines }],
    ['shipped without shipment id', { ...base, type: 'fulfilment.shipped', externalId: 'F1', lines }],
    ['shipped with nothing', { ...base, type: 'fulfilment.shipped', externalId: 'F1', shipmentId: 'S', lines: [] }],
    ['a correction', corrected],
    ['a correction without its version', { ...corrected, revision: undefined }],
    ['a correction of version 1', { ...corrected, revision: 1 }],
    ['a correction to nothing', { ...corrected, lines: [] }],
    ['a correction that does not say when it left', { ...corrected, shippedAt: undefined }],
    ['a void', voided],
    ['a void without a reason', { ...voided, reason: '' }],
    ['another word on a shipment', { ...voided, type: 'shipment.lost' }],
    ['an unknown milestone', { ...base, type: 'fulfilment.lost', externalId: 'F1' }],
    ['received', { ...base, type: 'inventory.received', sequence: 1, lines: stock }],
    ['received without sequence', { ...base, type: 'inventory.received', lines: stock }],
    ['received as a number', { ...base, type: 'inventory.received', sequence: 1, lines: [{ item: 'A', quantity: 1 }] }],
    [
      'received with an exponent',
      { ...base, type: 'inventory.received', sequence: 1, lines: [{ item: 'A', quantity: '1e3' }] },
    ],
    [
      'a lot',
      { ...base, type: 'inventory.received', sequence: 1, lines: [{ ...stock[0], lot: 'L', expiresOn: '2027-01-31' }] },
    ],
    [
      'a day without lot',
      { ...base, type: 'inventory.received', sequence: 1, lines: [{ ...stock[0], expiresOn: '2027-01-31' }] },
    ],
    [
      'no day',
      { ...base, type: 'inventory.received', sequence: 1, lines: [{ ...stock[0], lot: 'L', expiresOn: '2027-02-31' }] },
    ],
    [
      'a transfer',
      { ...base, type: 'inventory.transfer-shipped', sequence: 1, lines: [{ ...stock[0], toNode: 'DC-SOUTH' }] },
    ],
    ['a transfer to nowhere', { ...base, type: 'inventory.transfer-shipped', sequence: 1, lines: stock }],
    ['a reversal', { ...base, type: 'inventory.reversed', sequence: 1, lines: [{ ...stock[0], reverses: 'e0' }] }],
    ['a reversal of nothing', { ...base, type: 'inventory.reversed', sequence: 1, lines: stock }],
    [
      'serials',
      {
        ...base,
        type: 'fulfilment.shipped',
        externalId: 'F1',
        shipmentId: 'S',
        lines: [{ ...lines[0], lot: 'L', serials: ['1'] }],
      },
    ],
    ['an unknown stock fact', { ...base, type: 'inventory.stolen', sequence: 1, lines: stock }],
    ['a time without zone', { ...base, occurredAt: '2026-11-21', type: 'fulfilment.accepted', externalId: 'F1' }],
    ['more than we know', { ...base, type: 'fulfilment.accepted', externalId: 'F1', extra: true }],
    ['nothing', {}],
  ])('and the mapping accept and refuse the same events: %s', (_, event) => {
    const understood = mapWebhook(Buffer.from(JSON.stringify(event)), context).every(
      ({ error }) => error === undefined,
    );
    expect(understood).toBe(fits('Event', event));
  });
});
