import { createHash } from 'node:crypto';
import { plain } from '#canonical/decimal';
import type { Finding } from '#canonical/errors';
import type { TrackingStatus } from '#canonical/order';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { AddressDto } from '#contracts/values.dto';

/** Each must happen for a shipment, once. */
export const EFFECTS = ['GOODS_ISSUE', 'LABEL', 'ERP_DELIVERY', 'ERP_INVOICE', 'NOTICE'] as const;
export type EffectName = (typeof EFFECTS)[number];
export type EffectState = 'PENDING' | 'DONE' | 'FAILED' | 'NOT_NEEDED';

/** Quantities in base units. `billable` is what may be invoiced: shipped, but not more than was released. */
export interface ShipmentLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly billable: string;
  /** The reservation that holds the line's stock. */
  readonly reservation: string;
  /** Weight of one base unit, where the item master knows it. */
  readonly weightKg?: string;
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
  readonly lines: readonly Omit<ShipmentLine, 'billable'>[];
}

/** A confirmed shipment with the fulfilment order it belongs to: all that an effect needs to know. */
export interface Shipment {
  readonly id: string;
  readonly request: ConfirmShipmentRequest;
  readonly correlationId: string;
  readonly carrier: string | null;
  readonly trackingNumbers: readonly string[];
  readonly tracking: TrackingStatus | null;
  readonly version: number;
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
  readonly effects: Readonly<Record<EffectName, EffectState>>;
}

/**
 * Same id and same content is a repetition, other content a contradiction. The order of lines and packages, trailing zeros and the
 * zone of the time are spelling, not content.
 */
export function contentHash(request: ConfirmShipmentRequest): string {
  const lines = request.lines.map(({ line, item, quantity, lot }) => [line, item, plain(quantity), lot ?? '']);
  const packages = (request.packages ?? []).map(({ id, trackingNumber, weightKg }) => [
    id,
    trackingNumber ?? '',
    weightKg === undefined ? '' : plain(weightKg),
  ]);
  const content = [
    request.fulfilmentOrder,
    request.node,
    new Date(request.shippedAt).toISOString(),
    request.carrier ?? '',
    sorted(lines),
    sorted(packages),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
