import type {
  DemandPeg,
  NodeTimeline,
  PositionDto,
  SupplyPeg,
  TimelineDay,
  TimelineDemand,
  TimelineSupply,
} from '#contracts/availability/timeline.dto';
import { dateOf } from '../promise/days';
import { text, type Micro } from '../promise/quantity';
import { planDays, type NodePlan, type PlanDay, type PlanDemand, type PlanSupply } from './node-plan';
import type { Peg } from './pegging';

/** The plan of a node as the contract shows it. */
export function timelineOf(plan: NodePlan, position: PositionDto, days: number): NodeTimeline {
  const onHand = plan.pegs.filter(({ supply }) => supply === undefined);
  return {
    node: position.node,
    position,
    days: planDays(plan, days).map(dayView),
    stock: { pegs: onHand.map(supplyPeg), left: leftOf(plan, undefined) },
    supplies: [...supplyViewsById(plan).values()],
    demands: [...demandViewsById(plan).values()],
  };
}

export function supplyViewsById(plan: NodePlan): Map<string, TimelineSupply> {
  const bySupply = grouped(plan.pegs, ({ supply }) => supply);
  return new Map(
    plan.standing.supplies.map((supply) => [
      supply.id,
      supplyView(plan, supply, (bySupply.get(supply.id) ?? []).map(supplyPeg)),
    ]),
  );
}

export function dayView({ day, supply, demand, projected, promisable, discrete }: PlanDay): TimelineDay {
  return {
    date: dateOf(day),
    supply: text(supply),
    demand: text(demand),
    projected: text(projected),
    availableToPromise: text(promisable),
    discreteAvailableToPromise: text(discrete),
  };
}

function supplyView(plan: NodePlan, supply: PlanSupply, pegs: SupplyPeg[]): TimelineSupply {
  const { item, node } = plan.standing;
  const counted = plan.counted.find(({ id }) => id === supply.id);
  return {
    ...{ id: supply.id, kind: supply.kind, item, node },
    quantity: text(supply.quantity),
    open: text(supply.open ?? supply.quantity),
    ...(supply.announces !== undefined && { announces: supply.announces }),
    availableOn: dateOf(supply.day),
    ...(counted && { countsOn: dateOf(counted.day) }),
    pegs,
    left: leftOf(plan, supply.id),
  };
}

export function demandViewsById({ standing, pegs, uncovered }: NodePlan): Map<string, TimelineDemand> {
  const byDemand = grouped(pegs, ({ claim }) => claim.id);
  const short = new Map<string, Micro>();
  for (const { claim, quantity } of uncovered) short.set(claim.id, (short.get(claim.id) ?? 0n) + quantity);
  return new Map(
    standing.demands.map(({ id, reservation, line, quantity, day, state }) => [
      id,
      {
        ...{ reservation, line, state },
        quantity: text(quantity),
        date: dateOf(day),
        pegs: (byDemand.get(id) ?? []).map(demandPeg),
        uncovered: text(short.get(id) ?? 0n),
      },
    ]),
  );
}

function demandPeg({ supply, quantity, day, late }: Peg<PlanDemand>): DemandPeg {
  return { ...(supply !== undefined && { supply }), quantity: text(quantity), date: dateOf(day), late };
}

function supplyPeg({ claim, quantity, late }: Peg<PlanDemand>): SupplyPeg {
  return { reservation: claim.reservation, line: claim.line, quantity: text(quantity), late };
}

function leftOf({ left }: NodePlan, supply: string | undefined): string {
  return text(left.get(supply) ?? 0n);
}

function grouped<T, K>(list: readonly T[], keyOf: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of list) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}
