import type { ItemDto } from '../reference/reference.dto';
import type { ShipmentView } from '../shipments/shipments.dto';
import type { EdgeShipment } from './edge-shipments.dto';
import { ONE } from './quantities';

/** A shipment as partners see it; its effects inside are ours alone. */
export function edgeShipment(shipment: ShipmentView, items: ReadonlyMap<string, ItemDto>): EdgeShipment {
  return {
    id: shipment.id,
    order: shipment.order,
    purchaseOrder: shipment.purchaseOrder,
    node: shipment.node,
    shippedAt: shipment.shippedAt,
    status: shipment.status,
    ...(shipment.carrier === undefined ? {} : { carrier: shipment.carrier }),
    trackingNumbers: shipment.trackingNumbers,
    ...(shipment.tracking === undefined ? {} : { tracking: shipment.tracking }),
    shipTo: shipment.shipTo,
    lines: shipment.lines.map(({ line, item, quantity }) => ({
      line,
      item,
      quantity: { value: quantity, unit: items.get(item)?.baseUnit ?? ONE },
    })),
    version: shipment.version,
    updatedAt: shipment.updatedAt,
  };
}
