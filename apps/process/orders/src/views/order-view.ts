import { plain } from '#canonical/decimal';
import type { OrderHold, OrderLineView, OrderShipment, OrderView } from '#contracts/orders/orders.dto';
import {
  agreed,
  type ConfirmedShipment,
  type Hold,
  type LineProgress,
  type OrderedLine,
} from '../fulfil-order/order-state';
import { policyOf } from '../fulfil-order/policy';
import { quantityOf } from '../fulfil-order/quantities';
import { lineStatus, orderStatus } from '../fulfil-order/status';
import { reallyCancelled } from '../fulfil-order/substitutes';
import type { StoredOrder } from '../out/order.store';

/** An order as the layers above see it. */
export function orderView(order: StoredOrder): OrderView {
  const { contents, progress, version } = order;
  const { lines, charges, release, total } = contents;
  const { requestedDate, shipTo, shipToAddress } = agreed(order);
  const { documentNumber } = progress.erp;
  return {
    id: contents.id,
    partner: contents.partner,
    ...(!contents.unplaced && { customer: contents.customer }),
    purchaseOrder: contents.purchaseOrder,
    ...(release !== undefined && { release }),
    shipTo,
    ...(!contents.unplaced && { shipToAddress }),
    channel: contents.channel,
    ...(requestedDate !== undefined && { requestedDate }),
    shipComplete: contents.shipComplete,
    ...(total && { total }),
    correlationId: contents.correlationId,
    status: orderStatus(order),
    version,
    lines: lines.flatMap((line, index) => lineView(order, line, progress.lines[index])),
    charges: [...charges],
    holds: progress.holds.map(holdView),
    pastHolds: progress.pastHolds.map(({ ended, ...hold }) => {
      return { ...holdView(hold), endedAt: ended.at, endedBy: ended.who, endedBecause: ended.why };
    }),
    warnings: progress.warnings,
    findings: [...(contents.findings ?? [])],
    fulfilments: progress.fulfilments.map(({ id, node, status }) => ({ id, node, status })),
    shipments: progress.shipments.map(shipmentView),
    ...(documentNumber !== undefined && { erpDocument: documentNumber }),
    policy: policyOf(contents),
    ...(contents.cancelAfter !== undefined && { cancelAfter: contents.cancelAfter }),
    ...(contents.follows !== undefined && { follows: contents.follows }),
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  };
}

function lineView(order: StoredOrder, line: OrderedLine, progress: LineProgress | undefined): OrderLineView[] {
  if (!progress) return [];
  const promised = progress.parts
    .map((part) => part.promised ?? '')
    .reduce((latest, day) => (day > latest ? day : latest), '');
  const instead = line.insteadOf && {
    ...line.insteadOf,
    item: order.contents.lines.find((each) => each.line === line.insteadOf?.line)?.item ?? '',
  };
  return [
    {
      line: line.line,
      item: line.item,
      description: line.description,
      unit: line.unit,
      baseUnit: line.baseUnit,
      baseQuantityPerUnit: line.baseQuantityPerUnit,
      ordered: line.ordered,
      ...(line.unitPrice && { unitPrice: line.unitPrice }),
      shipped: progress.shipped,
      open: plain(quantityOf(progress.parts)),
      cancelled: reallyCancelled(progress),
      substituted: progress.substituted ?? '0',
      backordered: plain(quantityOf(progress.parts, 'WAITING')),
      status: lineStatus(order, progress),
      ...(instead && { insteadOf: instead }),
      ...(promised !== '' && { promisedDate: promised }),
    },
  ];
}

function holdView(hold: Omit<Hold, 'command'>): OrderHold {
  const { id, type, code, detail, seen, expected, owner, who, line, blocking, since } = hold;
  return {
    ...{ id, type, code, detail, owner, who, blocking, since },
    ...(seen !== undefined && { seen }),
    ...(expected !== undefined && { expected }),
    ...(line !== undefined && { line }),
  };
}

function shipmentView({
  id,
  node,
  shippedAt,
  carrier,
  trackingNumbers,
  tracking,
  lines,
}: ConfirmedShipment): OrderShipment {
  return {
    id,
    node,
    shippedAt,
    ...(carrier !== undefined && { carrier }),
    trackingNumbers,
    ...(tracking && { tracking }),
    lines,
  };
}
