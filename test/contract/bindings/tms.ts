import { tmsContract } from '#contracts/tms/tms.api';
import type { BuyLabelRequest } from '#contracts/tms/tms.dto';
import type { Both } from '../support/both';

const connection = 'carrier-main';
const address = { name: 'Harbour', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' };
const rate = { connection, shipFrom: address, shipTo: address, parcels: [{ id: '1', weightKg: '2.4' }] };
const label: BuyLabelRequest = { ...rate, businessKey: 'contract-label-1' };

export function tmsSuite(both: () => Both): void {
  describe('tms', () => {
    it('quotes rates', async () => {
      const { rates } = await both().answers(tmsContract, (api) => api.rates(rate));
      expect(rates.length).toBeGreaterThan(0);
    });

    it('buys a label once, tracks it, and voids it once', async () => {
      const buy = () => both().answers(tmsContract, async (api) => (await api.buyLabel(label)).outcome);
      expect(await buy()).toBe('created');
      expect(await buy()).toBe('existing');
      await both().refuses(tmsContract, { code: 'POSTING_CONFLICT', kind: 'conflict' }, (api) =>
        api.buyLabel({ ...label, parcels: [{ id: '1', weightKg: '2.5' }] }),
      );
      await both().answers(tmsContract, async (api) => {
        const { trackingNumbers } = await api.buyLabel(label);
        const { trackingNumber } = await api.track({ connection, trackingNumber: trackingNumbers[0]! });
        return trackingNumber === trackingNumbers[0];
      });
      const second = { ...label, businessKey: 'contract-label-2' };
      await both().answers(tmsContract, async (api) => (await api.buyLabel(second)).outcome);
      const { businessKey } = second;
      // The simulated carrier is so fast that it may have taken the parcel: then it refuses, and goes on refusing.
      const kept = await both().answers(tmsContract, async (api) => {
        const first = await api.voidLabel({ connection, businessKey });
        const second = await api.voidLabel({ connection, businessKey });
        return second.outcome === (first.outcome === 'voided' ? 'already-voided' : 'refused');
      });
      expect(kept).toBe(true);
    });

    it('refuses labels, tracking numbers and connections it does not know, and what breaks the contract', async () => {
      await both().refuses(tmsContract, { code: 'LABEL_UNKNOWN', kind: 'not-found' }, (api) =>
        api.voidLabel({ connection, businessKey: 'never-bought' }),
      );
      await both().refuses(tmsContract, { code: 'TRACKING_UNKNOWN', kind: 'not-found' }, (api) =>
        api.track({ connection, trackingNumber: 'NO/SUCH NUMBER' }),
      );
      await both().refuses(tmsContract, { code: 'CONNECTION_UNKNOWN', kind: 'not-found' }, (api) =>
        api.rates({ ...rate, connection: 'none' }),
      );
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(tmsContract, violated, (api) => api.rates({ ...rate, parcels: [] }));
      await both().refuses(tmsContract, violated, (api) =>
        api.buyLabel({ ...label, shipTo: { ...address, country: 'Britain' } }),
      );
      await both().refuses(tmsContract, violated, (api) => api.voidLabel({ connection: '', businessKey: 'x' }));
      await both().refuses(tmsContract, violated, (api) => api.track({ connection: '', trackingNumber: 'x' }));
    });
  });
}
