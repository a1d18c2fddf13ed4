import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { MessageView, OrderTimeline } from '#contracts/exceptions/evidence.dto';
import type { BulkReport, ExceptionGroups, ExceptionPage, ExceptionView } from '#contracts/exceptions/exceptions.dto';
import { clientOf, UsageError, type ApiClient } from '../cli/client';
import { callLines, exceptionDetail, exceptionLine, groupLine, stepLine, timelineLine } from './shown';

export const USAGE = `npm run ops -- <command> [options]
  exceptions list|groups     [--state S] [--domain D] [--code C] [--queue Q] [--partner P] [--order O]
  exceptions list --sort due                       the most urgent due time first
  exceptions show ID
  exceptions assign ID --to WHO --reason WHY
  exceptions resolve ID --reason WHY
  exceptions retry ID --reason WHY
  exceptions edit ID --file BODY --reason WHY      mends a message that could not be read, and maps it again
  exceptions bulk retry|resolve|assign --reason WHY [filters] [--to WHO] [--cap 100] [--dry-run]
  replay --dry-run PARTNER ORDER                   what a retry would send out, and what is there already
  timeline ORDER
  message ID                                       a raw message, masked
Everywhere: --url, --key (or CROSSDOCK_URL, CROSSDOCK_OPERATIONS_KEY, or demo.json in CROSSDOCK_DATA), --operator NAME, --json.`;

const OPERATIONS = {
  ...{ base: '/operations/v1', variable: 'CROSSDOCK_OPERATIONS_KEY', demoKey: 'operations', scopes: 'operations:*' },
};
const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ url: TEXT, key: TEXT, operator: TEXT, json: SWITCH },
  ...{ state: TEXT, domain: TEXT, code: TEXT, queue: TEXT, partner: TEXT, order: TEXT, sort: TEXT },
  ...{ to: TEXT, reason: TEXT, file: TEXT, cap: TEXT, 'dry-run': SWITCH },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
interface Call {
  readonly client: ApiClient;
  readonly values: Values;
  readonly rest: readonly string[];
}

/** What to print. Errors: UsageError, Refusal. */
export async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const { values, positionals } = parsed(argv);
  const [noun = '', ...rest] = positionals;
  const command = COMMANDS[noun];
  if (command === undefined) throw new UsageError(USAGE);
  const { answer, shown } = await command({
    client: clientOf({ url: values.url, key: values.key }, environment, OPERATIONS),
    values,
    rest,
  });
  return values.json === true ? JSON.stringify(answer, null, 2) : shown;
}

interface Printed {
  readonly answer: object;
  readonly shown: string;
}

const COMMANDS: Readonly<Record<string, ((call: Call) => Promise<Printed>) | undefined>> = {
  exceptions,
  timeline: async ({ client, rest }) => {
    const answer = await client.get<OrderTimeline>(`/orders/${named(rest, 0, 'the order')}/timeline`);
    return { answer, shown: answer.entries.map(timelineLine).join('\n') };
  },
  message: async ({ client, rest }) => {
    const answer = await client.get<MessageView>(`/messages/${named(rest, 0, 'the message')}`);
    return { answer, shown: callLines(answer) };
  },
  replay: async ({ client, rest, values }) => {
    if (values['dry-run'] !== true)
      throw new UsageError('replay only shows: give --dry-run. To send out what would run, retry the exception.');
    const path = `/orders/${named(rest, 0, 'the partner')}/${named(rest, 1, 'the order')}/replay`;
    const answer = await client.get<{ steps: Parameters<typeof stepLine>[0][]; wouldRun: number }>(path);
    return { answer, shown: [...answer.steps.map(stepLine), `${answer.wouldRun} would be sent out`].join('\n') };
  },
};

async function exceptions(call: Call): Promise<Printed> {
  const { client, values, rest } = call;
  const [verb = 'list', ...more] = rest;
  const filter = filterOf(values);
  if (verb === 'list') {
    const answer = await client.get<ExceptionPage>('/exceptions', { ...filter, sort: values.sort });
    return { answer, shown: answer.exceptions.map(exceptionLine).join('\n') || 'nothing is open' };
  }
  if (verb === 'groups') {
    const answer = await client.get<ExceptionGroups>('/exception-groups', {
      queue: values.queue,
      partner: values.partner,
    });
    return { answer, shown: answer.groups.map(groupLine).join('\n') || 'nothing is open' };
  }
  if (verb === 'bulk') return bulk(call, more, filter);
  const id = encodeURIComponent(named(more, 0, 'the exception'));
  const answer = await (verb === 'show' ? client.get<ExceptionView>(`/exceptions/${id}`) : acted(call, verb, id));
  return { answer, shown: exceptionDetail(answer) };
}

function acted({ client, values }: Call, verb: string, id: string): Promise<ExceptionView> {
  const why = { reason: needed(values.reason, '--reason'), ...(values.operator && { operator: values.operator }) };
  switch (verb) {
    case 'assign':
      return client.post(`/exceptions/${id}/assign`, { ...why, to: needed(values.to, '--to') });
    case 'resolve':
    case 'retry':
      return client.post(`/exceptions/${id}/${verb}`, why);
    case 'edit': {
      const content = readFileSync(needed(values.file, '--file'), 'utf8');
      return client.post(`/exceptions/${id}/edit-and-retry`, { ...why, content });
    }
    default:
      throw new UsageError(`exceptions ${verb} is no command\n${USAGE}`);
  }
}

async function bulk({ client, values }: Call, [action = '']: readonly string[], filter: object): Promise<Printed> {
  const answer = await client.post<BulkReport>('/exceptions/bulk', {
    ...{ filter, action: action.toUpperCase(), reason: needed(values.reason, '--reason') },
    ...(values.operator && { operator: values.operator }),
    ...(values.to && { to: values.to }),
    ...(values.cap && { cap: Number(values.cap) }),
    ...(values['dry-run'] && { dryRun: true }),
  });
  const rows = answer.rows.map(({ id, key, outcome, code }) =>
    `${outcome.padEnd(8)} ${id}  ${key}  ${code ?? ''}`.trimEnd(),
  );
  return { answer, shown: [...rows, `${answer.rows.length} of ${answer.matched}`].join('\n') };
}

function filterOf({ state, domain, code, queue, partner, order }: Values): Record<string, string> {
  const entries = Object.entries({ state, domain, code, queue, partner, order });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function named(rest: readonly string[], index: number, what: string): string {
  const value = rest[index];
  if (value === undefined) throw new UsageError(`name ${what}\n${USAGE}`);
  return value;
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is needed: it is written to the audit`);
  return value;
}

function parsed(argv: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}
