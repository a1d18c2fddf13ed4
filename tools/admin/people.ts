import { Refusal } from '../cli/client';
import { adminOf, named, needed, neededReason, oneOf, reasonOf, refuseExisting, table, type Call, type Noun, type Printed } from './call'; // prettier-ignore

interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly bound: boolean;
}

/** Who may sign in for a partner. */
export const people: Noun = {
  list: async (call) => {
    const all = await peopleOf(call);
    return { answer: { people: all }, shown: table(all.map(rowOf), 'nobody is invited') };
  },
  show: async (call) => printed(oneOf(await peopleOf(call), isNamed(call), `person ${call.rest[1] ?? ''}`)),
  create: async (call) => {
    refuseExisting((await peopleOf(call)).find(isNamed(call)), call.rest[1] ?? '');
    const name = needed(call.values.name, '--name');
    return put(call, { name, role: needed(call.values.role, '--role'), ...reasonOf(call) });
  },
  change: async (call) => {
    const { name, role } = call.values;
    const change = { ...(name !== undefined && { name }), ...(role !== undefined && { role }), ...reasonOf(call) };
    return put(call, { ...(await present(call)), active: true, ...change });
  },
  deactivate: async (call) => put(call, { ...(await present(call)), active: false, ...neededReason(call) }),
};

const pathOf = (call: Call): string => `/partners/${named(call, 0, 'partner')}/people`;

async function peopleOf(call: Call): Promise<readonly Person[]> {
  named(call, 0, 'partner');
  return (await adminOf(call).get<{ people: readonly Person[] }>(pathOf(call))).people;
}

function isNamed(call: Call): (person: Person) => boolean {
  const email = decodeURIComponent(named(call, 1, 'address')).toLowerCase();
  return (person) => person.email === email;
}

async function present(call: Call): Promise<Pick<Person, 'name' | 'role'>> {
  const person = (await peopleOf(call)).find(isNamed(call));
  if (person === undefined) throw new Refusal(`${call.rest[1] ?? ''} is not invited: create it`, 404);
  return { name: person.name, role: person.role };
}

async function put(call: Call, body: object): Promise<Printed> {
  return printed(await adminOf(call).put(`${pathOf(call)}/${named(call, 1, 'address')}`, body));
}

function printed(answer: Person): Printed {
  return { answer, shown: table([rowOf(answer)], '') };
}

function rowOf({ email, name, role, active, bound }: Person): string[] {
  return [email, active ? (bound ? 'signs in' : 'invited') : 'NOT LET IN', role, name];
}
