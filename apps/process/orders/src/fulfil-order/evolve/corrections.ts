import { Decimal } from '#canonical/decimal';
import { free, warn, type Draft } from '../draft';
import type { EventOf } from '../order-event';
import type { ConfirmedShipment, LineProgress } from '../order-state';
import { AT_NODE, lineOf, put, quantityOf, take } from '../quantities';

type Correction = EventOf<'SHIPMENT_CORRECTED'>['shipment'];

/**
 * A shipment was not what it was said to be. What did not leave is open again and is reserved anew; what left beyond what was said
 * before comes out of what is open, as a shipment does. Each version once, in their order.
 */
export function shipmentCorrected(draft: Draft, { shipment: correction }: EventOf<'SHIPMENT_CORRECTED'>): void {
  const shipment = draft.progress.shipments.find((each) => each.id === correction.shipment);
  if (!shipment || correction.revision <= (shipment.revision ?? 1)) return;
  shipment.revision = correction.revision;
  for (const changed of correction.lines) {
    record(shipment, changed);
    const line = lineOf(draft, changed.line);
    const more = new Decimal(changed.quantity).minus(changed.before);
    if (!line) warn(draft, 'SHIPPED_UNORDERED', `${shipment.id} ships line ${changed.line}, which was not ordered`);
    else if (more.gt(0)) shipMore(draft, line, changed, more);
    else comeBack(line, more.negated());
  }
}

function record(shipment: ConfirmedShipment, { line, item, quantity }: Correction['lines'][0]): void {
  const others = shipment.lines.filter((each) => each.line !== line || each.item !== item);
  shipment.lines = new Decimal(quantity).isZero() ? others : [...others, { line, item, quantity }];
}

/** What was said to have left beyond the order comes back first: it was never part of it. */
function comeBack(line: LineProgress, quantity: Decimal): void {
  const surplus = Decimal.min(quantity, line.overShipped);
  line.overShipped = new Decimal(line.overShipped).minus(surplus).toFixed();
  const open = Decimal.min(quantity.minus(surplus), line.shipped);
  line.shipped = new Decimal(line.shipped).minus(open).toFixed();
  put(line, { stage: 'NEW', quantity: open.toFixed() });
}

function shipMore(draft: Draft, line: LineProgress, { reservation }: Correction['lines'][0], quantity: Decimal): void {
  const idle = take(line, quantity, (part) => !AT_NODE.includes(part.stage));
  // The goods issue has used up what waits in its own reservation; anything else goes back.
  for (const part of idle) if (part.reservation !== reservation) free(draft, line.line, part);
  const open = quantityOf(idle);
  line.shipped = open.plus(line.shipped).toFixed();
  const over = quantity.minus(open);
  if (over.lte(0)) return;
  line.overShipped = over.plus(line.overShipped).toFixed();
  warn(draft, 'OVER_SHIPPED', `line ${line.line}: ${line.overShipped} left beyond what was open`);
}
