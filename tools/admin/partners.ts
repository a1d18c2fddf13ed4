import { Refusal } from '../cli/client';
import { adminOf, found, named, needed, neededReason, reasonOf, refuseExisting, table, type Call, type Noun, type Printed } from './call'; // prettier-ignore

interface Partner {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: string;
}
interface PartnerPage {
  readonly partners: readonly Partner[];
  readonly next?: string;
}
interface Certification {
  readonly certified: boolean;
  readonly checks: readonly { readonly check: string; readonly shown: boolean; readonly at?: string }[];
}

export const partners: Noun = {
  list: async (call) => {
    const client = adminOf(call);
    const answer: Partner[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page: PartnerPage = await client.get('/partners', { limit: '200', cursor });
      answer.push(...page.partners);
      cursor = page.next;
    }
    return { answer: { partners: answer }, shown: table(answer.map(rowOf), 'there is no partner') };
  },
  show: async (call) => printed(await adminOf(call).get(pathOf(call))),
  create: async (call) => {
    const client = adminOf(call);
    refuseExisting(await found(client.get(pathOf(call))), `partner ${call.rest[0] ?? ''}`);
    const name = needed(call.values.name, '--name');
    return printed(await client.put(pathOf(call), { name, ...reasonOf(call) }));
  },
  change: (call) => put(call, { name: needed(call.values.name, '--name'), ...reasonOf(call) }),
  deactivate: (call) => put(call, { active: false, ...neededReason(call) }),
  activate: (call) => put(call, { active: true, ...reasonOf(call) }),
  certification: async (call) => {
    const answer = await adminOf(call).get<Certification>(`${pathOf(call)}/certification`);
    const rows = answer.checks.map(({ check, shown, at = '' }) => [shown ? 'SHOWN' : 'OPEN', check, at]);
    return { answer, shown: `${answer.certified ? 'certified' : 'not certified yet'}\n${table(rows, '')}` };
  },
};

const pathOf = (call: Call): string => `/partners/${named(call, 0, 'partner')}`;

/** PUT replaces: what is not changed is sent as it is. */
async function put(call: Call, change: object): Promise<Printed> {
  const client = adminOf(call);
  const before = await found(client.get<Partner>(pathOf(call)));
  if (before === undefined) throw new Refusal(`there is no partner ${call.rest[0] ?? ''}: create it`, 404);
  const { name, active } = before;
  return printed(await client.put(pathOf(call), { name, active, ...change }));
}

function printed(answer: Partner): Printed {
  return { answer, shown: table([rowOf(answer)], '') };
}

function rowOf({ id, name, active, createdAt }: Partner): string[] {
  return [id, active ? 'active' : 'INACTIVE', name, createdAt];
}
