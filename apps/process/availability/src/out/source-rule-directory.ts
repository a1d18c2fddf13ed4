import { Inject, Injectable } from '@nestjs/common';
import type { StaleSource } from '#contracts/availability/source-rules.dto';
import { Database, type Queryable } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { micro } from '../promise/quantity';
import type { Staleness } from '../promise/staleness';
import { sourceRules, type SourceRuleRow } from './source-rule.store';

const STRICTEST = ['HOLD', 'FLOOR', 'LAST_KNOWN'] as const;

/** Which source speaks for which node, and which are stale, as known in this process: read again when older than the configured time. */
@Injectable()
export class SourceRuleDirectory {
  private rules: readonly SourceRuleRow[] = [];
  private stale: ReadonlyMap<string, Staleness> = new Map();
  private readUntil = 0;

  constructor(
    private readonly database: Database,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Waits only when a look is due. `db`: the transaction of whoever has one. */
  async current(db: Queryable = this.database): Promise<this> {
    if (Date.now() < this.readUntil) return this;
    const until = Date.now() + this.config.policiesCacheMs;
    this.rules = await sourceRules(db);
    this.stale = new Map([...this.rules].reverse().sort(byStrictness).flatMap(stalenessOf));
    this.readUntil = until;
    return this;
  }

  /** The next look sees what was just stored. */
  expire(): void {
    this.readUntil = 0;
  }

  /** The sources that alone may state a fact at a node; undefined when no rule names it. */
  authorities(node: string, fact: string): readonly string[] | undefined {
    const named = this.rules.filter((rule) => rule.node === node && rule.facts.some((each) => each === fact));
    return named.length === 0 ? undefined : named.map(({ source }) => source);
  }

  /** Of several stale sources of a node the strictest rule counts. */
  staleness(node: string): Staleness | undefined {
    return this.stale.get(node);
  }

  staleSources(nodes: (node: string) => boolean = () => true): StaleSource[] {
    return this.rules.flatMap(({ node, source, stale, whenStale, heardAt, floorShare }) => {
      if (!stale || whenStale === null || !nodes(node)) return [];
      const known = { node, source, policy: whenStale };
      return [{ ...known, ...(heardAt !== null && { heardAt }), ...(floorShare !== null && { floorShare }) }];
    });
  }
}

/** The strictest last, so that it is the one that stays. */
function byStrictness(a: SourceRuleRow, b: SourceRuleRow): number {
  const strictness = ({ whenStale, floorShare }: SourceRuleRow) =>
    STRICTEST.indexOf(whenStale ?? 'LAST_KNOWN') + Number(floorShare ?? 0);
  return strictness(b) - strictness(a);
}

function stalenessOf({ node, stale, whenStale, floorShare }: SourceRuleRow): [string, Staleness][] {
  return stale && whenStale !== null ? [[node, { policy: whenStale, share: micro(floorShare ?? '0') }]] : [];
}
