import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { PositionDto, SupplyDto, Timeline, TimelineQuery } from '#contracts/availability/availability.dto';
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeDirectory } from '../out/node-directory';
import { demandsOfItem } from '../out/plan.store';
import { now, positionsOfItem } from '../out/position.store';
import { suppliesOfItem } from '../out/supply.store';
import { planNode, type PlanDemand, type Standing } from '../plan/node-plan';
import { timelineOf } from '../plan/views';
import { dayOf, type Day } from '../promise/days';
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
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: ITEM_UNKNOWN (not-found). */
  async timeline({ item, node, days = DEFAULT_DAYS }: TimelineQuery): Promise<Timeline> {
    const watermarks = await this.promises.watermarks();
    await this.nodes.nodes();
    return this.database.transaction(async (tx) => {
      // One snapshot for what has to add up.
      await tx.query('set transaction isolation level repeatable read, read only');
      const asOf = await now(tx);
      const positions = await positionsOfItem(tx, item);
      if (positions.length === 0)
        throw new CrossdockError({
          code: 'ITEM_UNKNOWN',
          kind: 'not-found',
          message: `no node has ever held or expected ${item}`,
        });
      const supplies = await suppliesOfItem(tx, item);
      const demands = await demandsOfItem(tx, item);
      const view = await this.nodes.at(asOf);
      const shown = positions.filter((position) => node === undefined || position.node === node);
      const tables = shown.map((position) => {
        const here = <T extends { readonly node: string }>(list: readonly T[]) =>
          list.filter((each) => each.node === position.node);
        const standing = standingOf(position, here(supplies), here(demands), view.today(position.node));
        return timelineOf(planNode(standing, this.config), position, days);
      });
      return { item, asOf, watermarks, nodes: tables };
    });
  }
}

function standingOf(
  { item, node, free, safety }: PositionDto,
  supplies: readonly SupplyDto[],
  demands: readonly PlanDemand[],
  today: Day,
): Standing {
  return {
    ...{ item, node, today, demands },
    free: micro(free),
    safety: micro(safety),
    supplies: supplies.map(({ id, kind, quantity, availableOn }) => ({ id, kind, quantity: micro(quantity), day: dayOf(availableOn) })), // prettier-ignore
  };
}
