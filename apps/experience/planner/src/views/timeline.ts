import { Injectable } from '@nestjs/common';
import type { DemandPeg, NodeTimeline, SupplyPeg, TimelineDay } from '#contracts/availability/availability.dto';
import type { PlannerDay, PlannerDemandPeg, PlannerNode, PlannerQuantity, PlannerSupplyPeg, PlannerTimeline, PlannerTimelineQuery } from '../in/http/timeline.dto'; // prettier-ignore
import { PlannerProcesses } from '../out/processes';

@Injectable()
export class TimelineView {
  constructor(private readonly processes: PlannerProcesses) {}

  /** `id`: SKU or GTIN. Errors: ITEM_UNKNOWN (not-found). */
  async get(id: string, query: PlannerTimelineQuery): Promise<PlannerTimeline> {
    const item = await this.processes.reference.getItem({ sku: id });
    const { asOf, watermarks, nodes } = await this.processes.availability.timeline({ ...query, item: item.sku });
    return {
      item: item.sku,
      description: item.description,
      asOf,
      watermarks,
      nodes: nodes.map((node) => plannerNode(node, (value) => ({ value, unit: item.baseUnit }))),
    };
  }
}

/** A quantity in the item's base unit. */
type Unit = (value: string) => PlannerQuantity;

function plannerNode({ node, position, days, stock, supplies, demands }: NodeTimeline, q: Unit): PlannerNode {
  return {
    node,
    position: {
      onHand: q(position.onHand),
      quarantined: q(position.quarantined),
      damaged: q(position.damaged),
      expired: q(position.expired),
      usable: q(position.usable),
      allocated: q(position.allocated),
      reserved: q(position.reserved),
      safety: q(position.safety),
      inTransit: q(position.inTransit),
      free: q(position.free),
    },
    days: days.map((day) => plannerDay(day, q)),
    stock: { pegs: stock.pegs.map((peg) => supplyPeg(peg, q)), left: q(stock.left) },
    supplies: supplies.map(({ id, kind, quantity, availableOn, countsOn, pegs, left }) => ({
      ...{ id, kind, availableOn },
      quantity: q(quantity),
      ...(countsOn !== undefined && { countsOn }),
      pegs: pegs.map((peg) => supplyPeg(peg, q)),
      left: q(left),
    })),
    demands: demands.map(({ reservation, line, quantity, date, state, pegs, uncovered }) => ({
      ...{ reservation, line, date, state },
      quantity: q(quantity),
      pegs: pegs.map((peg) => demandPeg(peg, q)),
      uncovered: q(uncovered),
    })),
  };
}

function plannerDay(day: TimelineDay, q: Unit): PlannerDay {
  return {
    date: day.date,
    supply: q(day.supply),
    demand: q(day.demand),
    projected: q(day.projected),
    availableToPromise: q(day.availableToPromise),
    discreteAvailableToPromise: q(day.discreteAvailableToPromise),
  };
}

function demandPeg({ quantity, ...peg }: DemandPeg, q: Unit): PlannerDemandPeg {
  return { ...peg, quantity: q(quantity) };
}

function supplyPeg({ quantity, ...peg }: SupplyPeg, q: Unit): PlannerSupplyPeg {
  return { ...peg, quantity: q(quantity) };
}
