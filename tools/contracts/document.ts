type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/**
 * Turns what `@nestjs/swagger` emits into the document we publish: a valid OpenAPI 3.1, closed request schemas (an unknown field is a
 * fault, not a surprise), and keys in a stable order so that a change in the file is a change in the contract.
 */
export function published(emitted: object, inputs: readonly string[]): object {
  const document = withoutOldKeywords(JSON.parse(JSON.stringify(emitted)) as Json) as JsonObject;
  const schemas = objectAt(objectAt(document, 'components'), 'schemas');
  const roots = [...inputs, ...requestRoots(document)];
  for (const name of reachable(schemas, roots)) close(schemas[name]);
  document['components'] = { ...objectAt(document, 'components'), schemas: sorted(schemas) };
  document['paths'] = sorted(objectAt(document, 'paths'));
  for (const operation of operationsIn(document)) if ('x-deprecation' in operation) operation['deprecated'] = true;
  delete document['tags'];
  return document;
}

/** 3.0 leftovers: `exclusiveMinimum: true` beside `minimum` becomes the number; `nullable` becomes a type. Values of an enum are in their order, times say so. */
function withoutOldKeywords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutOldKeywords);
  if (value === null || typeof value !== 'object') return value;
  const result = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutOldKeywords(inner)]));
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[flag] !== 'boolean') continue;
    const limit = result[bound];
    const strict = result[flag] && limit !== undefined;
    Reflect.deleteProperty(result, strict ? bound : flag);
    if (strict) result[flag] = limit;
  }
  // The compiler numbers the members of a union as it meets them: a file more would change documents that it has no part in.
  if (Array.isArray(result['enum'])) result['enum'] = result['enum'].toSorted();
  sayTimes(result['properties']);
  if (result['nullable'] === true && typeof result['type'] === 'string') result['type'] = [result['type'], 'null'];
  delete result['nullable'];
  return result;
}

/** What is named …At is a time with an offset, also where no rule of class-validator says so: in answers. */
function sayTimes(properties: Json | undefined): void {
  if (properties === undefined || properties === null || typeof properties !== 'object') return;
  for (const [name, property] of Object.entries(properties)) {
    if (!/[a-z]At$/.test(name) || property === null || typeof property !== 'object' || Array.isArray(property))
      continue;
    if ([property['type']].flat().includes('string')) property['format'] ??= 'date-time';
  }
}

function requestRoots(document: JsonObject): string[] {
  const bodies = Object.values(objectAt(document, 'paths')).flatMap((item) =>
    Object.values(item as JsonObject).map((operation) => (operation as JsonObject)['requestBody'] ?? null),
  );
  return references(bodies);
}

function operationsIn(document: JsonObject): JsonObject[] {
  return Object.values(objectAt(document, 'paths')).flatMap(
    (item) => Object.values(item as JsonObject) as JsonObject[],
  );
}

function reachable(schemas: JsonObject, roots: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const schema = schemas[name];
    if (found.has(name) || schema === undefined) continue;
    found.add(name);
    queue.push(...references(schema));
  }
  return found;
}

function references(value: Json): string[] {
  const text = JSON.stringify(value);
  return [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

function close(schema: Json | undefined): void {
  if (schema === undefined || schema === null || typeof schema !== 'object' || Array.isArray(schema)) return;
  if (schema['properties'] !== undefined && schema['additionalProperties'] === undefined)
    schema['additionalProperties'] = false;
  if (
    schema['type'] === 'object' &&
    schema['properties'] === undefined &&
    schema['additionalProperties'] === undefined
  ) {
    schema['properties'] = {};
  }
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
