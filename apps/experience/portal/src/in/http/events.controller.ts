import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExtraModels } from '@nestjs/swagger';
import { EVENT_DATA } from '#contracts/webhooks/partner-events.dto';
import { PartnerEvent, PartnerEventFilter, PartnerEventPage } from '#contracts/webhooks/webhooks.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { WebhooksView } from '../../views/webhooks';
import { EventTypeList } from './webhooks.dto';

@Controller('portal/v1')
@ApiExtraModels(...new Set(Object.values(EVENT_DATA)))
export class PortalEventsController {
  constructor(private readonly webhooks: WebhooksView) {}

  /** Every type of event there is. */
  @Get('event-types')
  @Scope('portal:events:read')
  types(): EventTypeList {
    return this.webhooks.eventTypes();
  }

  /**
   * What has happened to the partner's orders, shipments and reservations, oldest first: the same events that webhooks carry, whether they
   * arrived or not. Give `next` as `since` the next time. Events are kept for 30 days unless the installation says otherwise; a cursor
   * older than that is 410 EVENTS_EXPIRED.
   */
  @Get('events')
  @Scope('portal:events:read')
  list(@CurrentCaller() caller: Caller, @Query() query: PartnerEventFilter): Promise<PartnerEventPage> {
    return this.webhooks.events(caller, query);
  }

  /** One event. Unknown, no longer kept, or another partner's: 404 EVENT_UNKNOWN. */
  @Get('events/:id')
  @Scope('portal:events:read')
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<PartnerEvent> {
    return this.webhooks.event(caller, id);
  }
}
