import type { TimelineDay, TimelineDemand, TimelineSupply } from '#contracts/availability/timeline.dto';
import type { PlannerDay, PlannerDemand, PlannerQuantity, PlannerSupply } from '../in/http/timeline.dto';

/** A quantity in the item's base unit. */
export type Unit = (value: string) => PlannerQuantity;

export function plannerDay(day: TimelineDay, q: Unit): PlannerDay {
  return {
    date: day.date,
    supply: q(day.supply),
    demand: q(day.demand),
    projected: q(day.projected),
    availableToPromise: q(day.availableToPromise),
    discreteAvailableToPromise: q(day.discreteAvailableToPromise),
  };
}

export function plannerSupply(supply: TimelineSupply, q: Unit): PlannerSupply {
  const { id, kind, quantity, open, announces, availableOn, countsOn, pegs, left } = supply;
  return {
    ...{ id, kind, availableOn },
    quantity: q(quantity),
    open: q(open),
    ...(announces !== undefined && { announces }),
    ...(countsOn !== undefined && { countsOn }),
    pegs: pegs.map((peg) => inUnit(peg, q)),
    left: q(left),
  };
}

export function plannerDemand(demand: TimelineDemand, q: Unit): PlannerDemand {
  const { reservation, line, quantity, date, state, pegs, uncovered } = demand;
  return {
    ...{ reservation, line, date, state },
    quantity: q(quantity),
    pegs: pegs.map((peg) => inUnit(peg, q)),
    uncovered: q(uncovered),
  };
}

export function inUnit<T extends { readonly quantity: string }>(
  { quantity, ...rest }: T,
  q: Unit,
): Omit<T, 'quantity'> & { quantity: PlannerQuantity } {
  return { ...rest, quantity: q(quantity) };
}
