import type { Day } from './days';
import { lookAhead, project, type Projection, type Step } from './projection';
import { greatest, least, type Micro } from './quantity';

/**
 * How a day's figure is made of supply and demand (domain/atp.md §2). Only LOOK_AHEAD and DISCRETE (with the shortage
 * corrected) can never promise more than there will be. CUMULATIVE forgets later demand, FORWARD and ACCUMULATE let go of
 * demand that is still owed: a business that chooses them accepts that.
 */
export type PromiseRule =
  'LOOK_AHEAD' | 'CUMULATIVE' | 'DISCRETE' | 'BACKWARD' | 'FORWARD' | 'BACKWARD_FORWARD' | 'ACCUMULATE';

export interface RuleSetting {
  readonly rule: PromiseRule;
  /** ACCUMULATE: for how many days a surplus may be carried; for ever when absent. */
  readonly accumulationDays?: number | undefined;
}

/** Supply or demand of one bucket; `day` is its first day. */
export interface Bucket {
  readonly day: Day;
  readonly supply: Micro;
  readonly demand: Micro;
}

/** The promisable quantity of each bucket that `setting` gives; negative where demand stays short (BACKWARD, ACCUMULATE, CUMULATIVE). The first bucket's supply has the stock on hand. */
export function ruleRow(buckets: readonly Bucket[], { rule, accumulationDays }: RuleSetting): Micro[] {
  const net = buckets.map(({ supply, demand }) => supply - demand);
  switch (rule) {
    case 'LOOK_AHEAD':
      return lookAhead(running(net));
    case 'CUMULATIVE':
      return running(net);
    case 'DISCRETE':
      return discrete(buckets);
    case 'BACKWARD':
      return backward(net);
    case 'FORWARD':
      return forward(net);
    case 'BACKWARD_FORWARD':
      return forward(backward(net));
    case 'ACCUMULATE':
      return accumulate(backward(net), buckets, accumulationDays);
  }
}

/** The steps of a projection with another rule's promisable quantity; the projected balance is the same under every rule. */
export function ruleSteps(projection: Projection, setting: RuleSetting): Step[] {
  const steps = project(projection);
  if (setting.rule === 'LOOK_AHEAD') return steps;
  const supply = sums(projection.supplies, projection.today);
  const demand = sums(projection.demands, projection.today);
  supply.set(projection.today, (supply.get(projection.today) ?? 0n) + projection.start);
  const buckets = steps.map(({ day }) => ({ day, supply: supply.get(day) ?? 0n, demand: demand.get(day) ?? 0n }));
  const row = ruleRow(buckets, setting);
  return steps.map((step, index) => ({ ...step, promisable: greatest(row[index] ?? 0n, 0n) }));
}

/** Discrete ATP as the textbooks print it: per receipt bucket, what comes less what goes before the next receipt. It over-promises as soon as one figure is negative. */
export function rawDiscrete(buckets: readonly Bucket[]): { readonly index: number; readonly quantity: Micro }[] {
  const receipts: { index: number; quantity: Micro }[] = [];
  buckets.forEach(({ supply, demand }, index) => {
    if (index === 0 || supply > 0n) receipts.push({ index, quantity: supply });
    const last = receipts.at(-1);
    if (last) last.quantity -= demand;
  });
  return receipts;
}

/** Receipts pay for a shortage of the next ones, and what even the first cannot pay is owed by those that follow. Buckets without a receipt show what is left of the receipt before. */
function discrete(buckets: readonly Bucket[]): Micro[] {
  const receipts = rawDiscrete(buckets);
  const values = backward(receipts.map(({ quantity }) => quantity));
  const corrected = owed(values);
  const row: Micro[] = [];
  receipts.forEach(({ index }, place) => {
    const end = receipts[place + 1]?.index ?? buckets.length;
    for (let bucket = index; bucket < end; bucket += 1) row.push(corrected[place] ?? 0n);
  });
  return row;
}

function running(net: readonly Micro[]): Micro[] {
  let balance = 0n;
  return net.map((each) => (balance += each));
}

/** A deficit eats the surplus of earlier buckets, the nearest first; what they cannot give stays. */
function backward(net: readonly Micro[]): Micro[] {
  const row = [...net];
  for (let index = 0; index < row.length; index += 1)
    for (let before = index - 1; before >= 0 && (row[index] ?? 0n) < 0n; before -= 1) settle(row, index, before);
  return row;
}

/** A deficit eats the surplus of later buckets, the nearest first: the customer waits. */
function forward(net: readonly Micro[]): Micro[] {
  const row = [...net];
  for (let index = 0; index < row.length; index += 1)
    for (let after = index + 1; after < row.length && (row[index] ?? 0n) < 0n; after += 1) settle(row, index, after);
  return row;
}

/** Like `forward`, but nothing is forgotten at the end: used where a figure must stay safe. */
function owed(row: readonly Micro[]): Micro[] {
  let debt = 0n;
  return row.map((each) => {
    const open = each - debt;
    debt = open < 0n ? -open : 0n;
    return greatest(open, 0n);
  });
}

function settle(row: Micro[], short: number, giver: number): void {
  const part = least(greatest(row[giver] ?? 0n, 0n), -(row[short] ?? 0n));
  row[giver] = (row[giver] ?? 0n) - part;
  row[short] = (row[short] ?? 0n) + part;
}

/** Surplus travels on for so many days; a deficit does not. */
function accumulate(values: readonly Micro[], buckets: readonly Bucket[], days: number | undefined): Micro[] {
  return values.map((value, index) => {
    if (value < 0n) return value;
    const today = buckets[index]?.day ?? 0;
    let sum = 0n;
    for (let from = 0; from <= index; from += 1) {
      const age = today - (buckets[from]?.day ?? 0);
      if (days === undefined || age <= days) sum += greatest(values[from] ?? 0n, 0n);
    }
    return sum;
  });
}

function sums(flows: Projection['supplies'], today: Day): Map<Day, Micro> {
  const byDay = new Map<Day, Micro>();
  for (const { day, quantity } of flows) {
    const bucket = Math.max(day, today);
    byDay.set(bucket, (byDay.get(bucket) ?? 0n) + quantity);
  }
  return byDay;
}
