import { Controller, Get, Param, Query } from '@nestjs/common';
import { ListMessagesQuery, MessagePage, MessageView, OrderTimeline } from '#contracts/exceptions/evidence.dto';
import { Cost, Scope } from '#service/operation';
import { OperationsTrouble } from '../../out/trouble';
import { ReplayView } from '../../views/replay';
import { ReplayPreview } from './replay.dto';

/** What happened, and the raw messages that prove it. */
@Controller('operations/v1')
export class OperationsEvidenceController {
  constructor(
    private readonly trouble: OperationsTrouble,
    private readonly replay: ReplayView,
  ) {}

  /** All that is known of an order, by time: checks, stock, ERP, warehouse, shipments, calls, trouble; each with its raw message. */
  @Get('orders/:order/timeline')
  @Scope('operations:orders:read')
  @Cost(5)
  timeline(@Param('order') order: string): Promise<OrderTimeline> {
    return this.trouble.evidence.timeline({ order });
  }

  /** What a retry of an order would send out again, and what is there already. It does nothing. */
  @Get('orders/:partner/:id/replay')
  @Scope('operations:orders:read')
  @Cost(5)
  preview(@Param('partner') partner: string, @Param('id') id: string): Promise<ReplayPreview> {
    return this.replay.preview(partner, id);
  }

  /** Messages in and calls out, newest first, by order, correlation or connection. */
  @Get('messages')
  @Scope('operations:messages:read')
  messages(@Query() query: ListMessagesQuery): Promise<MessagePage> {
    return this.trouble.evidence.messages({ ...query });
  }

  /** One message as it came or went, and what was answered; credentials and personal data are masked. */
  @Get('messages/:id')
  @Scope('operations:messages:read')
  message(@Param('id') id: string): Promise<MessageView> {
    return this.trouble.evidence.message({ id });
  }
}
