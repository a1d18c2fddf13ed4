import { clientOf, Refusal, UsageError, type ApiClient } from '../cli/client';
import type { Values } from './options';

/** One call of the command: what was given after its noun and verb. */
export interface Call {
  readonly values: Values;
  readonly rest: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}
export interface Printed {
  /** For --json: as the API answered it. */
  readonly answer: object;
  readonly shown: string;
}
/** What can be done with one kind of thing. */
export type Noun = Readonly<Record<string, (call: Call) => Promise<Printed>>>;

const ADMIN = { base: '/admin/v1', variable: 'CROSSDOCK_ADMIN_KEY', demoKey: 'admin', scopes: 'admin:*' };
/** Webhooks belong to the partner: who runs the installation changes them with a key of that partner. */
const PARTNER = {
  ...{ base: '/portal/v1', variable: 'CROSSDOCK_PARTNER_KEY', demoKey: 'portal', scopes: 'portal:webhooks:*' },
};

export function adminOf({ values, environment }: Call): ApiClient {
  return clientOf({ url: values.url, key: values.key }, environment, ADMIN);
}

export function partnerOf({ values, environment }: Call): ApiClient {
  return clientOf({ url: values.url, key: values.key }, environment, PARTNER);
}

/** The argument at `index`, ready for a path. Errors: UsageError. */
export function named({ rest }: Call, index: number, what: string): string {
  const value = rest[index];
  if (value === undefined) throw new UsageError(`name the ${what}; --help shows how`);
  return encodeURIComponent(value);
}

/** Errors: UsageError. */
export function needed<T>(value: T | undefined, option: string, why = ''): T {
  if (value === undefined || value === '') throw new UsageError(`${option} is needed${why}; --help shows how`);
  return value;
}

export function reasonOf({ values: { reason } }: Call): { reason?: string } {
  return reason === undefined ? {} : { reason };
}

/** What stops somebody is not done without a word. Errors: UsageError. */
export function neededReason({ values }: Call): { reason: string } {
  return { reason: needed(values.reason, '--reason', ': it is kept in the audit log') };
}

/** Undefined when the API knows of none. */
export function found<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  });
}

/** The one that a list has, and otherwise a refusal. */
export function oneOf<T>(list: readonly T[], is: (each: T) => boolean, what: string): T {
  const one = list.find(is);
  if (one === undefined) throw new Refusal(`there is no ${what}`, 404);
  return one;
}

export function refuseExisting(there: unknown, what: string): void {
  if (there !== undefined) throw new Refusal(`${what} is there already: change it`, 409);
}

/** Columns as wide as what is in them. */
export function table(rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n'); // prettier-ignore
}
