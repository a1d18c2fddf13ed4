import type { PartnersService } from '../../gateway/src/partners/partners.service';
import type { PeopleService } from '../../gateway/src/people/people.service';
import type { DemoKey, DemoTargets } from './demo';

/** Generous, but a limit all the same: partners of the demo see the headers and can meet a 429. */
const DEMO_PLAN = [
  { name: 'burst', quota: 60_000, windowSeconds: 60 },
  { name: 'sustained', quota: 2_000_000, windowSeconds: 3600 },
  { name: 'daily', quota: 10_000_000, windowSeconds: 86_400 },
];

const NAMES: Readonly<Record<string, string>> = { harbour: 'Harbour Gifts', crossdock: 'Crossdock' };

/** How the demo installation gives its partners keys and lets their people in. */
export function demoAccess(partners: PartnersService, people: PeopleService): Pick<DemoTargets, 'issueKey' | 'invite'> {
  return {
    // The sandbox's identity provider is another one whenever the demo listens elsewhere.
    invite: (person) => people.put({ ...person, rebind: true }),
    issueKey: async ({ partner, name, scopes, plan }: DemoKey) => {
      await partners.putPartner({ id: partner, name: NAMES[partner] ?? partner });
      await partners.putPlan(plan, DEMO_PLAN);
      const { key } = await partners.issueKey({ partner, mode: 'test', scopes, plan, name });
      return key;
    },
  };
}
