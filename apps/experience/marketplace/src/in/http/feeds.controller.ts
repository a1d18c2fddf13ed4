import { Controller, Get, Query } from '@nestjs/common';
import { EdgeShipmentFeed, EdgeShipmentFeedQuery } from '#contracts/edge/edge-shipments.dto';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { FeedsView } from '../../views/feeds';
import { AvailabilityFeed, AvailabilityFeedQuery } from './availability-feed.dto';

@Controller('marketplace/v1')
export class MarketplaceFeedsController {
  constructor(private readonly feeds: FeedsView) {}

  /** What changed in availability since the cursor: each item once, with its latest quantity. */
  @Get('availability')
  @Scope('marketplace:availability:read')
  availability(@Query() query: AvailabilityFeedQuery): Promise<AvailabilityFeed> {
    return this.feeds.availability(query);
  }

  /** Shipments of this channel's orders as they change, oldest change first. */
  @Get('shipments')
  @Scope('marketplace:shipments:read')
  shipments(@CurrentCaller() caller: Caller, @Query() query: EdgeShipmentFeedQuery): Promise<EdgeShipmentFeed> {
    return this.feeds.shipments(caller, query);
  }
}
