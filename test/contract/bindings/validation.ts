import { ordersContract } from '#contracts/orders/orders.api';
import { validationContract } from '#contracts/orders/validation.api';
import type { Both } from '../support/both';
import { orderOf, PARTNER } from './order-request';

export function validationSuite(both: () => Both): void {
  describe('orders, checked', () => {
    it('says everything that is wrong and what can be promised, and creates nothing', async () => {
      const lines = [
        { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'XCS' } },
        { line: 2, item: 'MUG-BLEU', quantity: { value: '1', unit: 'EA' } },
      ];
      const request = orderOf('CT-V1', { lines, controlTotals: { lines: 3 } });
      const answer = await both().answers(validationContract, async (api) => {
        const { verdict, findings, lines: judged } = await api.validate(request);
        const [first, second] = judged.map((line) => [line.verdict, line.item]);
        return { verdict, first, second, findings: findings.map(({ code, severity, line }) => [code, severity, line]) };
      });
      expect(answer).toEqual({
        verdict: 'HOLD',
        first: ['ACCEPT', 'MUG-BLUE'],
        second: ['PARK', undefined],
        findings: [
          ['ITEM_UNKNOWN', 'HOLD', 2],
          ['CONTROL_LINES', 'HOLD', undefined],
        ],
      });
      const { orders } = await both().answers(ordersContract, (api) => api.list({ purchaseOrder: 'CT-V1' }));
      expect(orders).toEqual([]);
    });

    it('by the policy of the partner, which is stored, listed and refused with every fault', async () => {
      const policy = { partner: PARTNER, missingMapping: 'REJECT' as const, unitSystem: 'X12' };
      await both().answers(validationContract, (api) => api.putOrderPolicies({ policies: [policy] }));
      const { policies } = await both().answers(validationContract, (api) => api.orderPolicies({ partner: PARTNER }));
      expect(policies).toEqual([policy]);
      const lines = [{ line: 1, item: 'NO-SUCH', quantity: { value: '1', unit: 'EA' } }];
      await both().refuses(ordersContract, { code: 'ORDER_INVALID', kind: 'invalid' }, (api) =>
        api.accept(orderOf('CT-V2', { lines })),
      );
      await both().answers(validationContract, (api) => api.putOrderPolicies({ policies: [{ partner: PARTNER }] }));
      const wrong = { partner: PARTNER, severities: [{ check: 'CREDIT' as const, severity: 'FIX' as const }] };
      const { findings } = await both().refuses(
        validationContract,
        { code: 'POLICY_INVALID', kind: 'invalid' },
        (api) => api.putOrderPolicies({ policies: [wrong, wrong] }),
      );
      expect(findings.map(({ code }) => code)).toEqual([
        'SEVERITY_NOT_POSSIBLE',
        'POLICY_REPEATED',
        'SEVERITY_NOT_POSSIBLE',
      ]);
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(validationContract, violated, (api) => api.putOrderPolicies({ policies: [] }));
      await both().refuses(validationContract, violated, (api) => api.validate(orderOf('CT-V3', { lines: [] })));
    });

    it('a cancellation, a duplicate or a change of nothing is told so, and kept', async () => {
      const purposes = ['CANCELLATION', 'DUPLICATE', 'REPLACE', 'CHANGE'] as const;
      for (const purpose of purposes)
        await both().refuses(ordersContract, { code: 'PURCHASE_ORDER_UNKNOWN', kind: 'not-found' }, (api) =>
          api.accept(orderOf('CT-NONE', { purpose })),
        );
      const kept = await both().answers(validationContract, async (api) => {
        const { orders } = await api.refusedOrders({ partner: PARTNER, purchaseOrder: 'CT-NONE' });
        return orders.map(({ purpose, code }) => [purpose, code]).sort();
      });
      expect(kept).toEqual([...purposes].sort().map((purpose) => [purpose, 'PURCHASE_ORDER_UNKNOWN']));
    });
  });
}
