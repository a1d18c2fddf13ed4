import type { Edge } from '../support/edge';

export function validationSuite(theEdge: () => Edge, orderOf: (purchaseOrder: string, more?: object) => object): void {
  describe('orders checked without being placed', () => {
    it('say what each line comes to, in the unit of the order', async () => {
      const edge = theEdge();
      const lines = [
        { line: 1, item: 'MUG-BLUE', quantity: { value: '2', unit: 'XCS' } },
        { line: 2, item: 'NO-SUCH', quantity: { value: '1', unit: 'EA' } },
      ];
      const { body } = await edge.expect(200, 'portalOrders.validate', { body: orderOf('EDGE-V1', { lines }) });
      expect(body).toMatchObject({
        verdict: 'ACCEPT',
        findings: [{ check: 'ITEM', code: 'ITEM_UNKNOWN', severity: 'HOLD', line: 2, pointer: '/lines/1/item' }],
        lines: [
          { verdict: 'ACCEPT', item: 'MUG-BLUE', ordered: { value: '2', unit: 'XCS' }, unpromised: { value: '0' } },
          { verdict: 'PARK', promised: [] },
        ],
      });
      await edge.expect(200, 'marketplaceOrders.validate', { body: orderOf('EDGE-V2') });
      for (const audience of ['portal', 'marketplace'])
        await edge.refuses(422, 'REQUEST_INVALID', `${audience}Orders.validate`, {
          body: orderOf('EDGE-V3', { lines: [] }),
        });
    });

    it('those that are refused are kept, with what was sent and why', async () => {
      const edge = theEdge();
      const line = { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } };
      const sent = orderOf('EDGE-REFUSED', { lines: [line, line] });
      await edge.refuses(422, 'ORDER_INVALID', 'portalOrders.place', { body: sent });
      const query = { purchaseOrder: 'EDGE-REFUSED' };
      const { body } = await edge.expect(200, 'operationsOrders.refused', { query });
      expect(body.orders).toMatchObject([
        { code: 'ORDER_INVALID', times: 1, purpose: 'ORIGINAL', findings: [{ code: 'LINE_DUPLICATE' }], content: sent },
      ]);
      await edge.refuses(400, 'PARAMETER_INVALID', 'operationsOrders.refused', { query: { colour: 'blue' } });
    });

    it('by policies that operators set', async () => {
      const edge = theEdge();
      const policy = { partner: 'edge', severities: [{ check: 'PRICE', severity: 'FIX' }], environment: 'TEST' };
      const at = (name: string): string => `operationsOrderPolicies.${name}`;
      expect((await edge.expect(200, at('put'), { body: { policies: [policy] } })).body).toEqual({ stored: 1 });
      const { body } = await edge.expect(200, at('list'), { query: { partner: 'edge' } });
      expect(body.policies).toEqual([policy]);
      const wrong = { policies: [{ ...policy, severities: [{ check: 'TAX', severity: 'FIX' }] }] };
      await edge.refuses(422, 'POLICY_INVALID', at('put'), { body: wrong });
      await edge.refuses(400, 'PARAMETER_INVALID', at('list'), { query: { colour: 'blue' } });
    });
  });
}
