/** Tryton 6.0 as it is on the wire: JSON-RPC 1.0 values and the rows we read, named as Tryton names them. */

export interface TrytonDecimal { readonly __class__: 'Decimal'; readonly decimal: string } // prettier-ignore
export interface TrytonDate { readonly __class__: 'date'; readonly year: number; readonly month: number; readonly day: number } // prettier-ignore
export interface TrytonDatetime {
  readonly __class__: 'datetime';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** One clause, or a list of them with an optional leading 'OR'. */
export type Domain = readonly unknown[];
export type Values = Readonly<Record<string, unknown>>;

export type SaleState = 'draft' | 'quotation' | 'confirmed' | 'processing' | 'done' | 'cancelled';
export interface SaleRow {
  readonly id: number;
  readonly number: string | null;
  readonly state: SaleState;
}
export const SALE_FIELDS = ['number', 'state'];

export interface PartyRow {
  readonly id: number;
  readonly code: string;
  readonly name: string | null;
  readonly customer_payment_term: number | null;
  readonly 'addresses.': readonly AddressRow[];
}
export interface AddressRow {
  readonly id: number;
  readonly active: boolean;
  readonly party_name: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly postal_code: string | null;
  readonly invoice: boolean;
  readonly delivery: boolean;
  readonly 'country.': { readonly code: string } | null;
}
export const ADDRESS_FIELDS = ['active', 'party_name', 'street', 'city', 'postal_code', 'invoice', 'delivery', 'country.code']; // prettier-ignore
export const PARTY_FIELDS = [
  'code',
  'name',
  'customer_payment_term',
  ...ADDRESS_FIELDS.map((field) => `addresses.${field}`),
];

export interface SaleProductRow {
  readonly id: number;
  readonly code: string;
  readonly salable: boolean;
  readonly default_uom: number;
  readonly 'default_uom.': { readonly symbol: string };
}
export const SALE_PRODUCT_FIELDS = ['code', 'salable', 'default_uom', 'default_uom.symbol'];

/** What `sale.line.on_change_product` decides for a line. */
export interface LineDefaults {
  readonly unit_price?: TrytonDecimal | null;
  readonly taxes?: { readonly add?: readonly (readonly [number, { readonly id: number }])[] };
}

export interface WarehouseRow {
  readonly id: number;
  readonly code: string | null;
  readonly output_location: number;
}
export const WAREHOUSE_FIELDS = ['code', 'output_location'];

export type ShipmentState = 'draft' | 'waiting' | 'assigned' | 'picked' | 'packed' | 'done' | 'cancelled';
export interface OutgoingMoveRow {
  readonly id: number;
  readonly quantity: number;
  readonly state: string;
  readonly product: number;
  readonly uom: number;
  readonly unit_price: TrytonDecimal | null;
  readonly currency: number | null;
  readonly from_location: number;
  readonly to_location: number;
  readonly planned_date: TrytonDate | null;
  /** `sale.line,<id>` */
  readonly origin: string | null;
  readonly 'origin.': { readonly sequence: number | null } | null;
  readonly sale_exception_state: string;
}
export interface InventoryMoveRow {
  readonly id: number;
  readonly quantity: number;
  /** `stock.move,<id>` of the outgoing move it serves. */
  readonly origin: string | null;
}
export interface ShipmentRow {
  readonly id: number;
  readonly number: string;
  readonly state: ShipmentState;
  readonly reference: string | null;
  readonly company: number;
  readonly customer: number;
  readonly delivery_address: number;
  readonly warehouse: number;
  readonly _timestamp: string;
  readonly 'outgoing_moves.': readonly OutgoingMoveRow[];
  readonly 'inventory_moves.': readonly InventoryMoveRow[];
}
const OUTGOING_FIELDS = ['quantity', 'state', 'product', 'uom', 'unit_price', 'currency', 'from_location', 'to_location', 'planned_date', 'origin', 'origin.sequence', 'sale_exception_state']; // prettier-ignore
export const SHIPMENT_FIELDS = [
  'number', 'state', 'reference', 'company', 'customer', 'delivery_address', 'warehouse', '_timestamp',
  ...OUTGOING_FIELDS.map((field) => `outgoing_moves.${field}`),
  'inventory_moves.quantity', 'inventory_moves.origin',
]; // prettier-ignore

export type InvoiceState = 'draft' | 'validated' | 'posted' | 'paid' | 'cancelled';
export interface InvoiceLineRow {
  readonly id: number;
  readonly invoice: number;
  readonly 'invoice.': { readonly id: number; readonly number: string | null; readonly state: InvoiceState } | null;
}
export const INVOICE_LINE_FIELDS = ['invoice', 'invoice.number', 'invoice.state'];
export interface InvoiceRow {
  readonly id: number;
  readonly number: string | null;
  readonly state: InvoiceState;
  readonly reference: string | null;
  readonly 'lines.': readonly {
    readonly id: number;
    readonly stock_moves: readonly number[];
    readonly taxes: readonly number[];
  }[];
}
export const INVOICE_FIELDS = ['number', 'state', 'reference', 'lines.stock_moves', 'lines.taxes'];

export interface ItemRow {
  readonly id: number;
  readonly code: string | null;
  readonly active: boolean;
  readonly salable: boolean;
  readonly list_price: TrytonDecimal | null;
  readonly create_date: TrytonDatetime | null;
  readonly write_date: TrytonDatetime | null;
  readonly 'template.': { readonly name: string; readonly write_date: TrytonDatetime | null };
  readonly 'default_uom.': { readonly symbol: string };
  readonly 'identifiers.': readonly { readonly type: string | null; readonly code: string }[];
}
export const ITEM_FIELDS = ['code', 'active', 'salable', 'list_price', 'create_date', 'write_date', 'template.name', 'template.write_date', 'default_uom.symbol', 'identifiers.type', 'identifiers.code']; // prettier-ignore

export interface CustomerRow {
  readonly id: number;
  readonly code: string | null;
  readonly name: string | null;
  readonly active: boolean;
  readonly create_date: TrytonDatetime | null;
  readonly write_date: TrytonDatetime | null;
  readonly credit_limit_amount?: TrytonDecimal | null;
  readonly 'addresses.': readonly (AddressRow & { readonly write_date: TrytonDatetime | null })[];
}
export const CUSTOMER_FIELDS = ['code', 'name', 'active', 'create_date', 'write_date', 'addresses.write_date', ...ADDRESS_FIELDS.map((field) => `addresses.${field}`)]; // prettier-ignore

export interface AccountRow {
  readonly id: number;
  readonly code: string;
  readonly receivable: TrytonDecimal;
  readonly receivable_today: TrytonDecimal;
  /** Of the module `account_credit_limit`; null: no limit. */
  readonly credit_limit_amount?: TrytonDecimal | null;
}
/** Of parties, where the module is there. */
export const CREDIT_LIMIT = 'credit_limit_amount';
export const ACCOUNT_FIELDS = ['code', 'receivable', 'receivable_today'];

export interface QuantityRow {
  readonly id: number;
  readonly code: string | null;
  readonly quantity: number | null;
}

/** JSON-RPC answer. `error` comes with HTTP 200: an exception's arguments. */
export interface RpcAnswer {
  readonly id?: number | null;
  readonly result?: unknown;
  readonly error?: readonly unknown[];
}
