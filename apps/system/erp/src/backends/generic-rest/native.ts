/** The shapes of contract.yaml, as they travel. */
export interface NativeDocument {
  readonly externalId: string;
  readonly documentNumber: string;
}

export interface NativeError {
  readonly code: string;
  readonly message: string;
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

export const COLLECTIONS = ['sales-orders', 'cancellations', 'deliveries', 'invoices'] as const;
export type Collection = (typeof COLLECTIONS)[number];
