import { Injectable } from '@nestjs/common';
import { GatewayServices } from '../gateway-services';
import type { PlanUsage, ProblemCount, UsageByRoute, UsagePoint, UsageView } from '../in/http/usage.dto';
import type { KeyMode } from '../partners/key-text';
import { PartnersStore } from '../partners/partners.store';
import { bucketOf } from '../pipeline/authenticate';
import { versionsOf } from '../versions/changelog';
import { VersionStore } from '../versions/version.store';
import { FiguresStore, type ProblemRow, type TimesRow } from './figures.store';
import { RequestLogStore, type UsageRow } from './request-log.store';

type Window = UsageView['window'];
/** Groups of problems that are shown at most. */
const PROBLEMS = 50;
/** How far back, and how much one point stands for, both in minutes. */
const WINDOWS: Readonly<Record<Window, { back: number; point: number }>> = {
  hour: { back: 60, point: 1 },
  day: { back: 24 * 60, point: 15 },
  week: { back: 7 * 24 * 60, point: 60 },
};

@Injectable()
export class Usage {
  constructor(
    private readonly log: RequestLogStore,
    private readonly figures: FiguresStore,
    private readonly partners: PartnersStore,
    private readonly services: GatewayServices,
    private readonly versions: VersionStore,
  ) {}

  async of(partner: string, window: Window, mode?: KeyMode): Promise<UsageView> {
    const { back, point } = WINDOWS[window];
    const now = new Date();
    const from = new Date(now.getTime() - back * 60_000);
    const [rows, times, problems, plans, uses] = await Promise.all([
      this.log.usage(partner, from, point, mode),
      this.figures.times(partner, from, mode),
      this.figures.problems(partner, from, PROBLEMS, mode),
      this.plans(partner),
      this.versions.of(partner),
    ]);
    const all = times.find(({ route }) => route === null);
    return {
      asOf: now.toISOString(),
      window,
      minutes: point,
      points: pointsOf(rows),
      routes: routesOf(rows, times),
      ...(all !== undefined && { p95Ms: all.p95Us / 1000 }),
      problems: problems.map(problemOf),
      versions: versionsOf(uses),
      plans: plans.filter((plan) => mode === undefined || plan.mode === mode),
    };
  }

  private async plans(partner: string): Promise<PlanUsage[]> {
    const [keys, plans] = await Promise.all([this.partners.listKeys(partner), this.partners.plans()]);
    const living = keys.filter((key) => key.living);
    const buckets = new Map(living.map(({ plan, mode }) => [bucketOf({ partner, plan, mode }), { plan, mode }]));
    const known = [...buckets].map(async ([bucket, { plan, mode }]) => {
      const policies = plans.find(({ id }) => id === plan)?.policies ?? [];
      // A call that weighs nothing is told the state and changes none.
      const { states } = await this.services.limiter.take(bucket, policies, 0);
      return {
        plan,
        mode,
        policies: states.map(({ policy, remaining, seconds }) => ({ ...policy, remaining, resetSeconds: seconds })),
      };
    });
    return Promise.all(known);
  }
}

function pointsOf(rows: readonly UsageRow[]): UsagePoint[] {
  const points = new Map<string, UsagePoint>();
  for (const { start, status, calls } of rows) {
    const at = start.toISOString();
    const point = points.get(at) ?? { start: at, succeeded: 0, refused: 0, limited: 0, failed: 0 };
    point[kindOf(status)] += Number(calls);
    points.set(at, point);
  }
  return [...points.values()];
}

function kindOf(status: number): 'succeeded' | 'refused' | 'limited' | 'failed' {
  if (status === 429) return 'limited';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'succeeded';
}

function routesOf(rows: readonly UsageRow[], times: readonly TimesRow[]): UsageByRoute[] {
  const p95 = new Map(times.map(({ method, route, status, p95Us }) => [`${method} ${route} ${status}`, p95Us / 1000]));
  const routes = new Map<string, UsageByRoute & { total: number }>();
  for (const { method, route, version, status, calls, durationUs } of rows) {
    const key = `${method} ${route} ${status}`;
    const known = routes.get(key) ?? { method, route, version, status, calls: 0, durationMs: 0, total: 0 };
    routes.set(key, { ...known, calls: known.calls + Number(calls), total: known.total + Number(durationUs) });
  }
  return [...routes.values()]
    .map(({ total, ...route }) => {
      const p95Ms = p95.get(`${route.method} ${route.route} ${route.status}`);
      const durationMs = Math.round(total / route.calls) / 1000;
      return { ...route, durationMs, ...(p95Ms !== undefined && { p95Ms }) };
    })
    .sort((a, b) => b.calls - a.calls);
}

function problemOf({ calls, lastAt, request, ...problem }: ProblemRow): ProblemCount {
  return { ...problem, calls: Number(calls), lastAt: lastAt.toISOString(), lastRequest: request };
}
