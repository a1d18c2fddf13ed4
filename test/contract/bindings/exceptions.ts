import { evidenceContract } from '#contracts/exceptions/evidence.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { orderOf } from './order-request';
import { exceptionsContract, type ExceptionsApi } from '#contracts/exceptions/exceptions.api';
import type { ExceptionView } from '#contracts/exceptions/exceptions.dto';
import { raiseUnreadable } from '../support/unreadable';
import type { Both } from '../support/both';
import type { World } from '../support/world';

const by = { actor: 'contract', reason: 'test' };

export function exceptionsSuite(both: () => Both): void {
  describe('exceptions', () => {
    const open = (world: World) =>
      world.api(exceptionsContract).list({ code: 'EVENT_TYPE_UNKNOWN', domain: 'inbound' });
    const idIn = async (world: World): Promise<string> => (await open(world)).exceptions[0]?.id ?? 'none';

    it('a message that nobody can read opens one, which is listed, counted, assigned, mended and over', async () => {
      for (const world of both().worlds) await raiseUnreadable(world);
      await both().eventually(exceptionsContract, async (_, world) => (await open(world)).exceptions.length, (count) => count === 1); // prettier-ignore
      const states = (act: (api: ExceptionsApi, id: string) => Promise<ExceptionView>) =>
        both().answers(exceptionsContract, async (api, world) => {
          const { state, assignee, canRetry, canEdit, occurrences, tier } = await act(api, await idIn(world));
          return { state, assignee, canRetry, canEdit, occurrences, tier };
        });
      expect(await states((api, id) => api.get({ id }))).toEqual({ state: 'OPEN', canRetry: true, canEdit: true, occurrences: 1, tier: 'BUSINESS' }); // prettier-ignore
      expect(await states((api, id) => api.assign({ id, to: 'dana', ...by }))).toMatchObject({ state: 'ASSIGNED', assignee: 'dana' }); // prettier-ignore
      const { groups } = await both().answers(exceptionsContract, async (api) => ({
        groups: (await api.groups({ queue: 'inbound' })).groups.map(({ code, count }) => ({ code, count })),
      }));
      expect(groups).toContainEqual({ code: 'EVENT_TYPE_UNKNOWN', count: 1 });
      const filter = { code: 'EVENT_TYPE_UNKNOWN', domain: 'inbound' };
      const report = await both().answers(exceptionsContract, async (api) => {
        const { rows, matched } = await api.bulk({ filter, action: 'RETRY', dryRun: true, ...by });
        return { outcomes: rows.map(({ outcome }) => outcome), matched };
      });
      expect(report).toEqual({ outcomes: ['WOULD_DO'], matched: 1 });
      // Still unreadable: it is back.
      await states((api, id) => api.retry({ id, ...by }));
      await both().eventually(exceptionsContract, async (_, world) => (await open(world)).exceptions[0]?.occurrences, (count) => count === 2); // prettier-ignore
      await states((api, id) => api.editAndRetry({ id, content: '{"still":"wrong"}', ...by }));
      await both().eventually(exceptionsContract, async (_, world) => (await open(world)).exceptions[0]?.occurrences, (count) => count === 3); // prettier-ignore
      const resolved = await both().answers(exceptionsContract, async (api, world) => {
        const { state, resolution } = await api.resolve({ id: await idIn(world), ...by });
        return { state, how: resolution?.how };
      });
      expect(resolved).toEqual({ state: 'RESOLVED', how: 'BY_HAND' });
      const { actions } = await both().answers(exceptionsContract, async (api) => ({
        actions: (await api.audit({ actor: by.actor, limit: 10 })).entries.map(({ action }) => action),
      }));
      expect(actions).toEqual(['RESOLVE', 'EDIT_AND_RETRY', 'RETRY', 'ASSIGN']);
    });

    it('tells an order by time, and shows each message behind it, masked', async () => {
      await both().answers(ordersContract, async (api) => (await api.accept(orderOf('CT-30'))).outcome);
      const orderIn = async (world: World): Promise<string> => {
        const { orders } = await world.api(ordersContract).list({ purchaseOrder: 'CT-30' });
        return orders[0]!.id;
      };
      const told = async (world: World): Promise<string[]> => {
        const order = await orderIn(world);
        const { entries } = await world
          .api(evidenceContract)
          .timeline({ order })
          .catch(() => ({ entries: [] }));
        return [...new Set(entries.filter(({ what }) => !what.startsWith('GET')).map(({ kind }) => kind))].sort();
      };
      const all = ['CALL', 'ERP', 'ORDER', 'POSTING', 'RESERVATION', 'SHIPMENT', 'WAREHOUSE'];
      await both().eventually(
        evidenceContract,
        async (_, world) => (await told(world)).filter((kind) => kind !== 'RESERVATION'),
        (kinds) => kinds.length === all.length - 1,
      );
      const posted = await both().answers(evidenceContract, async (api, world) => {
        const { messages } = await api.messages({ order: await orderIn(world), connection: 'erp-main', limit: 200 });
        const post = messages.find(({ name }) => name.startsWith('POST'));
        const view = await api.message({ id: post!.id });
        return { direction: view.direction, status: view.status, leaks: /sandbox-erp-token|Quay/.test(view.request) };
      });
      expect(posted).toEqual({ direction: 'OUT', status: 201, leaks: false });
      await both().refuses(evidenceContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
        api.timeline({ order: 'none' }),
      );
      await both().refuses(evidenceContract, { code: 'MESSAGE_UNKNOWN', kind: 'not-found' }, (api) =>
        api.message({ id: 'none' }),
      );
      await both().refuses(evidenceContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.messages({ cursor: 'x' }),
      );
    });

    it('keeps who looks after what', async () => {
      const policies = [{ domain: 'inbound', partner: '*', queue: 'integration', dueMinutes: 30 }];
      await both().answers(exceptionsContract, (api) => api.putPolicies({ policies, ...by }));
      expect(await both().answers(exceptionsContract, (api) => api.policies({}))).toEqual({ policies });
    });

    it('refuses what it does not know, bulk without a bound, and what breaks the contract', async () => {
      const unknown = { code: 'EXCEPTION_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(exceptionsContract, unknown, (api) => api.get({ id: 'exc_none' }));
      await both().refuses(exceptionsContract, unknown, (api) => api.retry({ id: 'exc_none', ...by }));
      await both().refuses(exceptionsContract, { code: 'BULK_FILTER_REQUIRED', kind: 'invalid' }, (api) =>
        api.bulk({ filter: {}, action: 'RETRY', ...by }),
      );
      await both().refuses(exceptionsContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.list({ cursor: 'not-a-cursor' }),
      );
      await both().refuses(exceptionsContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.putPolicies({ policies: [], ...by }),
      );
    });
  });
}
