import { serveInOrder, type Need } from './max-flow';

export interface SlowPool {
  readonly from: number;
  readonly until: number;
  readonly onHand: boolean;
  readonly quantity: number;
}

interface Dated {
  readonly day: number;
  readonly quantity: number;
}

export interface SlowLots {
  readonly pools: readonly SlowPool[];
  /** Held on hand, by ship day. */
  readonly held: readonly Dated[];
  readonly demands: readonly Dated[];
  readonly safety: number;
  /** Days from 0 on that are looked at. */
  readonly length: number;
}

/**
 * What can be promised of lots on each day, as a question of flow: as much as reaches that day from lots good on it while everything
 * booked is served on the days it would be served on without. Safety stock is what those do not need, the longest-lived first.
 */
export function slowLotRow({ pools, held, demands, safety, length }: SlowLots): number[] {
  const matched = serveInOrder(pools, held.map(heldNeed));
  const kept = held.map((each, index) => heldNeed({ ...each, quantity: matched[index]! }));
  const lacking = held.map((each, index) => ({ ...each, quantity: each.quantity - matched[index]! }));
  const booked = [...demands, ...lacking].filter(({ quantity }) => quantity > 0);
  const served = servedOn(pools, kept, booked, length);
  const left = withhold(pools, [...kept, ...served], safety);
  const withheld = sum(pools) - sum(left);
  const owed = withheld < safety ? [...booked, { day: 0, quantity: safety - withheld }] : booked;
  const afterwards = servedOn(left, kept, owed, length);
  return Array.from({ length }, (_, day) => {
    const all = [...kept, ...afterwards, { quantity: 1e6, from: (pool: SlowPool) => good(pool, day) }];
    return serveInOrder(left, all).at(-1)!;
  });
}

/** Whether stock and supply serve all that is held and booked on its own day; safety stock may have to be touched. */
export function allOnTime({ pools, held, demands }: SlowLots): boolean {
  const needs = demands.map(({ day, quantity }) => ({ quantity, from: (pool: SlowPool) => good(pool, day) }));
  return serveInOrder(pools, [...held.map(heldNeed), ...needs]).reduce((all, each) => all + each, 0) === sum(held) + sum(demands); // prettier-ignore
}

function heldNeed({ day, quantity }: Dated): Need<SlowPool> {
  return { quantity, from: (pool) => pool.onHand && good(pool, day) };
}

/** Day by day what can be served of all that is due by then, without serving less on any day before: as needs of exactly those days. */
function servedOn(
  pools: readonly SlowPool[],
  kept: readonly Need<SlowPool>[],
  booked: readonly Dated[],
  length: number,
): Need<SlowPool>[] {
  const served: (Need<SlowPool> & { quantity: number })[] = [];
  for (let day = 0; day < length; day += 1) {
    const open = sum(booked.filter((each) => each.day <= day)) - sum(served);
    const need = { quantity: open, from: (pool: SlowPool) => good(pool, day) };
    served.push({ ...need, quantity: serveInOrder(pools, [...kept, ...served, need]).at(-1)! });
  }
  return served;
}

/** Takes out of the lots on hand, those that live longest first, what the needs can do without. */
function withhold(pools: readonly SlowPool[], needs: readonly Need<SlowPool>[], safety: number): SlowPool[] {
  const wanted = sum(needs);
  const left = pools.map((pool) => ({ ...pool }));
  let open = safety;
  for (const pool of left
    .filter(({ onHand, until }) => onHand && until >= 0)
    .sort((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0)))
    for (; open > 0 && pool.quantity > 0; open -= 1) {
      pool.quantity -= 1;
      if (sum(serveInOrder(left, needs).map((quantity) => ({ quantity }))) === wanted) continue;
      pool.quantity += 1;
      break;
    }
  return left;
}

function good({ from, until }: SlowPool, day: number): boolean {
  return from <= day && day <= until;
}

function sum(list: readonly { readonly quantity: number }[]): number {
  return list.reduce((total, { quantity }) => total + quantity, 0);
}
