import { defineApi } from '../api';
import { type DifferencePage, DifferencesQuery, type FeedList, FeedQuery, FeedsQuery, type FeedView, PauseFeedRequest, PutFeedRequest, ToldQuery, type ToldPage } from './feeds.dto'; // prettier-ignore

/** How channels are told what they may sell, and what they were told. */
export abstract class FeedsApi {
  /** Creates or changes the push of a channel. Errors: FEED_SECRET_MISSING, FEED_URL_INVALID (invalid), TARGET_REFUSED (refused). */
  abstract putFeed(request: PutFeedRequest): Promise<FeedView>;
  /** Errors: FEED_UNKNOWN (not-found). */
  abstract feed(query: FeedQuery): Promise<FeedView>;
  abstract feeds(query: FeedsQuery): Promise<FeedList>;
  /** Sends nothing until it is resumed; then the newest of everything that changed. Errors: FEED_UNKNOWN (not-found). */
  abstract pauseFeed(request: PauseFeedRequest): Promise<FeedView>;
  /** Errors: FEED_UNKNOWN (not-found). */
  abstract resumeFeed(request: FeedQuery): Promise<FeedView>;
  /** What the channel was last told, by item and node. */
  abstract told(query: ToldQuery): Promise<ToldPage>;
  /** What the channel was told and is no longer so. */
  abstract differences(query: DifferencesQuery): Promise<DifferencePage>;
}

export const feedsContract = defineApi<FeedsApi>({
  token: FeedsApi,
  document: 'process/availability.v1',
  name: 'feeds',
  routes: {
    putFeed: { verb: 'PUT', path: '/v1/channels/:channel/feed', input: PutFeedRequest },
    feed: { verb: 'GET', path: '/v1/channels/:channel/feed', input: FeedQuery },
    feeds: { verb: 'GET', path: '/v1/feeds', input: FeedsQuery },
    pauseFeed: { verb: 'POST', path: '/v1/channels/:channel/feed/pause', input: PauseFeedRequest },
    resumeFeed: { verb: 'POST', path: '/v1/channels/:channel/feed/resume', input: FeedQuery },
    told: { verb: 'GET', path: '/v1/channels/:channel/told', input: ToldQuery },
    differences: { verb: 'GET', path: '/v1/channels/:channel/told/differences', input: DifferencesQuery },
  },
});
