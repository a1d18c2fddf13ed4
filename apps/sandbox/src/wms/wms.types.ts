export interface Installation {
  readonly installation: string;
  readonly product: 'generic-rest' | 'file';
  readonly node: string;
  readonly token: string;
  readonly deduplicates: boolean;
  readonly webhookUrl: string | null;
  readonly webhookSecret: string | null;
  readonly directory: string | null;
  readonly partner: string | null;
  /** Times as fast as the demo; null: as the process says. */
  readonly speed: number | null;
}

export interface Line {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
}

export const ORDER_STATES = [
  'released',
  'accepted',
  'picking',
  'picked',
  'packed',
  'shipped',
  'cancelled',
  'rejected',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** A fulfilment order in the books of the simulated warehouse. */
export interface Order {
  readonly installation: string;
  readonly number: string;
  readonly externalId: string;
  readonly state: OrderState;
  readonly lines: readonly Line[];
  readonly picked: readonly Line[];
  readonly shipments: number;
}

/** What a client sends; the fields we do not work with are only kept. */
export interface OrderDocument {
  readonly externalId: string;
  readonly node: string;
  readonly lines: readonly Line[];
  readonly [field: string]: unknown;
}

/** An event in the words of the published contract; the file warehouse writes the same facts as records. */
export interface WarehouseEvent {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly node: string;
  readonly externalId?: string;
  readonly shipmentId?: string;
  readonly carrier?: string;
  readonly detail?: string;
  readonly sequence?: number;
  readonly lines?: readonly {
    readonly line?: number;
    readonly item: string;
    readonly quantity: string;
    readonly reason?: string;
    readonly reference?: string;
    readonly lot?: string;
    readonly expiresOn?: string;
    readonly toNode?: string;
    readonly reverses?: string;
  }[];
  readonly packages?: readonly { readonly id: string; readonly weightKg?: string }[];
}
