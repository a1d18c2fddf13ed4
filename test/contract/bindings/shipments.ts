import { tmsConnectionsContract } from '#contracts/connections/connections.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import type { ConfirmShipmentRequest, ShipmentView } from '#contracts/shipments/shipments.dto';
import type { Both } from '../support/both';
import type { World } from '../support/world';
import { orderOf, PARTNER } from './order-request';

const PARKED: ConfirmShipmentRequest = {
  shipmentId: 'contract-shipment-1',
  fulfilmentOrder: 'contract-nowhere',
  node: 'DC-NORTH',
  shippedAt: '2026-03-02T10:00:00Z',
  lines: [{ line: 1, item: 'MUG-BLUE', quantity: '1' }],
};

/** A feed leaves out for a moment what changes right now: asked again, it is there. */
async function shipmentOf(world: World, purchaseOrder: string): Promise<ShipmentView | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const { orders } = await world.api(ordersContract).list({ partner: PARTNER, purchaseOrder });
    const page = await world
      .api(shipmentsContract)
      .list({ partner: PARTNER, order: orders[0]?.id ?? 'none', limit: 5 });
    if (page.shipments.length > 0 || attempt === 20) return page.shipments[0];
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
const settled = (shipment: ShipmentView | undefined): boolean =>
  shipment?.effects.some(({ name, state }) => name === 'ERP_INVOICE' && state === 'DONE') === true &&
  shipment.effects.every(({ state }) => state !== 'PENDING');

