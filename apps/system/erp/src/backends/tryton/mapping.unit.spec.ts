import type { SalesOrder } from '../../erp.port';
import { resultOf } from './fixtures/recorded';
import {
  customerOf,
  datetime,
  instant,
  itemOf,
  pickPlan,
  price,
  quantityText,
  saleValues,
  sameAddress,
} from './mapping';
import type { AddressRow, CustomerRow, ItemRow, LineDefaults, PartyRow, SaleProductRow, ShipmentRow } from './native';
import type { TrytonSettings } from './settings';
import { DEFAULT_UNITS } from './settings';

const settings: TrytonSettings = {
  database: 'books',
  user: 'crossdock',
  warehouses: { 'DC-NORTH': 'WH' },
  orderWarehouse: 'WH',
  currency: 'GBP',
  units: DEFAULT_UNITS,
  priceDigits: 4,
  chargeItems: {},
  forceAssignment: false,
  postingsAtOnce: 4,
};

const order: SalesOrder = {
  businessKey: 'ord-1',
  customer: 'C-HARBOUR',
  purchaseOrder: 'PO-1',
  requestedDate: '2026-12-01',
  currency: 'GBP',
  shipTo: { name: 'Harbour Gifts Ltd', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' },
  lines: [
    { line: 1, item: '85123A', quantity: '10', unit: 'EA', unitPrice: { amount: '3.333333', currency: 'GBP' } },
    { line: 2, item: '71053', quantity: '4', unit: 'EA' },
  ],
  charges: [{ code: 'FREIGHT', description: 'Next day', amount: { amount: '18.50', currency: 'GBP' } }],
};
const products = new Map(resultOf<SaleProductRow[]>('products').map((row) => [row.code, row]));
const defaults = new Map<string, LineDefaults>([
  ['85123A', { ...resultOf<LineDefaults>('line-defaults'), taxes: { add: [[0, { id: 9 }]] } }],
  ['71053', resultOf<LineDefaults>('line-defaults')],
]);
const references = {
  party: 2,
  paymentTerm: 1,
  invoiceAddress: 1,
  shipmentAddress: 3,
  warehouse: 5,
  currency: 1,
  products,
  defaults,
};

describe('a sales order in Tryton', () => {
  const values = saleValues(order, references, settings, '2026-11-21');
  const [[, lines]] = values['lines'] as [[string, Record<string, unknown>[]]];

  it("keeps our key in the description and the partner's purchase order in the reference", () => {
    expect(values).toMatchObject({
      description: 'ord-1',
      reference: 'PO-1',
      party: 2,
      invoice_method: 'shipment',
      shipment_method: 'order',
    });
  });

  it('keeps our line number in the sequence, the price rounded half-up to the digits Tryton stores', () => {
    expect(lines[0]).toMatchObject({
      sequence: 1,
      product: 1,
      unit: 1,
      quantity: 10,
      unit_price: { __class__: 'Decimal', decimal: '3.3333' },
    });
  });

  it("takes Tryton's own price where the order has none, and Tryton's own taxes", () => {
    expect(lines[1]).toMatchObject({ sequence: 2, unit_price: { decimal: '2.5500' } });
    expect(lines[0]?.['taxes']).toEqual([['add', [9]]]);
    expect(lines[1]).not.toHaveProperty('taxes');
  });

  it('makes a charge a line without a product, or of the service it is configured as', () => {
    expect(lines[2]).toMatchObject({
      type: 'line',
      quantity: 1,
      unit_price: { decimal: '18.5' },
      description: 'FREIGHT Next day',
    });
    expect(lines[2]).not.toHaveProperty('product');
    const mapped = saleValues(order, references, { ...settings, chargeItems: { FREIGHT: '71053' } }, '2026-11-21');
    expect((mapped['lines'] as [[string, Record<string, unknown>[]]])[0][1][2]).toMatchObject({ product: 2 });
  });

  it('asks for a later shipping date only, because Tryton refuses one before the day of the sale', () => {
    expect(values['shipping_date']).toEqual({ __class__: 'date', year: 2026, month: 12, day: 1 });
    expect(saleValues(order, references, settings, '2026-12-01')).not.toHaveProperty('shipping_date');
  });
});

describe('what is picked for a delivery', () => {
  const move = (id: number, sequence: number, quantity: number) => ({
    ...(resultOf<ShipmentRow[]>('shipments')[0] as ShipmentRow)['outgoing_moves.'][0],
    id,
    quantity,
    origin: `sale.line,${id}`,
    'origin.': { sequence },
  });
  const shipment = {
    ...resultOf<ShipmentRow[]>('shipments')[0],
    'outgoing_moves.': [move(5, 1, 10), move(6, 2, 4)],
    'inventory_moves.': [
      { id: 8, quantity: 10, origin: 'stock.move,5' },
      { id: 7, quantity: 4, origin: 'stock.move,6' },
    ],
  } as ShipmentRow;
  const line = (number: number, quantity: string) => ({ line: number, item: 'x', quantity });

  it('nothing is changed when everything was delivered', () => {
    expect(pickPlan({ lines: [line(1, '10'), line(2, '4')] }, shipment)).toEqual({ commands: [], excess: [] });
  });

  it('only what was delivered is picked; the rest stays for a shipment that Tryton makes itself', () => {
    expect(pickPlan({ lines: [line(1, '6')] }, shipment)).toEqual({
      commands: [['write', [8], { quantity: 6 }], ['delete', [7]]], // prettier-ignore
      excess: [],
    });
  });

  it('more than is open is named by line', () => {
    expect(pickPlan({ lines: [line(1, '12.5'), line(3, '1')] }, shipment).excess).toEqual([
      'line 1: 2.5 more than is open',
      'line 3: 1 more than is open',
    ]);
  });
});

describe('master data of Tryton', () => {
  it('maps an item with its unit and list price', () => {
    const items = resultOf<ItemRow[]>('items').map((row) => itemOf(row, settings));
    expect(items[0]).toEqual({
      sku: '85123A',
      description: 'White hanging heart T-light holder',
      status: 'ACTIVE',
      baseUnit: 'EA',
      packs: [],
      listPrice: { amount: '2.55', currency: 'GBP' },
    });
  });

  it('a unit without a UNECE code keeps the item out; inactive and unsalable items are told apart', () => {
    const [row] = resultOf<ItemRow[]>('items') as [ItemRow];
    expect(itemOf({ ...row, 'default_uom.': { symbol: 'furlong' } }, settings)).toBeUndefined();
    expect(itemOf({ ...row, active: false }, settings)?.status).toBe('DISCONTINUED');
    expect(itemOf({ ...row, salable: false }, settings)?.status).toBe('BLOCKED');
  });

  it('maps a customer with the addresses that goods can go to', () => {
    const row = resultOf<CustomerRow[]>('customers').find((party) => party.code === 'C-QUAY') as CustomerRow;
    expect(customerOf(row, { ...settings, partner: 'quay' }, 'erp-1')).toEqual({
      id: 'C-QUAY',
      name: 'Quay Stores Ltd',
      status: 'ACTIVE',
      partner: 'quay',
      currency: 'GBP',
      erpConnection: 'erp-1',
      shipTos: [
        { id: 'C-QUAY-2', address: { name: 'Quay Stores Ltd', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' } }, // prettier-ignore
      ],
    });
  });

  it('a limit of the module for credit limits comes with the customer', () => {
    const row = resultOf<CustomerRow[]>('customers').find((party) => party.code === 'C-QUAY') as CustomerRow;
    const limited = { ...row, credit_limit_amount: { __class__: 'Decimal', decimal: '2000.00' } } as const;
    expect(customerOf(limited, settings, 'erp-1')?.credit).toEqual({ limit: { amount: '2000', currency: 'GBP' } });
    expect(customerOf({ ...row, credit_limit_amount: null }, settings, 'erp-1')).not.toHaveProperty('credit');
  });

  it('recognises an address it made before, and no other', () => {
    const party = resultOf<PartyRow[]>('party')[0] as PartyRow;
    const made = party['addresses.'].find((row) => row.party_name) as AddressRow;
    const address = {
      name: 'Harbour Gifts Ltd',
      street: '2 Dock Road',
      city: 'Leeds',
      postalCode: 'LS1 1AA',
      country: 'GB',
    };
    expect(sameAddress(address, made, party)).toBe(true);
    expect(sameAddress({ ...address, street: '3 Dock Road' }, made, party)).toBe(false);
    expect(sameAddress({ ...address, name: 'Harbour Outlet' }, made, party)).toBe(false);
  });

  it('recognises every ship-to that it read from Tryton, also where the address names nobody', () => {
    const party = resultOf<PartyRow[]>('party')[0] as PartyRow;
    const known = resultOf<CustomerRow[]>('customers').find(({ code }) => code === party.code) as CustomerRow;
    const shipTos = customerOf(known, settings, 'erp-1')?.shipTos ?? [];
    const rows = party['addresses.'];
    expect(rows.map((row) => row.party_name)).toContain(null);
    expect(shipTos).toHaveLength(rows.length);
    for (const { id, address } of shipTos) {
      const same = rows.filter((row) => sameAddress(address, row, party));
      expect(same.map((row) => `${party.code}-${row.id}`)).toEqual([id]);
    }
  });
});

describe('values on the wire', () => {
  it('quantities come as floats and leave as exact text', () => {
    expect([0.1 + 0.2, 24, 0.000001, null].map(quantityText)).toEqual(['0.3', '24', '0.000001', '0']);
  });

  it('an instant survives the way there and back, microseconds included', () => {
    expect(instant(datetime('2026-11-21T09:16:37.438670Z'))).toBe('2026-11-21T09:16:37.438670Z');
  });

  it('a price is rounded half-up', () => {
    expect([price('2.37505', 4), price('0.00005', 4), price('7', 4)].map((value) => value.decimal)).toEqual([
      '2.3751',
      '0.0001',
      '7',
    ]);
  });
});
