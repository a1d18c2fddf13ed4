import type { Day } from '../promise/days';
import type { Micro } from '../promise/quantity';

export type SliceState = 'ALLOCATED' | 'RESERVED' | 'PROMISED' | 'BACKORDERED';

/** What is held in place of the item that was asked for, and was agreed to. */
export interface StandsFor {
  /** The item asked for. */
  readonly item: string;
  readonly as: 'COMPONENT' | 'SUBSTITUTE';
  /** Base units of what is held in one unit of the item asked for. */
  readonly ratio: Micro;
  /** COMPONENT: the slices of a line with one number are the same kits. */
  readonly kits?: number;
}

/** A part of a reservation line that is still held or waited for. */
export interface Slice {
  readonly reservation: string;
  readonly line: number;
  readonly item: string;
  readonly node: string;
  readonly state: SliceState;
  readonly held: boolean;
  readonly quantity: Micro;
  readonly day: Day;
  readonly requested: Day;
  readonly basis: string;
  readonly supply: string | undefined;
  readonly pinned: boolean;
  readonly excluded: readonly string[];
  readonly channel: string | undefined;
  readonly partner: string | undefined;
  /** 1 is served first, 9 last. */
  readonly priority: number;
  /** Sell pack, of what waits: it is given in whole ones. */
  readonly multiple?: Micro | undefined;
  /** Absent: it is of the item that the line asked for. */
  readonly standsFor?: StandsFor | undefined;
}

export interface StoredSlice extends Slice {
  readonly id: string;
}

export interface NewReservation {
  readonly id: string;
  readonly hash: string;
  readonly kind: string;
  readonly expiresAt: string | undefined;
  readonly channel: string | undefined;
  readonly partner: string | undefined;
  readonly priority: number;
  readonly response: unknown;
}

/** What one decision changes, in whatever use case: written with one statement. */
export interface SliceChanges {
  readonly reservations: readonly NewReservation[];
  readonly created: readonly Slice[];
  /** New quantity of existing slices; 0 ends one. */
  readonly changed: readonly { readonly slice: StoredSlice; readonly quantity: Micro }[];
  /** What leaves has shipped: its channel has had it, and its quota stays consumed. */
  readonly shipped?: boolean;
}
