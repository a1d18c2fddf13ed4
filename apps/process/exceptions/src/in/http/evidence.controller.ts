import { Controller, Get, Param, Query } from '@nestjs/common';
import { EvidenceApi } from '#contracts/exceptions/evidence.api';
import { ListMessagesQuery, MessagePage, MessageView, OrderTimeline } from '#contracts/exceptions/evidence.dto';

@Controller()
export class EvidenceController {
  constructor(private readonly evidence: EvidenceApi) {}

  @Get('v1/orders/:order/timeline')
  timeline(@Param('order') order: string): Promise<OrderTimeline> {
    return this.evidence.timeline({ order });
  }

  @Get('v1/messages')
  messages(@Query() query: ListMessagesQuery): Promise<MessagePage> {
    return this.evidence.messages(query);
  }

  @Get('v1/messages/:id')
  message(@Param('id') id: string): Promise<MessageView> {
    return this.evidence.message({ id });
  }
}
