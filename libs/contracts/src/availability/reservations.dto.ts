import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../values.dto';
import { ComponentSlice } from './answer.dto';

export class ReservationQuery {
  @IsString() @Length(1, 100) reservation: string;
  /** Only this partner's: another's is unknown. Anybody's when absent. */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
}
export class ExtendRequest {
  @IsString() @Length(1, 100) reservation: string;
  /** Idempotency of this extension within the reservation. */
  @IsString() @Length(1, 200) key: string;
  /** Seconds from now, database time, that it is to live; never shortens it, never beyond the longest life allowed. */
  @IsInt() @Min(1) @Max(604800) ttlSeconds: number;
  /** Only this partner's: another's is unknown. Anybody's when absent. */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
}
export class ExtendResponse {
  reservation: string;
  /** RFC 3339, database time. Earlier than asked for when the longest life allowed ends it. */
  expiresAt: string;
}
export class ReservationSlice {
  node: string;
  /** Base units of the line's item; of a kit so many kits. */
  quantity: string;
  /** Node-local ship day; of what waits in line the day wanted. */
  shipDate: string;
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER' | 'LEAD_TIME' | 'SUBSTITUTE' | 'BACKORDER';
  /** Id of the supply it is pegged to. */
  supply?: string;
  /** RESERVED: soft. ALLOCATED: on hand now. PROMISED: waits for its supply. BACKORDERED: waits in line. */
  state: 'RESERVED' | 'ALLOCATED' | 'PROMISED' | 'BACKORDERED';
  /** SUBSTITUTE: the item that is held instead. */
  item?: string;
  /** SUBSTITUTE: how much of that item, base units. */
  itemQuantity?: string;
  /** Of a kit: what is held or awaited of its components. */
  components?: ComponentSlice[];
}
export class ReservationLine {
  line: number;
  item: string;
  /** What is still held or waited for, base units. */
  open: string;
  slices: ReservationSlice[];
}
export class ReservationChangeLine {
  line: number;
  /** Base units that left the reservation. */
  quantity: string;
}
export class ReservationChange {
  event: 'CREATED' | 'EXTENDED' | 'RELEASED' | 'EXPIRED' | 'CONVERTED' | 'PREEMPTED';
  /** RFC 3339, database time. */
  at: string;
  /** EXTENDED: the new end. */
  expiresAt?: string;
  /** CONVERTED, PREEMPTED: the reservation that has it now. */
  by?: string;
  /** What left: released, expired, taken over, pre-empted. */
  lines?: ReservationChangeLine[];
}
export class ReservationView {
  reservation: string;
  kind: 'SOFT' | 'FIRM';
  /** HELD while anything is held or waited for; then what ended it last. NOTHING: no line was ever covered. */
  state: 'HELD' | 'EXPIRED' | 'RELEASED' | 'CONVERTED' | 'PREEMPTED' | 'SHIPPED' | 'NOTHING';
  partner?: string;
  channel?: string;
  /** 1 is served first, 9 last. */
  priority: number;
  createdAt: string;
  /** SOFT: when it ends, or ended unless something else ended it. */
  expiresAt?: string;
  lines: ReservationLine[];
  /** Oldest first. */
  history: ReservationChange[];
}
