import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { CrossdockError } from '#canonical/errors';
import type { InventoryFact } from '#canonical/inventory';
import type { FulfilmentStatus } from '#canonical/order';
import type { WmsShipped } from '#contracts/events/catalogue';
import type { ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';
import type { MappedEvent, WarehouseOrder, WmsFact } from '../../wms.port';
import { correctedEventSchema, fulfilmentEventSchema, inventoryEventSchema, shippedEventSchema, voidedEventSchema } from './native'; // prettier-ignore
import type { NativeCorrectedEvent, NativeFulfilmentEvent, NativeFulfilmentOrder, NativeFulfilmentState, NativeInventoryEvent, NativeShippedEvent, NativeVoidedEvent } from './native'; // prettier-ignore

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv, ['date', 'date-time']);
const isFulfilmentEvent = ajv.compile<NativeFulfilmentEvent>(fulfilmentEventSchema);
const isShippedEvent = ajv.compile<NativeShippedEvent>(shippedEventSchema);
const isCorrectedEvent = ajv.compile<NativeCorrectedEvent>(correctedEventSchema);
const isVoidedEvent = ajv.compile<NativeVoidedEvent>(voidedEventSchema);
const isInventoryEvent = ajv.compile<NativeInventoryEvent>(inventoryEventSchema);

const statusOf: Readonly<Record<NativeFulfilmentState['status'], FulfilmentStatus>> = {
  released: 'REQUESTED',
  accepted: 'ACCEPTED',
  picking: 'IN_PROGRESS',
  picked: 'PICKED',
  packed: 'PACKED',
  shipped: 'SHIPPED',
  cancelled: 'CANCELLED',
  rejected: 'REJECTED',
};

/** All that a warehouse may state but SHIPPED, which comes as the shipment that it is. */
const factOf: Readonly<Record<string, InventoryFact | undefined>> = {
  'inventory.received': 'RECEIVED',
  'inventory.putaway': 'PUTAWAY',
  'inventory.quarantined': 'QUARANTINED',
  'inventory.quarantine-released': 'QUARANTINE_RELEASED',
  'inventory.quarantine-rejected': 'QUARANTINE_REJECTED',
  'inventory.damaged': 'DAMAGED',
  'inventory.damage-cleared': 'DAMAGE_CLEARED',
  'inventory.scrapped': 'SCRAPPED',
  'inventory.wave-released': 'WAVE_RELEASED',
  'inventory.pick-confirmed': 'PICK_CONFIRMED',
  'inventory.pick-short': 'PICK_SHORT',
  'inventory.pack-completed': 'PACK_COMPLETED',
  'inventory.adjusted': 'ADJUSTED',
  'inventory.counted': 'COUNTED',
  'inventory.snapshot': 'SNAPSHOT',
  'inventory.transfer-shipped': 'TRANSFER_SHIPPED',
  'inventory.transfer-received': 'TRANSFER_RECEIVED',
  'inventory.transfer-lost': 'TRANSFER_LOST',
  'inventory.returned': 'RETURNED',
  'inventory.return-restocked': 'RETURN_RESTOCKED',
  'inventory.return-refurbishing': 'RETURN_REFURBISHING',
  'inventory.return-scrapped': 'RETURN_SCRAPPED',
  'inventory.returned-to-vendor': 'RETURNED_TO_VENDOR',
  'inventory.reversed': 'REVERSED',
};

/** Which connection speaks, which node of ours it is, and what the warehouse calls that node. */
export interface MappingContext {
  readonly connection: string;
  readonly node: string;
  readonly warehouseCode: string;
}

export function toNativeOrder(request: ReleaseFulfilmentRequest, context: MappingContext): NativeFulfilmentOrder {
  return {
    externalId: request.fulfilmentOrder,
    order: request.order,
    purchaseOrder: request.purchaseOrder,
    node: context.warehouseCode,
    shipBy: request.shipBy,
    shipTo: { ...request.shipTo },
    lines: request.lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
  };
}

export function toWarehouseOrder(state: NativeFulfilmentState): WarehouseOrder {
  return { reference: state.number, status: statusOf[state.status] };
}

/** Reads a webhook body: one event, or `{events: […]}`. An event that is wrong does not take its neighbours with it. */
export function mapWebhook(rawBody: Buffer, context: MappingContext): readonly MappedEvent[] {
  return eventsOf(rawBody, context).map((event) => {
    try {
      return { facts: mapEvent(event, context) };
    } catch (error) {
      if (error instanceof CrossdockError) return { facts: [], error };
      throw error;
    }
  });
}

function eventsOf(rawBody: Buffer, context: MappingContext): unknown[] {
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8'));
  } catch (cause) {
    throw unmappable('MESSAGE_UNREADABLE', 'the body is not JSON', context, cause);
  }
  if (typeof body !== 'object' || body === null) {
    throw unmappable('MESSAGE_UNREADABLE', 'the body is neither an event nor {events: […]}', context);
  }
  return 'events' in body && Array.isArray(body.events) ? body.events : [body];
}

