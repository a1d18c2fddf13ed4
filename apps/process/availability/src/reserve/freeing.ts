import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence/database';
import { settle } from '../out/exception.store';
import { lock } from '../out/item.store';
import { slicesOf, write, type SliceChanges, type StoredSlice } from '../out/slice.store';
import { Waiters } from './waiters';

/** Frees what reservations hold and gives it to who waits, in one transaction. */
@Injectable()
export class Freeing {
  constructor(private readonly waiters: Waiters) {}

  /** `choose` says, with the items locked, which slices of the reservations end or shrink. Returns those, as they were. */
  async free(
    tx: Transaction,
    reservations: readonly string[],
    choose: (slices: readonly StoredSlice[]) => SliceChanges['changed'],
  ): Promise<readonly StoredSlice[]> {
    const items = await this.lockItems(tx, reservations);
    const slices = (await slicesOf(tx, reservations)).filter((slice) => items.has(slice.item));
    const changed = choose(slices);
    if (changed.length === 0) return [];
    const touched = [...new Set(changed.map(({ slice }) => slice.item))];
    const flagged = await write(tx, { reservations: [], created: [], changed });
    await this.waiters.serve(tx, touched);
    if (flagged) await settle(tx, touched);
    return changed.map(({ slice }) => slice);
  }

  /** A line never changes its item, so the items seen before the lock are those behind it. */
  private async lockItems(tx: Transaction, reservations: readonly string[]): Promise<Set<string>> {
    const slices = await slicesOf(tx, reservations);
    if (slices.length === 0) return new Set();
    return lock(tx, [...new Set(slices.map((slice) => slice.item))]);
  }
}
