import { Decimal } from '#canonical/decimal';
import { TRACKING_STATUSES } from '#canonical/order';
import { free, warn, type Draft } from '../draft';
import type { EventOf } from '../order-event';
import type { ConfirmedShipment, Fulfilment, LineProgress, Part } from '../order-state';
import { AT_NODE, lineOf, quantityOf, take } from '../quantities';
import { comeUpShort, partsAt, pickedAndNotShipped, tooLate, toPicked } from './fulfilment-parts';

type Shipment = EventOf<'SHIPMENT_CONFIRMED'>['shipment'];

/** Goods have left. Missing milestones are implied; what a shipment id has said once it does not say again. */
export function shipmentConfirmed(draft: Draft, { shipment }: EventOf<'SHIPMENT_CONFIRMED'>): void {
  if (draft.progress.shipments.some((each) => each.id === shipment.shipment)) return;
  draft.progress.shipments.push(recorded(shipment));
  for (const issued of shipment.lines) {
    const line = lineOf(draft, issued.line);
    if (line) ship(draft, line, shipment, issued);
    else warn(draft, 'SHIPPED_UNORDERED', `${shipment.shipment} ships line ${issued.line}, which was not ordered`);
  }
  const fulfilment = draft.progress.fulfilments.find((each) => each.id === shipment.fulfilmentOrder);
  if (fulfilment) closeFulfilment(draft, fulfilment);
}

function recorded(shipment: EventOf<'SHIPMENT_CONFIRMED'>['shipment']): ConfirmedShipment {
  return {
    id: shipment.shipment,
    fulfilment: shipment.fulfilmentOrder,
    node: shipment.node,
    shippedAt: shipment.shippedAt,
    ...(shipment.carrier === undefined ? {} : { carrier: shipment.carrier }),
    trackingNumbers: [...shipment.trackingNumbers],
    version: 0,
    lines: shipment.lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
  };
}

/**
 * Out of the fulfilment order's own parts first, then out of what no node works on, and what is then left was never open: it is
 * recorded as shipped beyond the order. A goods issue uses up its reservation at its node and then what that still waits
 * for, all by itself; only what is held in other places goes back.
 */
function ship(
  draft: Draft,
  line: LineProgress,
  { fulfilmentOrder, node }: Shipment,
  issued: Shipment['lines'][0],
): void {
  const own = take(line, issued.quantity, (part) => part.fulfilment === fulfilmentOrder);
  const idle = (part: Part): boolean => !AT_NODE.includes(part.stage);
  const here = (part: Part): boolean => idle(part) && part.reservation === issued.reservation;
  const usedUp = [
    (part: Part): boolean => here(part) && part.stage === 'ALLOCATED' && part.node === node,
    (part: Part): boolean => here(part) && part.stage === 'WAITING',
  ].reduce((taken, matches) => [...taken, ...take(line, left(issued, taken), matches)], own);
  const elsewhere = take(line, left(issued, usedUp), idle);
  for (const part of elsewhere) free(draft, line.line, part);
  const open = quantityOf([...usedUp, ...elsewhere]);
  line.shipped = open.plus(line.shipped).toFixed();
  const over = new Decimal(issued.quantity).minus(open);
  if (over.lte(0)) return;
  line.overShipped = over.plus(line.overShipped).toFixed();
  warn(draft, 'OVER_SHIPPED', `line ${line.line}: ${line.overShipped} left beyond what was open`);
}

function left({ quantity }: Shipment['lines'][0], taken: readonly Part[]): Decimal {
  return new Decimal(quantity).minus(quantityOf(taken));
}

/**
 * A shipment closes its fulfilment order, except for what the node has said it picked beyond it: that comes in another shipment.
 * The rest was not there.
 */
function closeFulfilment(draft: Draft, fulfilment: Fulfilment): void {
  fulfilment.status = 'SHIPPED';
  for (const line of draft.progress.lines) {
    const open = quantityOf(partsAt(line, fulfilment));
    comeUpShort(draft, line, fulfilment, open.minus(pickedAndNotShipped(draft, fulfilment, line.line)));
    toPicked(line, fulfilment);
  }
  tooLate(draft, fulfilment);
}

/** Label and tracking. Tracking never goes backwards, and an older version changes nothing. */
export function shipmentProgressed(draft: Draft, { shipment: news }: EventOf<'SHIPMENT_PROGRESSED'>): void {
  const shipment = draft.progress.shipments.find((each) => each.id === news.shipment);
  if (!shipment || news.version <= shipment.version) return;
  shipment.version = news.version;
  if (news.carrier !== undefined) shipment.carrier = news.carrier;
  if (news.trackingNumbers.length > 0) shipment.trackingNumbers = [...news.trackingNumbers];
  if (news.tracking === undefined) return;
  const rank = (status: ConfirmedShipment['tracking']): number => (status ? TRACKING_STATUSES.indexOf(status) : -1);
  if (rank(news.tracking) > rank(shipment.tracking)) shipment.tracking = news.tracking;
}
