import type { InventoryFact } from '#canonical/inventory';

/** What a source is, by the first word of its name: `wms/north`, `erp/main`, `process/shipments`. */
export type SourceKind = 'WMS' | 'QMS' | 'RETURNS' | 'ERP' | 'CROSSDOCK' | 'CARRIER' | 'CHANNEL' | 'OPERATIONS';

const kinds: Readonly<Record<string, SourceKind | undefined>> = {
  wms: 'WMS',
  '3pl': 'WMS',
  qms: 'QMS',
  returns: 'RETURNS',
  erp: 'ERP',
  pim: 'ERP',
  process: 'CROSSDOCK',
  tms: 'CARRIER',
  carrier: 'CARRIER',
  channel: 'CHANNEL',
  marketplace: 'CHANNEL',
  portal: 'CHANNEL',
};

/** A name without a known first word is a file or a person with the operations key, who speaks for a warehouse. */
export function kindOf(source: string): SourceKind {
  return kinds[source.split('/', 1)[0]?.toLowerCase() ?? ''] ?? 'OPERATIONS';
}

const warehouse = ['WMS', 'OPERATIONS'] as const;
const quality = ['WMS', 'QMS', 'OPERATIONS'] as const;
const returns = ['WMS', 'RETURNS', 'OPERATIONS'] as const;
const master = ['ERP', 'OPERATIONS'] as const;

/**
 * Who may state what (domain/inventory.md §2): physical quantity and status the warehouse, value and units the ERP. A quantity listed by a
 * channel and a carrier's word are never taken as stock. Goods issue comes through shipments, so that it is posted once.
 */
const authority: Readonly<Record<InventoryFact, readonly SourceKind[]>> = {
  RECEIVED: warehouse,
  PUTAWAY: warehouse,
  QUARANTINED: quality,
  QUARANTINE_RELEASED: quality,
  QUARANTINE_REJECTED: quality,
  DAMAGED: quality,
  DAMAGE_CLEARED: quality,
  SCRAPPED: quality,
  WAVE_RELEASED: warehouse,
  PICK_CONFIRMED: warehouse,
  PICK_SHORT: warehouse,
  PACK_COMPLETED: warehouse,
  SHIPPED: [...warehouse, 'CROSSDOCK'],
  ADJUSTED: [...warehouse, 'CROSSDOCK'],
  COUNTED: warehouse,
  SNAPSHOT: warehouse,
  TRANSFER_SHIPPED: warehouse,
  TRANSFER_RECEIVED: warehouse,
  TRANSFER_LOST: warehouse,
  RETURNED: returns,
  RETURN_RESTOCKED: returns,
  RETURN_REFURBISHING: returns,
  RETURN_SCRAPPED: returns,
  RETURNED_TO_VENDOR: returns,
  VALUED: master,
  UNITS_CHANGED: master,
  // Only records of its own, so it has the authority of what it takes back.
  REVERSED: ['WMS', 'QMS', 'RETURNS', 'ERP', 'CROSSDOCK', 'OPERATIONS'],
};

export function mayState(kind: SourceKind, fact: InventoryFact): boolean {
  return authority[fact].includes(kind);
}

/** The facts that a kind of source may state. */
export function statable(kind: SourceKind): InventoryFact[] {
  return (Object.keys(authority) as InventoryFact[]).filter((fact) => mayState(kind, fact));
}
