import { Controller, Get, Param, Query } from '@nestjs/common';
import { Scope } from '#service/operation';
import { ItemsView } from '../../views/items';
import { ListPortalItemsQuery, PortalItem, PortalItemPage } from './items.dto';

@Controller('portal/v1/items')
export class PortalItemsController {
  constructor(private readonly items: ItemsView) {}

  /** Lists the items that can be ordered, by item number. */
  @Get()
  @Scope('portal:items:read')
  list(@Query() query: ListPortalItemsQuery): Promise<PortalItemPage> {
    return this.items.list(query);
  }

  /** One item, by our number or its GTIN. Unknown: 404 ITEM_UNKNOWN. */
  @Get(':sku')
  @Scope('portal:items:read')
  get(@Param('sku') sku: string): Promise<PortalItem> {
    return this.items.get(sku);
  }
}
