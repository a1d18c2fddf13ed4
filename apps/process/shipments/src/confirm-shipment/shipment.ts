import type { Finding } from '#canonical/errors';
import type { Money } from '#canonical/money';
import type { TrackingStatus } from '#canonical/order';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { AddressDto } from '#contracts/values.dto';

/** Each must happen for a shipment, once. */
const FIRST_EFFECTS = [
  'GOODS_ISSUE',
  'LABEL',
  'ERP_DELIVERY',
  'ASN',
  'CHANNEL_FULFILMENT',
  'ERP_INVOICE',
  'FREIGHT_ACCRUAL',
  'NOTICE',
] as const;
/** What only a correction brings about. */
const CORRECTING_EFFECTS = ['ERP_REVERSAL', 'CREDIT_MEMO', 'LABEL_VOID'] as const;
export const EFFECTS = [...FIRST_EFFECTS, ...CORRECTING_EFFECTS] as const;
export type FirstEffect = (typeof FIRST_EFFECTS)[number];
export type EffectName = (typeof EFFECTS)[number];
export type EffectState = 'PENDING' | 'DONE' | 'FAILED' | 'NOT_NEEDED';

/** Base units of a line that an effect posts. */
export interface PostedLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
}

/** An effect as it stands. `revision` 1 belongs to the first confirmation, a higher one to that correction. */
export interface Effect {
  readonly name: EffectName;
  readonly revision: number;
  readonly state: EffectState;
  /** Its backend has been asked, and may have done it. */
  readonly asked: boolean;
  /** What it posts; the lines of the shipment when null. */
  readonly lines: readonly PostedLine[] | null;
}

/** Quantities in base units. `billable` is what may be invoiced: shipped, but not more than was released. */
export interface ShipmentLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly billable: string;
  /** The reservation that holds the line's stock. */
  readonly reservation: string;
  /** Line of the reservation, where it is another: of a substitute the line that it stands for. */
  readonly reservedLine?: number;
  /** Weight of one base unit, where the item master knows it. */
  readonly weightKg?: string;
  /** Agreed price of one base unit, where there is one. */
  readonly unitPrice?: Money;
}

/** A line of the release: `quantity` is what may leave. */
export interface ReleasedLine extends Omit<ShipmentLine, 'billable'> {
  /** UNECE code of the base unit. */
  readonly unit?: string;
  /** What must be recorded of each unit that leaves. */
  readonly capture?: 'LOT' | 'SERIAL';
}

/** What this app knows of a fulfilment order: the projection of the release. */
export interface FulfilmentOrder {
  readonly id: string;
  readonly order: string;
  readonly partner: string;
  readonly customer: string;
  readonly purchaseOrder: string;
  readonly node: string;
  readonly erpConnection: string;
  readonly tmsConnection: string;
  readonly shipFrom: AddressDto;
  readonly shipTo: AddressDto;
  readonly lines: readonly ReleasedLine[];
  /** The way it was sold. */
  readonly channel?: string | null;
}

/** A confirmed shipment with the fulfilment order it belongs to: all that an effect needs to know. */
export interface Shipment {
  readonly id: string;
  readonly request: ConfirmShipmentRequest;
  readonly correlationId: string;
  readonly carrier: string | null;
  readonly trackingNumbers: readonly string[];
  /** Of the label that was bought; absent or null when none was. */
  readonly labelCost?: Money | null;
  readonly tracking: TrackingStatus | null;
  readonly version: number;
  /** What the warehouse says now: each correction is one more. */
  readonly revision: number;
  readonly voided: boolean;
  readonly lines: readonly ShipmentLine[];
  readonly fulfilmentOrder: FulfilmentOrder;
}

/** What confirming a shipment means: decided by `decide.ts`, stored as one row with its effects. */
export interface ConfirmedShipment {
  readonly id: string;
  readonly order: string;
  readonly partner: string;
  readonly lines: readonly ShipmentLine[];
  readonly findings: readonly Finding[];
  readonly carrier: string | null;
  readonly trackingNumbers: readonly string[];
  readonly effects: Readonly<Record<FirstEffect, EffectState>>;
}
