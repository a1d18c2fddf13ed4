import type { Transaction } from '#persistence/database';
import type { EffectName, PostedLine, Shipment } from '../confirm-shipment/shipment';

/** What an effect posts, and under which key. It never changes once its backend has been asked. */
export interface Posting {
  readonly revision: number;
  /** At most one document of its kind exists for it: the shipment id, with `@` and the version for a correction. */
  readonly businessKey: string;
  readonly lines: readonly PostedLine[];
}

/** An effect that needs a call to another app: a job of its own, so that it fails and retries alone. */
export interface OutsideEffect<Result extends EffectResult = EffectResult> {
  readonly name: OutsideEffectName;
  readonly queue: string;
  /**
   * The call. It is repeated until it answers, so it is idempotent by the business key, and what it asks for depends only on
   * what never changes: the same key with another request would be a conflict.
   */
  perform(shipment: Shipment, posting: Posting): Promise<Result>;
  /** Takes the locks of subjects that `after` needs: before any row is locked, as everybody does (out/locks.ts). */
  lock?(tx: Transaction, answers: readonly EffectAnswer<Result>[]): Promise<void>;
  /** What else is true once these answers are there; commits with them. */
  after?(tx: Transaction, answers: readonly EffectAnswer<Result>[]): Promise<void>;
}

/** An effect that was asked for, and what came of it. */
export interface EffectAnswer<Result extends EffectResult = EffectResult> {
  readonly shipment: Shipment;
  readonly posting: Posting;
  readonly result: Result;
}

/** What came of it: a document, or that the backend has no use for it. */
export type EffectResult = { readonly reference: string } | { readonly notNeeded: string };

/** Payload of every effect job; version 1 when absent. */
export interface EffectJob {
  readonly shipment: string;
  readonly revision?: number;
}

export const QUEUES = {
  LABEL: 'shipments.label',
  ERP_DELIVERY: 'shipments.erp-delivery',
  ERP_INVOICE: 'shipments.erp-invoice',
  FREIGHT_ACCRUAL: 'shipments.freight-accrual',
  ERP_REVERSAL: 'shipments.erp-reversal',
  CREDIT_MEMO: 'shipments.credit-memo',
  LABEL_VOID: 'shipments.label-void',
} as const satisfies Partial<Record<EffectName, string>>;
export type OutsideEffectName = keyof typeof QUEUES;

export function isOutsideEffect(name: string): name is OutsideEffectName {
  return name in QUEUES;
}

/** The first document of a shipment has its id alone, so that what was posted before there were corrections keeps its key. */
export function businessKeyOf(shipment: string, revision: number): string {
  return revision === 1 ? shipment : `${shipment}@${revision}`;
}

/** The business date of what is posted: the day on which it left, by the clock of the place it left from. */
export function documentDateOf({ request }: Pick<Shipment, 'request'>): string {
  return request.shippedAt.slice(0, 10);
}
