import { writeFile } from './format';
import type { OutgoingRecord } from './format';
import { parseFile, releaseRecords } from './mapping';
import type { FileType } from './native';

const context = { connection: 'wms-old', partner: 'ACME', node: 'DC-WEST', warehouseCode: 'W9' };
const file = (type: FileType, records: readonly OutgoingRecord[], partner = 'ACME'): Buffer =>
  writeFile(
    {
      ...{ fileId: 'W-7', type, previousFileId: 'W-6', partner, node: 'W9' },
      ...{ created: '2026-11-21T10:00:00Z', cutOff: '2026-11-21T09:59:00+01:00' },
    },
    records,
  );
const at = '2026-11-21T09:00:00Z';
const wrong = (code: string, line: number) => expect.objectContaining({ code, kind: 'invalid', details: { line } });

describe('a confirmation file', () => {
  it('holds milestones with their picked lines and shipments with goods and boxes', () => {
    const { facts, fileId, previousFileId, records } = parseFile(
      file('CON', [
        ['P', { occurredAt: at, fulfilmentOrder: 'F1', status: 'PICKING' }],
        ['P', { occurredAt: at, fulfilmentOrder: 'F1', status: 'PICKED' }],
        ['K', { fulfilmentOrder: 'F1', line: '1', item: '00123', quantity: '4' }],
        ['S', { shippedAt: at, fulfilmentOrder: 'F1', shipmentId: 'S1', carrier: 'DPD' }],
        ['G', { shipmentId: 'S1', line: '1', item: '00123', quantity: '4', lot: 'L5' }],
        ['B', { shipmentId: 'S1', packageId: 'B1', trackingNumber: '1Z', weightKg: '2.5' }],
      ]),
      context,
    );
    expect([fileId, previousFileId, records]).toEqual(['W-7', 'W-6', 6]);
    expect(facts).toEqual([
      {
        kind: 'progressed',
        data: { connection: 'wms-old', fulfilmentOrder: 'F1', node: 'DC-WEST', status: 'IN_PROGRESS', occurredAt: at },
      },
      {
        kind: 'progressed',
        data: {
          ...{ connection: 'wms-old', fulfilmentOrder: 'F1', node: 'DC-WEST', status: 'PICKED', occurredAt: at },
          lines: [{ line: 1, item: '00123', quantity: '4' }],
        },
      },
      {
        kind: 'shipped',
        data: {
          ...{
            connection: 'wms-old',
            shipmentId: 'S1',
            fulfilmentOrder: 'F1',
            node: 'DC-WEST',
            shippedAt: at,
            carrier: 'DPD',
          },
          lines: [{ line: 1, item: '00123', quantity: '4', lot: 'L5' }],
          packages: [{ id: 'B1', trackingNumber: '1Z', weightKg: '2.5' }],
        },
      },
    ]);
  });

  it.each<[string, OutgoingRecord[], number]>([
    ['picked lines of nobody', [['K', { fulfilmentOrder: 'F1', line: '1', item: 'A', quantity: '1' }]], 2],
    ['PICKED without lines', [['P', { occurredAt: at, fulfilmentOrder: 'F1', status: 'PICKED' }]], 2],
    ['an unknown status', [['P', { occurredAt: at, fulfilmentOrder: 'F1', status: 'LOST' }]], 2],
    ['a shipment without goods', [['S', { shippedAt: at, fulfilmentOrder: 'F1', shipmentId: 'S1' }]], 2],
    [
      'goods of another shipment',
      [
        ['S', { shippedAt: at, fulfilmentOrder: 'F1', shipmentId: 'S1' }],
        ['G', { shipmentId: 'S2', line: '1', item: 'A', quantity: '1' }],
      ],
      3,
    ],
    [
      'a negative quantity',
      [
        ['S', { shippedAt: at, fulfilmentOrder: 'F1', shipmentId: 'S1' }],
        ['G', { shipmentId: 'S1', line: '1', item: 'A', quantity: '-1' }],
      ],
      3,
    ],
    ['a movement', [['M', { id: 'm', occurredAt: at, fact: 'RECEIVED', item: 'A', quantity: '1' }]], 2],
  ])('with %s is refused as a whole', (_, records, line) => {
    expect(() => parseFile(file('CON', records), context)).toThrow(wrong('RECORD_INVALID', line));
  });

  it('of another partner is refused', () => {
    expect(() => parseFile(file('CON', [], 'OTHER'), context)).toThrow(wrong('HEADER_INVALID', 1));
  });
});

describe('a stock file', () => {
  it('is true as of its cut-off', () => {
    const { facts } = parseFile(file('SNP', [['I', { item: '007', gtin: '5012345678900', quantity: '0' }]]), context);
    expect(facts).toMatchObject([
      {
        record: { id: 'W-7#2', item: '007', fact: 'SNAPSHOT', quantity: '0', occurredAt: '2026-11-21T09:59:00+01:00' },
      },
    ]);
  });

  it('tells movements with reason, reference and sequence', () => {
    const movement = {
      id: 'm1',
      occurredAt: at,
      fact: 'ADJUSTED',
      item: 'A',
      quantity: '-2',
      reason: 'LOST',
      reference: 'C1',
      sequence: '9',
    };
    const { facts } = parseFile(file('STK', [['M', movement]]), context);
    expect(facts).toEqual([
      {
        kind: 'inventory',
        record: {
          ...{ id: 'm1', item: 'A', node: 'DC-WEST', fact: 'ADJUSTED', quantity: '-2', occurredAt: at },
          ...{ reason: 'LOST', reference: 'C1', sequence: 9 },
        },
      },
    ]);
  });

  it('tells no shipments: those are confirmations', () => {
    const movement = { id: 'm1', occurredAt: at, fact: 'SHIPPED', item: 'A', quantity: '2' };
    expect(() => parseFile(file('STK', [['M', movement]]), context)).toThrow(wrong('RECORD_INVALID', 2));
  });
});

describe('a release file', () => {
  it('names each order with its lines, the address kept as text', () => {
    const records = releaseRecords(
      {
        ...{
          connection: 'wms-old',
          fulfilmentOrder: 'F1',
          order: 'o',
          purchaseOrder: 'PO,1',
          node: 'DC-WEST',
          shipBy: '2026-11-23',
        },
        shipTo: { name: 'A "B" Ltd', street: 'S', city: 'C', postalCode: '01234', country: 'DE' },
        lines: [{ line: 1, item: '00123', quantity: '6' }],
      },
      context,
    );
    const lines = file('REL', records).toString().split('\r\n');
    expect(lines[1]).toBe('O,F1,o,"PO,1",W9,2026-11-23,"A ""B"" Ltd",S,C,01234,,DE');
    expect(lines[2]).toBe('L,F1,1,00123,6');
    expect(lines[3]).toMatch(/^T,2,6,[0-9a-f]{64}$/);
  });
});
