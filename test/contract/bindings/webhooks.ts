import { webhooksContract } from '#contracts/webhooks/webhooks.api';
import { TestReceiver } from '../../../apps/process/webhooks/test/receiver';
import type { Both } from '../support/both';
import type { World } from '../support/world';

const partner = 'told';

export function webhooksSuite(both: () => Both): void {
  describe('webhooks', () => {
    const ids = new Map<World, string>();
    const idIn = (world: World): string => ids.get(world) ?? 'none';
    let receiver: TestReceiver;
    beforeAll(async () => (receiver = await TestReceiver.start()));
    afterAll(() => receiver.close());

    it('an endpoint is made with a secret that is shown once, listed, changed, and given another secret', async () => {
      const content = { url: receiver.url, eventTypes: ['order.shipped' as const], description: 'desk' };
      const made = await both().answers(webhooksContract, async (api, world) => {
        const { secret, ...endpoint } = await api.createEndpoint({ partner, ...content });
        ids.set(world, endpoint.id);
        return { ...endpoint, secret: secret.length };
      });
      expect(made).toMatchObject({ ...content, enabled: true, version: 1, secret: 50 });
      await both().answers(webhooksContract, (api, world) => api.endpoint({ partner, id: idIn(world) }));
      expect((await both().answers(webhooksContract, (api) => api.endpoints({ partner }))).endpoints.length).toBe(1);
      const changed = await both().answers(webhooksContract, (api, world) =>
        api.updateEndpoint({ partner, id: idIn(world), url: receiver.url, expectedVersion: 1 }),
      );
      expect(changed).not.toHaveProperty('eventTypes');
      const rotated = await both().answers(webhooksContract, async (api, world) => {
        const { secret: _, ...endpoint } = await api.rotateSecret({ partner, id: idIn(world), overlapHours: 1 });
        return endpoint;
      });
      expect(rotated).toMatchObject({ version: 3, previousSecretUntil: expect.any(String) });
    });

    it('a test is sent, seen with its answer, sent again, alone and in a range', async () => {
      const at = new Date(Date.now() - 60_000).toISOString();
      receiver.answer = 'thank you';
      receiver.status = 200;
      const delivered = () =>
        both().eventually(
          webhooksContract,
          async (api, world) => {
            const { deliveries } = await api.deliveries({ partner, id: idIn(world), state: 'DELIVERED', limit: 5 });
            const [newest] = deliveries;
            const { log, ...delivery } = newest ? await api.delivery({ partner, id: newest.id }) : { log: [] };
            return { ...delivery, log: log.map(({ status, answer }) => ({ status, answer })) };
          },
          ({ log }) => log.length > 0,
        );
      await both().answers(webhooksContract, (api, world) => api.test({ partner, id: idIn(world) }));
      expect((await delivered()).log).toEqual([{ status: 200, answer: 'thank you' }]);
      await both().answers(webhooksContract, async (api, world) => {
        const [newest] = (await api.deliveries({ partner, id: idIn(world) })).deliveries;
        return api.redeliver({ partner, id: newest!.id });
      });
      const range = { partner, what: 'ALL' as const, from: at };
      const replay = await both().answers(webhooksContract, (api, world) => api.replay({ ...range, id: idIn(world) }));
      expect(replay).toEqual({ queued: 0 });
    });

    it('the feed has it, from a cursor too', async () => {
      const page = await both().answers(webhooksContract, (api) => api.events({ partner, limit: 1 }));
      expect(page.events).toMatchObject([{ type: 'webhook.test', sequence: 1 }]);
      await both().answers(webhooksContract, async (api) => {
        const { events } = await api.events({ partner });
        return api.event({ partner, id: events[0]!.id });
      });
      const rest = await both().answers(webhooksContract, async (api) =>
        api.events({ partner, since: (await api.events({ partner })).next }),
      );
      expect(rest).toMatchObject({ events: [], more: false });
    });

    it('refuses what it does not know, inner addresses, and what breaks the contract', async () => {
      const none = { partner, id: 'whe_none' };
      const unknown = { code: 'ENDPOINT_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(webhooksContract, unknown, (api) => api.endpoint(none));
      await both().refuses(webhooksContract, unknown, (api) => api.deleteEndpoint(none));
      await both().refuses(webhooksContract, { code: 'DELIVERY_UNKNOWN', kind: 'not-found' }, (api) => api.delivery(none)); // prettier-ignore
      await both().refuses(webhooksContract, { code: 'EVENT_UNKNOWN', kind: 'not-found' }, (api) => api.event(none));
      await both().refuses(webhooksContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) => api.events({ partner, since: 'x' })); // prettier-ignore
      await both().refuses(webhooksContract, { code: 'TARGET_REFUSED', kind: 'refused' }, (api) => api.createEndpoint({ partner, url: 'https://169.254.169.254/' })); // prettier-ignore
      await both().refuses(webhooksContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) => api.createEndpoint({ partner, url: 'ftp://shop.example/' })); // prettier-ignore
      await both().refuses(webhooksContract, { code: 'VERSION_STALE', kind: 'precondition' }, (api, world) => api.deleteEndpoint({ partner, id: idIn(world), expectedVersion: 1 })); // prettier-ignore
    });

    it('is deleted', async () => {
      await both().answers(webhooksContract, (api, world) => api.deleteEndpoint({ partner, id: idIn(world) }));
      expect(await both().answers(webhooksContract, (api) => api.endpoints({ partner }))).toEqual({ endpoints: [] });
    });
  });
}
