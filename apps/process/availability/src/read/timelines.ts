import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { PositionDto, Timeline, TimelineQuery } from '#contracts/availability/timeline.dto';
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeDirectory } from '../out/node-directory';
import { expectedOf, type CountedReceipt } from '../out/expected-receipt.store';
import { demandsOfItem, type StoredDemand } from '../out/plan.store';
import { now, positionsOfItem } from '../out/position.store';
import { SourceRuleDirectory } from '../out/source-rule-directory';
import { planNode, type Standing } from '../plan/node-plan';
import { timelineOf } from '../plan/views';
import type { NodeView } from '../promise/nodes';
import { micro } from '../promise/quantity';
import { Promises } from './promises';

const DEFAULT_DAYS = 30;

/** The day table of an item: what comes, what is needed, what covers what, and what that leaves. */
@Injectable()
export class Timelines {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    private readonly promises: Promises,
    private readonly rules: SourceRuleDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: ITEM_UNKNOWN (not-found). */
  async timeline({ item, node, days = DEFAULT_DAYS }: TimelineQuery): Promise<Timeline> {
    const watermarks = await this.promises.watermarks();
    await this.nodes.nodes();
    await this.rules.current();
    return this.database.transaction(async (tx) => {
      // One snapshot for what has to add up.
      await tx.query('set transaction isolation level repeatable read, read only');
      const asOf = await now(tx);
      const positions = await positionsOfItem(tx, item);
      if (positions.length === 0) throw unknownItem(item);
      const supplies = await expectedOf(tx, [item]);
      const demands = await demandsOfItem(tx, item);
      const view = await this.nodes.at(asOf);
      const shown = positions.filter((position) => node === undefined || position.node === node);
      const standings = standingsOf(shown, supplies, demands, view);
      const tables = standings.map((standing, index) => {
        const position = shown[index];
        if (!position) return [];
        const stale = this.rules.staleSources((id) => id === position.node);
        return [{ ...timelineOf(planNode(standing, this.config), position, days), ...(stale.length > 0 && { stale }) }];
      });
      return { item, asOf, watermarks, nodes: tables.flat() };
    });
  }
}

export function unknownItem(item: string): CrossdockError {
  const message = `no node has ever held or expected ${item}`;
  return new CrossdockError({ code: 'ITEM_UNKNOWN', kind: 'not-found', message });
}

/** One for each position, in their order. */
export function standingsOf(
  positions: readonly PositionDto[],
  supplies: readonly CountedReceipt[],
  demands: readonly StoredDemand[],
  view: NodeView,
): Standing[] {
  return positions.map(({ item, node, free, safety }) => ({
    ...{ item, node, today: view.today(node) },
    free: micro(free),
    safety: micro(safety),
    supplies: supplies.filter((supply) => supply.node === node),
    demands: demands.filter((demand) => demand.node === node),
  }));
}
