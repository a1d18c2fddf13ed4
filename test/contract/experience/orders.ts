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
  });
}
