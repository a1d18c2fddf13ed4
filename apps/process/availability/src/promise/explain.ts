import type { Demand, NodeBook, Supply } from './book';
import type { Day } from './days';
import { stepOn, type Step } from './projection';
import type { Micro } from './quantity';
import { ruleRow } from './rules';

/** One day of a node: what comes, what is needed, what that leaves. */
export interface ExplainedDay {
  readonly day: Day;
  readonly supply: Micro;
  readonly demand: Micro;
  /** Projected available balance at the end of the day; negative is a shortage. */
  readonly projected: Micro;
  /** Available to promise on the day, to the channel asked for. */
  readonly promisable: Micro;
  /** On days of receipt: discrete ATP with shortages corrected. Absent for lots, which are matched and not netted. */
  readonly discrete: Micro | undefined;
  /** Ids of what comes. */
  readonly supplies: readonly string[];
  /** Who is promised something for that day, and the supply it is pegged to. */
  readonly pegs: readonly Peg[];
}

export interface Peg {
  readonly id: string | undefined;
  readonly quantity: Micro;
  readonly supply: string | undefined;
}

/** The day table of a node (E7): so many days from its today on. What is held on hand is in the balance from the start. */
export function dayTable(book: NodeBook, days: number, channel?: string): ExplainedDay[] {
  const { supplies, demands } = book.flows();
  const steps = book.projection();
  const coming = grouped(supplies, book.today);
  const going = grouped(demands, book.today);
  const discrete = book.lotted ? new Map<Day, Micro>() : discreteRow(steps, coming, going);
  return Array.from({ length: days }, (_, index) => {
    const day = book.today + index;
    const [inbound, outbound] = [coming.get(day) ?? [], going.get(day) ?? []];
    return {
      day,
      supply: sum(inbound),
      demand: sum(outbound),
      projected: stepOn(steps, day)?.projected ?? 0n,
      promisable: book.promisable(day, channel),
      discrete: discrete.get(day),
      supplies: inbound.map(({ id }) => id),
      pegs: outbound.map(({ id, quantity, supply }) => ({ id, quantity, supply })),
    };
  });
}

/** By day of receipt: what comes less what it has to serve before the next receipt. */
function discreteRow(
  steps: readonly Step[],
  coming: ReadonlyMap<Day, readonly Supply[]>,
  going: ReadonlyMap<Day, readonly Demand[]>,
): Map<Day, Micro> {
  let before = 0n;
  const buckets = steps.map(({ day, projected }) => {
    const demand = sum(going.get(day) ?? []);
    const supply = projected - before + demand;
    before = projected;
    return { day, supply, demand };
  });
  const row = ruleRow(buckets, { rule: 'DISCRETE' });
  const receipts = steps.flatMap(({ day }, index): [Day, Micro][] =>
    index === 0 || coming.has(day) ? [[day, row[index] ?? 0n]] : [],
  );
  return new Map(receipts);
}

function grouped<T extends Supply | Demand>(flows: readonly T[], today: Day): Map<Day, T[]> {
  const groups = new Map<Day, T[]>();
  for (const flow of flows) {
    const day = Math.max(flow.day, today);
    const group = groups.get(day);
    if (group) group.push(flow);
    else groups.set(day, [flow]);
  }
  return groups;
}

function sum(flows: readonly { readonly quantity: Micro }[]): Micro {
  return flows.reduce((total, { quantity }) => total + quantity, 0n);
}
