import type { Fences, Supply } from '../promise/book';
import type { Day } from '../promise/days';
import { project, stepOn, trusted, type Flow, type Step } from '../promise/projection';
import { greatest, type Micro } from '../promise/quantity';
import { ruleSteps } from '../promise/rules';
import { pegCommitments, type Commitment } from './commitments';
import { peg, type Peg, type Pegging } from './pegging';

export type DemandState = 'ALLOCATED' | 'RESERVED' | 'PROMISED' | 'BACKORDERED';

/** A part of a reservation line that holds or waits for stock of the node. */
export interface PlanDemand extends Commitment {
  readonly state: DemandState;
  /** Counts on supply that is known. A backorder and a promise by lead time do not: they get what the others leave. */
  readonly dated: boolean;
}

/** What counts of a document, and what it says by itself. */
export interface PlanSupply extends Supply {
  /** Still to come by this document alone; absent where that is what counts. */
  readonly open?: Micro;
  /** ASN: the purchase order that it replaces. */
  readonly announces?: string | undefined;
}

/** One item at one node as it stands. */
export interface Standing {
  readonly item: string;
  readonly node: string;
  readonly today: Day;
  /** Usable − allocated − reserved; below 0 when stock was lost under what is held. */
  readonly free: Micro;
  readonly safety: Micro;
  /** All that is expected, whether it can be trusted or not. */
  readonly supplies: readonly PlanSupply[];
  readonly demands: readonly PlanDemand[];
}

export interface PlanDay {
  readonly day: Day;
  readonly supply: Micro;
  readonly demand: Micro;
  readonly projected: Micro;
  /** Cumulative with look-ahead. */
  readonly promisable: Micro;
  readonly discrete: Micro;
}

export interface NodePlan {
  readonly standing: Standing;
  /** Supply that counts, on the day on which it does. */
  readonly counted: readonly Supply[];
  readonly pegs: readonly Peg<PlanDemand>[];
  readonly uncovered: Pegging<PlanDemand>['uncovered'];
  /** Of stock on hand (`undefined`) and of each supply what nobody needs. */
  readonly left: ReadonlyMap<string | undefined, Micro>;
}

/** What covers what: held stock its holder, supply the promises of a day, and what they leave whoever waits without one. */
export function planNode(standing: Standing, { pastDueDays, horizonDays }: Fences): NodePlan {
  const { today, demands } = standing;
  const open = standing.supplies.filter(({ quantity }) => quantity > 0n);
  const counted = trusted(open, today, pastDueDays, horizonDays);
  const dated = demands.filter((demand) => demand.held || demand.dated);
  const first = pegCommitments({ ...standing, supplies: counted, commitments: dated });
  const second = pegRest(
    first,
    today,
    demands.filter((demand) => !demand.held && !demand.dated),
  );
  return {
    standing,
    counted,
    pegs: [...heldPegs(demands, first, today), ...first.pegs, ...second.pegs],
    uncovered: [...first.uncovered, ...second.uncovered],
    left: new Map(second.rest.map(({ supply, quantity }) => [supply, quantity])),
  };
}

/** What the first pegging leaves covers those behind. */
function pegRest({ rest }: Pegging<PlanDemand>, today: Day, claims: readonly PlanDemand[]): Pegging<PlanDemand> {
  const start = rest.find(({ supply }) => supply === undefined)?.quantity ?? 0n;
  const supplies = rest.flatMap(({ supply, day, quantity }) => (supply === undefined ? [] : [{ id: supply, day, quantity }])); // prettier-ignore
  return peg({ start, today, supplies, claims });
}

/** Held stock is pegged to its holder, but for what was lost of it. */
function heldPegs(demands: readonly PlanDemand[], first: Pegging<PlanDemand>, today: Day): Peg<PlanDemand>[] {
  const lost = new Map<string, Micro>();
  for (const { claim, quantity } of [...first.pegs, ...first.uncovered])
    if (claim.held) lost.set(claim.id, (lost.get(claim.id) ?? 0n) + quantity);
  return demands.flatMap((claim) => {
    const quantity = claim.held ? claim.quantity - (lost.get(claim.id) ?? 0n) : 0n;
    return quantity > 0n ? [{ claim, supply: undefined, quantity, day: Math.max(claim.day, today), late: false }] : [];
  });
}

/** The day table: so many days from today on. What is held on hand is no demand a second time. */
export function planDays({ standing, counted }: NodePlan, days: number): PlanDay[] {
  const { today, free, safety, demands } = standing;
  const waiting = demands.filter(({ held }) => !held);
  const projection = { start: free - safety, supplies: counted, demands: waiting, today };
  const rows = { ahead: project(projection), discrete: ruleSteps(projection, { rule: 'DISCRETE' }) };
  const [coming, going] = [byDay(counted, today), byDay(waiting, today)];
  return Array.from({ length: days }, (_, index) => {
    const day = today + index;
    const step = stepOn(rows.ahead, day);
    return {
      day,
      supply: coming.get(day) ?? 0n,
      demand: going.get(day) ?? 0n,
      projected: step?.projected ?? 0n,
      promisable: step?.promisable ?? 0n,
      discrete: discreteOn(rows.discrete, day),
    };
  });
}

function discreteOn(steps: readonly Step[], day: Day): Micro {
  return greatest(stepOn(steps, day)?.promisable ?? 0n, 0n);
}

function byDay(flows: readonly Flow[], today: Day): Map<Day, Micro> {
  const sums = new Map<Day, Micro>();
  for (const flow of flows) {
    const day = Math.max(flow.day, today);
    sums.set(day, (sums.get(day) ?? 0n) + flow.quantity);
  }
  return sums;
}
