import { Injectable } from '@nestjs/common';
import type { NodeTimeline } from '#contracts/availability/timeline.dto';
import type { PlannerNode, PlannerTimeline, PlannerTimelineQuery } from '../in/http/timeline.dto';
import { PlannerProcesses } from '../out/processes';
import { inUnit, plannerDay, plannerDemand, plannerSupply, type Unit } from './quantities';

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

function plannerNode({ node, stale, position, days, stock, supplies, demands }: NodeTimeline, q: Unit): PlannerNode {
  return {
    node,
    ...(stale && { stale }),
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
    stock: { pegs: stock.pegs.map((peg) => inUnit(peg, q)), left: q(stock.left) },
    supplies: supplies.map((supply) => plannerSupply(supply, q)),
    demands: demands.map((demand) => plannerDemand(demand, q)),
  };
}
