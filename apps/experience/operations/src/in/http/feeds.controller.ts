import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { DifferencePage, FeedList, FeedView, ToldPage } from '#contracts/availability/feeds.dto';
import { Cost, Scope, SecondCall } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';
import { PauseBody } from './connections.dto';
import { DifferencesFilter, PutFeedBody, ToldFilter } from './feeds.dto';

/** How channels are told what they may sell, and what they were told. */
@Controller('operations/v1')
export class OperationsFeedsController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Every channel that is told by push, and how that goes. */
  @Get('feeds')
  @Scope('operations:feeds:read')
  list(): Promise<FeedList> {
    return this.processes.feeds.feeds({});
  }

  /** The push of one channel, without its secret. */
  @Get('channels/:channel/feed')
  @Scope('operations:feeds:read')
  get(@Param('channel') channel: string): Promise<FeedView> {
    return this.processes.feeds.feed({ channel });
  }

  /** Creates or changes the push of a channel: signed batches of what changed, each item with its newest quantity. */
  @Put('channels/:channel/feed')
  @Scope('operations:feeds:write')
  put(@Param('channel') channel: string, @Body() body: PutFeedBody): Promise<FeedView> {
    return this.processes.feeds.putFeed({ ...body, channel });
  }

  /** Sends nothing until it is resumed; nothing is lost. */
  @Post('channels/:channel/feed/pause')
  @HttpCode(200)
  @SecondCall('finds it paused')
  @Scope('operations:feeds:write')
  pause(@Param('channel') channel: string, @Body() { reason }: PauseBody): Promise<FeedView> {
    return this.processes.feeds.pauseFeed({ channel, reason });
  }

  /** Sends again, at once. */
  @Post('channels/:channel/feed/resume')
  @HttpCode(200)
  @SecondCall('finds it running')
  @Scope('operations:feeds:write')
  resume(@Param('channel') channel: string): Promise<FeedView> {
    return this.processes.feeds.resumeFeed({ channel });
  }

  /** What the channel was last told of each item: the quantity, the version of the item, when, and by which way. */
  @Get('channels/:channel/told')
  @Scope('operations:feeds:read')
  told(@Param('channel') channel: string, @Query() query: ToldFilter): Promise<ToldPage> {
    return this.processes.feeds.told({ ...query, channel });
  }

  /** What the channel was told and is no longer so, with the quantity of now. */
  @Get('channels/:channel/told/differences')
  @Scope('operations:feeds:read')
  @Cost(5)
  differences(@Param('channel') channel: string, @Query() query: DifferencesFilter): Promise<DifferencePage> {
    return this.processes.feeds.differences({ ...query, channel });
  }
}
