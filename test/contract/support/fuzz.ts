import { openApiDocument } from '#service/documents';
import { Chance } from '../../support/random';
import { PUBLIC_DOCUMENTS } from './public-documents';
import { Sampler, type SampledCall } from './sampled';
import type { DocumentedOperation } from '#testing/contract-responses';
import type { World } from './world';

const AT_ONCE = 8;
/** More than this is one mistake many times. */
const FAULTS_SHOWN = 20;
const SCOPES = ['portal', 'marketplace', 'planner', 'operations', 'account', 'admin'].map(
  (audience) => `${audience}:*`,
);
const PLAN = [{ name: 'burst', quota: 1_000_000, windowSeconds: 60 }];

export interface FuzzReport {
  /** Answers that were no JSON, 5xx (but of a backend that is away) or not as documented, each with its request. */
  readonly faults: readonly string[];
  /** Calls by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Operations that were called, and those of them that answered 2xx at least once. */
  readonly called: ReadonlySet<string>;
  readonly succeeded: ReadonlySet<string>;
  readonly operations: number;
}

/**
 * Calls of every operation of every public document, whole and broken, with a key that may do everything. Ids come out of earlier
 * answers. What the calls themselves take away, the key, the partner, the plan, is put back from inside, because it is theirs to take.
 */
export async function fuzz(world: World, calls: number, seed: number): Promise<FuzzReport> {
  const chance = new Chance(seed);
  // One sampler per document, because schemas are looked up in it.
  const targets = PUBLIC_DOCUMENTS.flatMap((name) => {
    const document = world.document(name);
    const sampler = new Sampler(openApiDocument(name), chance);
    return document.operations.map((operation) => ({ document, sampler, ...operation }));
  });
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const called = new Set<string>();
  const succeeded = new Set<string>();
  let key = await freshKey(world);
  let renewing: Promise<void> | undefined;

  const one = async (): Promise<void> => {
    const { document, sampler, ...target } = chance.pick(targets);
    const { id, path, operation } = target;
    const sampled = sampler.call(path, operation, chance.between(0, 2));
    const { status, headers, text } = await send(world.demo.url, key, target, sampled);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    called.add(id);
    if (status < 300) succeeded.add(id);
    const body = parsed(text);
    const found =
      body === NO_JSON
        ? [`${id}: ${status} is no JSON: ${text.slice(0, 300)}`]
        : document.faults(id, { status, headers, body });
    if (status >= 500 && !isAway(body)) found.push(`${id}: ${status} ${text.slice(0, 300)}`);
    faults.push(...found.map((fault) => `${fault}\n    ${told(target, sampled)}`));
    if (status < 300) sampler.learn(path, body);
    if (status !== 401 && status !== 429) return;
    renewing ??= freshKey(world).then((fresh) => {
      key = fresh;
      renewing = undefined;
    });
    await renewing;
  };

  let left = calls;
  const worker = async (): Promise<void> => {
    for (; left > 0 && faults.length < FAULTS_SHOWN; left -= 1) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { faults, statuses, called, succeeded, operations: targets.length };
}

async function freshKey(world: World): Promise<string> {
  const { partners } = world;
  const partner = 'harbour';
  // The calls make keys too, until the partner has as many as it may.
  await world.revokeKeys(partner);
  await partners.putPartner({ id: partner, name: 'Harbour Gifts', active: true });
  await partners.putPlan('demo', PLAN);
  const { key } = await partners.issueKey({ partner, mode: 'test', scopes: SCOPES, plan: 'demo', name: 'fuzz' });
  return key;
}

async function send(url: string, key: string, { method }: DocumentedOperation, call: SampledCall) {
  const query = new URLSearchParams(call.query).toString();
  const response = await fetch(`${url}${call.path}${query === '' ? '' : `?${query}`}`, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${key}`,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined || method === 'get' ? {} : { body: JSON.stringify(call.body) }),
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

/** Calls make connections too, and point them at nothing: that such a backend does not answer is what there is to say. */
function isAway(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'BACKEND_UNAVAILABLE';
}

const NO_JSON = Symbol('no JSON');
function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NO_JSON;
  }
}

function told({ method }: DocumentedOperation, { path, query, headers, body }: SampledCall): string {
  const sent = body === undefined ? '' : JSON.stringify(body).slice(0, 600);
  return `${method.toUpperCase()} ${path}?${new URLSearchParams(query).toString()} ${JSON.stringify(headers)} ${sent}`;
}

/** Expectations of every run, short or long. */
export function judge({ faults, statuses, called, succeeded, operations }: FuzzReport, calls: number): void {
  expect(faults).toEqual([]);
  const good = [...statuses].reduce((sum, [status, count]) => (status < 300 ? sum + count : sum), 0);
  // Not everything bounced off the door: the calls are good enough to get in.
  expect(good).toBeGreaterThan(calls / 10);
  expect(called.size).toBe(operations);
  expect(succeeded.size).toBeGreaterThan(operations / 2);
}
