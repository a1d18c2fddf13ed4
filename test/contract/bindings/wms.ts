import { wmsContract } from '#contracts/wms/wms.api';
import type { ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';
import type { Both } from '../support/both';

const connection = 'wms-north';
const release: ReleaseFulfilmentRequest = {
  connection,
  fulfilmentOrder: 'contract-fo-1',
  order: 'contract-order-1',
  purchaseOrder: 'CT-WMS-1',
  node: 'DC-NORTH',
  shipBy: '2099-03-02',
  shipTo: { name: 'Harbour', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' },
  lines: [{ line: 1, item: 'HOOK-IRON', quantity: '2' }],
};

export function wmsSuite(both: () => Both): void {
  describe('wms', () => {
    it('releases once, follows it, and is too late to cancel what has left', async () => {
      const once = () => both().answers(wmsContract, async (api) => (await api.release(release)).outcome);
      expect(await once()).toBe('created');
      expect(await once()).toBe('existing');
      const { fulfilmentOrder } = release;
      const state = await both().eventually(
        wmsContract,
        (api) => api.fulfilment({ connection, fulfilmentOrder }),
        ({ status }) => status === 'SHIPPED',
      );
      expect(state.fulfilmentOrder).toBe(fulfilmentOrder);
      const cancelled = await both().answers(wmsContract, (api) => api.cancel({ connection, fulfilmentOrder }));
      expect(cancelled.outcome).toBe('TOO_LATE');
    });

    it('asks a warehouse of files to cancel, and its answer comes later', async () => {
      const file = { ...release, connection: 'wms-south', node: 'DC-SOUTH', fulfilmentOrder: 'contract-fo-2' };
      await both().answers(wmsContract, async (api) => (await api.release(file)).outcome);
      const { connection: south, fulfilmentOrder } = file;
      const cancelled = await both().answers(wmsContract, (api) => api.cancel({ connection: south, fulfilmentOrder, reason: 'not wanted' })); // prettier-ignore
      expect(cancelled.outcome).toBe('REQUESTED');
      await both().refuses(wmsContract, { code: 'ABILITY_DISABLED' }, (api) =>
        api.fulfilment({ connection: south, fulfilmentOrder }),
      );
    });

    it('tells what it has on hand', async () => {
      const stock = await both().answers(wmsContract, async (api) => {
        const { node, lines } = await api.stock({ connection });
        return { node, items: lines.map(({ item }) => item).sort() };
      });
      expect(stock.items).toContain('HOOK-IRON');
    });

    it('refuses other content under a known id, what it does not know, and what breaks the contract', async () => {
      await both().refuses(wmsContract, { code: 'POSTING_CONFLICT', kind: 'conflict' }, (api) =>
        api.release({ ...release, shipBy: '2099-03-03' }),
      );
      const unknown = { code: 'FULFILMENT_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(wmsContract, unknown, (api) => api.fulfilment({ connection, fulfilmentOrder: 'none' }));
      await both().refuses(wmsContract, unknown, (api) => api.cancel({ connection, fulfilmentOrder: 'never' }));
      await both().refuses(wmsContract, { code: 'FULFILMENT_CANCELLED', kind: 'refused' }, (api) =>
        api.release({ ...release, fulfilmentOrder: 'never' }),
      );
      const nowhere = { code: 'CONNECTION_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(wmsContract, nowhere, (api) => api.release({ ...release, connection: 'none' }));
      await both().refuses(wmsContract, nowhere, (api) => api.stock({ connection: 'none' }));
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(wmsContract, violated, (api) => api.release({ ...release, lines: [] }));
      await both().refuses(wmsContract, violated, (api) => api.stock({ connection: '' }));
      await both().refuses(wmsContract, violated, (api) =>
        api.cancel({ connection, fulfilmentOrder: 'x', reason: 'y'.repeat(201) }),
      );
      await both().refuses(wmsContract, violated, (api) =>
        api.fulfilment({ connection, fulfilmentOrder: 'x'.repeat(101) }),
      );
    });
  });
}
