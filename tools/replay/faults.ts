import type { ConnectionDiagnostics, ConnectionView } from '#contracts/connections/connections.dto';
import type { Options } from './options';
import { errorsOf, reasonOf } from './problem';
import { SeedRefused, type Seeding } from './seed';
import type { Baseline } from './state';

/** The demo's backends that take part: their place in the sandbox, and the connection that leads there. */
export const BACKENDS = [
  { kind: 'erp', installation: 'erp/main', connection: 'erp-main' },
  { kind: 'wms', installation: 'wms/north', connection: 'wms-north' },
  { kind: 'tms', installation: 'carrier/main', connection: 'carrier-main' },
] as const;

/** What a call can meet, each with the same part of the share. */
export const CALL_FAULTS = [
  ['silent', 'no answer, nothing done'],
  ['slow', 'done, answered after the deadline'],
  ['late-commit', 'done after the deadline'],
  ['down', 'connection reset, nothing done'],
  ['reset-after-commit', 'done, connection reset'],
  ['429', '429 with Retry-After'],
  ['503', '503 with Retry-After'],
  ['504-after-commit', 'done, 504 of a proxy'],
  ['error-in-200', '200 that holds an error'],
  ['malformed', 'done, body cut off'],
] as const;
/** Of all events, whatever share of the calls fails. */
const EVENTS_TWICE = 0.01;
const EVENTS_LATE = 0.01;

/**
 * A call that the backend finishes after the deadline must be finished before the look-up is believed: deadline < too late <
 * deadline + settling time, with room for a busy machine.
 */
const DEADLINE_MS = 4_000;
const TOO_LATE_MS = 5_000;
const SETTLE_SECONDS = 12;

export interface FaultPlan {
  readonly seed: number;
  /** Share of the calls that fail, 0 to 1. */
  readonly rate: number;
}
export interface FaultsSeen extends FaultPlan {
  readonly backends: readonly {
    readonly backend: string;
    /** Calls that Crossdock made, and those of them that failed. */
    readonly calls: number;
    readonly failures: number;
    readonly struck: Readonly<Record<string, number>>;
  }[];
}

export function faultPlan({ faults, seed, rate }: Options): FaultPlan | undefined {
  return faults ? { seed: seed ?? Math.floor(Math.random() * 4_294_967_296), rate } : undefined;
}

/**
 * Makes the simulated backends forgetful (they make a second document when asked twice) and unreliable. Returns the settings of the
 * connections as they were. Errors: SeedRefused.
 */
export async function armFaults(seeding: Seeding, plan: FaultPlan): Promise<Record<string, Record<string, unknown>>> {
  const settings: Record<string, Record<string, unknown>> = {};
  for (const { kind, installation, connection } of BACKENDS) {
    if (kind !== 'tms') await inSandbox(seeding, `${installation}/_seed`, { deduplicates: false });
    const view = await asked<ConnectionView>(seeding, `${kind}/${connection}`);
    settings[connection] = view.settings;
    await putSettings(seeding, kind, view, {
      ...view.settings,
      deadlineMs: DEADLINE_MS,
      settleSeconds: SETTLE_SECONDS,
    });
  }
  await strike(seeding, plan);
  return settings;
}

/** Arms the rules alone; those of another run are replaced. */
export async function strike(seeding: Seeding, { seed, rate }: FaultPlan): Promise<void> {
  for (const { installation } of BACKENDS)
    await inSandbox(seeding, `${installation}/_faults`, { seed, rules: rulesOf(rate) });
}

/** Ends the faults, puts the connections back as they were, and says how often what has struck. */
export async function healFaults(
  seeding: Seeding,
  plan: FaultPlan,
  settings: NonNullable<Baseline['settings']>,
): Promise<FaultsSeen> {
  const backends: FaultsSeen['backends'][number][] = [];
  for (const { kind, installation, connection } of BACKENDS) {
    const { body } = await seeding.sandbox.call({ method: 'GET', path: `/sandbox/${installation}/_faults` });
    const { tally } = body as { tally: readonly { mode: string; struck: number }[] };
    const { calls, failures } = await asked<ConnectionDiagnostics>(seeding, `${kind}/${connection}/diagnostics`);
    const struck = Object.fromEntries(tally.flatMap(({ mode, struck: count }) => (count > 0 ? [[mode, count]] : [])));
    backends.push({ backend: installation, calls, failures, struck });
    await inSandbox(seeding, `${installation}/_faults`, { rules: [] });
    const before = settings[connection];
    if (before) await putSettings(seeding, kind, await asked<ConnectionView>(seeding, `${kind}/${connection}`), before);
  }
  return { ...plan, backends };
}

function rulesOf(rate: number): object[] {
  const probability = rate / CALL_FAULTS.length;
  return [
    ...CALL_FAULTS.map(([mode]) => ({ operation: '*', mode, probability, milliseconds: TOO_LATE_MS, retryAfter: 1 })),
    { operation: 'event', mode: 'event-twice', probability: EVENTS_TWICE },
    { operation: 'event', mode: 'event-late', probability: EVENTS_LATE },
  ];
}

async function inSandbox({ sandbox }: Seeding, path: string, body: object): Promise<void> {
  const answer = await sandbox.call({ method: 'PUT', path: `/sandbox/${path}`, body });
  if (answer.status >= 300) throw new SeedRefused(`PUT /sandbox/${path}: ${answer.status} ${errorsOf(answer)[0].code}`);
}

async function asked<View>({ client, server }: Seeding, place: string): Promise<View> {
  const path = `/operations/v1/connections/${place}`;
  const answer = await client.call({ method: 'GET', path, key: server.operationsKey });
  if (answer.status !== 200) throw new SeedRefused(`GET ${path}: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
  return answer.body as View;
}

async function putSettings(
  { client, server }: Seeding,
  kind: string,
  { id, product, abilities }: ConnectionView,
  settings: Record<string, unknown>,
): Promise<void> {
  const path = `/operations/v1/connections/${kind}/${id}`;
  const body = { product, abilities, settings };
  const answer = await client.call({ method: 'PUT', path, key: server.operationsKey, body });
  if (answer.status >= 300) throw new SeedRefused(`PUT ${path}: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
}
