import type { DemandPeg, NodeTimeline, PositionDto, SupplyPeg, TimelineDay, TimelineDemand, TimelineSupply } from '#contracts/availability/availability.dto'; // prettier-ignore
import type { Supply } from '../promise/book';
import { dateOf } from '../promise/days';
import { text, type Micro } from '../promise/quantity';
import { planDays, type NodePlan, type PlanDay, type PlanDemand } from './node-plan';
import type { Peg } from './pegging';

/** The plan of a node as the contract shows it. */
export function timelineOf(plan: NodePlan, position: PositionDto, days: number): NodeTimeline {
  const bySupply = grouped(plan.pegs, ({ supply }) => supply);
  const pegsOf = (supply: string | undefined) => (bySupply.get(supply) ?? []).map(supplyPeg);
  return {
    node: position.node,
    position,
    days: planDays(plan, days).map(dayView),
    stock: { pegs: pegsOf(undefined), left: leftOf(plan, undefined) },
    supplies: plan.standing.supplies.map((supply) => supplyView(plan, supply, pegsOf(supply.id))),
    demands: demandViews(plan),
  };
}

function dayView({ day, supply, demand, projected, promisable, discrete }: PlanDay): TimelineDay {
  return {
    date: dateOf(day),
    supply: text(supply),
    demand: text(demand),
    projected: text(projected),
    availableToPromise: text(promisable),
    discreteAvailableToPromise: text(discrete),
  };
}

function supplyView(plan: NodePlan, supply: Supply, pegs: SupplyPeg[]): TimelineSupply {
  const { item, node } = plan.standing;
  const counted = plan.counted.find(({ id }) => id === supply.id);
  return {
    ...{ id: supply.id, kind: supply.kind, item, node },
    quantity: text(supply.quantity),
    availableOn: dateOf(supply.day),
    ...(counted && { countsOn: dateOf(counted.day) }),
    pegs,
    left: leftOf(plan, supply.id),
  };
}

function demandViews({ standing, pegs, uncovered }: NodePlan): TimelineDemand[] {
  const byDemand = grouped(pegs, ({ claim }) => claim.id);
  const short = new Map<string, Micro>();
  for (const { claim, quantity } of uncovered) short.set(claim.id, (short.get(claim.id) ?? 0n) + quantity);
  return standing.demands.map(({ id, reservation, line, quantity, day, state }) => ({
    ...{ reservation, line, state },
    quantity: text(quantity),
    date: dateOf(day),
    pegs: (byDemand.get(id) ?? []).map(demandPeg),
    uncovered: text(short.get(id) ?? 0n),
  }));
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
