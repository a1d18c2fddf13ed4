import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Secrets } from '#connections/secrets';
import { Egress } from '#egress/egress';
import type {
  FeedList,
  FeedQuery,
  FeedView,
  PauseFeedRequest,
  PutFeedRequest,
} from '#contracts/availability/feeds.dto';
import { Database } from '#persistence/database';
import { allFeeds, findFeed, putFeed, setFeedState, type StoredFeed } from '../out/channel-feed.store';
import { secretContext } from './receivers';
import { FeedPush } from './push';

const DEFAULT_INTERVAL_SECONDS = 5;
const DEFAULT_BATCH_SIZE = 200;

/** Keeps who is told by push. What changes the sending is committed before the job is woken: see FeedPush.wake. */
@Injectable()
export class Feeds {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly egress: Egress,
    private readonly push: FeedPush,
  ) {}

  /** Errors: FEED_SECRET_MISSING, FEED_URL_INVALID (invalid), TARGET_REFUSED (refused). */
  async put({ channel, url, secret, by, ...request }: PutFeedRequest): Promise<FeedView> {
    refuseWrongUrl(url);
    await this.refuseInnerUrl(url);
    const known = await findFeed(this.database, channel);
    const sealed = secret === undefined ? known?.secret : this.secrets.seal(secret, secretContext(channel));
    if (sealed === undefined) throw wrong('FEED_SECRET_MISSING', '/secret', 'a new feed needs a secret to sign with');
    const settings = {
      ...{ channel, url },
      ...(by === undefined ? {} : { by }),
      intervalSeconds: request.intervalSeconds ?? known?.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS,
      batchSize: request.batchSize ?? known?.batchSize ?? DEFAULT_BATCH_SIZE,
    };
    const changed = known !== undefined && secret !== undefined && !this.isSecret(known, secret);
    await putFeed(this.database, settings, sealed, changed);
    await this.push.wake(channel);
    return this.one({ channel });
  }

  /** Errors: FEED_UNKNOWN (not-found). */
  async one({ channel }: FeedQuery): Promise<FeedView> {
    const feed = await findFeed(this.database, channel);
    if (!feed) throw unknown(channel);
    return viewOf(feed);
  }

  async list(): Promise<FeedList> {
    return { feeds: (await allFeeds(this.database)).map(viewOf) };
  }

  /** Errors: FEED_UNKNOWN (not-found). */
  async pause({ channel, reason }: PauseFeedRequest): Promise<FeedView> {
    if (!(await setFeedState(this.database, channel, 'PAUSED', reason))) throw unknown(channel);
    return this.one({ channel });
  }

  /** Errors: FEED_UNKNOWN (not-found). */
  async resume({ channel }: FeedQuery): Promise<FeedView> {
    if (!(await setFeedState(this.database, channel, 'ACTIVE', null))) throw unknown(channel);
    await this.push.wake(channel);
    return this.one({ channel });
  }

  /** A name that nobody knows today is looked up, and checked, again at every connection. */
  private async refuseInnerUrl(url: string): Promise<void> {
    try {
      await this.egress.resolved(url);
    } catch (error) {
      if (!(error instanceof CrossdockError) || error.code !== 'TARGET_UNRESOLVED') throw error;
    }
  }

  private isSecret({ channel, secret }: StoredFeed, clear: string): boolean {
    return this.secrets.open(secret, secretContext(channel)) === clear;
  }
}

/** Without what only the sender needs to know. */
function viewOf({ secret: _secret, previousSecret: _previous, cursor: _cursor, ...view }: StoredFeed): FeedView {
  return view;
}

function refuseWrongUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw wrong('FEED_URL_INVALID', '/url', 'this is no address');
  // They would be shown to everyone who may see the feed.
  if (parsed.username !== '' || parsed.password !== '')
    throw wrong('FEED_URL_INVALID', '/url', 'an address must not carry a user or a password');
}

function wrong(code: string, pointer: string, detail: string): CrossdockError {
  return new CrossdockError({ code, kind: 'invalid', message: detail, findings: [{ code, detail, pointer }] });
}

function unknown(channel: string): CrossdockError {
  return new CrossdockError({ code: 'FEED_UNKNOWN', kind: 'not-found', message: `${channel} has no feed` });
}
