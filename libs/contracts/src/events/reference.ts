import type { MappingKind } from '../reference/mappings.dto';

/** reference → whoever waits for a code. Codes of a system that now name something of ours, or something else. Key: `<system>`. */
export const MAPPING_ADDED = 'crossdock.reference.mapping-added.v1';
export interface MappingAdded {
  /** A partner, a connection or a standard. */
  readonly system: string;
  readonly codes: readonly { readonly kind: MappingKind; readonly external: string }[];
}

/** reference → whoever waits for an item. Items that are new or changed. Key: `items`. */
export const ITEMS_PUT = 'crossdock.reference.items-put.v1';
export interface ItemsPut {
  /** SKUs and GTINs under which they are known now. */
  readonly ids: readonly string[];
}

/** reference → whoever waits for a ship-to. Ship-tos of customers that are new or changed. Key: `customers`. */
export const CUSTOMERS_PUT = 'crossdock.reference.customers-put.v1';
export interface CustomersPut {
  readonly shipTos: readonly { readonly partner: string; readonly id: string }[];
}
