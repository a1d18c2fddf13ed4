import { named, needed, partnerOf, table, type Call, type Noun, type Printed } from './call';

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly eventTypes?: readonly string[];
  readonly description?: string;
  readonly enabled: boolean;
  readonly disabledReason?: string;
  readonly failingSince?: string;
  readonly version: number;
  /** Shown once, when it is made. */
  readonly secret?: string;
}
const ALL = '/webhook-endpoints';

/** Where a partner is told. */
export const endpoints: Noun = {
  list: async (call) => {
    const answer = await partnerOf(call).get<{ endpoints: Endpoint[] }>(ALL);
    return { answer, shown: table(answer.endpoints.map(rowOf), 'there is no endpoint') };
  },
  show: async (call) => printed(await partnerOf(call).get(pathOf(call))),
  create: async (call) => {
    const url = needed(call.values.address, '--address');
    return printed(await partnerOf(call).post(ALL, { url, ...givenBy(call) }));
  },
  change: (call) => {
    const { address } = call.values;
    return put(call, { ...(address !== undefined && { url: address }), ...givenBy(call) });
  },
  pause: (call) => put(call, { enabled: false }),
  resume: (call) => put(call, { enabled: true }),
  test: async (call) => {
    const answer = await partnerOf(call).post<{ id: string; event: string }>(`${pathOf(call)}/test`);
    return { answer, shown: `${answer.id}  ${answer.event} is on its way` };
  },
  delete: async (call) => {
    await partnerOf(call).delete(pathOf(call));
    return { answer: { deleted: call.rest[0] }, shown: `${call.rest[0] ?? ''} is deleted` };
  },
};

const pathOf = (call: Call): string => `${ALL}/${named(call, 0, 'endpoint')}`;

function givenBy({ values }: Call): object {
  const { description, 'event-type': eventTypes } = values;
  return { ...(description !== undefined && { description }), ...(eventTypes !== undefined && { eventTypes }) };
}

/** PUT replaces: what is not changed is sent as it is, and only over the version that was read. */
async function put(call: Call, change: object): Promise<Printed> {
  const client = partnerOf(call);
  const { url, eventTypes, description, enabled, version } = await client.get<Endpoint>(pathOf(call));
  const kept = { url, enabled, ...(eventTypes && { eventTypes }), ...(description && { description }) };
  return printed(await client.put(pathOf(call), { ...kept, ...change }, { 'if-match': `"${version}"` }));
}

function printed(answer: Endpoint): Printed {
  const { secret } = answer;
  const once = secret === undefined ? '' : `\n${secret}\nThis is shown once: it signs what is sent.`;
  return { answer, shown: `${table([rowOf(answer)], '')}${once}` };
}

function rowOf({ id, url, eventTypes, description = '', enabled, disabledReason, failingSince }: Endpoint): string[] {
  const state = enabled ? (failingSince === undefined ? 'sending' : `FAILING since ${failingSince}`) : (disabledReason ?? 'OFF'); // prettier-ignore
  return [id, state, url, eventTypes?.join(',') ?? 'all', description];
}
