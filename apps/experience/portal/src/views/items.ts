import { Injectable } from '@nestjs/common';
import { inMinorUnits } from '#canonical/money';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { ListPortalItemsQuery, PortalItem, PortalItemPage } from '../in/http/items.dto';
import { PortalProcesses } from '../out/processes';

@Injectable()
export class ItemsView {
  constructor(private readonly processes: PortalProcesses) {}

  async list(query: ListPortalItemsQuery): Promise<PortalItemPage> {
    const { items, next } = await this.processes.reference.listItems({ ...query });
    return { items: items.map(portalItem), ...(next === undefined ? {} : { next }) };
  }

  async get(sku: string): Promise<PortalItem> {
    return portalItem(await this.processes.reference.getItem({ sku }));
  }
}

export function portalItem(item: ItemDto): PortalItem {
  return {
    sku: item.sku,
    description: item.description,
    status: item.status,
    baseUnit: item.baseUnit,
    units: [
      { unit: item.baseUnit, baseQuantity: '1', ...(item.gtin === undefined ? {} : { gtin: item.gtin }) },
      ...item.packs,
    ],
    ...(item.gtin === undefined ? {} : { gtin: item.gtin }),
    ...(item.listPrice === undefined ? {} : { listPrice: inMinorUnits(item.listPrice) }),
  };
}