export function shipmentsSuite(both: () => Both): void {
  describe('shipments', () => {
    it('shows what the warehouse shipped, with its effects, to its partner and to nobody else', async () => {
      await both().answers(ordersContract, async (api) => (await api.accept(orderOf('CT-20'))).outcome);
      await both().eventually(
        shipmentsContract,
        async (_, world) => settled(await shipmentOf(world, 'CT-20')),
        (done) => done,
      );
      const shipment = await both().answers(shipmentsContract, async (api, world) => {
        const { id } = (await shipmentOf(world, 'CT-20'))!;
        const view = await api.get({ id, partner: PARTNER });
        // How far the carrier has come by now differs between two runs.
        return { ...view, id: '*', fulfilmentOrder: '*', tracking: '*', carrier: '*', effects: view.effects.map(({ name, state }) => ({ name, state })) }; // prettier-ignore
      });
      expect(shipment.effects.map(({ state }) => state)).not.toContain('FAILED');
      await both().refuses(shipmentsContract, { code: 'SHIPMENT_UNKNOWN', kind: 'not-found', message: expect.any(String) }, (api) =>
        api.get({ id: 'no-such-shipment', partner: PARTNER }),
      ); // prettier-ignore
      for (const world of both().worlds) {
        const { id } = (await shipmentOf(world, 'CT-20'))!;
        await expect(world.api(shipmentsContract).get({ id, partner: 'northgate' })).rejects.toMatchObject({
          code: 'SHIPMENT_UNKNOWN',
          kind: 'not-found',
        });
      }
    });

    it('keeps a shipment whose order is not known yet, once by id; other content is a conflict', async () => {
      const confirm = () => both().answers(shipmentsContract, (api) => api.confirm(PARKED));
      expect(await confirm()).toEqual({ outcome: 'parked', shipmentId: PARKED.shipmentId });
      expect((await confirm()).outcome).toBe('replayed');
      await both().refuses(shipmentsContract, { code: 'SHIPMENT_CONFLICT', kind: 'conflict' }, (api) =>
        api.confirm({ ...PARKED, lines: [{ line: 1, item: 'MUG-BLUE', quantity: '2' }] }),
      );
    });

    it('runs a failed effect again when its cause is gone, and only a failed one', async () => {
      const service = (defaultService: string) =>
        both().answers(tmsConnectionsContract, async (api) => {
          const { id, product, settings } = await api.get({ id: 'carrier-main' });
          return (await api.put({ id, product, settings: { ...settings, defaultService } })).state;
        });
      await service('teleport');
      await both().answers(ordersContract, async (api) => (await api.accept(orderOf('CT-21'))).outcome);
      const label = async (world: World) =>
        (await shipmentOf(world, 'CT-21'))?.effects.find(({ name }) => name === 'LABEL')?.state;
      await both().eventually(shipmentsContract, (_, world) => label(world), (state) => state === 'FAILED'); // prettier-ignore
      await service('sandbox_economy');
      await both().answers(shipmentsContract, async (api, world) => {
        const { id } = (await shipmentOf(world, 'CT-21'))!;
        const view = await api.retryEffect({ id, effect: 'LABEL' });
        return view.order.length > 0;
      });
      for (const effect of ['ERP_DELIVERY', 'GOODS_ISSUE', 'ASN']) {
        const refused = { code: 'EFFECT_NOT_FAILED', kind: 'conflict' } as const;
        await both().refuses(shipmentsContract, refused, async (api, world) =>
          api.retryEffect({ id: (await shipmentOf(world, 'CT-20'))!.id, effect }),
        );
      }
      await both().refuses(shipmentsContract, { code: 'SHIPMENT_UNKNOWN', kind: 'not-found' }, (api) =>
        api.retryEffect({ id: 'no-such-shipment', effect: 'LABEL' }),
      );
    });

    it('corrects and voids by version, and says why not', async () => {
      const { shipmentId: _, fulfilmentOrder: __, ...content } = PARKED;
      const correction = { ...content, id: PARKED.shipmentId, revision: 2, reason: 'counted again' };
      const correct = (revision = 2) =>
        both().answers(shipmentsContract, (api) => api.correct({ ...correction, revision }));
      expect(await correct()).toEqual({ shipmentId: PARKED.shipmentId, revision: 2, outcome: 'corrected' });
      expect((await correct()).outcome).toBe('replayed');
      const conflict = { code: 'SHIPMENT_REVISION_CONFLICT', kind: 'conflict' } as const;
      await both().refuses(shipmentsContract, conflict, (api) => api.correct({ ...correction, revision: 5 }));
      await both().refuses(shipmentsContract, conflict, (api) => api.correct({ ...correction, seal: 'X' }));
      const voiding = { id: PARKED.shipmentId, revision: 3, reason: 'not ours' };
      expect((await both().answers(shipmentsContract, (api) => api.void(voiding))).outcome).toBe('voided');
      expect((await both().answers(shipmentsContract, (api) => api.void(voiding))).outcome).toBe('replayed');
      const voided = { code: 'SHIPMENT_VOIDED', kind: 'conflict' } as const;
      await both().refuses(shipmentsContract, voided, (api) => api.correct({ ...correction, revision: 4 }));
      const unknown = { code: 'SHIPMENT_UNKNOWN', kind: 'not-found' } as const;
      await both().refuses(shipmentsContract, unknown, (api) => api.void({ ...voiding, id: 'no-such-shipment' }));
      await both().refuses(shipmentsContract, unknown, (api) => api.correct({ ...correction, id: 'no-such-shipment' }));
    });

    it('keeps tolerances, each once and up to 100 percent', async () => {
      const put = { tolerances: [{ partner: 'harbour', item: 'MUG-BLUE', percent: '0' }] };
      const stored = await both().answers(shipmentsContract, (api) => api.putTolerances(put));
      expect(stored.tolerances).toContainEqual(put.tolerances[0]);
      expect(await both().answers(shipmentsContract, (api) => api.tolerances({}))).toEqual(stored);
      const invalid = { code: 'TOLERANCE_INVALID', kind: 'invalid' } as const;
      const wrong = { tolerances: [{ percent: '101' }, { percent: '1' }, { percent: '2' }] };
      const { findings } = await both().refuses(shipmentsContract, invalid, (api) => api.putTolerances(wrong));
      expect(findings.map(({ pointer }) => pointer)).toEqual([
        '/tolerances/0/percent',
        '/tolerances/1',
        '/tolerances/2',
      ]);
    });

    it('finds its invariants in order', async () => {
      const report = await both().answers(shipmentsContract, async (api) => {
        const { breaches } = await api.checkInvariants({});
        return { breaches };
      });
      expect(report.breaches).toEqual([]);
    });

    it('refuses foreign cursors and bodies that break the contract', async () => {
      await both().refuses(shipmentsContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.list({ since: 'not-a-cursor' }),
      );
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(shipmentsContract, violated, (api) => api.confirm({ ...PARKED, shippedAt: 'yesterday' }));
      await both().refuses(shipmentsContract, violated, (api) => api.list({ limit: 201 }));
      const bad = { ...PARKED, id: 'x', reason: 'x' };
      await both().refuses(shipmentsContract, violated, (api) => api.correct({ ...bad, revision: 1 }));
      await both().refuses(shipmentsContract, violated, (api) => api.void({ id: 'x', revision: 2, reason: '' }));
      await both().refuses(shipmentsContract, violated, (api) => api.putTolerances({ tolerances: [] }));
      await both().refuses(shipmentsContract, violated, (api) => api.retryEffect({ id: 'x', effect: 'NOTHING' }));
    });
  });
}
