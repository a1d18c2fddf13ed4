import type { Day } from './days';
import type { Flow, Step } from './projection';
import { greatest, least, type Micro } from './quantity';

/** Stock of one lot at one node. */
export interface Lot {
  readonly lot: string;
  /** Last day on which it may be used; never expires when absent. */
  readonly expiresOn?: Day | undefined;
  /** Usable on hand, before commitments and safety stock. */
  readonly quantity: Micro;
}

/** What the book of an item with lots needs besides `free`. */
export interface LotStock {
  readonly lots: readonly Lot[];
  /** What is allocated or reserved on hand, by ship day: `free` leaves it out already, here it is matched to lots. */
  readonly held: readonly Flow[];
  /** Days of life that must be left on the ship day. Who owes life at delivery adds the days of transit. */
  readonly remainingLifeDays: number;
}

export interface LotBalance extends Pick<LotStock, 'lots' | 'remainingLifeDays'> {
  /** Allocated or reserved on hand by ship day, each day once. */
  readonly held: readonly Flow[];
  /** Usable − held − safety. What it has more than the lots say never expires; what the lots have more is not counted. */
  readonly free: Micro;
  readonly safety: Micro;
  readonly supplies: readonly (Flow & { readonly expiresOn?: Day | undefined })[];
  /** Promises that wait for supply, by day, each day once. */
  readonly demands: readonly Flow[];
  readonly today: Day;
}

export interface LotRoom {
  /** From stock on hand. */
  readonly onHand: Micro;
  /** From supply that has come by then. */
  readonly supply: Micro;
}

interface Pool {
  readonly from: Day;
  readonly until: Day;
  readonly onHand: boolean;
  left: Micro;
}

/**
 * Available-to-promise of lots (domain/atp.md §4, E8): dated demand is matched to lots, the earliest to expire first, and never
 * netted in total. What can be promised on a day is what is left of the lots good on that day when every booked demand
 * is still served no later than without the new promise. Unlike a netted row it falls when a lot expires.
 */
export class LotMatch {
  private readonly pools: Pool[];
  /** When booked demand is really served: late where nothing was there in time. */
  private served: Flow[];
  private readonly waiting: Flow[];
  private readonly today: Day;

  constructor(balance: LotBalance) {
    this.today = balance.today;
    this.pools = poolsOf(balance);
    this.waiting = [...balance.demands, ...this.matchHeld(balance.held)];
    this.served = this.serve();
    const withheld = this.withhold(greatest(balance.safety, 0n));
    if (withheld < balance.safety) {
      this.waiting.push({ day: balance.today, quantity: balance.safety - withheld });
      this.served = this.serve();
    }
  }

  /** What can be promised for shipping on a day, by where it comes from. */
  room(day: Day): LotRoom {
    const left = this.leftOn(Math.max(day, this.today));
    const room = { onHand: 0n, supply: 0n };
    for (const [pool, quantity] of left)
      if (pool.onHand) room.onHand += quantity;
      else room.supply += quantity;
    return room;
  }

  /** On hand, good on that day and not held by anyone, whatever later promises count on. */
  freeOn(day: Day): Micro {
    return this.pools.reduce((sum, pool) => (pool.onHand && goodOn(pool, day) ? sum + pool.left : sum), 0n);
  }

  /** One step per day on which something comes, is needed or expires. */
  steps(): Step[] {
    const days = new Set([this.today]);
    for (const { from, until } of this.pools) {
      days.add(from);
      if (until >= this.today && until < Infinity) days.add(until + 1);
    }
    for (const { day } of [...this.waiting, ...this.served]) days.add(Math.max(day, this.today));
    return [...days]
      .sort((a, b) => a - b)
      .map((day) => {
        const { onHand, supply } = this.room(day);
        return { day, projected: this.projectedOn(day), promisable: onHand + supply };
      });
  }

  /** Stock good at the end of the day, less what is then overdue. */
  private projectedOn(day: Day): Micro {
    const left = new Map(this.pools.map((pool) => [pool, pool.left]));
    let owed = 0n;
    for (const { day: due, quantity } of this.waiting) if (due <= day) owed += quantity;
    for (const { day: on, quantity } of this.served) {
      if (on > day) continue;
      owed -= quantity;
      drawEarliestExpiry(left, on, quantity);
    }
    for (const [pool, quantity] of left) if (goodOn(pool, day)) owed -= quantity;
    return -owed;
  }

  /**
   * What is left for a promise on `day`: earlier demand takes the lots that expire first, later demand those that come last.
   * Both leave the most to the days between (the usual exchange argument), so together they leave the most to `day`.
   */
  private leftOn(day: Day): Map<Pool, Micro> {
    const left = new Map(this.pools.map((pool) => [pool, pool.left]));
    for (const point of this.served) if (point.day < day) drawEarliestExpiry(left, point.day, point.quantity);
    for (const point of [...this.served].reverse())
      if (point.day >= day) drawLatestArrival(left, point.day, point.quantity);
    for (const pool of left.keys()) if (!goodOn(pool, day)) left.delete(pool);
    return left;
  }

