import { Injectable } from '@nestjs/common';
import type { FeedsApi } from '#contracts/availability/feeds.api';
import type { DifferencePage, DifferencesQuery, FeedList, FeedQuery, FeedView, PauseFeedRequest, PutFeedRequest, ToldPage, ToldQuery } from '#contracts/availability/feeds.dto'; // prettier-ignore
import { Feeds } from './feed/feeds';
import { ToldNumbers } from './feed/told';

/** The API of channel feeds; each call is carried out by the use case it names. */
@Injectable()
export class FeedsService implements FeedsApi {
  constructor(
    private readonly settings: Feeds,
    private readonly toldNumbers: ToldNumbers,
  ) {}

  putFeed(request: PutFeedRequest): Promise<FeedView> {
    return this.settings.put(request);
  }

  feed(query: FeedQuery): Promise<FeedView> {
    return this.settings.one(query);
  }

  feeds(): Promise<FeedList> {
    return this.settings.list();
  }

  pauseFeed(request: PauseFeedRequest): Promise<FeedView> {
    return this.settings.pause(request);
  }

  resumeFeed(request: FeedQuery): Promise<FeedView> {
    return this.settings.resume(request);
  }

  told(query: ToldQuery): Promise<ToldPage> {
    return this.toldNumbers.page(query);
  }

  differences(query: DifferencesQuery): Promise<DifferencePage> {
    return this.toldNumbers.differences(query);
  }
}
