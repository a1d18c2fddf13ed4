import { availabilityContract } from '#contracts/availability/availability.api';
import { feedsContract } from '#contracts/availability/feeds.api';
import type { Both } from '../support/both';

const channel = 'CONTRACT';
const secret = 'whsec_c2VjcmV0LW9mLWEtY2hhbm5lbC1mb3ItdGVzdHM=';
/** Nobody listens there: the feed fails, is tried again and never blocks anything else. */
const url = 'http://127.0.0.1:9/availability';

export function feedsSuite(both: () => Both): void {
  describe('channel feeds', () => {
    it('keeps the push of a channel, pauses and resumes it', async () => {
      const put = { channel, url, secret, by: 'node' as const, intervalSeconds: 3600, batchSize: 10 };
      // The first attempt may have failed by now or not.
      const settled = ({ failingSince: _since, lastError: _error, ...view }: object & { failingSince?: string; lastError?: string }) => view; // prettier-ignore
      const view = await both().answers(feedsContract, async (api) => settled(await api.putFeed(put)));
      expect(view).toMatchObject({ channel, url, by: 'node', intervalSeconds: 3600, batchSize: 10, state: 'ACTIVE' });
      expect(JSON.stringify(view)).not.toContain('whsec_');
      await both().answers(feedsContract, async (api) => settled(await api.pauseFeed({ channel, reason: 'test' })));
      expect(await both().answers(feedsContract, async (api) => settled(await api.feed({ channel })))).toMatchObject({
        state: 'PAUSED',
        pausedReason: 'test',
      });
      await both().answers(feedsContract, async (api) => settled(await api.resumeFeed({ channel })));
      const { feeds } = await both().answers(feedsContract, async (api) => {
        const list = await api.feeds({});
        return { feeds: list.feeds.map(settled) };
      });
      expect(feeds).toMatchObject([{ channel, state: 'ACTIVE' }]);
      await both().answers(feedsContract, async (api) => settled(await api.pauseFeed({ channel, reason: 'over' })));
    });

    it('remembers what a channel was told by cursor', async () => {
      const reader = 'CONTRACT-READER';
      await both().answers(availabilityContract, async (api) => {
        await api.deltas({ channel: reader, by: 'node', limit: 1000 });
        return {};
      });
      const { told } = await both().answers(feedsContract, async (api) => {
        const page = await api.told({ channel: reader, item: 'MUG-BLUE', limit: 10 });
        return { told: page.told.map(({ item, way }) => ({ item, way })) };
      });
      expect(told).toContainEqual({ item: 'MUG-BLUE', way: 'CURSOR' });
      const known = await both().answers(feedsContract, async (api) => {
        const { differences } = await api.differences({ channel: 'NOBODY' });
        return { differences };
      });
      expect(known).toEqual({ differences: [] });
    });

    it('refuses what cannot work', async () => {
      await both().refuses(feedsContract, { code: 'FEED_SECRET_MISSING', kind: 'invalid' }, (api) => api.putFeed({ channel: 'NEW', url })); // prettier-ignore
      const withUser = { channel: 'NEW', url: 'https://user:pass@shop.example/', secret };
      await both().refuses(feedsContract, { code: 'FEED_URL_INVALID', kind: 'invalid' }, (api) => api.putFeed(withUser)); // prettier-ignore
      const unknown = { code: 'FEED_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(feedsContract, unknown, (api) => api.feed({ channel: 'NONE' }));
      await both().refuses(feedsContract, unknown, (api) => api.pauseFeed({ channel: 'NONE', reason: 'x' }));
      await both().refuses(feedsContract, unknown, (api) => api.resumeFeed({ channel: 'NONE' }));
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(feedsContract, violated, (api) => api.putFeed({ channel, url: 'ftp://shop.example/', secret })); // prettier-ignore
      await both().refuses(feedsContract, violated, (api) => api.putFeed({ channel, url, secret: 'short' }));
      const foreign = { code: 'CURSOR_INVALID', kind: 'invalid' } as const;
      await both().refuses(feedsContract, foreign, (api) => api.told({ channel, cursor: 'no cursor' }));
      await both().refuses(feedsContract, violated, (api) => api.differences({ channel: 'lower case' }));
    });
  });
}
