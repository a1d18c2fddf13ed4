import type { ApiContract } from '#contracts/api';
import {
  erpConnectionsContract,
  tmsConnectionsContract,
  wmsConnectionsContract,
  type ConnectionsApi,
} from '#contracts/connections/connections.api';
import type { PutConnectionRequest } from '#contracts/connections/connections.dto';
import type { Both } from '../support/both';
import type { World } from '../support/world';

interface Kind {
  readonly contract: ApiContract<ConnectionsApi>;
  /** A connection of the demo that works. */
  readonly demo: string;
  readonly fresh: (world: World) => PutConnectionRequest;
}

const sandbox = (world: World, path: string): string => `${world.demo.sandboxUrl}/sandbox/${path}`;

const KINDS: readonly Kind[] = [
  {
    contract: erpConnectionsContract,
    demo: 'erp-main',
    fresh: (world) => ({
      id: 'erp-second',
      product: 'generic-rest',
      settings: { baseUrl: sandbox(world, 'erp/main') },
      credentials: { token: 'sandbox-erp-token' },
    }),
  },
  {
    contract: wmsConnectionsContract,
    demo: 'wms-north',
    fresh: (world) => ({
      id: 'wms-second',
      product: 'generic-rest',
      settings: { baseUrl: sandbox(world, 'wms/north'), node: 'DC-NORTH' },
      credentials: { token: 'sandbox-wms-token', webhookSecret: 'whsec_c2Vjb25kLXdhcmVob3VzZS1zZWNyZXQ=' },
    }),
  },
  {
    contract: tmsConnectionsContract,
    demo: 'carrier-main',
    fresh: (world) => ({
      id: 'carrier-second',
      product: 'shipengine',
      settings: {
        baseUrl: sandbox(world, 'carrier/main'),
        carrierId: 'se-1',
        defaultService: 'sandbox_economy',
        shipFromPhone: '+44 113 496 0000',
      },
      credentials: { apiKey: 'sandbox-carrier-key', webhookSecret: 'second' },
    }),
  },
];

export function connectionsSuite(both: () => Both): void {
  describe.each(KINDS.map((kind) => [kind.contract.name, kind] as const))('%s', (_, { contract, demo, fresh }) => {
    it('shows the products, and the connections without their secrets', async () => {
      const { products } = await both().answers(contract, (api) => api.products({}));
      expect(products.length).toBeGreaterThan(0);
      const { connections } = await both().answers(contract, (api) => api.list({}));
      expect(connections.map(({ id }) => id)).toContain(demo);
      const view = await both().answers(contract, (api) => api.get({ id: demo }));
      expect(JSON.stringify(view)).not.toContain('sandbox-');
    });

    it('creates, changes, tests, pauses and resumes a connection', async () => {
      const created = await both().answers(contract, (api, world) => api.put(fresh(world)));
      expect(created).toMatchObject({ state: 'ACTIVE', version: 1 });
      const { id } = created;
      const changed = await both().answers(contract, (api, world) => {
        const { product, settings } = fresh(world);
        return api.put({ id, product, settings: { ...settings, deadlineMs: 4000 } });
      });
      expect(changed.version).toBe(2);
      expect(await both().answers(contract, (api) => api.test({ id }))).toMatchObject({ ok: true });
      // Whether a poll has called it by now differs between two runs.
      const { breaker } = await both().answers(contract, async (api) => ({ breaker: (await api.diagnostics({ id })).breaker })); // prettier-ignore
      expect(breaker).toBe('closed');
      const paused = await both().answers(contract, (api) => api.pause({ id, reason: 'planned maintenance' }));
      expect(paused).toMatchObject({ state: 'PAUSED', pausedReason: 'planned maintenance' });
      expect(await both().answers(contract, (api) => api.resume({ id }))).toMatchObject({ state: 'ACTIVE' });
    });

    it('lists what was posted', async () => {
      const page = await both().answers(contract, async (api) => {
        const { postings } = await api.postings({ connection: demo, limit: 5 });
        return { sound: postings.every(({ connection }) => connection === demo) };
      });
      expect(page.sound).toBe(true);
      const refused = { code: 'CURSOR_INVALID', kind: 'invalid' } as const;
      await both().refuses(contract, refused, (api) => api.postings({ cursor: 'x' }));
    });

    it('refuses what it does not know, with a finding for each fault', async () => {
      const unknown = { code: 'CONNECTION_UNKNOWN', kind: 'not-found' } as const;
      const id = 'nowhere';
      await both().refuses(contract, unknown, (api) => api.get({ id }));
      await both().refuses(contract, unknown, (api) => api.test({ id }));
      await both().refuses(contract, unknown, (api) => api.diagnostics({ id }));
      await both().refuses(contract, unknown, (api) => api.pause({ id, reason: 'none' }));
      await both().refuses(contract, unknown, (api) => api.resume({ id }));
      const refused = (code: string, change: (good: PutConnectionRequest) => PutConnectionRequest) =>
        both().refuses(contract, { code, kind: 'invalid' }, (api, world) =>
          api.put({ ...change(fresh(world)), id: 'wrong' }),
        );
      await refused('PRODUCT_UNKNOWN', (good) => ({ ...good, product: 'no-such-product' }));
      const settings = await refused('SETTINGS_INVALID', (good) => ({
        ...good,
        settings: { baseUrl: 7, colour: 'red' },
      }));
      expect(settings.findings.length).toBeGreaterThan(1);
      await refused('CREDENTIALS_MISSING', (good) => ({ ...good, credentials: {} }));
      // One code for the request, one for each fault in it.
      const foreign = await refused('CREDENTIALS_MISSING', (good) => ({ ...good, credentials: { ...good.credentials, pin: '1' } })); // prettier-ignore
      expect(foreign.findings).toMatchObject([{ code: 'CREDENTIALS_UNKNOWN', pointer: '/credentials/pin' }]);
      const abilities = await refused('SETTINGS_INVALID', (good) => ({ ...good, abilities: ['canFly'] }));
      expect(abilities.findings).toMatchObject([{ code: 'ABILITY_UNKNOWN' }]);
      await refused('CONTRACT_VIOLATED', (good) => ({ ...good, product: '' }));
      await both().refuses(contract, { code: 'CONTRACT_VIOLATED' }, (api) => api.pause({ id: demo, reason: '' }));
      await both().refuses(contract, { code: 'CONTRACT_VIOLATED' }, (api) => api.postings({ limit: 0 }));
    });
  });
}
