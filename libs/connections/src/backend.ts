import type { OutboundHttp } from '#resilience/outbound';
import { CrossdockError } from '#canonical/errors';

/** A JSON schema (draft 2020-12 subset that Ajv's default understands), with descriptions for the person who fills it in. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a backend product is and needs; the support matrix of the docs is made from it. */
export interface Manifest {
  /** Name of the product in connections, e.g. `tryton`. */
  readonly product: string;
  readonly title: string;
  /** Of the settings of one connection; spread `httpSettings` into its properties when it is called over HTTP. */
  readonly settings: JsonSchema;
  /** Names of the secrets a connection must have. */
  readonly credentials: readonly string[];
  /** What only some products can do, by name, with a sentence each. */
  readonly abilities: Readonly<Record<string, string>>;
}

/** One installation of a product, ready to be used: defaults filled in, secrets in clear. Never log it. */
export interface Connection {
  readonly id: string;
  readonly product: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly credentials: Readonly<Record<string, string>>;
  /** Enabled ones. */
  readonly abilities: readonly string[];
  readonly version: number;
}

/** One thing to try when a connection is tested; what it returns is shown, what it throws is the reason of the failure. */
export interface TestStep {
  readonly name: string;
  run(): Promise<string | void>;
}

/** A product behind a port. Only this is seen of a backend outside its folder. */
export interface Backend<Port> {
  readonly manifest: Manifest;
  /** Called once per connection and version: keep sessions and tokens in what it returns. */
  connect(connection: Connection, http: OutboundHttp): Port;
  /** In order; the first that fails ends the test. */
  test(connection: Connection, http: OutboundHttp): readonly TestStep[];
}

/** Settings that every product called over HTTP has. `ConnectionsService` reads them when it builds the client. */
export const httpSettings = {
  baseUrl: { type: 'string', format: 'uri', pattern: '^https?://', description: 'Where the API answers.' },
  deadlineMs: {
    type: 'integer',
    minimum: 50,
    maximum: 300_000,
    default: 15_000,
    description: 'Milliseconds for one call.',
  },
  concurrency: { type: 'integer', minimum: 1, maximum: 200, default: 16, description: 'Calls at once.' },
  probeSeconds: {
    type: 'integer',
    minimum: 1,
    maximum: 3600,
    description: 'Seconds between two probes at most while the backend does not answer; 30 when absent.',
  },
  settleSeconds: {
    type: 'integer',
    minimum: 0,
    maximum: 3600,
    default: 5,
    description:
      'Seconds the backend may go on with a call after its answer was lost; so long nothing is posted again.',
  },
} as const;

/** For `createOnce`: the connection's `settleSeconds`, undefined for a product that has no such setting. */
export function settleSeconds(connection: Connection): number | undefined {
  const seconds = connection.settings['settleSeconds'];
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Errors: ABILITY_DISABLED (refused) when the connection does not have it. */
export function requireAbility(connection: Connection, ability: string): void {
  if (connection.abilities.includes(ability)) return;
  throw new CrossdockError({
    code: 'ABILITY_DISABLED',
    kind: 'refused',
    message: `connection ${connection.id} (${connection.product}) has no ability ${ability}`,
    source: connection.id,
  });
}
