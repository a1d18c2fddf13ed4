import type { Edge } from '../support/edge';

export function policiesSuite(theEdge: () => Edge): void {
  describe('policies of availability, and the answer by them', () => {
    it('are stored, listed and refused with every fault', async () => {
      const edge = theEdge();
      const at = (name: string): string => `operationsPolicies.${name}`;
      const item = { item: 'EDGE-KIT', components: [{ item: 'BOWL-OAT', quantity: '2' }] };
      const node = {
        node: 'DC-EDGE',
        workingDays: [1, 2, 3, 4, 5],
        cutOff: '14:00',
        transitDays: 2,
        shipmentCost: '7.5',
      };
      const quota = { item: 'EDGE-KIT', channel: 'EDGE', protected: '1', cap: '4' };
      const cap = { partner: 'edge', maximum: '10' };
      const stored = { stored: 1 };
      expect((await edge.expect(200, at('putItems'), { body: { policies: [item] } })).body).toEqual(stored);
      expect((await edge.expect(200, at('putNodes'), { body: { policies: [node] } })).body).toEqual(stored);
      expect((await edge.expect(200, at('putChannels'), { body: { quotas: [quota] } })).body).toEqual(stored);
      expect((await edge.expect(200, at('putPartners'), { body: { caps: [cap] } })).body).toEqual(stored);
      const { body: items } = await edge.expect(200, at('items'), { query: { item: item.item } });
      const { body: nodes } = await edge.expect(200, at('nodes'), { query: { node: node.node } });
      expect([items.policies, nodes.policies]).toMatchObject([[item], [node]]);
      const { body: channels } = await edge.expect(200, at('channels'), { query: { channel: 'EDGE' } });
      const { body: partners } = await edge.expect(200, at('partners'), { query: { partner: 'edge' } });
      expect([channels.quotas, partners.caps]).toMatchObject([[{ ...quota, consumed: '0' }], [cap]]);
      const self = { policies: [{ item: 'EDGE-KIT', components: [{ item: 'EDGE-KIT', quantity: '1' }] }] };
      await edge.refuses(422, 'POLICY_INVALID', at('putItems'), { body: self });
      await edge.refuses(422, 'POLICY_INVALID', at('putNodes'), { body: { policies: [node, node] } });
      await edge.refuses(422, 'POLICY_INVALID', at('putChannels'), {
        body: { quotas: [{ ...quota, protected: '5' }] },
      });
      await edge.refuses(422, 'POLICY_INVALID', at('putPartners'), { body: { caps: [cap, cap] } });
      for (const list of ['items', 'channels', 'partners'])
        await edge.refuses(400, 'CURSOR_INVALID', at(list), { query: { after: 'nowhere' } });
      await edge.refuses(400, 'PARAMETER_INVALID', at('nodes'), { query: { colour: 'blue' } });
    });

    it('the answer says why, when and from what', async () => {
      const edge = theEdge();
      const line = { item: 'MUG-BLUE', quantity: { value: '5', unit: 'XCS' } };
      const asked = { lines: [line], together: true, explain: { days: 2 }, objective: ['LOWEST_COST'] };
      const whole = await edge.expect(200, 'portalAvailability.query', { body: asked });
      expect(whole.body.lines[0]).toMatchObject({ shortfalls: [], explain: [{ days: [{}, {}] }, {}] });
      expect(whole.body.completeOn).toBe(whole.body.lines[0].slices[0].shipDate);
      // As it was asked before 2026-11-01, which is another body of the same question.
      const before = { lines: [line], together: true, explain: true, explainDays: 2 };
      await edge.refuses(422, 'REQUEST_INVALID', 'portalAvailability.query', { body: before });
      const dated = { body: before, headers: { 'crossdock-version': '2026-06-01' } };
      const old = await edge.expect(200, 'portalAvailability.query', dated);
      expect(old.body.lines[0].explain).toMatchObject([{ days: [{}, {}] }, {}]);
      expect(old.headers['crossdock-version']).toBe('2026-06-01');
      const past = {
        lines: [
          { ...line, requestedDate: '2020-01-31' },
          { ...line, node: 'MOON' },
        ],
      };
      const late = await edge.refuses(422, 'AVAILABILITY_INVALID', 'portalAvailability.query', { body: past });
      expect(late.body.errors.map(({ code, pointer }: Record<string, string>) => `${code} ${pointer}`)).toEqual([
        'DATE_PAST /lines/0/requestedDate',
        'NODE_UNKNOWN /lines/1/node',
      ]);
    });
  });
}
