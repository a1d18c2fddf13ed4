import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { NodeTimeline, PositionDto, SupplyDto, Timeline, TimelineDay, TimelineQuery } from '#contracts/availability/availability.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeDirectory } from '../out/node-directory';
import { now, positionsOfItem } from '../out/position.store';
import { slicesOfItem, type StoredSlice } from '../out/slice.store';
import { suppliesOfItem } from '../out/supply.store';
import { dateOf, dayOf, type Day } from '../promise/days';
import { project, stepOn, trusted, type Flow } from '../promise/projection';
import { micro, text, type Micro } from '../promise/quantity';
import { Promises } from './promises';

const DEFAULT_DAYS = 30;

/** The day table of an item: what comes, what is needed, what that leaves. */
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
      const slices = await slicesOfItem(tx, item);
      const view = await this.nodes.at(asOf);
      const shown = positions.filter((position) => node === undefined || position.node === node);
      const tables = shown.map((position) =>
        this.nodeTimeline(
          position,
          supplies.filter((supply) => supply.node === position.node),
          slices.filter((slice) => slice.node === position.node),
          { today: view.today(position.node), days },
        ),
      );
      return { item, asOf, watermarks, nodes: tables };
    });
  }

  private nodeTimeline(
    position: PositionDto,
    supplies: readonly SupplyDto[],
    slices: readonly StoredSlice[],
    { today, days }: { today: Day; days: number },
  ): NodeTimeline {
    const expected = supplies.map((supply) => ({ day: dayOf(supply.availableOn), quantity: micro(supply.quantity) }));
    const flows = trusted(expected, today, this.config.pastDueDays, this.config.horizonDays);
    const demands = slices.filter((slice) => !slice.held);
    const start = micro(position.free) - micro(position.safety);
    return {
      node: position.node,
      position,
      days: dayTable({ start, supplies: flows, demands, today }, days),
      supplies: [...supplies],
      demands: slices.map(({ reservation, line, quantity, day, state }) => ({
        reservation,
        line,
        quantity: text(quantity),
        date: dateOf(day),
        state,
      })),
    };
  }
}

/** What is held on hand is in the start already; it is no demand a second time. */
function dayTable(input: { start: Micro; supplies: Flow[]; demands: Flow[]; today: Day }, days: number): TimelineDay[] {
  const steps = project(input);
  const on = (flows: readonly Flow[], day: Day): Micro =>
    flows.reduce((sum, flow) => (Math.max(flow.day, input.today) === day ? sum + flow.quantity : sum), 0n);
  return Array.from({ length: days }, (_, index) => {
    const day = input.today + index;
    const step = stepOn(steps, day);
    return {
      date: dateOf(day),
      supply: text(on(input.supplies, day)),
      demand: text(on(input.demands, day)),
      projected: text(step?.projected ?? input.start),
      availableToPromise: text(step?.promisable ?? 0n),
    };
  });
}
