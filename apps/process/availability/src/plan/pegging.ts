import type { Day } from '../promise/days';
import type { Flow } from '../promise/projection';
import { greatest, least, type Micro } from '../promise/quantity';

/** A quantity that is needed on a day. */
export type Claim = Flow;

/** Stock on hand (`supply` is undefined) or a supply, and what of it is not needed by anybody. */
export interface Source extends Flow {
  readonly supply: string | undefined;
}

/** So much of a claim is covered by this source. */
export interface Peg<C extends Claim> {
  readonly claim: C;
  readonly supply: string | undefined;
  readonly quantity: Micro;
  /** When it can ship: the day of the claim, or a later one when the supply comes too late for it. */
  readonly day: Day;
  readonly late: boolean;
}

export interface Pegging<C extends Claim> {
  readonly pegs: readonly Peg<C>[];
  /** What no source covers, however late. */
  readonly uncovered: readonly { readonly claim: C; readonly quantity: Micro }[];
  /** What is left for new promises. */
  readonly rest: readonly Source[];
}

export interface PeggingInput<C extends Claim> {
  /** Free on hand above safety stock; what is below 0 is made good by the first supplies. */
  readonly start: Micro;
  readonly today: Day;
  readonly supplies: readonly (Flow & { readonly id: string })[];
  /** Of one day, the first in the list is served first. */
  readonly claims: readonly C[];
}

interface OpenSource extends Source {
  left: Micro;
}

/**
 * Which supply covers which claim. The earliest claim is served first, out of the latest source that is in time, so that early
 * stock stays free (no other order keeps more of the claims: whatever is in time for one is in time for all that
 * follow). What is then short gets the earliest of what is left, and disturbs no claim that is kept.
 */
export function peg<C extends Claim>({ start, today, supplies, claims }: PeggingInput<C>): Pegging<C> {
  const sources = openSources(start, today, supplies);
  const pegs: Peg<C>[] = [];
  const take = (claim: C, from: readonly OpenSource[], wanted: Micro, late: boolean): Micro => {
    let open = wanted;
    for (const source of from) {
      const quantity = least(open, source.left);
      if (quantity <= 0n) continue;
      source.left -= quantity;
      open -= quantity;
      pegs.push({ claim, supply: source.supply, quantity, day: Math.max(claim.day, source.day), late });
    }
    return open;
  };
  const inOrder = [...claims].sort((a, b) => Math.max(a.day, today) - Math.max(b.day, today));
  const short = inOrder.flatMap((claim) => {
    const inTime = sources.filter((source) => source.day <= Math.max(claim.day, today)).reverse();
    const open = take(claim, inTime, claim.quantity, false);
    return open > 0n ? [{ claim, open }] : [];
  });
  const uncovered = short.flatMap(({ claim, open }) => {
    const quantity = take(claim, sources, open, true);
    return quantity > 0n ? [{ claim, quantity }] : [];
  });
  const rest = sources.flatMap(({ supply, day, left }) => (left > 0n ? [{ supply, day, quantity: left }] : []));
  return { pegs, uncovered, rest };
}

function openSources(start: Micro, today: Day, supplies: PeggingInput<Claim>['supplies']): OpenSource[] {
  let owed = greatest(-start, 0n);
  const onHand = { supply: undefined, day: today, quantity: start, left: greatest(start, 0n) };
  const expected = supplies
    .map(({ id, day, quantity }) => ({ supply: id, day: Math.max(day, today), quantity }))
    .sort((a, b) => a.day - b.day)
    .map((supply) => {
      const made = least(owed, supply.quantity);
      owed -= made;
      return { ...supply, left: supply.quantity - made };
    });
  return [onHand, ...expected];
}
