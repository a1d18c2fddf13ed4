import { availabilityContract } from '#contracts/availability/availability.api';
import { planningContract } from '#contracts/availability/planning.api';
import type { Both } from '../support/both';

const ITEM = 'PLAN-ITEM';
const NODE = 'DC-NORTH';
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export function planningSuite(both: () => Both): void {
  describe('planning', () => {
    const expectSupply = (quantity: string) => {
      const supply = { id: 'PO-PLAN-1', kind: 'PURCHASE_ORDER' as const, item: ITEM, node: NODE, quantity };
      const supplies = [{ ...supply, availableOn: inDays(5) }];
      return both().answers(availabilityContract, (api) => api.putSupplies({ supplies }));
    };

    it('lists promises that a smaller supply puts at risk', async () => {
      await expectSupply('40');
      await both().answers(availabilityContract, (api) =>
        api.reserve({
          reservation: 'contract-plan',
          lines: [{ line: 1, item: ITEM, quantity: '40', requestedDate: inDays(6) }],
          mode: 'ALL_OR_NOTHING',
          kind: 'FIRM',
        }),
      );
      await expectSupply('15');
      const { risks } = await both().answers(planningContract, (api) =>
        api.risks({ item: ITEM, node: NODE, limit: 10 }),
      );
      expect(risks).toMatchObject([{ reservation: 'contract-plan', line: 1, quantity: '25', shipDate: inDays(6) }]);
      expect(await both().answers(planningContract, (api) => api.risks({ item: 'NO-SUCH' }))).toEqual({ risks: [] });
      await both().refuses(planningContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.risks({ cursor: 'not-a-cursor' }),
      );
      const { shortages } = await both().answers(planningContract, (api) => api.shortages({ item: ITEM, node: NODE }));
      expect(shortages).toMatchObject([{ quantity: '25', ordersTouched: 1, orders: [{ shipDate: inDays(6) }] }]);
      await both().refuses(planningContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.shortages({ cursor: 'not-a-cursor' }),
      );
    });

    it('answers what would be without doing it', async () => {
      const ask = { item: ITEM, days: 10 };
      const more = { of: 'SUPPLY' as const, node: NODE, quantity: '25', date: inDays(4) };
      const { nodes, promises } = await both().answers(planningContract, (api) =>
        api.whatIf({ ...ask, changes: [{ action: 'ADD', ...more }] }),
      );
      expect(nodes[0]?.days).toHaveLength(10);
      expect(promises).toMatchObject([{ reservation: 'contract-plan', before: { quantity: '25' } }]);
      expect(promises[0]?.after).toBeUndefined();
      const { findings } = await both().refuses(planningContract, { code: 'WHAT_IF_INVALID', kind: 'invalid' }, (api) =>
        api.whatIf({ ...ask, changes: [{ action: 'DROP', of: 'SUPPLY', supply: 'NO-SUCH' }] }),
      );
      expect(findings).toMatchObject([{ code: 'SUPPLY_UNKNOWN', pointer: '/changes/0/supply' }]);
      await both().refuses(planningContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.whatIf({ ...ask, changes: [{ action: 'ADD', ...more, quantity: 'NaN' }] }),
      );
    });
  });
}
