import type { StoredSlice } from '../out/slice.store';
import type { Ground } from '../promise/ground';
import type { Offer } from '../promise/offer';
import { giveBackOffers, missingOf } from '../promise/offers';
import { least, type Micro } from '../promise/quantity';
import type { SoftStock } from './soft-stock';
import { coverInTime, type WantedLine } from './wanted';

/** A part of a soft reservation that a more urgent one has taken. */
export interface Loss {
  readonly slice: StoredSlice;
  readonly quantity: Micro;
}

export interface Preemption {
  readonly covered: readonly Offer[];
  readonly losses: readonly Loss[];
  /** Restores the soft reservations; what was covered has been given back before. */
  undo(): void;
}

/**
 * Covers what is short out of less urgent soft reservations. One is touched only when the request gains by it, and for no more than
 * what is short.
 */
export function preempt(
  lines: readonly WantedLine[],
  first: readonly Offer[],
  priority: number,
  excluded: ReadonlySet<string>,
  soft: SoftStock,
  ground: Ground,
): Preemption {
  let covered = first;
  const losses: Loss[] = [];
  const move = ({ slice, quantity }: Loss, sign: bigint): void => {
    const node = ground.book.get(slice.item)?.find((each) => each.node === slice.node);
    if (slice.held) node?.hold(-sign * quantity);
    else node?.promiseToShip(slice.day, -sign * quantity, slice.supply);
    node?.quotas?.consume(slice.node, slice.channel, -sign * quantity);
    soft.take(slice, sign * quantity);
  };
  for (const item of new Set(lines.map((line) => line.item))) {
    for (const slice of soft.lessUrgent(item, priority)) {
      const short = shortOf(item, lines, covered);
      if (short === 0n) break;
      const loss = { slice, quantity: least(short, soft.quantity(slice)) };
      giveBackOffers(ground, lines, covered);
      move(loss, 1n);
      const tried = coverInTime(ground, lines, excluded);
      if (shortOf(item, lines, tried) < short) {
        losses.push(loss);
        covered = tried;
        continue;
      }
      giveBackOffers(ground, lines, tried);
      move(loss, -1n);
      covered = coverInTime(ground, lines, excluded);
    }
  }
  return { covered, losses, undo: () => losses.forEach((loss) => move(loss, -1n)) };
}

function shortOf(item: string, lines: readonly WantedLine[], covered: readonly Offer[]): Micro {
  return lines.reduce((sum, line, index) => sum + (line.item === item ? missingAt(covered[index]) : 0n), 0n);
}

function missingAt(offered: Offer | undefined): Micro {
  return offered ? missingOf(offered) : 0n;
}
