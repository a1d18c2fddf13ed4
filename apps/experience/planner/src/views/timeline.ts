import { Injectable } from '@nestjs/common';
import type { NodeTimeline } from '#contracts/availability/availability.dto';
import type { PlannerNode, PlannerQuantity, PlannerTimeline, PlannerTimelineQuery } from '../in/http/timeline.dto';
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

function plannerNode(
  { node, position, days, supplies, demands }: NodeTimeline,
  q: (value: string) => PlannerQuantity,
): PlannerNode {
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
    days: days.map((day) => ({
      date: day.date,
      supply: q(day.supply),
      demand: q(day.demand),
      projected: q(day.projected),
      availableToPromise: q(day.availableToPromise),
    })),
    supplies: supplies.map(({ id, kind, quantity, availableOn }) => ({ id, kind, quantity: q(quantity), availableOn })),
    demands: demands.map(({ reservation, line, quantity, date, state }) => ({
      reservation,
      line,
      quantity: q(quantity),
      date,
      state,
    })),
  };
}
