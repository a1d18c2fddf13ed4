import type { ShipmentContent } from '../shipments/shipments.dto';
import type { AddressDto, MoneyDto } from '../values.dto';

/** shipments → availability, orders. A shipment was not what it was said to be. Key: `<order>`. */
export const SHIPMENT_CORRECTED = 'crossdock.shipments.corrected.v1';
export interface ShipmentCorrected {
  readonly shipment: string;
  readonly order: string;
  readonly partner: string;
  readonly fulfilmentOrder: string;
  readonly node: string;
  readonly shippedAt: string;
  /** 2 is the first correction. */
  readonly revision: number;
  /** Nothing of it left. */
  readonly voided: boolean;
  readonly reason: string;
  /** Every line whose quantity has changed: base units before and now. */
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly reservation: string;
    /** Line of the reservation, where it is another. */
    readonly reservedLine?: number;
    readonly before: string;
    readonly quantity: string;
    /** Of `quantity`; what they do not sum up to has no lot. */
    readonly lots?: readonly { readonly lot: string; readonly quantity: string }[];
    readonly serials?: readonly string[];
  }[];
}

/**
 * shipments → whoever sends it (EDI 856, DESADV, partners). The advance ship notice: before the truck arrives, one per shipment. Key: `<order>`.
 */
export const ASN_ISSUED = 'crossdock.shipments.asn-issued.v1';
export interface AsnIssued {
  readonly shipment: string;
  readonly revision: number;
  /** A correction replaces the whole notice; a void takes it back. */
  readonly purpose: 'ORIGINAL' | 'REPLACE' | 'CANCEL';
  readonly order: string;
  readonly partner: string;
  readonly customer: string;
  readonly purchaseOrder: string;
  readonly shipFrom: AddressDto;
  readonly shipTo: AddressDto;
  readonly content: ShipmentContent;
}

/** shipments → the channel that sold it. Sent with the first tracking number. Key: `<order>`. */
export const CHANNEL_FULFILLED = 'crossdock.shipments.channel-fulfilled.v1';
export interface ChannelFulfilled {
  /** Stable: the channel's own key of the package set (Amazon: packageReferenceId). */
  readonly shipment: string;
  readonly order: string;
  readonly partner: string;
  readonly channel: string;
  readonly shippedAt: string;
  readonly carrier?: string;
  readonly trackingNumbers: readonly string[];
  readonly lines: readonly { readonly line: number; readonly item: string; readonly quantity: string }[];
}

/** shipments → whoever sends it (EDI 810), orders. The ERP has billed a shipment. Key: `<order>`. */
export const SHIPMENT_INVOICED = 'crossdock.shipments.invoiced.v1';
export interface ShipmentInvoiced {
  readonly shipment: string;
  readonly revision: number;
  readonly order: string;
  readonly partner: string;
  /** The customer that is billed: with the shipment the key of the invoice. */
  readonly billTo: string;
  /** Number in the ERP. */
  readonly invoice: string;
  /** Absent when a line has no agreed price here: then the ERP alone knows it. */
  readonly amounts?: InvoiceAmounts;
}
/** Lines are rounded half-up to the minor unit, then summed (order-to-cash.md §7). */
export interface InvoiceAmounts {
  readonly lines: readonly { readonly line: number; readonly item: string; readonly amount: MoneyDto }[];
  readonly goods: MoneyDto;
  readonly charges: MoneyDto;
  readonly total: MoneyDto;
  /** The total in minor units, as X12 TDS01 has it: "29015" is 290.15. */
  readonly totalInMinorUnits: string;
}
