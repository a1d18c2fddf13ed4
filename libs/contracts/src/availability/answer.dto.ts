import { StaleSource } from './source-rules.dto';
/** Of a kit: what one of its components adds to a slice. */
export class ComponentSlice {
  item: string;
  /** Base units of the component. */
  quantity: string;
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  supply?: string;
}
/** A part of an answer. `quantity` is always of the item that was asked for. */
export class AnsweredSlice {
  node: string;
  quantity: string;
  /** Node-local day on which it leaves, by the calendar of the node. */
  shipDate: string;
  /** Day on which it arrives; only of a node that has a calendar. */
  deliveryDate?: string;
  /** When `deliverBy` was asked for: the last day on which it may leave and still arrive by then. @example "2026-03-10" */
  shipBy?: string;
  /** When `deliverBy` was asked for, of a node with a calendar: released before this time, local to the node, it leaves by `shipBy`. @example "2026-03-09T14:00" */
  releaseBy?: string;
  /** LEAD_TIME: can be bought by then, no supply is known. SUBSTITUTE: another item, approved to be delivered instead. */
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER' | 'LEAD_TIME' | 'SUBSTITUTE';
  /** Id of the supply it is pegged to; absent for stock on hand. */
  supply?: string;
  /** SUBSTITUTE: the item that is delivered. */
  item?: string;
  /** SUBSTITUTE: how much of that item, base units. */
  itemQuantity?: string;
  /** Of a kit: what it is put together from. */
  components?: ComponentSlice[];
}
/** Why a quantity cannot be promised. The quantities of a line add up to `unpromised`. */
export class ShortfallDto {
  quantity: string;
  /**
   * What is in the way: whole packs, the channel's cap, what other channels have for themselves, the node named, the latest day, a
   * source that has not been heard of for too long, safety stock, shelf life, supply that is overdue, supply beyond the horizon. NO_SUPPLY: nothing known would cover it.
   */
  reason:
    | 'PACK_ROUNDING'
    | 'CHANNEL_CAP'
    | 'CHANNEL_PROTECTED'
    | 'NODE'
    | 'LATEST_DATE'
    | 'STALE_SOURCE'
    | 'SAFETY_STOCK'
    | 'SHELF_LIFE'
    | 'OVERDUE_SUPPLY'
    | 'HORIZON'
    | 'NO_SUPPLY';
}
/** A promise of a day that waits for supply. */
export class ExplainedDemand {
  quantity: string;
  /** The supply it is pegged to. */
  supply?: string;
}
export class ExplainedDay {
  date: string;
  supply: string;
  demand: string;
  /** Projected available balance at the end of the day, safety stock left out; negative is a shortage. */
  projected: string;
  /** Promisable on the day, to the channel asked for. */
  availableToPromise: string;
  /** On days of receipt, and today: what comes less what it has to serve until the next receipt, shortages corrected. Not for lots. */
  discrete?: string;
  /** Ids of the supply that comes. */
  supplies: string[];
  demands: ExplainedDemand[];
}
/** A document that says what will come, and what counts of it. */
export class ExplainedSupply {
  id: string;
  kind: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** What counts: of a purchase order what is not announced, of an ASN no more than its order still has to come. */
  quantity: string;
  /** What is still to come by this document alone. */
  open: string;
  /** ASN: the purchase order that it replaces. */
  announces?: string;
  availableOn: string;
}
/** The day table of an item at a node, by the days on which goods can be picked. */
export class ExplainedNode {
  node: string;
  /** The item asked for, a component of it, or a substitute. */
  item: string;
  days: ExplainedDay[];
  /** Sources of the node that are beyond their age: why less is promised there, or how much it may be wrong. Absent when none is. */
  stale?: StaleSource[];
  /** What the supply of those days is made of. */
  expected: ExplainedSupply[];
}
export class AvailabilityLine {
  item: string;
  /** False when no node has ever held or expected it. */
  known: boolean;
  /**
   * Promisable at the requested day to the channel asked for (minimum of the projection from that day to the horizon, never below 0),
   * whole packs of each node, all nodes.
   */
  availableToPromise: string;
  slices: AnsweredSlice[];
  /** Part of the wanted quantity that nothing known covers within the horizon. */
  unpromised: string;
  /** Why. Empty when everything is promised. */
  shortfalls: ShortfallDto[];
  /** When `explain` was asked for. */
  explain?: ExplainedNode[];
}
export class SourceWatermark {
  source: string;
  /** Time of the newest fact taken from this source. */
  at: string;
}
export class AvailabilityAnswer {
  /** Database time of the answer. */
  asOf: string;
  watermarks: SourceWatermark[];
  /** Sources beyond their age, and what that does to promises at their nodes. Absent when none is. */
  stale?: StaleSource[];
  lines: AvailabilityLine[];
  /** Asked together: the ship day of the last of it. Absent while something is unpromised. */
  completeOn?: string;
}
