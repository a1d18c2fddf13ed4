import type { Edge } from '../support/edge';

interface Tools {
  readonly edge: Edge;
  readonly orderOf: (purchaseOrder: string, more?: object) => object;
}

const PARTNER = 'harbour';
/** More than there is, all or nothing: it waits, so nothing of it leaves while it is worked on. */
const WAITS = {
  shipComplete: true,
  lines: [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }],
};

export function ordersSuite(tools: () => Tools): void {
  describe('orders worked on by hand', () => {
    it('held and released, one hold by one decision', async () => {
      const { edge, orderOf } = tools();
      const { body: placed } = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-HOLD', WAITS) });
      const params = { partner: PARTNER, id: placed.id as string };
      const reason = { type: 'MANUAL', code: 'ASKED_TO_WAIT', detail: 'the customer moves house' };
      const held = await edge.expect(200, 'operationsOrders.hold', {
        params,
        body: { ...reason, line: 1, who: 'ann' },
      });
      expect(held.body.holds).toMatchObject([{ ...reason, line: 1, who: 'ann', owner: 'customer-service' }]);
      const shown = await edge.expect(200, 'portalOrders.get', { params: { id: params.id } });
      expect(shown.body.holds).toEqual([
        { code: reason.code, detail: reason.detail, line: 1, since: held.body.holds[0].since },
      ]);
      const hold = held.body.holds[0].id as string;
      const why = { who: 'bob', why: 'settled' };
      const free = await edge.expect(200, 'operationsOrders.releaseHold', { params: { ...params, hold }, body: why });
      expect(free.body).toMatchObject({
        holds: [],
        pastHolds: [{ id: hold, endedBy: 'bob', endedBecause: 'settled' }],
      });

      const at = (name: string): string => `operationsOrders.${name}`;
      await edge.refuses(422, 'HOLD_INVALID', at('hold'), { params, body: { ...reason, line: 9 } });
      await edge.refuses(422, 'REQUEST_INVALID', at('hold'), { params, body: { ...reason, type: 'COMMAND' } });
      await edge.refuses(404, 'ORDER_UNKNOWN', at('hold'), { params: { ...params, id: 'none' }, body: reason });
      await edge.refuses(404, 'HOLD_UNKNOWN', at('releaseHold'), { params: { ...params, hold: 'h999' }, body: why });
      await edge.refuses(422, 'REQUEST_INVALID', at('releaseHold'), { params: { ...params, hold }, body: {} });
      await edge.expect(200, 'portalOrders.cancel', { params: { id: params.id } });
      await edge.refuses(409, 'ORDER_CLOSED', at('hold'), { params, body: reason });
    });

    it('changed until a warehouse has picked it: less is cancelled, more is an order that follows', async () => {
      const { edge, orderOf } = tools();
      const { shipComplete: _, ...waits } = WAITS;
      const { body: placed } = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-CHANGE', waits) });
      const params = { id: placed.id as string };
      const line = (fields: object) => ({ lines: [{ line: 1, ...fields }] });
      const one = { value: '1', unit: 'EA' };
      const less = await edge.expect(200, 'portalOrders.change', { params, body: line({ decrease: one }) });
      expect(less.body.followOn).toBeUndefined();
      const more = await edge.expect(200, 'portalOrders.change', {
        params,
        body: { ...line({ increase: one }), reason: 'x' },
      });
      const carried = await edge.expect(200, 'portalOrders.get', { params: { id: more.body.followOn } });
      expect(carried.body).toMatchObject({ purchaseOrder: 'EDGE-CHANGE', lines: [{ line: 1, ordered: one }] });
      const again = await edge.expect(200, 'portalOrders.change', {
        params,
        body: { ...line({ increase: one }), reason: 'x' },
      });
      expect(again.body.followOn).toBe(more.body.followOn);

      const refuses = (status: number, code: string, body: object, more_ = {}) =>
        edge.refuses(status, code, 'portalOrders.change', { params, body, ...more_ });
      await refuses(422, 'CHANGE_INVALID', {});
      await refuses(422, 'CHANGE_INVALID', line({}));
      await refuses(422, 'CHANGE_INVALID', line({ decrease: { value: '1', unit: 'KGM' } }));
      await refuses(422, 'CHANGE_INVALID', { shipTo: 'NOWHERE' });
      await refuses(409, 'CHANGE_TOO_LATE', line({ decrease: { value: '99999', unit: 'EA' } }));
      await refuses(422, 'REQUEST_INVALID', { requestedDate: 'tomorrow' });
      await refuses(412, 'VERSION_STALE', line({ drop: true }), { headers: { 'if-match': '"999999"' } });
      await edge.refuses(404, 'ORDER_UNKNOWN', 'portalOrders.change', {
        params: { id: 'none' },
        body: line({ drop: true }),
      });

      const at = (name: string): string => `operationsOrders.${name}`;
      const ours = { partner: PARTNER, id: params.id };
      const change = { key: 'phone-1', requestedDate: '2099-01-04' };
      const changed = await edge.expect(200, at('change'), { params: ours, body: change });
      expect(changed.body.order).toMatchObject({ requestedDate: '2099-01-04' });
      await edge.refuses(422, 'REQUEST_INVALID', at('change'), { params: ours, body: { requestedDate: '2099-01-04' } });
      const seen = await edge.expect(200, at('get'), { params: ours });
      expect(seen.body.commands.map(({ kind }: { kind: string }) => kind)).toContain('reserve');
      await edge.expect(200, 'portalOrders.cancel', { params });
      await edge.expect(200, 'portalOrders.cancel', { params: { id: more.body.followOn } });
    });

    it('filled as the policy of their partner says', async () => {
      const { edge } = tools();
      const at = (name: string): string => `operationsOrders.${name}`;
      const params = { partner: 'edge-policy' };
      const house = { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE' };
      const before = await edge.expect(200, at('partnerPolicy'), { params });
      expect(before.body).toEqual({ ...params, policy: house });
      await edge.refuses(401, 'UNAUTHENTICATED', at('partnerPolicy'), { params, key: 'cdk_test_wrong' });
      const policy = { ...house, maxSplits: 2, minQuantity: '12' };
      const after = await edge.expect(200, at('putPartnerPolicy'), { params, body: policy });
      expect(after.body).toMatchObject({ policy });
      await edge.refuses(422, 'REQUEST_INVALID', at('putPartnerPolicy'), { params, body: { ...house, maxSplits: 0 } });
      await edge.refuses(422, 'REQUEST_INVALID', at('putPartnerPolicy'), { params, body: { partial: 'PARTIAL_OK' } });
    });
  });
}
