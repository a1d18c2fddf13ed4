import type { Demand, NodeBook, Supply } from './book';
import type { Day } from './days';
import { stepOn } from './projection';
import type { Micro } from './quantity';

/** One day of a node: what comes, what is needed, what that leaves. */
export interface ExplainedDay {
  readonly day: Day;
  readonly supply: Micro;
  readonly demand: Micro;
  /** Projected available balance at the end of the day; negative is a shortage. */
  readonly projected: Micro;
  /** Available to promise on the day, to the channel asked for. */
  readonly promisable: Micro;
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
  return Array.from({ length: days }, (_, index) => {
    const day = book.today + index;
    const [inbound, outbound] = [coming.get(day) ?? [], going.get(day) ?? []];
    return {
      day,
      supply: sum(inbound),
      demand: sum(outbound),
      projected: stepOn(steps, day)?.projected ?? 0n,
      promisable: book.promisable(day, channel),
      supplies: inbound.map(({ id }) => id),
      pegs: outbound.map(({ id, quantity, supply }) => ({ id, quantity, supply })),
    };
  });
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
