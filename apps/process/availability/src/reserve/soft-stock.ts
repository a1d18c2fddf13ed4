import type { SliceChanges, StoredSlice } from '../out/slice.store';
import type { Micro } from '../promise/quantity';
import { changesOf } from './consume';

/** Stored soft slices that the reservations of one batch may take over or pre-empt, and what they have left of each. */
export class SoftStock {
  private readonly left: Map<StoredSlice, Micro>;

  /** `owners`: the soft reservations that exist, with their partner; also those that hold nothing any more. */
  constructor(
    private readonly owners: ReadonlyMap<string, string | undefined>,
    slices: readonly StoredSlice[],
  ) {
    const distinct = new Map(slices.map((slice) => [slice.id, slice])).values();
    this.left = new Map(
      [...distinct].filter(({ state }) => state === 'RESERVED').map((slice) => [slice, slice.quantity] as const),
    );
  }

  /** Whether there is such a soft reservation that this partner may name. */
  knows(reservation: string, partner: string | undefined): boolean {
    if (!this.owners.has(reservation)) return false;
    const owner = this.owners.get(reservation);
    return owner === undefined || partner === undefined || owner === partner;
  }

  /** What reservations less urgent than this have left of an item: the least urgent first, then the youngest. Kits and substitutes stay whole. */
  lessUrgent(item: string, priority: number): StoredSlice[] {
    return [...this.left.keys()]
      .filter(
        (slice) => slice.item === item && slice.priority > priority && !slice.standsFor && this.quantity(slice) > 0n,
      )
      .sort((a, b) => b.priority - a.priority || Number(b.id) - Number(a.id));
  }

  /** What a reservation has left. */
  of(reservation: string): StoredSlice[] {
    return [...this.left.keys()].filter((slice) => slice.reservation === reservation && this.quantity(slice) > 0n);
  }

  quantity(slice: StoredSlice): Micro {
    return this.left.get(slice) ?? 0n;
  }

  /** Takes from a slice; a negative quantity gives back. */
  take(slice: StoredSlice, quantity: Micro): void {
    this.left.set(slice, this.quantity(slice) - quantity);
  }

  changes(): SliceChanges['changed'] {
    return changesOf(this.left);
  }
}
