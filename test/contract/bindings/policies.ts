import { availabilityContract } from '#contracts/availability/availability.api';
import type { ItemPolicyPage } from '#contracts/availability/policies.dto';
import type { Both } from '../support/both';

const item = (name: string): string => `POLICY-${name}`;

export function policiesSuite(both: () => Both): void {
  describe('policies of availability', () => {
    it('keeps how items are promised, and pages through them', async () => {
      const policies = [
        { item: item('BOX'), components: [{ item: item('BULB'), quantity: '4' }], backorderRule: 'PRIORITY' as const },
        { item: item('BULB'), substitutes: [{ item: item('LED'), ratio: '0.5' }], minimumRemainingLifeDays: 14 },
        { item: item('LED'), purchasable: true, leadTimeDays: 7, receivingDays: 1 },
        { item: item('OLD'), rule: 'ACCUMULATE' as const, accumulationDays: 5 },
      ];
      const stored = await both().answers(availabilityContract, (api) => api.putItemPolicies({ policies }));
      expect(stored).toEqual({ stored: 4 });
      // The demo has policies of its own, before these and behind them.
      const seen: object[] = [];
      let next: string | undefined;
      do {
        const after = next === undefined ? {} : { after: next };
        const page: ItemPolicyPage = await both().answers(availabilityContract, (api) =>
          api.itemPolicies({ ...after, limit: 3 }),
        );
        expect(page.policies.length).toBeLessThanOrEqual(3);
        seen.push(...page.policies.filter((policy) => policy.item.startsWith(item(''))));
        next = page.next;
      } while (next !== undefined);
      expect(seen).toMatchObject(policies);
      const [own] = (await both().answers(availabilityContract, (api) => api.itemPolicies({ item: item('LED') })))
        .policies;
      expect(own).toMatchObject({ purchasable: true, leadTimeDays: 7, rule: 'LOOK_AHEAD', components: [] });
    });

    it('keeps when nodes work', async () => {
      const policy = { node: 'DC-POLICY', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-03-06'], cutOff: '14:00', handlingDays: 1, transitDays: 2 }; // prettier-ignore
      await both().answers(availabilityContract, (api) => api.putNodePolicies({ policies: [policy] }));
      const { policies } = await both().answers(availabilityContract, (api) => api.nodePolicies({ node: 'DC-POLICY' }));
      expect(policies).toEqual([policy]);
    });

    it('keeps what channels and partners may take', async () => {
      const quota = { item: item('BULB'), channel: 'EDI', protected: '40', cap: '60' };
      const atNode = { item: item('BULB'), node: 'DC-NORTH', channel: 'WEB', protected: '5' };
      await both().answers(availabilityContract, (api) => api.putChannelQuotas({ quotas: [quota, atNode] }));
      const page = await both().answers(availabilityContract, (api) => api.channelQuotas({ item: item('BULB') }));
      expect(page).toEqual({ quotas: [{ ...quota, consumed: '0' }, { ...atNode, consumed: '0' }] }); // prettier-ignore
      const web = await both().answers(availabilityContract, (api) => api.channelQuotas({ channel: 'WEB' }));
      expect(web.quotas).toHaveLength(1);
      const caps = [
        { partner: 'harbour', item: item('BULB'), maximum: '12' },
        { partner: 'policy-partner', maximum: '500' },
      ];
      await both().answers(availabilityContract, (api) => api.putPartnerCaps({ caps }));
      const first = await both().answers(availabilityContract, (api) => api.partnerCaps({ limit: 1 }));
      expect(first.caps).toEqual(caps.slice(0, 1));
      const next = await both().answers(availabilityContract, (api) => api.partnerCaps({ after: first.next ?? '' }));
      expect(next).toEqual({ caps: caps.slice(1) });
      await both().answers(availabilityContract, (api) => api.putPartnerCaps({ caps: caps.map(({ maximum: _, ...cap }) => cap) })); // prettier-ignore
      expect(await both().answers(availabilityContract, (api) => api.partnerCaps({}))).toEqual({ caps: [] });
    });

    it('refuses what makes no sense, with a pointer to each fault, and stores nothing of it', async () => {
      const invalid = { code: 'POLICY_INVALID', kind: 'invalid' } as const;
      const { findings } = await both().refuses(availabilityContract, invalid, (api) =>
        api.putItemPolicies({
          policies: [
            { item: item('BULB'), components: [{ item: item('BOX'), quantity: '1' }] },
            { item: item('SELF'), substitutes: [{ item: item('SELF'), ratio: '1' }] },
            { item: item('BUY'), purchasable: true },
            { item: item('BUY'), accumulationDays: 3 },
          ],
        }),
      );
      expect(findings.map(({ code, pointer }) => [code, pointer])).toEqual([
        ['POLICY_REPEATED', '/policies/3/item'],
        ['KIT_CYCLE', '/policies/0/components/0/item'],
        ['SUBSTITUTE_REPEATED', '/policies/1/substitutes/0/item'],
        ['LEAD_TIME_MISSING', '/policies/2/leadTimeDays'],
        ['RULE_MISMATCH', '/policies/3/accumulationDays'],
      ]);
      const kept = await both().answers(availabilityContract, (api) => api.itemPolicies({ item: item('SELF') }));
      expect(kept.policies).toEqual([]);
      await both().refuses(availabilityContract, invalid, (api) =>
        api.putNodePolicies({ policies: [{ node: 'DC-POLICY', holidays: ['2026-02-30'] }] }),
      );
      const quota = { item: item('BULB'), channel: 'EDI', protected: '61', cap: '60' };
      await both().refuses(availabilityContract, invalid, (api) => api.putChannelQuotas({ quotas: [quota] }));
      const cap = { partner: 'harbour', maximum: '1' };
      await both().refuses(availabilityContract, invalid, (api) => api.putPartnerCaps({ caps: [cap, cap] }));
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(availabilityContract, violated, (api) =>
        api.putNodePolicies({ policies: [{ node: 'DC-POLICY', workingDays: [0] }] }),
      );
      await both().refuses(availabilityContract, violated, (api) =>
        api.putNodePolicies({ policies: [{ node: 'DC-POLICY', cutOff: '24:00' }] }),
      );
      await both().refuses(availabilityContract, violated, (api) =>
        api.putItemPolicies({ policies: [{ item: 'A', substitutes: [{ item: 'B', ratio: '0' }] }] }),
      );
      await both().refuses(availabilityContract, violated, (api) =>
        api.putChannelQuotas({ quotas: [{ ...quota, channel: 'the shop' }] }),
      );
      await both().refuses(availabilityContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.itemPolicies({ after: 'foreign' }),
      );
    });
  });
}
