import type { Transaction } from '#persistence/database';
import type { EffectName, Shipment } from '../confirm-shipment/shipment';

/** An effect that needs a call to another app: a job of its own, so that it fails and retries alone. */
export interface OutsideEffect<Result extends { readonly reference: string } = { readonly reference: string }> {
  readonly name: EffectName;
  readonly queue: string;
  /**
   * The call. It is repeated until it answers, so it is idempotent by the shipment's id, and what it asks for depends only on
   * what never changes: the same key with another request would be a conflict.
   */
  perform(shipment: Shipment): Promise<Result>;
  /** What else is true once the answer is there; commits with it. */
  after?(tx: Transaction, shipment: Shipment, result: Result): Promise<void>;
}

/** Payload of every effect job. */
export interface EffectJob {
  readonly shipment: string;
}

export const QUEUES = {
  LABEL: 'shipments.label',
  ERP_DELIVERY: 'shipments.erp-delivery',
  ERP_INVOICE: 'shipments.erp-invoice',
} as const;
export type OutsideEffectName = keyof typeof QUEUES;

export function isOutsideEffect(name: string): name is OutsideEffectName {
  return name in QUEUES;
}
