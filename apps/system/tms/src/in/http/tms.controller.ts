import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { TmsApi } from '#contracts/tms/tms.api';
import {
  BuyLabelRequest,
  LabelResult,
  RateRequest,
  RateResponse,
  TrackingState,
  VoidLabelRequest,
  VoidLabelResponse,
} from '#contracts/tms/tms.dto';

@Controller('v1')
export class TmsController {
  constructor(private readonly tms: TmsApi) {}

  @Post('rates')
  @HttpCode(200)
  rates(@Body() body: RateRequest): Promise<RateResponse> {
    return this.tms.rates(body);
  }

  @Post('labels')
  @HttpCode(200)
  buyLabel(@Body() body: BuyLabelRequest): Promise<LabelResult> {
    return this.tms.buyLabel(body);
  }

  @Post('labels/:businessKey/void')
  @HttpCode(200)
  voidLabel(@Param('businessKey') businessKey: string, @Body() body: VoidLabelRequest): Promise<VoidLabelResponse> {
    return this.tms.voidLabel({ ...body, businessKey });
  }

  @Get('tracking/:trackingNumber')
  track(
    @Param('trackingNumber') trackingNumber: string,
    @Query('connection') connection: string,
  ): Promise<TrackingState> {
    return this.tms.track({ connection, trackingNumber });
  }
}