  /** Day by day, the earliest to expire first; what finds nothing waits and is served before anything else can be promised. */
  private serve(): Flow[] {
    const left = new Map(this.pools.map((pool) => [pool, pool.left]));
    const days = new Set([...this.waiting, ...this.pools.map((pool) => ({ day: pool.from }))].map(({ day }) => Math.max(day, this.today))); // prettier-ignore
    const served: Flow[] = [];
    let open = 0n;
    for (const day of [...days].sort((a, b) => a - b)) {
      for (const { day: due, quantity } of this.waiting) if (Math.max(due, this.today) === day) open += quantity;
      const unserved = drawEarliestExpiry(left, day, open);
      if (unserved < open) served.push({ day, quantity: open - unserved });
      open = unserved;
    }
    return served;
  }

  /** Commitments on hand take stock on hand only; what no lot is good for on its ship day is needed like any other demand. */
  private matchHeld(held: readonly Flow[]): Flow[] {
    const left = new Map(this.pools.filter((pool) => pool.onHand).map((pool) => [pool, pool.left]));
    const unmatched: Flow[] = [];
    for (const { day, quantity } of [...held].sort((a, b) => a.day - b.day)) {
      const open = drawEarliestExpiry(left, Math.max(day, this.today), quantity);
      if (open > 0n) unmatched.push({ day, quantity: open });
    }
    for (const [pool, quantity] of left) pool.left = quantity;
    return unmatched;
  }

  /** Safety stock is what demand does not need, of the lots that live longest (E6). Returns how much of it there is. */
  private withhold(safety: Micro): Micro {
    let open = safety;
    const spare = [...this.leftOn(this.today)].filter(([pool]) => pool.onHand);
    for (const [pool, quantity] of spare.sort(([a], [b]) => descending(a.until, b.until))) {
      const part = least(open, quantity);
      pool.left -= part;
      open -= part;
    }
    return safety - open;
  }
}

function poolsOf({ lots, held, free, safety, supplies, today, remainingLifeDays }: LotBalance): Pool[] {
  const lastDay = (expiresOn: Day | undefined) => (expiresOn === undefined ? Infinity : expiresOn - remainingLifeDays);
  const pools: Pool[] = lots.map(({ expiresOn, quantity }) => ({
    from: today,
    until: lastDay(expiresOn),
    onHand: true,
    left: quantity,
  }));
  const usable = held.reduce((sum, each) => sum + each.quantity, free + safety);
  const unlotted = pools.reduce((rest, pool) => rest - pool.left, usable);
  if (unlotted > 0n) pools.push({ from: today, until: Infinity, onHand: true, left: unlotted });
  else trim(pools, -unlotted);
  for (const { day, quantity, expiresOn } of supplies)
    pools.push({ from: Math.max(day, today), until: lastDay(expiresOn), onHand: false, left: quantity });
  // Drawing goes through the pools in this order: earliest expiry, then stock on hand before supply.
  return pools.sort((a, b) => ascending(a.until, b.until) || a.from - b.from || Number(b.onHand) - Number(a.onHand));
}

function trim(pools: readonly Pool[], excess: Micro): void {
  let open = excess;
  for (const pool of [...pools].sort((a, b) => descending(a.until, b.until))) {
    const part = least(open, pool.left);
    pool.left -= part;
    open -= part;
  }
}

/** Returns what it could not draw. */
function drawEarliestExpiry(left: Map<Pool, Micro>, day: Day, quantity: Micro): Micro {
  return draw(left, left.keys(), day, quantity);
}

function drawLatestArrival(left: Map<Pool, Micro>, day: Day, quantity: Micro): Micro {
  return draw(left, [...left.keys()].sort((a, b) => Number(a.onHand) - Number(b.onHand) || b.from - a.from), day, quantity); // prettier-ignore
}

function draw(left: Map<Pool, Micro>, pools: Iterable<Pool>, day: Day, quantity: Micro): Micro {
  let open = quantity;
  for (const pool of pools) {
    if (open === 0n) break;
    if (!goodOn(pool, day)) continue;
    const own = left.get(pool) ?? 0n;
    const part = least(open, own);
    if (part <= 0n) continue;
    left.set(pool, own - part);
    open -= part;
  }
  return open;
}

function goodOn(pool: Pool, day: Day): boolean {
  return pool.from <= day && day <= pool.until;
}

function ascending(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function descending(a: Day, b: Day): number {
  return ascending(b, a);
}
