import { UsageError } from '../cli/client';
import { apps } from './apps';
import { endpoints } from './endpoints';
import { partners } from './partners';
import { optionsOf } from './options';
import { people } from './people';
import { plans } from './plans';
import type { Call, Noun } from './call';

export const USAGE = `npm run crossdock -- <noun> <verb> [options]
  partner list
  partner show|certification PARTNER
  partner create PARTNER --name NAME
  partner change PARTNER --name NAME
  partner deactivate PARTNER --reason WHY            none of its keys works, within five seconds
  partner activate PARTNER
  plan list
  plan show PLAN
  plan create|change PLAN --policy burst=600/60 --policy daily=50000/86400     name=calls/seconds, all hold at once
  app list PARTNER                                   its keys and OAuth clients
  app show PARTNER APP
  app create PARTNER --name NAME --mode test|live --scope SCOPE [--scope …] [--plan PLAN]    a key, shown once
  app create … --client                              an OAuth client; its secret is shown once
  app create … --client --issuer URL --client-id ID  one whose tokens another issuer makes
  app deactivate PARTNER APP --reason WHY            for good: its key or tokens work no longer
  person list PARTNER
  person show PARTNER EMAIL
  person create|change PARTNER EMAIL --name NAME --role viewer|developer|admin
  person deactivate PARTNER EMAIL --reason WHY       signed out within five seconds
  endpoint list
  endpoint show|pause|resume|test|delete ENDPOINT    webhook endpoints, with a key of the partner itself
  endpoint create --address URL [--event-type TYPE …] [--description TEXT]
  endpoint change ENDPOINT [--address URL] [--event-type TYPE …] [--description TEXT]
Everywhere: --url, --key, --reason WHY (kept in the audit log), --json. Without --key it is CROSSDOCK_ADMIN_KEY, for endpoints
CROSSDOCK_PARTNER_KEY, or that of demo.json in CROSSDOCK_DATA. Exit status: 0 done, 1 refused, 2 called wrongly.`;

const NOUNS: Readonly<Record<string, Noun | undefined>> = {
  partner: partners,
  plan: plans,
  app: apps,
  person: people,
  endpoint: endpoints,
};

/** What to print. Errors: UsageError, Refusal. */
export async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const { values, positionals } = optionsOf(argv);
  if (values.help === true) return USAGE;
  const [noun = '', verb = 'list', ...rest] = positionals;
  const verbs = NOUNS[noun];
  if (verbs === undefined) throw new UsageError(USAGE);
  const command = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (command === undefined)
    throw new UsageError(`${noun} ${verb} is no command; there is ${Object.keys(verbs).join(', ')}`);
  const call: Call = { values, rest, environment };
  const { answer, shown } = await command(call);
  return values.json === true ? JSON.stringify(answer, null, 2) : shown;
}
