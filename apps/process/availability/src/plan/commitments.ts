import type { Day } from '../promise/days';
import type { Flow } from '../promise/projection';
import { greatest, least, type Micro } from '../promise/quantity';
import { peg, type Claim, type Pegging } from './pegging';

/** A part of a reservation line, as the plan sees it. */
export interface Commitment extends Claim {
  /** Of the stored slice. */
  readonly id: string;
  readonly reservation: string;
  readonly line: number;
  /** Stock on hand is held for it: it is no demand on later supply unless that stock is lost. */
  readonly held: boolean;
}

/** One item at one node: everything that is owed, and what it is owed from. */
export interface NodeCommitments<C extends Commitment = Commitment> {
  readonly item: string;
  readonly node: string;
  readonly today: Day;
  /** Usable − allocated − reserved; below 0 when stock was lost under what is held. */
  readonly free: Micro;
  readonly safety: Micro;
  /** Those that can be trusted. */
  readonly supplies: readonly (Flow & { readonly id: string })[];
  /** Oldest first. Held ones may be left out where `free` is not below 0. */
  readonly commitments: readonly C[];
}

/** What covers the commitments: what is held has its stock, as far as that is there, the rest is pegged by day. */
export function pegCommitments<C extends Commitment>({
  free,
  safety,
  today,
  supplies,
  commitments,
}: NodeCommitments<C>): Pegging<C> {
  // prettier-ignore
  const lost = lostStock(commitments, greatest(-free, 0n));
  const waiting = commitments.filter(({ held }) => !held);
  return peg({ start: greatest(free, 0n) - safety, today, supplies, claims: [...lost, ...waiting] });
}

/** Lost stock is missing to what is to ship last; of one day, to what was held last. */
function lostStock<C extends Commitment>(commitments: readonly C[], quantity: Micro): C[] {
  let open = quantity;
  const held = commitments.filter((each) => each.held).sort((a, b) => a.day - b.day);
  return held.reverse().flatMap((commitment) => {
    const missing = least(open, commitment.quantity);
    open -= missing;
    return missing > 0n ? [{ ...commitment, quantity: missing }] : [];
  });
}
