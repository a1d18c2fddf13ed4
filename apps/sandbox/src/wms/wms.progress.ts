import { Decimal, plain } from '#canonical/decimal';
import type { Line, Order, OrderState, WarehouseEvent } from './wms.types';

/** What follows what on the way from release to the dock. */
const NEXT: Readonly<Partial<Record<OrderState, OrderState>>> = {
  released: 'accepted',
  accepted: 'picking',
  picking: 'picked',
  picked: 'packed',
  packed: 'shipped',
};
export const STEPS = Object.keys(NEXT).length;

/** The shelves as one run of the warehouse sees and changes them. */
export interface Shelves {
  /** Base units on hand that no order has picked. */
  free(item: string): Decimal;
  pick(item: string, quantity: Decimal): void;
  ship(item: string, quantity: Decimal): void;
}

export type BusinessFault = 'pick-short' | 'ship-twice' | 'ship-before-pick';

export interface Floor {
  readonly node: string;
  readonly shelves: Shelves;
  /** Milliseconds; each event is one later than the one before. */
  readonly now: number;
  /** True when an armed fault strikes now. */
  strikes(fault: BusinessFault): boolean;
}

export interface Advanced {
  readonly order: Order;
  readonly events: readonly WarehouseEvent[];
}

/** Moves an order on by up to `steps` steps. Pure but for the shelves it is given. */
export function advance(order: Order, steps: number, floor: Floor): Advanced {
  let current = order;
  const events: WarehouseEvent[] = [];
  for (let step = 0; step < steps; step += 1) {
    const next = NEXT[current.state];
    if (!next) break;
    const now = floor.now + events.length;
    const moved = move(current, next, { ...floor, now });
    current = moved.order;
    events.push(...moved.events);
  }
  const early = events.length > 1 && events.some(isShipped) && floor.strikes('ship-before-pick');
  return { order: current, events: early ? shippedFirst(events) : events };
}

export function isFinished(state: OrderState): boolean {
  return NEXT[state] === undefined;
}

function move(order: Order, next: OrderState, floor: Floor): Advanced {
  if (next === 'picked') return pick(order, floor);
  if (next === 'shipped') return ship(order, floor);
  const moved = { ...order, state: next };
  return { order: moved, events: [eventOf(moved, next, floor)] };
}

/** As much of each line as the shelves hold. Nothing at all: there is nothing to pack and the order ends here. */
function pick(order: Order, floor: Floor): Advanced {
  const short = floor.strikes('pick-short');
  const picked = order.lines.map((line, index): Line => {
    const wanted = short && index === 0 ? new Decimal(line.quantity).div(2).floor() : new Decimal(line.quantity);
    const quantity = Decimal.max(0, Decimal.min(wanted, floor.shelves.free(line.item)));
    floor.shelves.pick(line.item, quantity);
    return { ...line, quantity: plain(quantity) };
  });
  const moved: Order = { ...order, state: 'picked', picked };
  const event = { ...eventOf(moved, 'picked', floor), lines: picked };
  if (picked.some(({ quantity }) => quantity !== '0')) return { order: moved, events: [event] };
  const cancelled: Order = { ...moved, state: 'cancelled' };
  const ended = {
    ...eventOf(cancelled, 'cancelled', { ...floor, now: floor.now + 1 }),
    detail: 'nothing on the shelf',
  };
  return { order: cancelled, events: [event, ended] };
}

function ship(order: Order, floor: Floor): Advanced {
  const lines = order.picked.filter(({ quantity }) => quantity !== '0');
  for (const { item, quantity } of lines) floor.shelves.ship(item, new Decimal(quantity));
  const moved: Order = { ...order, state: 'shipped', shipments: order.shipments + 1 };
  const event: WarehouseEvent = {
    ...eventOf(moved, 'shipped', floor),
    shipmentId: `${order.number}-S1`,
    lines,
    packages: [{ id: `${order.number}-P1` }],
  };
  // The same shipment told twice, as another event: a warehouse that forgets what it has said.
  const again = { ...event, id: `${event.id}-again` };
  return { order: moved, events: floor.strikes('ship-twice') ? [event, again] : [event] };
}

function eventOf(order: Order, state: OrderState, floor: Floor): WarehouseEvent {
  return {
    id: `${order.number}-${state}`,
    type: `fulfilment.${state}`,
    occurredAt: new Date(floor.now).toISOString(),
    node: floor.node,
    externalId: order.externalId,
  };
}

function isShipped({ type }: WarehouseEvent): boolean {
  return type === 'fulfilment.shipped';
}

function shippedFirst(events: readonly WarehouseEvent[]): WarehouseEvent[] {
  return [...events.filter(isShipped), ...events.filter((event) => !isShipped(event))];
}
