import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { Shortage, ShortageOrder, ShortagePage, ShortagesQuery } from '#contracts/availability/planning.dto';
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeDirectory } from '../out/node-directory';
import { now } from '../out/position.store';
import { shortPositions, type ShortPosition } from '../out/shortage.store';
import { standingsAt } from '../out/standing.store';
import { dateOf, dayOf } from '../promise/days';
import { text } from '../promise/quantity';
import { risksIn, type Risk } from '../risk/assess';
import { planNode } from '../plan/node-plan';

const DEFAULT_DAYS = 30;
const DEFAULT_LIMIT = 50;
const LIST = 'shortages';
/** Orders named for each shortage; `ordersTouched` counts all. */
const NAMED = 20;

/** What will be missing, where and from when on, and whom that touches. */
@Injectable()
export class Shortages {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: CURSOR_INVALID (invalid), also when the filters have changed. */
  async page(query: ShortagesQuery): Promise<ShortagePage> {
    const { item, node, days = DEFAULT_DAYS, limit = DEFAULT_LIMIT } = query;
    const after = afterOf(query);
    const nodes = await this.nodes.nodes();
    return this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const asOf = await now(tx);
      const view = await this.nodes.at(asOf);
      const todays = new Map(nodes.map(({ id }) => [id, view.today(id)]));
      const filter = { ...this.config, item, node, days, after, limit: limit + 1 };
      const found = await shortPositions(tx, todays, filter);
      const page = found.slice(0, limit);
      const standings = await standingsAt(tx, page, view);
      const shortages = page.map((short, index) => {
        const standing = standings[index];
        return shortageView(short, standing ? risksIn(standing, planNode(standing, this.config)) : []);
      });
      const last = page.at(-1);
      const next = found.length > limit && last ? { next: cursorAfter(last, query) } : {};
      return { asOf, shortages, ...next };
    });
  }
}

function shortageView(
  { item, node, firstDay, quantity, until, safety }: ShortPosition,
  risks: readonly Risk[],
): Shortage {
  // prettier-ignore
  return {
    item,
    node,
    firstDay: dateOf(firstDay),
    quantity: text(quantity),
    ...(until !== undefined && { until: dateOf(until) }),
    safetyStock: text(safety),
    ordersTouched: new Set(risks.map(({ reservation }) => reservation)).size,
    orders: risks.slice(0, NAMED).map(orderView),
  };
}

function orderView({ reservation, line, day, quantity, newDay }: Risk): ShortageOrder {
  const newDate = newDay === undefined ? {} : { newDate: dateOf(newDay) };
  return { reservation, line, shipDate: dateOf(day), quantity: text(quantity), ...newDate };
}

function cursorAfter({ firstDay, item, node }: ShortPosition, query: ShortagesQuery): string {
  return encodeCursor([dateOf(firstDay), item, node], LIST, filterOf(query));
}

function afterOf(query: ShortagesQuery): { firstDay: number; item: string; node: string } | undefined {
  const keys = decodeCursor(query.cursor, ['day', 'text', 'text'], LIST, filterOf(query));
  return keys && { firstDay: dayOf(keys[0]), item: keys[1], node: keys[2] };
}

function filterOf({ item, node, days }: ShortagesQuery): object {
  return { item, node, days };
}
