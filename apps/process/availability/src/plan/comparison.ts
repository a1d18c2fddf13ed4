import type { TimelineDemand, TimelineSupply } from '#contracts/availability/timeline.dto';
import type { WhatIfNode, WhatIfPromise, WhatIfRisk } from '#contracts/availability/what-if.dto';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';
import { promiseKey, risksIn, type Risk } from '../risk/assess';
import { planDays, type NodePlan } from './node-plan';
import { dayView, demandViewsById, supplyViewsById } from './views';

/** A node's plan as it is and as it would be. */
export interface PlanPair {
  readonly before: NodePlan;
  readonly after: NodePlan;
}

export function nodeComparison({ before, after }: PlanPair, days: number): WhatIfNode {
  const [now, then] = [planDays(before, days), planDays(after, days)];
  return {
    node: before.standing.node,
    days: now.flatMap((day, index) => {
      const other = then[index];
      return other ? [{ date: dateOf(day.day), before: dayView(day), after: dayView(other) }] : [];
    }),
    demands: differing<TimelineDemand>(demandViewsById(before), demandViewsById(after)),
    supplies: differing<TimelineSupply>(supplyViewsById(before), supplyViewsById(after)),
  };
}

/** Every promise that is late or short before or after, by ship day. */
export function promiseComparison(pairs: readonly PlanPair[]): WhatIfPromise[] {
  const now = risksById(pairs.map(({ before }) => before));
  const then = risksById(pairs.map(({ after }) => after));
  const all = [...new Map([...now, ...then])];
  all.sort(([, a], [, b]) => a.day - b.day);
  return all.map(([key, { reservation, line, node, day }]) => {
    const [before, after] = [now.get(key), then.get(key)];
    return {
      ...{ reservation, line, node },
      shipDate: dateOf(day),
      ...(before && { before: riskView(before) }),
      ...(after && { after: riskView(after) }),
    };
  });
}

function risksById(plans: readonly NodePlan[]): Map<string, Risk> {
  const risks = plans.flatMap((plan) => risksIn(plan.standing, plan));
  return new Map(risks.map((risk) => [promiseKey(risk), risk]));
}

function riskView({ quantity, newDay }: Risk): WhatIfRisk {
  return { quantity: text(quantity), ...(newDay !== undefined && { newDate: dateOf(newDay) }) };
}

function differing<View>(
  before: ReadonlyMap<string, View>,
  after: ReadonlyMap<string, View>,
): { before?: View; after?: View }[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id) => {
    const [now, then] = [before.get(id), after.get(id)];
    if (JSON.stringify(now) === JSON.stringify(then)) return [];
    return [{ ...(now && { before: now }), ...(then && { after: then }) }];
  });
}
