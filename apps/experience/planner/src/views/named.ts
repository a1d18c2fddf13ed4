import type { PromiseRisk } from '#contracts/availability/planning.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { OrderName } from '#contracts/orders/orders.dto';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { PlannerRisk } from '../in/http/risks.dto';
import type { PlannerProcesses } from '../out/processes';

/** Ids one look-up may ask for. */
const CHUNK = 500;

/** What people call the items and orders that a list speaks of. */
export interface Names {
  readonly items: ReadonlyMap<string, ItemDto>;
  readonly orders: ReadonlyMap<string, OrderName>;
}

export interface ToName {
  readonly items: readonly string[];
  readonly reservations: readonly string[];
}

export async function namesFor(processes: PlannerProcesses, { items: skus, reservations }: ToName): Promise<Names> {
  const ids = [...new Set(reservations.map(orderId))].filter((id) => id.length <= 64);
  const chunks = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const [items, ...pages] = await Promise.all([
    lookUpItems(processes.reference, skus),
    ...chunks.map((chunk) => processes.orders.lookUp({ ids: chunk })),
  ]);
  return { items, orders: new Map(pages.flatMap(({ orders }) => orders.map((order) => [order.id, order]))) };
}

/** An item that the item master no longer has is counted in pieces without a name. */
export function plannerRisk(risk: PromiseRisk, { items, orders }: Names): PlannerRisk {
  const item = items.get(risk.item);
  const order = orders.get(orderId(risk.reservation));
  return {
    item: risk.item,
    description: item?.description ?? '',
    node: risk.node,
    ...(order && { order }),
    reservation: risk.reservation,
    line: risk.line,
    shipDate: risk.shipDate,
    quantity: { value: risk.quantity, unit: item?.baseUnit ?? 'EA' },
    ...(risk.newDate !== undefined && { newDate: risk.newDate }),
  };
}

/** An order's first reservation has its id, a later one `<id>~<n>`. */
export function orderId(reservation: string): string {
  return reservation.split('~', 1)[0] ?? reservation;
}
