import { Decimal, plain } from '#canonical/decimal';
import type { CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import type { AddressDto } from '#contracts/values.dto';
import type { Delivery, SalesOrder } from '../../erp.port';
import type { AddressRow, CustomerRow, ItemRow, LineDefaults, OutgoingMoveRow, PartyRow, SaleProductRow, ShipmentRow, TrytonDate, TrytonDatetime, TrytonDecimal, Values } from './native'; // prettier-ignore
import type { TrytonSettings } from './settings';

/** Sequences of charge lines start here; those of goods are the line numbers of the order. */
export const FIRST_CHARGE_SEQUENCE = 1_000_000;

export function decimal(text: string): TrytonDecimal {
  return { __class__: 'Decimal', decimal: text };
}

/** `2026-03-02` or an instant; the day in UTC. */
export function date(iso: string): TrytonDate {
  const day = new Date(iso);
  return { __class__: 'date', year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

/** Quantities are floats in Tryton 6.0; ours have at most six digits after the point, which a float of this size keeps. */
export function quantity(text: string): number {
  return new Decimal(text).toNumber();
}

export function quantityText(value: number | null): string {
  return plain(new Decimal(value ?? 0).toDecimalPlaces(6));
}

/** Microseconds count: Tryton compares with them. */
export function instant(value: TrytonDatetime): string {
  const pad = (part: number, length: number): string => String(part).padStart(length, '0');
  const day = `${pad(value.year, 4)}-${pad(value.month, 2)}-${pad(value.day, 2)}`;
  return `${day}T${pad(value.hour, 2)}:${pad(value.minute, 2)}:${pad(value.second, 2)}.${pad(value.microsecond, 6)}Z`;
}

export function datetime(iso: string): TrytonDatetime {
  const at = new Date(iso);
  const micro = /\.(\d{1,6})Z$/.exec(iso)?.[1] ?? '0';
  return {
    __class__: 'datetime',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    microsecond: Number(micro.padEnd(6, '0')),
  };
}

/** A price rounded half-up to the digits that Tryton stores. */
export function price(amount: string, digits: number): TrytonDecimal {
  return decimal(new Decimal(amount).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP).toFixed());
}

/** What a sale refers to, as ids of Tryton. */
export interface SaleReferences {
  readonly party: number;
  readonly paymentTerm: number | null;
  readonly invoiceAddress: number;
  readonly shipmentAddress: number;
  readonly warehouse: number;
  readonly currency: number;
  readonly products: ReadonlyMap<string, SaleProductRow>;
  /** What Tryton decides for a line: by item number of a line or a charge. */
  readonly defaults: ReadonlyMap<string, LineDefaults>;
}

/** Our key is in `description`, the partner's purchase order in `reference`, our line number in the line's `sequence`. */
export function saleValues(
  order: SalesOrder,
  references: SaleReferences,
  settings: TrytonSettings,
  today: string,
): Values {
  const goods = order.lines.map((line) => {
    const defaults = references.defaults.get(line.item);
    const unitPrice =
      line.unitPrice === undefined ? defaults?.unit_price : price(line.unitPrice.amount, settings.priceDigits);
    return {
      ...productLine(references, line.item),
      sequence: line.line,
      quantity: quantity(line.quantity),
      unit_price: unitPrice ?? decimal('0'),
      description: '',
    };
  });
  const charges = order.charges.map((charge, index) => {
    const item = settings.chargeItems[charge.code];
    return {
      ...(item === undefined ? { type: 'line' } : productLine(references, item)),
      sequence: FIRST_CHARGE_SEQUENCE + index,
      quantity: 1,
      unit_price: price(charge.amount.amount, settings.priceDigits),
      description: [charge.code, charge.description].filter(Boolean).join(' '),
    };
  });
  return {
    description: order.businessKey,
    reference: order.purchaseOrder,
    party: references.party,
    // Absent, Tryton takes its own default.
    ...(references.paymentTerm !== null && { payment_term: references.paymentTerm }),
    invoice_address: references.invoiceAddress,
    shipment_address: references.shipmentAddress,
    warehouse: references.warehouse,
    currency: references.currency,
    invoice_method: 'shipment',
    shipment_method: 'order',
    // Not before the day of the sale, which Tryton sets to today.
    ...(order.requestedDate !== undefined &&
      order.requestedDate > today && { shipping_date: date(order.requestedDate) }),
    lines: [['create', [...goods, ...charges]]],
  };
}

function productLine(references: SaleReferences, item: string): Values {
  const product = references.products.get(item);
  const taxes = taxIds(references.defaults.get(item));
  return {
    type: 'line',
    product: product?.id,
    unit: product?.default_uom,
    ...(taxes.length > 0 && { taxes: [['add', taxes]] }),
  };
}

export function taxIds(defaults: LineDefaults | undefined): number[] {
  return (defaults?.taxes?.add ?? []).map(([, tax]) => tax.id);
}

/** Whom goods for an address are for: the party itself unless the address names somebody. */
function addressee(
  row: Pick<AddressRow, 'party_name'>,
  party: { readonly code: string; readonly name: string | null },
): string {
  return row.party_name || party.name || party.code;
}

/** Whether goods for `address` go to this address of the party, one that was read from Tryton as well as one that was made there. */
export function sameAddress(address: AddressDto, row: AddressRow, party: Pick<PartyRow, 'code' | 'name'>): boolean {
  return (
    row.active &&
    addressee(row, party) === address.name &&
    row.street === address.street &&
    row.city === address.city &&
    (row.postal_code ?? '') === address.postalCode &&
    (row['country.'] === null || row['country.'].code === address.country)
  );
}

/** The order line a move of a sale is for: `sequence` of the sale's line. */
export function orderLine(move: OutgoingMoveRow): number | undefined {
  return move.origin?.startsWith('sale.line,') === true ? (move['origin.']?.sequence ?? undefined) : undefined;
}

/** A sum per order line, as `Decimal`s. */
export function byLine(
  rows: readonly { readonly line: number | undefined; readonly quantity: Decimal.Value }[],
): Map<number, Decimal> {
  const sums = new Map<number, Decimal>();
  for (const { line, quantity: value } of rows) {
    if (line !== undefined) sums.set(line, (sums.get(line) ?? new Decimal(0)).plus(value));
  }
  return sums;
}

/** Commands on the inventory moves of a waiting shipment so that exactly the delivered quantities are picked. */
export type MoveCommand = readonly ['write', readonly number[], Values] | readonly ['delete', readonly number[]];

export interface PickPlan {
  readonly commands: readonly MoveCommand[];
  /** Lines of which more was delivered than is open here, in words. Empty: the plan can be carried out. */
  readonly excess: readonly string[];
}

/** What is picked decides what is shipped: Tryton lowers the outgoing moves to it and makes a new shipment of the rest. */
export function pickPlan(delivery: Pick<Delivery, 'lines'>, shipment: ShipmentRow): PickPlan {
  const left = byLine(delivery.lines);
  const outgoing = new Map(shipment['outgoing_moves.'].map((move) => [`stock.move,${move.id}`, move]));
  const commands: MoveCommand[] = [];
  const unwanted: number[] = [];
  for (const move of shipment['inventory_moves.']) {
    const line = move.origin === null ? undefined : outgoing.get(move.origin);
    const number = line === undefined ? undefined : orderLine(line);
    const wanted = number === undefined ? undefined : left.get(number);
    if (number === undefined || wanted === undefined || wanted.lte(0)) {
      unwanted.push(move.id);
      continue;
    }
    const taken = Decimal.min(wanted, move.quantity);
    left.set(number, wanted.minus(taken));
    if (!taken.eq(move.quantity)) commands.push(['write', [move.id], { quantity: taken.toNumber() }]);
  }
  if (unwanted.length > 0) commands.push(['delete', unwanted]);
  const excess = [...left]
    .filter(([, rest]) => rest.gt(0))
    .map(([line, rest]) => `line ${line}: ${plain(rest)} more than is open`);
  return { commands, excess };
}

/** undefined for what has no number or is kept in a unit we have no code for. */
export function itemOf(row: ItemRow, settings: TrytonSettings): ItemDto | undefined {
  const baseUnit = settings.units[row['default_uom.'].symbol];
  if (row.code === null || row.code === '' || baseUnit === undefined) return undefined;
  const gtin = row['identifiers.'].find((identifier) => identifier.type === 'ean')?.code;
  return {
    sku: row.code,
    description: row['template.'].name,
    status: row.active ? (row.salable ? 'ACTIVE' : 'BLOCKED') : 'DISCONTINUED',
    baseUnit,
    packs: [],
    ...(gtin !== undefined && { gtin }),
    ...(row.list_price !== null && {
      listPrice: { amount: plain(row.list_price.decimal), currency: settings.currency },
    }),
  };
}

/** undefined for a party without a code. Addresses without street, city or country are no ship-tos. */
export function customerOf(row: CustomerRow, settings: TrytonSettings, connection: string): CustomerDto | undefined {
  const { code, credit_limit_amount: limit } = row;
  if (code === null || code === '') return undefined;
  const shipTos = row['addresses.'].flatMap((address) => {
    const { street, city } = address;
    const country = address['country.']?.code;
    if (!address.active || !street || !city || country === undefined) return [];
    const name = addressee(address, { code, name: row.name });
    return [
      { id: `${code}-${address.id}`, address: { name, street, city, postalCode: address.postal_code ?? '', country } },
    ];
  });
  return {
    id: code,
    name: row.name || code,
    status: row.active ? 'ACTIVE' : 'BLOCKED',
    partner: settings.partner ?? code,
    currency: settings.currency,
    ...(limit && { credit: { limit: { amount: new Decimal(limit.decimal).toFixed(), currency: settings.currency } } }),
    shipTos,
    erpConnection: connection,
  };
}
