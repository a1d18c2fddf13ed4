import { ordersContract, type OrdersApi } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { Both } from '../support/both';
import { orderOf, PARTNER } from './order-request';

export function ordersSuite(both: () => Both): void {
  describe('orders', () => {
    it('accepts an order once: the same again answers the first result, another content is a conflict', async () => {
      const request = orderOf('CT-1', { charges: [{ code: 'FREIGHT', amount: { amount: '5.00', currency: 'GBP' } }] });
      const outcome = (more: Partial<AcceptOrderRequest> = {}) =>
        both().answers(ordersContract, async (api) => {
          const { outcome: result, order } = await api.accept({ ...request, ...more });
          return { result, purchaseOrder: order.purchaseOrder, charges: order.charges };
        });
      expect(await outcome()).toMatchObject({ result: 'created' });
      expect(await outcome()).toMatchObject({ result: 'replayed' });
      await both().refuses(ordersContract, { code: 'PURCHASE_ORDER_CONFLICT', kind: 'conflict' }, (api) =>
        api.accept({ ...request, shipTo: 'WHITBY' }),
      );
    });

    it('ships it, and shows it whole to its partner and to nobody else', async () => {
      await both().eventually(
        ordersContract,
        async (api) => {
          const [order] = (await api.list({ partner: PARTNER, purchaseOrder: 'CT-1' })).orders;
          return { status: order?.status, tracked: order?.shipments.some(({ tracking }) => tracking !== undefined) };
        },
        ({ status, tracked }) => status === 'SHIPPED' && tracked === true,
      );
      const order = await both().answers(ordersContract, async (api) => {
        const { orders } = await api.list({ partner: PARTNER, purchaseOrder: 'CT-1', status: 'SHIPPED', limit: 10 });
        return api.get({ partner: PARTNER, id: orders[0]!.id });
      });
      expect(order.lines[0]).toMatchObject({ ordered: '2', shipped: '2', open: '0' });
      await both().refuses(ordersContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, async (api) => {
        const { orders } = await api.list({ purchaseOrder: 'CT-1' });
        // The id stands in the message: another partner's order and one that never was read the same.
        return api.get({ partner: 'northgate', id: orders[0]!.id });
      });
    });

    it('says how orders are called, and leaves out those that it does not have', async () => {
      const names = await both().answers(ordersContract, async (api) => {
        const { orders } = await api.list({ partner: PARTNER, purchaseOrder: 'CT-1' });
        return api.lookUp({ ids: [...orders.map(({ id }) => id), 'ord_none'] });
      });
      expect(names.orders).toMatchObject([{ partner: PARTNER, purchaseOrder: 'CT-1' }]);
      await both().refuses(ordersContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.lookUp({ ids: [] }),
      );
    });

    it('cancels what is open, once by key, in the version that was seen', async () => {
      // Complete or not at all, and more than there is: it waits, so nothing of it can leave while it is cancelled.
      const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }];
      const request = orderOf('CT-2', { shipComplete: true, lines });
      const ids = new Map<object, string>();
      await both().answers(ordersContract, async (api, world) => {
        const { outcome, order } = await api.accept(request);
        ids.set(world, order.id);
        return outcome;
      });
      const idIn = (world: object): string => ids.get(world) ?? 'no id';
      await both().eventually(
        ordersContract,
        async (api, world) => {
          const { lines: [line], erpDocument } = await api.get({ partner: PARTNER, id: idIn(world) }); // prettier-ignore
          return { backordered: line?.backordered, inErp: erpDocument !== undefined };
        },
        ({ backordered, inErp }) => backordered === '8800' && inErp,
      );
      await both().refuses(ordersContract, { code: 'VERSION_STALE', kind: 'precondition' }, (api, world) =>
        api.cancel({ partner: PARTNER, id: idIn(world), key: 'k0', expectedVersion: 999_999 }),
      );
      await both().refuses(ordersContract, { code: 'CANCELLATION_INVALID', kind: 'invalid' }, (api, world) =>
        api.cancel({ partner: PARTNER, id: idIn(world), key: 'k0', lines: [{ line: 7 }] }),
      );
      const part = await both().answers(ordersContract, async (api, world) => {
        const { outcome } = await api.cancel({
          ...{ partner: PARTNER, id: idIn(world), key: 'k1' },
          lines: [{ line: 1, quantity: '1000' }],
          reason: 'too many',
        });
        return outcome;
      });
      expect(['CANCELLED', 'PARTIAL', 'REQUESTED']).toContain(part);
      const all = await both().answers(ordersContract, async (api, world) => {
        const { outcome, order } = await api.cancel({ partner: PARTNER, id: idIn(world), key: 'k2' });
        return { outcome, ordered: order.lines[0]?.ordered };
      });
      expect(all.outcome).toBe('CANCELLED');
      await both().refuses(ordersContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
        api.cancel({ partner: PARTNER, id: 'ord_unknown', key: 'k' }),
      );
    });

    it('holds an order by hand and releases it; one that has shipped cannot be held', async () => {
      const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }];
      const request = orderOf('CT-HOLD', { shipComplete: true, lines });
      const ids = new Map<object, string>();
      const reason = { type: 'MANUAL', code: 'ASKED_TO_WAIT', detail: 'the customer moves house', who: 'ann' } as const;
      const held = await both().answers(ordersContract, async (api, world) => {
        const { order } = await api.accept(request);
        ids.set(world, order.id);
        const { status, holds } = await api.hold({ partner: PARTNER, id: order.id, ...reason });
        return { status, holds: holds.map(({ type, code, who, owner }) => ({ type, code, who, owner })) };
      });
      expect(held).toMatchObject({ status: 'ON_HOLD', holds: [{ type: 'MANUAL', owner: 'customer-service' }] });
      const released = await both().answers(ordersContract, async (api, world) => {
        const id = ids.get(world) ?? '';
        const { holds: [hold] } = await api.get({ partner: PARTNER, id }); // prettier-ignore
        const decision = { who: 'bob', why: 'settled' };
        const { holds, pastHolds } = await api.releaseHold({ partner: PARTNER, id, hold: hold!.id, ...decision });
        await api.cancel({ partner: PARTNER, id, key: 'over' });
        return { holds, past: pastHolds.map(({ endedBy, endedBecause }) => ({ endedBy, endedBecause })) };
      });
      expect(released).toEqual({ holds: [], past: [{ endedBy: 'bob', endedBecause: 'settled' }] });
      const refuses = async (
        code: string,
        kind: 'not-found' | 'conflict' | 'invalid',
        call: (api: OrdersApi, id: string) => Promise<unknown>,
      ) =>
        // prettier-ignore
        both().refuses(ordersContract, { code, kind }, (api, world) => call(api, ids.get(world) ?? ''));
      await refuses('ORDER_CLOSED', 'conflict', (api, id) => api.hold({ partner: PARTNER, id, ...reason }));
      await refuses('HOLD_INVALID', 'invalid', (api, id) => api.hold({ partner: PARTNER, id, ...reason, line: 7 }));
      await refuses('HOLD_UNKNOWN', 'not-found', (api, id) =>
        api.releaseHold({ partner: PARTNER, id, hold: 'h999', who: 'bob', why: 'x' }),
      );
      await refuses('ORDER_UNKNOWN', 'not-found', (api) => api.hold({ partner: PARTNER, id: 'ord_none', ...reason }));
    });

    it('changes an order, shows its commands, and keeps how a partner is served', async () => {
      const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }];
      const ids = new Map<object, string>();
      const idIn = (world: object): string => ids.get(world) ?? 'no id';
      const outcome = await both().answers(ordersContract, async (api, world) => {
        const { order } = await api.accept(orderOf('CT-CHANGE', { shipComplete: true, lines }));
        ids.set(world, order.id);
        const change = { partner: PARTNER, id: order.id, key: 'k1', requestedDate: '2099-01-04', reason: 'later' };
        const answer = await api.change({ ...change, lines: [{ line: 1, decrease: '100' }] });
        return {
          outcome: answer.outcome,
          requestedDate: answer.order.requestedDate,
          line: answer.order.lines[0]?.open,
        };
      });
      expect(outcome).toEqual({ outcome: 'APPLIED', requestedDate: '2099-01-04', line: '8900' });
      const kinds = await both().answers(ordersContract, async (api, world) => {
        const { commands } = await api.commands({ partner: PARTNER, id: idIn(world) });
        return commands.some(({ kind }) => kind === 'reserve');
      });
      expect(kinds).toBe(true);
      const refuses = (code: string, kind: 'conflict' | 'invalid' | 'precondition' | 'not-found', change: object) =>
        both().refuses(ordersContract, { code, kind }, (api, world) =>
          api.change({ partner: PARTNER, id: idIn(world), key: 'k2', lines: [{ line: 1, drop: true }], ...change }),
        );
      await refuses('CHANGE_INVALID', 'invalid', { lines: [] });
      await refuses('CHANGE_TOO_LATE', 'conflict', { lines: [{ line: 1, decrease: '9000' }] });
      await refuses('VERSION_STALE', 'precondition', { expectedVersion: 999_999 });
      await refuses('ORDER_UNKNOWN', 'not-found', { id: 'ord_none' });
      await both().refuses(ordersContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
        api.commands({ partner: PARTNER, id: 'ord_none' }),
      );
      const policy = { partial: 'SHIP_COMPLETE_LINE', backorder: true, pickShort: 'CANCEL' } as const;
      const kept = await both().answers(validationContract, async (api) => {
        await api.putPartnerPolicy({ partner: 'contract-policy', policy, who: 'ann' });
        const { updatedAt: _, ...rest } = await api.partnerPolicy({ partner: 'contract-policy' });
        return rest;
      });
      expect(kept).toEqual({ partner: 'contract-policy', policy, updatedBy: 'ann' });
      await both().answers(ordersContract, async (api, world) => {
        const { outcome: over } = await api.cancel({ partner: PARTNER, id: idIn(world), key: 'over' });
        return over;
      });
      await refuses('ORDER_CLOSED', 'conflict', {});
    });

    it('tries held orders again; one that has shipped stays as it is', async () => {
      const order = await both().answers(ordersContract, async (api) => {
        const { orders } = await api.list({ partner: PARTNER, purchaseOrder: 'CT-1' });
        const { status, holds } = await api.retryHolds({ partner: PARTNER, id: orders[0]!.id, reason: 'none' });
        return { status, holds };
      });
      expect(order).toEqual({ status: 'SHIPPED', holds: [] });
      await both().refuses(ordersContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
        api.retryHolds({ partner: PARTNER, id: 'ord_unknown' }),
      );
      const preview = await both().answers(ordersContract, async (api) => {
        const { orders } = await api.list({ partner: PARTNER, purchaseOrder: 'CT-1' });
        return api.previewRetry({ partner: PARTNER, id: orders[0]!.id });
      });
      expect(preview).toEqual({ status: 'SHIPPED', lifted: [], kept: [], commands: [] });
      await both().refuses(ordersContract, { code: 'ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
        api.previewRetry({ partner: PARTNER, id: 'ord_unknown' }),
      );
    });

    it('counts orders by status and finds its invariants in order', async () => {
      const summary = await both().answers(ordersContract, (api) => api.summary({}));
      expect(summary.unexplained).toBe(0);
      const report = await both().answers(ordersContract, (api) => api.checkInvariants({}));
      expect(report.breaches).toEqual([]);
    });

    it('pages, and refuses a cursor of other filters', async () => {
      await both().answers(ordersContract, async (api) => {
        const { next } = await api.list({ partner: PARTNER, limit: 1 });
        const page = await api.list({ partner: PARTNER, limit: 1, cursor: next! });
        return page.orders.map(({ purchaseOrder }) => purchaseOrder);
      });
      await both().refuses(ordersContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, async (api) => {
        const { next } = await api.list({ partner: PARTNER, limit: 1 });
        return api.list({ partner: 'northgate', limit: 1, cursor: next! });
      });
    });

    it('refuses an order with every finding at once', async () => {
      const request = orderOf('CT-3', {
        lines: [
          { line: 1, item: 'NO-SUCH', quantity: { value: '1', unit: 'EA' } },
          { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'KGM' } },
        ],
      });
      const refused = { code: 'ORDER_INVALID', kind: 'invalid' } as const;
      const { findings } = await both().refuses(ordersContract, refused, (api) => api.accept(request));
      expect(findings.map(({ code }) => code).sort()).toEqual(['ITEM_UNKNOWN', 'LINE_DUPLICATE', 'UNIT_UNKNOWN']);
      const held = async (purchaseOrder: string, shipTo: string) =>
        both().answers(ordersContract, async (api) => {
          const { order } = await api.accept({ ...orderOf(purchaseOrder), shipTo });
          return { status: order.status, holds: order.holds.map(({ code, type }) => `${type} ${code}`) };
        });
      expect(await held('CT-4', 'NOWHERE')).toEqual({ status: 'ON_HOLD', holds: ['VALIDATION SHIP_TO_UNKNOWN'] });
      expect(await held('CT-5', 'OUTLET')).toEqual({ status: 'ON_HOLD', holds: ['VALIDATION CUSTOMER_BLOCKED'] });
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(ordersContract, violated, (api) => api.accept({ ...orderOf('CT-6'), channel: 'Portal!' }));
      await both().refuses(ordersContract, violated, (api) => api.list({ limit: 0 }));
      await both().refuses(ordersContract, violated, (api) => api.cancel({ partner: PARTNER, id: 'x', key: '' }));
    });
  });
}
