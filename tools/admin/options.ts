import { parseArgs } from 'node:util';
import { UsageError } from '../cli/client';

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'string', multiple: true } as const;
const SWITCH = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ url: TEXT, key: TEXT, json: SWITCH, help: SWITCH, reason: TEXT },
  ...{ name: TEXT, mode: TEXT, scope: TEXTS, plan: TEXT, policy: TEXTS, role: TEXT },
  ...{ client: SWITCH, issuer: TEXT, 'client-id': TEXT, address: TEXT, 'event-type': TEXTS, description: TEXT },
} as const;
export type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** What was given with the command. Errors: UsageError. */
export function optionsOf(argv: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}; --help shows how`);
  }
}
