import { Refusal, UsageError } from '../cli/client';
import { adminOf, named, needed, oneOf, reasonOf, refuseExisting, table, type Call, type Noun, type Printed } from './call'; // prettier-ignore

interface Policy {
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
}
interface Plan {
  readonly id: string;
  readonly policies: readonly Policy[];
}

export const plans: Noun = {
  list: async (call) => {
    const all = await plansOf(call);
    return { answer: { plans: all }, shown: table(all.map(rowOf), 'there is no plan') };
  },
  show: async (call) => {
    const id = named(call, 0, 'plan');
    return printed(oneOf(await plansOf(call), (each) => each.id === id, `plan ${id}`));
  },
  create: async (call) => {
    const id = named(call, 0, 'plan');
    refuseExisting((await plansOf(call)).find((each) => each.id === id), `plan ${id}`); // prettier-ignore
    return put(call, id);
  },
  change: async (call) => {
    const id = named(call, 0, 'plan');
    if (!(await plansOf(call)).some((each) => each.id === id))
      throw new Refusal(`there is no plan ${id}: create it`, 404);
    return put(call, id);
  },
};

async function plansOf(call: Call): Promise<readonly Plan[]> {
  return (await adminOf(call).get<{ plans: readonly Plan[] }>('/plans')).plans;
}

async function put(call: Call, id: string): Promise<Printed> {
  const policies = needed(call.values.policy, '--policy').map(policyOf);
  return printed(await adminOf(call).put(`/plans/${id}`, { policies, ...reasonOf(call) }));
}

/** `burst=600/60`: 600 calls in 60 seconds. Errors: UsageError. */
export function policyOf(text: string): Policy {
  const [, name, quota, seconds] = /^([a-z][a-z0-9-]*)=(\d{1,10})\/(\d{1,8})$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`${text} is no policy: write name=calls/seconds, as in burst=600/60`);
  return { name, quota: Number(quota), windowSeconds: Number(seconds) };
}

function printed(answer: Plan): Printed {
  return { answer, shown: table([rowOf(answer)], '') };
}

function rowOf({ id, policies }: Plan): string[] {
  return [id, policies.map(({ name, quota, windowSeconds }) => `${name}=${quota}/${windowSeconds}`).join(' ')];
}
