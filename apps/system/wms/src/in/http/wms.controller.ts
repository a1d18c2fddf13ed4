import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { WmsApi } from '#contracts/wms/wms.api';
import { CancelFulfilmentRequest, CancelFulfilmentResponse, FulfilmentQuery, FulfilmentState, ReleaseFulfilmentRequest, ReleaseFulfilmentResponse, WmsStock, WmsStockQuery } from '#contracts/wms/wms.dto'; // prettier-ignore

@Controller()
export class WmsController {
  constructor(private readonly wms: WmsApi) {}

  @Post('v1/fulfilment-orders')
  @HttpCode(200)
  release(@Body() body: ReleaseFulfilmentRequest): Promise<ReleaseFulfilmentResponse> {
    return this.wms.release(body);
  }

  @Post('v1/fulfilment-orders/:fulfilmentOrder/cancel')
  @HttpCode(200)
  cancel(
    @Param('fulfilmentOrder') fulfilmentOrder: string,
    @Body() body: CancelFulfilmentRequest,
  ): Promise<CancelFulfilmentResponse> {
    return this.wms.cancel({ ...body, fulfilmentOrder });
  }

  @Get('v1/fulfilment-orders/:fulfilmentOrder')
  fulfilment(
    @Param('fulfilmentOrder') fulfilmentOrder: string,
    @Query() query: FulfilmentQuery,
  ): Promise<FulfilmentState> {
    return this.wms.fulfilment({ ...query, fulfilmentOrder });
  }

  @Get('v1/stock')
  stock(@Query() query: WmsStockQuery): Promise<WmsStock> {
    return this.wms.stock(query);
  }
}
