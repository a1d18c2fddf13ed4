import {
  WMS_FULFILMENT_PROGRESSED,
  WMS_INVENTORY_CHANGED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
} from '#contracts/events/catalogue';
import type { WmsInventoryChanged } from '#contracts/events/catalogue';
import type { NewEvent } from '#messaging/outbox';
import type { InventoryRecord, WmsFact } from '../../wms.port';

/** Records in one event at most: an event is read whole by each subscriber. */
const RECORDS_PER_EVENT = 1000;

const PREFIX = 'wms/';

const TYPES = {
  progressed: WMS_FULFILMENT_PROGRESSED,
  shipped: WMS_SHIPPED,
  corrected: WMS_SHIPMENT_CORRECTED,
  voided: WMS_SHIPMENT_VOIDED,
} as const;

/** Where facts came from. */
export interface Origin {
  readonly connection: string;
  /** The archived message. */
  readonly message: string;
  readonly correlationId?: string | undefined;
}

/** Facts as events, in the order in which they were said; stock records that follow each other share an event. */
export function eventsOf(facts: readonly WmsFact[], origin: Origin): NewEvent[] {
  const events: NewEvent[] = [];
  let records: InventoryRecord[] = [];
  const endRecords = (): void => {
    const node = records[0]?.node;
    if (node !== undefined) events.push(inventoryEvent(records, node, origin));
    records = [];
  };
  for (const fact of facts) {
    if (fact.kind !== 'inventory' || records.length === RECORDS_PER_EVENT) endRecords();
    if (fact.kind === 'inventory') {
      if (records[0] && records[0].node !== fact.record.node) endRecords();
      records.push(fact.record);
    } else events.push(fulfilmentEvent(fact, origin));
  }
  endRecords();
  return events;
}

function fulfilmentEvent(fact: Exclude<WmsFact, { kind: 'inventory' }>, origin: Origin): NewEvent {
  const { fulfilmentOrder } = fact.data;
  const at = fact.kind === 'shipped' ? fact.data.shippedAt : fact.data.occurredAt;
  return {
    type: TYPES[fact.kind],
    subject: fulfilmentOrder,
    partitionKey: fulfilmentOrder,
    time: new Date(at).toISOString(),
    data: fact.data,
    ...common(origin),
  };
}

function inventoryEvent(
  records: readonly InventoryRecord[],
  node: string,
  origin: Origin,
): NewEvent<WmsInventoryChanged> {
  return {
    type: WMS_INVENTORY_CHANGED,
    subject: node,
    partitionKey: node,
    data: { source: sourceOf(origin.connection), records },
    ...common(origin),
  };
}

function common(origin: Origin): Pick<NewEvent, 'source' | 'causationId' | 'correlationId'> {
  const { message, correlationId } = origin;
  return { source: 'system/wms', causationId: message, ...(correlationId !== undefined && { correlationId }) };
}

/** Under this name the messages of a connection are archived and its stock records are unique. */
export function sourceOf(connection: string): string {
  return `${PREFIX}${connection}`;
}

/** The connection that speaks under a name; undefined when it is none of ours. */
export function connectionOf(source: string): string | undefined {
  return source.startsWith(PREFIX) ? source.slice(PREFIX.length) : undefined;
}
