import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { FeedsApi } from '#contracts/availability/feeds.api';
import { DifferencePage, DifferencesQuery, FeedList, FeedView, PauseFeedRequest, PutFeedRequest, ToldPage, ToldQuery } from '#contracts/availability/feeds.dto'; // prettier-ignore

@Controller()
export class FeedsController {
  constructor(private readonly feedsOfChannels: FeedsApi) {}

  /** Creates or changes the push of a channel. */
  @Put('v1/channels/:channel/feed')
  putFeed(@Param('channel') channel: string, @Body() body: PutFeedRequest): Promise<FeedView> {
    return this.feedsOfChannels.putFeed({ ...body, channel });
  }

  @Get('v1/channels/:channel/feed')
  feed(@Param('channel') channel: string): Promise<FeedView> {
    return this.feedsOfChannels.feed({ channel });
  }

  @Get('v1/feeds')
  feeds(): Promise<FeedList> {
    return this.feedsOfChannels.feeds({});
  }

  /** Sends nothing until it is resumed. */
  @Post('v1/channels/:channel/feed/pause')
  @HttpCode(200)
  pauseFeed(@Param('channel') channel: string, @Body() body: PauseFeedRequest): Promise<FeedView> {
    return this.feedsOfChannels.pauseFeed({ ...body, channel });
  }

  @Post('v1/channels/:channel/feed/resume')
  @HttpCode(200)
  resumeFeed(@Param('channel') channel: string): Promise<FeedView> {
    return this.feedsOfChannels.resumeFeed({ channel });
  }

  /** What the channel was last told, by item and node. */
  @Get('v1/channels/:channel/told')
  told(@Param('channel') channel: string, @Query() query: ToldQuery): Promise<ToldPage> {
    return this.feedsOfChannels.told({ ...query, channel });
  }

  /** What the channel was told and is no longer so. */
  @Get('v1/channels/:channel/told/differences')
  differences(@Param('channel') channel: string, @Query() query: DifferencesQuery): Promise<DifferencePage> {
    return this.feedsOfChannels.differences({ ...query, channel });
  }
}
