import { Decimal, sum } from '#canonical/decimal';
import type { ReleaseLine } from '#contracts/availability/release.dto';
import type { ReserveLine } from '#contracts/availability/reserve.dto';
import { ORDER_RELEASED } from '#contracts/events/catalogue';
import type { NodeDto } from '#contracts/reference/reference.dto';
import { hold, type Draft, type Freed } from './draft';
import type { Fact } from './facts';
import { CANCEL_FULFILMENT, CREATE_ERP_ORDER, RELEASE_TO_NODE, RESERVE, type Command } from './order-command';
import type { OrderedLine, Part } from './order-state';
import { put, quantityOf, take } from './quantities';
import { cancelErpRequest, createErpRequest } from './erp-requests';

/** What a decision may look at beside the order. */
export interface Surroundings {
  /** RFC 3339. */
  readonly now: string;
  /** Day of `now`. */
  readonly today: string;
  readonly nodes: ReadonlyMap<string, NodeDto>;
}

export interface Plan {
  readonly commands: Command[];
  readonly facts: Fact[];
}

/**
 * What the state asks for now. Reservation first; the ERP order and the release to nodes then run beside each other: goods do not
 * wait for the ERP (deliveries and invoices do, in shipments). A hold stops new ERP orders and releases, not reservations.
 */
export function plan(draft: Draft, around: Surroundings): Plan {
  const result: Plan = { commands: [...draft.again], facts: [] };
  dropPointlessHolds(draft);
  reserveNew(draft, around, result);
  giveBack(draft, result);
  takeBackFromNodes(draft, result);
  postToErp(draft, around, result);
  if (draft.progress.holds.length === 0) releaseAllocated(draft, around, result);
  draft.progress.pending = [...new Set([...draft.progress.pending, ...result.commands.map((command) => command.key)])];
  return result;
}

/** Nothing of the order is left to be held; and an ERP that refused an order that is now cancelled was right. */
function dropPointlessHolds({ progress }: Draft): void {
  if (progress.lines.some((line) => line.parts.length > 0)) return;
  const refused = progress.holds.some(
    (each) => each.command?.key === CREATE_ERP_ORDER && each.code === 'BACKEND_REFUSED',
  );
  const cancelled = progress.lines.every((line) => new Decimal(line.shipped).isZero());
  progress.holds = progress.holds.filter((each) => each.command !== undefined);
  if (!cancelled || !refused) return;
  progress.holds = progress.holds.filter((each) => each.command?.key !== CREATE_ERP_ORDER);
  progress.erp = { state: 'NONE' };
}

/** One reservation for all that is new; what must avoid a node has one of its own. */
function reserveNew(draft: Draft, { today }: Surroundings, { commands }: Plan): void {
  for (;;) {
    const first = draft.progress.lines.flatMap((line) => line.parts).find((part) => part.stage === 'NEW');
    if (!first) return;
    const exclude = first.exclude?.join('\n');
    const matches = (part: Part): boolean => part.stage === 'NEW' && part.exclude?.join('\n') === exclude;
    const { id, reservation: soft } = draft.contents;
    const count = draft.progress.reservations.length;
    const reservation = count === 0 ? id : `${id}~${count + 1}`;
    const lines = draft.progress.lines.flatMap((line, index): ReserveLine[] => {
      const parts = take(line, Infinity, matches);
      const quantity = sum(parts.map((part) => part.quantity));
      if (parts.length === 0) return [];
      put(line, { stage: 'REQUESTED', quantity, reservation, ...(first.exclude && { exclude: first.exclude }) });
      const day = draft.contents.requestedDate;
      const item = orderedLine(draft, index).item;
      return [{ line: line.line, item, quantity, ...(day !== undefined && day >= today && { requestedDate: day }) }];
    });
    draft.progress.reservations.push({
      id: reservation,
      state: 'REQUESTED',
      early: [],
      seen: [],
      exclude: first.exclude ?? [],
    });
    commands.push({
      kind: 'reserve',
      key: RESERVE(reservation),
      request: {
        reservation,
        lines,
        mode: 'PARTIAL',
        kind: 'FIRM',
        backorder: true,
        ...ownerOf(draft),
        ...(count === 0 && soft !== undefined && { converts: soft }),
        ...(first.exclude && { excludeNodes: first.exclude }),
      },
    });
  }
}

/** Channel quotas and caps count by these. */
function ownerOf({ contents }: Draft): { partner: string; channel: string } {
  return { partner: contents.partner, channel: contents.channel.toUpperCase() };
}

/** One release per reservation, named by a number that is never used again. */
function giveBack(draft: Draft, { commands }: Plan): void {
  const byReservation = new Map<string, Freed[]>();
  for (const freed of draft.freed) {
    byReservation.set(freed.reservation, [...(byReservation.get(freed.reservation) ?? []), freed]);
  }
  for (const [reservation, freed] of byReservation) {
    const key = `free:${reservation}:${nextNumber(draft)}`;
    const lines = merged(freed).map(releaseLine);
    commands.push({ kind: 'release-reservation', key, request: { reservation, key, lines } });
  }
}

/**
 * Says exactly what goes back. When an allocation crosses the release of what waited, that release finds less and the surplus goes
 * back when the allocation is told, at its own node: stock that another part of the order counts on is never freed.
 */
function releaseLine({ line, quantity, node }: Freed): ReleaseLine {
  return node === undefined ? { line, quantity, held: 'WAITING' } : { line, quantity, node, held: 'ALLOCATED' };
}

