import { Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import { toBase } from '#canonical/units';
import type { WhatIfChange, WhatIfNode, WhatIfPromise } from '#contracts/availability/what-if.dto';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { PlannerWhatIf, PlannerWhatIfChange, PlannerWhatIfNode, PlannerWhatIfPromise, PlannerWhatIfRequest } from '../in/http/what-if.dto'; // prettier-ignore
import { PlannerProcesses } from '../out/processes';
import { namesFor, orderId, type Names } from './named';
import { inUnit, plannerDay, plannerDemand, plannerSupply, type Unit } from './quantities';

@Injectable()
export class WhatIfView {
  constructor(private readonly processes: PlannerProcesses) {}

  /** Errors: ITEM_UNKNOWN (not-found), WHAT_IF_INVALID (invalid) with a finding per fault. */
  async ask({ item: id, changes, days }: PlannerWhatIfRequest): Promise<PlannerWhatIf> {
    const item = await this.processes.reference.getItem({ sku: id });
    const asked = { item: item.sku, changes: inBaseUnits(item, changes), ...(days !== undefined && { days }) };
    const { asOf, nodes, promises } = await this.processes.planning.whatIf(asked);
    const reservations = promises.map(({ reservation }) => reservation);
    const names = await namesFor(this.processes, { items: [], reservations });
    const q: Unit = (value) => ({ value, unit: item.baseUnit });
    return {
      ...{ item: item.sku, description: item.description, asOf },
      nodes: nodes.map((node) => nodeView(node, q)),
      promises: promises.map((promise) => promiseView(promise, names, q)),
    };
  }
}

/** All faults of all changes at once. */
function inBaseUnits(item: ItemDto, changes: readonly PlannerWhatIfChange[]): WhatIfChange[] {
  const findings: Finding[] = [];
  const converted = changes.map(({ quantity, ...change }, index): WhatIfChange => {
    if (quantity === undefined) return change;
    try {
      return { ...change, quantity: toBase(item, quantity) };
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      const part = error.code === 'UNIT_UNKNOWN' ? 'unit' : 'value';
      const pointer = `/changes/${index}/quantity/${part}`;
      findings.push({ code: error.code, detail: error.message, pointer, seen: quantity[part] });
      return change;
    }
  });
  if (findings.length === 0) return converted;
  const message = 'some changes cannot be made';
  throw new CrossdockError({ code: 'WHAT_IF_INVALID', kind: 'invalid', message, findings });
}

function nodeView({ node, days, demands, supplies }: WhatIfNode, q: Unit): PlannerWhatIfNode {
  return {
    node,
    days: days.map(({ date, before, after }) => ({ date, before: plannerDay(before, q), after: plannerDay(after, q) })),
    demands: demands.map((demand) => bothSides(demand, (side) => plannerDemand(side, q))),
    supplies: supplies.map((supply) => bothSides(supply, (side) => plannerSupply(side, q))),
  };
}

function promiseView({ before, after, ...promise }: WhatIfPromise, { orders }: Names, q: Unit): PlannerWhatIfPromise {
  const order = orders.get(orderId(promise.reservation));
  const sides = bothSides({ ...(before && { before }), ...(after && { after }) }, (risk) => inUnit(risk, q));
  return { ...(order && { order }), ...promise, ...sides };
}

function bothSides<Side, View>(
  { before, after }: { before?: Side; after?: Side },
  viewOf: (side: Side) => View,
): { before?: View; after?: View } {
  return { ...(before && { before: viewOf(before) }), ...(after && { after: viewOf(after) }) };
}