function mapEvent(event: unknown, context: MappingContext): WmsFact[] {
  const type = typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : '';
  if (type === 'fulfilment.shipped') {
    const shipped = checked(isShippedEvent, event, context);
    return [{ kind: 'shipped', data: departure(shipped, shipped.occurredAt, context) }];
  }
  if (type === 'shipment.corrected') return [correctedFact(checked(isCorrectedEvent, event, context), context)];
  if (type === 'shipment.voided') return [voidedFact(checked(isVoidedEvent, event, context), context)];
  if (type.startsWith('fulfilment.')) return [progressFact(checked(isFulfilmentEvent, event, context), context)];
  if (type.startsWith('inventory.')) return inventoryFacts(checked(isInventoryEvent, event, context), context);
  throw unmappable('EVENT_TYPE_UNKNOWN', `event type "${type}" is not in the contract`, context);
}

function progressFact(event: NativeFulfilmentEvent, context: MappingContext): WmsFact {
  const native = event.type.slice('fulfilment.'.length) as NativeFulfilmentState['status'];
  return {
    kind: 'progressed',
    data: {
      connection: context.connection,
      fulfilmentOrder: event.externalId,
      node: nodeOf(event.node, context),
      status: statusOf[native],
      occurredAt: event.occurredAt,
      ...(event.lines && { lines: event.lines.map(({ line, item, quantity, unit }) => ({ line, item, quantity, ...(unit && { unit }) })) }), // prettier-ignore
      ...(event.detail !== undefined && { detail: event.detail }),
    },
  };
}

function departure(
  event: NativeShippedEvent | NativeCorrectedEvent,
  shippedAt: string,
  context: MappingContext,
): WmsShipped {
  return {
    connection: context.connection,
    shipmentId: event.shipmentId,
    fulfilmentOrder: event.externalId,
    node: nodeOf(event.node, context),
    shippedAt,
    lines: event.lines.map(({ line, item, quantity, unit, lot, serials }) => ({
      ...{ line, item, quantity },
      ...(unit && { unit }),
      ...(lot && { lot }),
      ...(serials && { serials }),
    })),
    packages: event.packages ?? [],
    ...(event.carrier !== undefined && { carrier: event.carrier }),
  };
}

function correctedFact(event: NativeCorrectedEvent, context: MappingContext): WmsFact {
  const { revision, reason, occurredAt, shippedAt } = event;
  return { kind: 'corrected', data: { ...departure(event, shippedAt, context), revision, reason, occurredAt } };
}

function voidedFact(event: NativeVoidedEvent, context: MappingContext): WmsFact {
  const { shipmentId, externalId: fulfilmentOrder, revision, reason, occurredAt } = event;
  const { connection } = context;
  const node = nodeOf(event.node, context);
  return { kind: 'voided', data: { connection, shipmentId, fulfilmentOrder, node, revision, reason, occurredAt } };
}

/** An event takes as many sequence numbers as it has lines, so that a gap is seen whatever the size of the events. */
function inventoryFacts(event: NativeInventoryEvent, context: MappingContext): WmsFact[] {
  const fact = factOf[event.type];
  if (!fact) throw unmappable('EVENT_TYPE_UNKNOWN', `event type "${event.type}" is not in the contract`, context);
  const node = nodeOf(event.node, context);
  return event.lines.map((line, position) => {
    if (fact !== 'ADJUSTED' && line.quantity.startsWith('-')) {
      throw unmappable('QUANTITY_INVALID', `${event.type} of ${line.item}: ${line.quantity} is negative`, context);
    }
    const { reason, reference, lot, expiresOn, toNode, fromNode, reverses } = line;
    return {
      kind: 'inventory',
      record: {
        id: event.lines.length === 1 ? event.id : `${event.id}#${position + 1}`,
        item: line.item,
        node,
        fact,
        quantity: line.quantity,
        occurredAt: event.occurredAt,
        sequence: event.sequence + position,
        ...(reason !== undefined && { reason }),
        ...(reference !== undefined && { reference }),
        ...(lot !== undefined && { lot }),
        ...(expiresOn !== undefined && { expiresOn }),
        ...(toNode !== undefined && { toNode }),
        ...(fromNode !== undefined && { fromNode }),
        ...(reverses !== undefined && { reverses }),
      },
    };
  });
}

function nodeOf(code: string, context: MappingContext): string {
  if (code === context.warehouseCode) return context.node;
  throw unmappable('NODE_UNKNOWN', `node "${code}" is not "${context.warehouseCode}" of this connection`, context);
}

function checked<T>(check: ValidateFunction<T>, event: unknown, context: MappingContext): T {
  if (check(event)) return event;
  const faults = (check.errors ?? []).slice(0, 10).map(describe).join('; ');
  throw unmappable('EVENT_INVALID', faults, context);
}

function describe(error: ErrorObject): string {
  return `${error.instancePath || '/'} ${error.message ?? error.keyword}`;
}

function unmappable(code: string, message: string, context: MappingContext, cause?: unknown): CrossdockError {
  return new CrossdockError({ code, kind: 'invalid', message, source: `wms/${context.connection}`, cause });
}