function merged(freed: readonly Freed[]): Freed[] {
  const places = new Map<string, Freed>();
  for (const each of freed) {
    const place = `${each.line}\n${each.node ?? ''}`;
    const before = places.get(place);
    places.set(place, before ? { ...each, quantity: sum([before.quantity, each.quantity]) } : each);
  }
  return [...places.values()];
}

function takeBackFromNodes(draft: Draft, { commands }: Plan): void {
  for (const { fulfilment: id, reason } of draft.takeBack) {
    const fulfilment = draft.progress.fulfilments.find((each) => each.id === id);
    if (!fulfilment?.cancelling) continue;
    const request = { connection: fulfilment.wmsConnection, fulfilmentOrder: id, ...(reason && { reason }) };
    commands.push({ kind: 'cancel-fulfilment', key: CANCEL_FULFILMENT(id), request });
  }
}

/** The sales order once, then every cancellation that it does not know of yet. */
function postToErp(draft: Draft, { today }: Surroundings, { commands }: Plan): void {
  const { erp, lines, holds } = draft.progress;
  const wanted = lines.some((line) => line.parts.length > 0 || new Decimal(line.shipped).gt(0));
  if (erp.state === 'NONE' && wanted && holds.length === 0) {
    commands.push({ kind: 'create-erp-order', key: CREATE_ERP_ORDER, request: createErpRequest(draft, today) });
    draft.progress.erp = { state: 'REQUESTED' };
    for (const line of lines) line.cancelledInErp = line.cancelled;
  }
  if (erp.state !== 'CREATED' || lines.every((line) => line.cancelled === line.cancelledInErp)) return;
  const key = `erp-cancel:${nextNumber(draft)}`;
  commands.push({ kind: 'cancel-erp', key, request: cancelErpRequest(draft, `${draft.contents.id}-${key}`) });
  for (const line of lines) line.cancelledInErp = line.cancelled;
}

/**
 * A fulfilment order per node, reservation and wave, of stock that is on hand: so a goods issue knows which reservation it uses up.
 * Ship-complete waits until all that is open is on hand.
 */
function releaseAllocated(draft: Draft, around: Surroundings, result: Plan): void {
  const { lines } = draft.progress;
  const before = lines.some((line) => quantityOf(line.parts, 'NEW', 'REQUESTED', 'WAITING').gt(0));
  if (draft.contents.shipComplete && before) return;
  for (;;) {
    const next = lines.flatMap((line) => line.parts).find((part) => part.stage === 'ALLOCATED');
    if (!next) return;
    const place = around.nodes.get(next.node ?? '');
    if (!place) {
      hold(draft, {
        code: 'NODE_UNKNOWN',
        detail: `stock is held at ${next.node ?? ''}, which reference does not know`,
      });
      return;
    }
    releaseAt(draft, place, next.reservation ?? draft.contents.id, around, result);
  }
}

interface ReleasedLine {
  readonly ordered: OrderedLine;
  readonly quantity: string;
}

function releaseAt(
  draft: Draft,
  node: NodeDto,
  reservation: string,
  { today }: Surroundings,
  { commands, facts }: Plan,
): void {
  const { contents, progress } = draft;
  const fulfilmentOrder = `${contents.id}-F${progress.fulfilments.length + 1}`;
  const matches = (part: Part): boolean =>
    part.stage === 'ALLOCATED' && part.node === node.id && part.reservation === reservation;
  const released = progress.lines.flatMap((line, index): ReleasedLine[] => {
    const quantity = quantityOf(take(line, Infinity, matches)).toFixed();
    put(line, { stage: 'RELEASED', quantity, reservation, node: node.id, fulfilment: fulfilmentOrder });
    return quantity === '0' ? [] : [{ ordered: orderedLine(draft, index), quantity }];
  });
  progress.fulfilments.push({
    id: fulfilmentOrder,
    node: node.id,
    wmsConnection: node.wmsConnection,
    status: 'REQUESTED',
  });
  const day = contents.requestedDate;
  commands.push({
    kind: 'release-to-node',
    key: RELEASE_TO_NODE(fulfilmentOrder),
    request: {
      connection: node.wmsConnection,
      fulfilmentOrder,
      order: contents.id,
      purchaseOrder: contents.purchaseOrder,
      node: node.id,
      shipBy: day !== undefined && day > today ? day : today,
      shipTo: contents.shipToAddress,
      lines: released.map(({ ordered: { line, item }, quantity }) => ({ line, item, quantity })),
      correlationId: contents.correlationId,
    },
  });
  facts.push({ type: ORDER_RELEASED, data: releasedFact(draft, node, fulfilmentOrder, reservation, released) });
}

function releasedFact(
  { contents }: Draft,
  node: NodeDto,
  fulfilmentOrder: string,
  reservation: string,
  released: readonly ReleasedLine[],
): Extract<Fact, { type: typeof ORDER_RELEASED }>['data'] {
  return {
    order: contents.id,
    partner: contents.partner,
    customer: contents.customer,
    purchaseOrder: contents.purchaseOrder,
    fulfilmentOrder,
    node: node.id,
    erpConnection: contents.erpConnection,
    tmsConnection: node.tmsConnection,
    currency: contents.currency,
    shipFrom: node.address,
    shipTo: contents.shipToAddress,
    lines: released.map(({ ordered, quantity }) => ({
      line: ordered.line,
      item: ordered.item,
      quantity,
      reservation,
      ...(ordered.weightKg === undefined ? {} : { weightKg: ordered.weightKg }),
    })),
  };
}

function orderedLine({ contents }: Draft, index: number): OrderedLine {
  const line = contents.lines[index];
  if (!line) throw new RangeError(`${contents.id} has no line at ${index}`);
  return line;
}

function nextNumber({ progress }: Draft): number {
  progress.counter += 1;
  return progress.counter;
}
