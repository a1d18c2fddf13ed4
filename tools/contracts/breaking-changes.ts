import type { OpenApiDocument, OpenApiOperation } from '#service/documents';
import { narrower, poorer, sideOf, type Side } from './schema-changes';

/**
 * What of `after` breaks a client that was written against `before`. A client sends requests and reads answers, so the two
 * directions differ: a request may only become wider, an answer may only gain.
 */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): string[] {
  const calls = pairsOf(before, after, before.paths, after.paths, (pair) => [
    ...parameterChanges(pair),
    ...(hasNewDate(pair) ? [] : [...bodyChanges(pair), ...answerChanges(pair)]),
    ...identityChanges(pair),
  ]);
  return [...calls, ...pairsOf(before, after, before.webhooks ?? {}, after.webhooks ?? {}, messageChanges)];
}

function pairsOf(
  before: OpenApiDocument,
  after: OpenApiDocument,
  oldItems: OpenApiDocument['paths'],
  newItems: OpenApiDocument['paths'],
  changes: (pair: Pair) => string[],
): string[] {
  const operations = new Map(operationsOf(newItems));
  return operationsOf(oldItems).flatMap(([key, old]) => {
    const now = operations.get(key);
    return now === undefined ? [`${key} is gone`] : changes({ key, before, after, old, now });
  });
}

/** A webhook goes the other way: a partner reads what we send, so its body may only gain. */
function messageChanges({ key, before, after, old, now }: Pair): string[] {
  return Object.entries(old.requestBody?.content ?? {}).flatMap(([type, { schema }]) => {
    const next = now.requestBody?.content[type];
    if (next === undefined) return [`${key}: no message of ${type} any more`];
    return poorer(`${key}: message`, sideOf(before, schema), sideOf(after, next.schema));
  });
}

interface Pair {
  readonly key: string;
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  readonly old: OpenApiOperation;
  readonly now: OpenApiOperation;
}
/** A change with a date may break: whoever was there before is served by its steps, which are tested as such. */
function hasNewDate({ old, now }: Pair): boolean {
  const dates = (operation: OpenApiOperation): string[] => (operation['x-dated-changes'] ?? []) as string[];
  return dates(now).some((date) => !dates(old).includes(date));
}

interface Carrier {
  readonly headers?: Readonly<Record<string, { readonly schema?: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

function operationsOf(items: OpenApiDocument['paths']): [string, OpenApiOperation][] {
  return Object.entries(items).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, OpenApiOperation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

function parameterChanges({ key, before, after, old, now }: Pair): string[] {
  const faults: string[] = [];
  const known = new Map((old.parameters ?? []).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]));
  for (const parameter of now.parameters ?? []) {
    const name = `${parameter.in} ${parameter.name}`;
    const was = known.get(name);
    known.delete(name);
    if (parameter.required === true && was?.required !== true) faults.push(`${key}: ${name} became required`);
    if (was !== undefined)
      faults.push(...narrower(`${key}: ${name}`, sideOf(before, was.schema), sideOf(after, parameter.schema)));
  }
  return [...faults, ...[...known.keys()].map((name) => `${key}: ${name} is gone`)];
}

function bodyChanges({ key, before, after, old, now }: Pair): string[] {
  const faults: string[] = [];
  if (now.requestBody?.required === true && old.requestBody?.required !== true)
    faults.push(`${key}: a body became required`);
  for (const [type, { schema }] of Object.entries(old.requestBody?.content ?? {})) {
    const next = now.requestBody?.content[type];
    if (next === undefined) faults.push(`${key}: a body of ${type} is no longer accepted`);
    else faults.push(...narrower(`${key}: body`, sideOf(before, schema), sideOf(after, next.schema)));
  }
  return faults;
}

function answerChanges({ key, before, after, old, now }: Pair): string[] {
  return Object.entries(old.responses as Readonly<Record<string, Carrier>>).flatMap(([status, response]) => {
    const where = `${key}: ${status}`;
    const next = now.responses[status] as Carrier | undefined;
    if (next === undefined) return [`${key}: answer ${status} is gone`];
    const side = (document: OpenApiDocument, holder: { schema?: object } | undefined): Side =>
      sideOf(document, holder?.schema);
    const headers = Object.entries(response.headers ?? {}).flatMap(([name, header]) => {
      const given = next.headers?.[name];
      if (given === undefined) return [`${where}: header ${name} is gone`];
      return poorer(`${where}: header ${name}`, side(before, header), side(after, given));
    });
    const bodies = Object.entries(response.content ?? {}).flatMap(([type, body]) => {
      const given = next.content?.[type];
      if (given === undefined) return [`${where}: no answer of ${type} any more`];
      return poorer(where, side(before, body), side(after, given));
    });
    return [...headers, ...bodies];
  });
}

/** Every way in is still one, and a new one asks for what an old one asked for. */
function keepsWays({ security: before = [] }: OpenApiOperation, { security: after = [] }: OpenApiOperation): boolean {
  const said = before.map((way) => JSON.stringify(way));
  const asked = before.map((way) => JSON.stringify(Object.values(way)));
  const kept = said.every((way) => after.some((each) => JSON.stringify(each) === way));
  return (
    kept &&
    after.every((way) => said.includes(JSON.stringify(way)) || asked.includes(JSON.stringify(Object.values(way))))
  );
}

/** The id names the method of generated clients; the scopes are those that keys were issued with. */
function identityChanges({ key, old, now }: Pair): string[] {
  return [
    ...(old.operationId === now.operationId ? [] : [`${key}: was ${old.operationId}, is ${now.operationId}`]),
    ...(keepsWays(old, now) ? [] : [`${key}: needs other scopes`]),
  ];
}
