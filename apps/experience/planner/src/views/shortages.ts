import { Injectable } from '@nestjs/common';
import type { Shortage } from '#contracts/availability/planning.dto';
import type { PlannerShortage, PlannerShortages, PlannerShortagesQuery } from '../in/http/shortages.dto';
import { PlannerProcesses } from '../out/processes';
import { namesFor, orderId, type Names } from './named';

@Injectable()
export class ShortagesView {
  constructor(private readonly processes: PlannerProcesses) {}

  async list(query: PlannerShortagesQuery): Promise<PlannerShortages> {
    const { asOf, shortages, next } = await this.processes.planning.shortages({ ...query });
    const named = await namesFor(this.processes, {
      items: shortages.map(({ item }) => item),
      reservations: shortages.flatMap(({ orders }) => orders.map(({ reservation }) => reservation)),
    });
    return {
      asOf,
      shortages: shortages.map((short) => plannerShortage(short, named)),
      ...(next !== undefined && { next }),
    };
  }
}

function plannerShortage(short: Shortage, { items, orders }: Names): PlannerShortage {
  const item = items.get(short.item);
  const q = (value: string) => ({ value, unit: item?.baseUnit ?? 'EA' });
  return {
    item: short.item,
    description: item?.description ?? '',
    node: short.node,
    firstDay: short.firstDay,
    quantity: q(short.quantity),
    ...(short.until !== undefined && { until: short.until }),
    safetyStock: q(short.safetyStock),
    ordersTouched: short.ordersTouched,
    orders: short.orders.map(({ quantity, ...line }) => {
      const order = orders.get(orderId(line.reservation));
      return { ...(order && { order }), ...line, quantity: q(quantity) };
    }),
  };
}
