import type { Edge, EdgeAnswer, EdgeRequest } from '../support/edge';

interface Tools {
  readonly edge: Edge;
  readonly eventually: (
    id: string,
    request: EdgeRequest,
    arrived: (answer: EdgeAnswer) => boolean,
  ) => Promise<EdgeAnswer>;
  readonly orderOf: (purchaseOrder: string, more?: object) => object;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export function plannerSuite(tools: () => Tools): void {
  describe('planner', () => {
    it('the day table', async () => {
      const { edge } = tools();
      const params = { item: 'MUG-BLUE' };
      const all = await edge.expect(200, 'plannerTimeline.timeline', { params });
      expect(all.body.nodes.length).toBeGreaterThan(1);
      const one = await edge.expect(200, 'plannerTimeline.timeline', {
        params,
        query: { node: 'DC-NORTH', days: '7' },
      });
      expect(one.body.nodes).toHaveLength(1);
      expect(one.body.nodes[0]).toMatchObject({ stock: { left: { unit: 'EA' } }, days: { length: 7 } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'plannerTimeline.timeline', { params, query: { days: '0' } });
      await edge.refuses(404, 'ITEM_UNKNOWN', 'plannerTimeline.timeline', { params: { item: 'NO-SUCH' } });
    });

    it('E7 (e), a slipped supply: what if, then shortage and promise at risk with the order named', async () => {
      const { edge, eventually, orderOf } = tools();
      const item = { sku: 'PLAN-E7', description: 'Example 7', status: 'ACTIVE', baseUnit: 'EA', packs: [{ unit: 'XCS', baseQuantity: '10' }] }; // prettier-ignore
      await edge.expect(207, 'operationsReference.putItems', { body: { items: [item] } });
      const place = { item: 'PLAN-E7', node: 'DC-NORTH' };
      const supply = (id: string, kind: string, quantity: string, days: number) => ({ ...place, id, kind, quantity, availableOn: inDays(days) }); // prettier-ignore
      const supplies = [supply('E7-TO', 'TRANSFER', '40', 4), supply('E7-ASN', 'ASN', '150', 7), supply('E7-PO', 'PURCHASE_ORDER', '50', 8)]; // prettier-ignore
      await edge.expect(200, 'operationsInventory.putSupplies', { body: { supplies } });
      const lines = [{ line: 1, item: 'PLAN-E7', quantity: { value: '3', unit: 'XCS' }, unitPrice: { amount: '1.00', currency: 'GBP' } }]; // prettier-ignore
      const placed = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-E7', { lines, requestedDate: inDays(6) }) }); // prettier-ignore
      const { id } = placed.body;
      await eventually('portalOrders.get', { params: { id } }, ({ body }) => body.lines[0].promisedDate === inDays(6));

      const slip = { action: 'MOVE', of: 'SUPPLY', supply: 'E7-TO', date: inDays(9) };
      const whatIf = (...changes: object[]) => ({ body: { item: 'PLAN-E7', changes, days: 10 } });
      const answer = await edge.expect(200, 'plannerPlan.whatIf', whatIf(slip));
      expect(answer.body.nodes).toMatchObject([{ node: 'DC-NORTH', days: { length: 10 } }]);
      expect(answer.body.promises).toMatchObject([
        { order: { id, purchaseOrder: 'EDGE-E7' }, line: 1, after: { quantity: { value: '30', unit: 'EA' }, newDate: inDays(7) } }, // prettier-ignore
      ]);
      const query = { ...place };
      expect((await edge.expect(200, 'plannerPlan.shortages', { query })).body.shortages).toEqual([]);
      const add = {
        action: 'ADD',
        of: 'SUPPLY',
        node: 'DC-NORTH',
        quantity: { value: '1', unit: 'XCS' },
        date: inDays(6),
      };
      const helped = await edge.expect(200, 'plannerPlan.whatIf', whatIf(slip, add));
      expect(helped.body.promises).toMatchObject([{ after: { quantity: { value: '20', unit: 'EA' } } }]);

      await edge.expect(200, 'operationsInventory.putSupplies', { body: { supplies: [supply('E7-TO', 'TRANSFER', '40', 9)] } }); // prettier-ignore
      const late = { order: { id, purchaseOrder: 'EDGE-E7' }, newDate: inDays(7) };
      expect((await edge.expect(200, 'plannerPlan.promisesAtRisk', { query })).body.risks).toMatchObject([late]);
      const { shortages } = (await edge.expect(200, 'plannerPlan.shortages', { query })).body;
      expect(shortages).toMatchObject([{ firstDay: inDays(6), until: inDays(7), quantity: { value: '30', unit: 'EA' }, orders: [late] }]); // prettier-ignore
    });

    it('a what-if that cannot be is refused, each fault with its code and place', async () => {
      const { edge } = tools();
      const add = { action: 'ADD', of: 'SUPPLY', node: 'DC-NORTH', quantity: { value: '1', unit: 'EA' }, date: '2099-01-04' }; // prettier-ignore
      const faults = async (code: string, ...changes: object[]) => {
        const { body } = await edge.refuses(422, code, 'plannerPlan.whatIf', { body: { item: 'MUG-BLUE', changes } });
        return body.errors.map((fault: { code: string; pointer: string }) => `${fault.code} ${fault.pointer}`);
      };
      const quantity = (value: string, unit = 'EA') => ({ ...add, quantity: { value, unit } });
      for (const value of ['0', '-1', 'NaN', '1e9'])
        expect(await faults('REQUEST_INVALID', add, quantity(value))).toEqual([
          'FIELD_FORMAT /changes/1/quantity/value',
        ]);
      expect(await faults('REQUEST_INVALID', ...Array.from({ length: 101 }, () => add))).toEqual([
        'LIST_TOO_LONG /changes',
      ]);
      expect(await faults('REQUEST_INVALID')).toEqual(['LIST_TOO_SHORT /changes']);
      expect(await faults('WHAT_IF_INVALID', quantity('1', 'ZZZ'))).toEqual(['UNIT_UNKNOWN /changes/0/quantity/unit']);
      expect(await faults('WHAT_IF_INVALID', add, { ...add, date: '2020-01-06' })).toEqual([
        'DATE_PAST /changes/1/date',
      ]);
      expect(await faults('WHAT_IF_INVALID', { ...add, node: 'MOON' })).toEqual(['NODE_UNKNOWN /changes/0/node']);
      expect(await faults('WHAT_IF_INVALID', { action: 'DROP', of: 'SUPPLY', supply: 'NO-SUCH' })).toEqual([
        'SUPPLY_UNKNOWN /changes/0/supply',
      ]);
      const changes = [add];
      await edge.refuses(404, 'ITEM_UNKNOWN', 'plannerPlan.whatIf', { body: { item: 'NO-SUCH', changes } });
      const million = { body: { item: 'MUG-BLUE', changes: Array.from({ length: 20_000 }, () => add) } };
      await edge.refuses(413, 'BODY_TOO_LARGE', 'plannerPlan.whatIf', million);
    });

    it('promises at risk, with the orders named', async () => {
      const { edge, eventually, orderOf } = tools();
      const availableOn = inDays(5);
      const supply = { id: 'EDGE-RISK', kind: 'ASN', item: 'PLAN-EDGE', node: 'DC-NORTH', availableOn };
      const expectSupply = (quantity: string) =>
        edge.expect(200, 'operationsInventory.putSupplies', { body: { supplies: [{ ...supply, quantity }] } });
      const item = { sku: 'PLAN-EDGE', description: 'Planned', status: 'ACTIVE', baseUnit: 'EA', packs: [] };
      await edge.expect(207, 'operationsReference.putItems', { body: { items: [item] } });
      await expectSupply('20');
      const lines = [{ line: 7, item: 'PLAN-EDGE', quantity: { value: '20', unit: 'EA' }, unitPrice: { amount: '1.00', currency: 'GBP' } }]; // prettier-ignore
      const placed = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-RISK', { lines }) });
      const { id } = placed.body;
      await eventually(
        'portalOrders.get',
        { params: { id } },
        ({ body }) => body.lines[0].promisedDate === availableOn,
      );
      await expectSupply('12');
      const query = { item: 'PLAN-EDGE', node: 'DC-NORTH' };
      const list = await edge.expect(200, 'plannerPlan.promisesAtRisk', { query });
      expect(list.body.risks).toMatchObject([
        {
          line: 7,
          quantity: { value: '8', unit: 'EA' },
          order: { id, purchaseOrder: 'EDGE-RISK' },
          description: 'Planned',
        },
      ]);
      await edge.refuses(400, 'CURSOR_INVALID', 'plannerPlan.promisesAtRisk', { query: { cursor: 'x' } });
      const short = await edge.expect(200, 'plannerPlan.shortages', { query });
      expect(short.body.shortages).toMatchObject([
        { quantity: { value: '8', unit: 'EA' }, description: 'Planned', ordersTouched: 1, orders: [{ line: 7, order: { id } }] }, // prettier-ignore
      ]);
      await edge.refuses(400, 'CURSOR_INVALID', 'plannerPlan.shortages', { query: { cursor: 'x' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'plannerPlan.shortages', { query: { days: '-1' } });
    });
  });
}
