import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ErpApi } from '#contracts/erp/erp.api';
import { AccrueFreightRequest, CancelSalesOrderRequest, CreateSalesOrderRequest, ErpReceivables, ErpReceivablesQuery, ErpStock, ErpStockQuery, PostCreditMemoRequest, PostDeliveryRequest, PostInvoiceRequest, PostingResult, ReverseDeliveryRequest, SyncMasterDataResponse } from '#contracts/erp/erp.dto'; // prettier-ignore

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

  @Post('v1/delivery-reversals')
  @HttpCode(200)
  reverseDelivery(@Body() body: ReverseDeliveryRequest): Promise<PostingResult> {
    return this.erp.reverseDelivery(body);
  }

  @Post('v1/credit-memos')
  @HttpCode(200)
  postCreditMemo(@Body() body: PostCreditMemoRequest): Promise<PostingResult> {
    return this.erp.postCreditMemo(body);
  }

  @Post('v1/freight-accruals')
  @HttpCode(200)
  accrueFreight(@Body() body: AccrueFreightRequest): Promise<PostingResult> {
    return this.erp.accrueFreight(body);
  }

  @Get('v1/stock')
  stock(@Query() query: ErpStockQuery): Promise<ErpStock> {
    return this.erp.stock(query);
  }

  @Post('v1/receivables/query')
  @HttpCode(200)
  receivables(@Body() body: ErpReceivablesQuery): Promise<ErpReceivables> {
    return this.erp.receivables(body);
  }

  @Post('v1/connections/:connection/sync')
  @HttpCode(200)
  syncMasterData(@Param('connection') connection: string): Promise<SyncMasterDataResponse> {
    return this.erp.syncMasterData({ connection });
  }
}
