/** The words of `contract.yaml`, as they travel. */

export interface NativeLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  /** UNECE code of the unit that `quantity` is in; base units when absent. */
  readonly unit?: string;
}

export interface NativeFulfilmentOrder {
  readonly externalId: string;
  readonly order: string;
  readonly purchaseOrder: string;
  readonly node: string;
  readonly shipBy: string;
  readonly shipTo: Readonly<Record<string, string | undefined>>;
  readonly lines: readonly NativeLine[];
}

export interface NativeFulfilmentState {
  readonly externalId: string;
  readonly number: string;
  readonly status: 'released' | 'accepted' | 'picking' | 'picked' | 'packed' | 'shipped' | 'cancelled' | 'rejected';
}

export interface NativeStock {
  readonly asOf: string;
  readonly node: string;
  readonly lines: readonly { readonly item: string; readonly onHand: string }[];
}

export interface NativeResend {
  readonly node: string;
  readonly missing: readonly { readonly from: number; readonly to: number }[];
}

interface NativeEventBase {
  readonly id: string;
  readonly occurredAt: string;
  readonly node: string;
}

export interface NativeFulfilmentEvent extends NativeEventBase {
  readonly type: `fulfilment.${'accepted' | 'picking' | 'picked' | 'packed' | 'cancelled' | 'rejected'}`;
  readonly externalId: string;
  readonly lines?: readonly NativeLine[];
  readonly detail?: string;
}

export interface NativeShippedEvent extends NativeEventBase {
  readonly type: 'fulfilment.shipped';
  readonly externalId: string;
  readonly shipmentId: string;
  readonly carrier?: string;
  readonly lines: readonly (NativeLine & { readonly lot?: string; readonly serials?: readonly string[] })[];
  readonly packages?: readonly { readonly id: string; readonly trackingNumber?: string; readonly weightKg?: string }[];
}

/** The whole departure as it really was. `occurredAt`: when the warehouse found out. */
export interface NativeCorrectedEvent extends Omit<NativeShippedEvent, 'type'> {
  readonly type: 'shipment.corrected';
  readonly revision: number;
  readonly reason: string;
  readonly shippedAt: string;
}

/** Nothing of it left. */
export interface NativeVoidedEvent extends NativeEventBase {
  readonly type: 'shipment.voided';
  readonly externalId: string;
  readonly shipmentId: string;
  readonly revision: number;
  readonly reason: string;
}

export interface NativeInventoryEvent extends NativeEventBase {
  readonly type: string;
  readonly sequence: number;
  readonly lines: readonly {
    readonly item: string;
    readonly quantity: string;
    readonly reason?: string;
    readonly reference?: string;
    readonly lot?: string;
    readonly expiresOn?: string;
    readonly toNode?: string;
    readonly fromNode?: string;
    readonly reverses?: string;
  }[];
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const quantity = { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,6})?$' };
const signedQuantity = { type: 'string', pattern: '^-?\\d{1,12}(\\.\\d{1,6})?$' };
const base = { id: text(100), occurredAt: { type: 'string', format: 'date-time' }, node: text(64) };
const line = {
  type: 'object',
  required: ['line', 'item', 'quantity'],
  properties: {
    line: { type: 'integer', minimum: 1 },
    item: text(64),
    quantity,
    unit: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' },
    lot: text(64),
    serials: { type: 'array', maxItems: 500, items: text(64) },
  },
};

// A warehouse may say more than we know: unknown fields are let through and ignored.
export const fulfilmentEventSchema = {
  type: 'object',
  required: ['id', 'type', 'occurredAt', 'node', 'externalId'],
  properties: {
    ...base,
    type: { enum: ['accepted', 'picking', 'picked', 'packed', 'cancelled', 'rejected'].map((t) => `fulfilment.${t}`) },
    externalId: text(100),
    lines: { type: 'array', maxItems: 500, items: line },
    detail: { type: 'string', maxLength: 500 },
  },
  if: { properties: { type: { const: 'fulfilment.picked' } } },
  then: { required: ['lines'] },
};

const version = { revision: { type: 'integer', minimum: 2, maximum: 1000 }, reason: text(200) };

export const shippedEventSchema = {
  type: 'object',
  required: ['id', 'type', 'occurredAt', 'node', 'externalId', 'shipmentId', 'lines'],
  properties: {
    ...base,
    type: { const: 'fulfilment.shipped' },
    externalId: text(100),
    shipmentId: text(60),
    carrier: text(60),
    lines: { type: 'array', minItems: 1, maxItems: 500, items: line },
    packages: {
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['id'],
        properties: { id: text(60), trackingNumber: text(60), weightKg: quantity },
      },
    },
  },
};

export const correctedEventSchema = {
  ...shippedEventSchema,
  required: [...shippedEventSchema.required, 'revision', 'reason', 'shippedAt'],
  properties: {
    ...shippedEventSchema.properties,
    type: { const: 'shipment.corrected' },
    ...version,
    shippedAt: { type: 'string', format: 'date-time' },
  },
};

export const voidedEventSchema = {
  type: 'object',
  required: ['id', 'type', 'occurredAt', 'node', 'externalId', 'shipmentId', 'revision', 'reason'],
  properties: { ...base, type: { const: 'shipment.voided' }, externalId: text(100), shipmentId: text(60), ...version },
};

export const inventoryEventSchema = {
  type: 'object',
  required: ['id', 'type', 'occurredAt', 'node', 'sequence', 'lines'],
  properties: {
    ...base,
    type: { type: 'string', pattern: '^inventory\\.[a-z-]+$' },
    sequence: { type: 'integer', minimum: 1 },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 5000,
      items: {
        type: 'object',
        required: ['item', 'quantity'],
        properties: {
          item: text(64),
          quantity: signedQuantity,
          reason: text(200),
          reference: text(100),
          lot: text(64),
          expiresOn: { type: 'string', format: 'date' },
          toNode: text(64),
          fromNode: text(64),
          reverses: text(110),
        },
        dependencies: { expiresOn: ['lot'] },
      },
    },
  },
  allOf: [needs('inventory.transfer-shipped', 'toNode'), needs('inventory.reversed', 'reverses')],
};

/** Each line of an event of this type has the field. */
function needs(type: string, field: string): object {
  return {
    if: { properties: { type: { const: type } } },
    then: { properties: { lines: { items: { required: [field] } } } },
  };
}
