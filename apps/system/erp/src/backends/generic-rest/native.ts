/** The shapes of contract.yaml, as they travel. */
export interface NativeDocument {
  readonly externalId: string;
  readonly documentNumber: string;
  readonly total?: { readonly amount: string; readonly currency: string };
}

export interface NativeError {
  readonly code: string;
  readonly message: string;
  /** With PERIOD_CLOSED: first day of the next open period. */
  readonly nextOpenDate?: string;
  readonly errors?: readonly { readonly code: string; readonly message: string; readonly line?: number }[];
}

export interface NativePage {
  readonly records: readonly unknown[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface NativeStock {
  readonly asOf: string;
  readonly lines: readonly { readonly item: string; readonly onHand: string }[];
}

/** Checked where it enters: what it is for is money. */
export interface NativeReceivables {
  readonly customers: readonly {
    readonly customer: string;
    readonly currency: string;
    readonly receivables: string;
    readonly overdue: string;
    readonly billedNotPosted?: string;
    readonly creditLimit?: string;
  }[];
}

export const COLLECTIONS = {
  'sales-order': 'sales-orders',
  cancellation: 'cancellations',
  delivery: 'deliveries',
  invoice: 'invoices',
  'delivery-reversal': 'delivery-reversals',
  'credit-memo': 'credit-memos',
  'freight-accrual': 'freight-accruals',
} as const;
export type Collection = (typeof COLLECTIONS)[keyof typeof COLLECTIONS];
