import { UsageError } from '../cli/client';
import { adminOf, named, needed, neededReason, oneOf, reasonOf, table, type Call, type Noun, type Printed } from './call'; // prettier-ignore

/** A key, or an OAuth client: how a program of a partner shows who it is. */
interface App {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
  readonly plan: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** Of keys only. */
  readonly living?: boolean;
  /** Shown once, when it is made. */
  readonly key?: string;
  readonly secret?: string;
}

export const apps: Noun = {
  list: async (call) => {
    const answer = await appsOf(call);
    return { answer: { apps: answer }, shown: table(answer.map(rowOf), 'it has no key and no client') };
  },
  show: async (call) => {
    const id = named(call, 1, 'app');
    return printed(oneOf(await appsOf(call), (each) => each.id === id, `app ${id} of that partner`));
  },
  create: async (call) => {
    const { name, mode = 'test', scope, plan, client = false } = call.values;
    const external = externalOf(call);
    const body = {
      ...{ name: needed(name, '--name'), mode, scopes: needed(scope, '--scope') },
      ...(plan !== undefined && { plan }),
      ...(external !== undefined && { external }),
      ...reasonOf(call),
    };
    return printed(await adminOf(call).post(`${pathOf(call)}/${client ? 'clients' : 'keys'}`, body));
  },
  deactivate: async (call) => {
    const id = named(call, 1, 'app');
    const kind = id.startsWith('app_') ? 'clients' : 'keys';
    return printed(await adminOf(call).post(`${pathOf(call)}/${kind}/${id}/revoke`, neededReason(call)));
  },
};

const pathOf = (call: Call): string => `/partners/${named(call, 0, 'partner')}`;

async function appsOf(call: Call): Promise<App[]> {
  const client = adminOf(call);
  const [{ keys }, { clients }] = await Promise.all([
    client.get<{ keys: App[] }>(`${pathOf(call)}/keys`),
    client.get<{ clients: App[] }>(`${pathOf(call)}/clients`),
  ]);
  return [...keys, ...clients];
}

function externalOf({ values }: Call): { issuer: string; clientId: string } | undefined {
  const { issuer, 'client-id': clientId, client } = values;
  if (issuer === undefined && clientId === undefined) return undefined;
  if (client !== true) throw new UsageError('--issuer and --client-id are of an OAuth client: give --client too');
  return { issuer: needed(issuer, '--issuer'), clientId: needed(clientId, '--client-id') };
}

function printed(answer: App): Printed {
  const secret = answer.key ?? answer.secret;
  const once = secret === undefined ? '' : `\n${secret}\nThis is shown once: only a hash of it is kept.`;
  return { answer, shown: `${table([rowOf(answer)], '')}${once}` };
}

function rowOf({ id, name, mode, plan, scopes, revokedAt, living = true }: App): string[] {
  const state = revokedAt !== undefined ? 'REVOKED' : living ? 'works' : 'REPLACED';
  return [id, state, mode, plan, name, scopes.join(' ')];
}
