/** A postal address; `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region?: string;
  readonly country: string;
}

export type CustomerStatus = 'ACTIVE' | 'BLOCKED';

/** Where goods of a customer may go. */
export interface ShipTo {
  /** Unique within the partner who orders for the customer. */
  readonly id: string;
  readonly address: Address;
}

/** Who buys and is billed. A partner (who holds API keys) orders for one or many customers. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly status: CustomerStatus;
  /** The partner whose keys may order for this customer. */
  readonly partner: string;
  readonly currency: string;
  readonly shipTos: readonly ShipTo[];
  /** Connection of the ERP that owns this customer; the default ERP connection when absent. */
  readonly erpConnection?: string;
}

/** A place that holds and ships stock: a warehouse or a 3PL site. */
export interface Node {
  readonly id: string;
  readonly name: string;
  /** IANA zone; dates of a node are its local dates. */
  readonly timeZone: string;
  readonly wmsConnection: string;
  readonly tmsConnection: string;
  readonly address: Address;
  /** Lower ships first when several nodes can. */
  readonly priority: number;
  readonly active: boolean;
}
