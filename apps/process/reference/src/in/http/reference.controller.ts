import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ReferenceApi } from '#contracts/reference/reference.api';
import {
  FindItemsQuery,
  FoundItems,
  ItemDto,
  ItemPage,
  ListItemsQuery,
  NodeList,
  OrderSnapshot,
  OrderSnapshotQuery,
  PutCustomersRequest,
  PutItemsRequest,
  PutNodesRequest,
  PutPricesRequest,
  PutResults,
} from '#contracts/reference/reference.dto';

@Controller()
export class ReferenceController {
  constructor(private readonly reference: ReferenceApi) {}

  @Put('v1/items')
  putItems(@Body() body: PutItemsRequest): Promise<PutResults> {
    return this.reference.putItems(body);
  }

  @Put('v1/customers')
  putCustomers(@Body() body: PutCustomersRequest): Promise<PutResults> {
    return this.reference.putCustomers(body);
  }

  @Put('v1/prices')
  putPrices(@Body() body: PutPricesRequest): Promise<PutResults> {
    return this.reference.putPrices(body);
  }

  @Put('v1/nodes')
  putNodes(@Body() body: PutNodesRequest): Promise<PutResults> {
    return this.reference.putNodes(body);
  }

  @Get('v1/items')
  listItems(@Query() query: ListItemsQuery): Promise<ItemPage> {
    return this.reference.listItems(query);
  }

  @Get('v1/items/:sku')
  getItem(@Param('sku') sku: string): Promise<ItemDto> {
    return this.reference.getItem({ sku });
  }

  @Post('v1/items/find')
  @HttpCode(200)
  findItems(@Body() body: FindItemsQuery): Promise<FoundItems> {
    return this.reference.findItems(body);
  }

  @Get('v1/nodes')
  listNodes(): Promise<NodeList> {
    return this.reference.listNodes({});
  }

  @Post('v1/order-snapshots')
  @HttpCode(200)
  orderSnapshot(@Body() body: OrderSnapshotQuery): Promise<OrderSnapshot> {
    return this.reference.orderSnapshot(body);
  }
}
