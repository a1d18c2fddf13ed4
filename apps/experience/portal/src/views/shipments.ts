import { Injectable } from '@nestjs/common';
import { edgeShipment } from '#contracts/edge/edge-shipments';
import type { EdgeShipment, EdgeShipmentFeed, EdgeShipmentFeedQuery } from '#contracts/edge/edge-shipments.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { ShipmentView } from '#contracts/shipments/shipments.dto';
import type { Caller } from '#service/caller';
import { PortalProcesses } from '../out/processes';

@Injectable()
export class ShipmentsView {
  constructor(private readonly processes: PortalProcesses) {}

  async list(caller: Caller, query: EdgeShipmentFeedQuery): Promise<EdgeShipmentFeed> {
    const { shipments, next, more } = await this.processes.shipments.list({ ...query, partner: caller.partner });
    return { shipments: await this.inUnits(shipments), next, more };
  }

  async get(caller: Caller, id: string): Promise<EdgeShipment> {
    const shipment = await this.processes.shipments.get({ partner: caller.partner, id });
    const [view] = await this.inUnits([shipment]);
    if (view === undefined) throw new RangeError(`no view of shipment ${id}`);
    return view;
  }

  private async inUnits(shipments: readonly ShipmentView[]): Promise<EdgeShipment[]> {
    const ids = shipments.flatMap(({ lines }) => lines.map(({ item }) => item));
    const items = await lookUpItems(this.processes.reference, ids);
    return shipments.map((shipment) => edgeShipment(shipment, items));
  }
}
