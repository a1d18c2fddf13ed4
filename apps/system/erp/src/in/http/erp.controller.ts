import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ErpApi } from '#contracts/erp/erp.api';
import { CancelSalesOrderRequest, CreateSalesOrderRequest, ErpStock, ErpStockQuery, PostDeliveryRequest, PostInvoiceRequest, PostingResult, SyncMasterDataResponse } from '#contracts/erp/erp.dto'; // prettier-ignore

@Controller()
export class ErpController {
  constructor(private readonly erp: ErpApi) {}

  @Post('v1/sales-orders')
  @HttpCode(200)
  createSalesOrder(@Body() body: CreateSalesOrderRequest): Promise<PostingResult> {
    return this.erp.createSalesOrder(body);
  }

  @Post('v1/sales-orders/:salesOrder/cancellations')
  @HttpCode(200)
  cancelSalesOrder(
    @Param('salesOrder') salesOrder: string,
    @Body() body: CancelSalesOrderRequest,
  ): Promise<PostingResult> {
    return this.erp.cancelSalesOrder({ ...body, salesOrder });
  }

  @Post('v1/deliveries')
  @HttpCode(200)
  postDelivery(@Body() body: PostDeliveryRequest): Promise<PostingResult> {
    return this.erp.postDelivery(body);
  }

  @Post('v1/invoices')
  @HttpCode(200)
  postInvoice(@Body() body: PostInvoiceRequest): Promise<PostingResult> {
    return this.erp.postInvoice(body);
  }

  @Get('v1/stock')
  stock(@Query() query: ErpStockQuery): Promise<ErpStock> {
    return this.erp.stock(query);
  }

  @Post('v1/connections/:connection/sync')
  @HttpCode(200)
  syncMasterData(@Param('connection') connection: string): Promise<SyncMasterDataResponse> {
    return this.erp.syncMasterData({ connection });
  }
}
