import type { OpenApiDocument } from '#service/documents';

export type Schema = Readonly<Record<string, unknown>>;
/** A schema and the document its references lead into. */
export interface Side {
  readonly document: OpenApiDocument;
  readonly schema: Schema | undefined;
}

/** The schema itself: references followed, and what allOf composes put together. */
export function sideOf(document: OpenApiDocument, schema: object | undefined): Side {
  return { document, schema: schema === undefined ? undefined : flat(document, schema as Schema) };
}

function flat(document: OpenApiDocument, schema: Schema): Schema {
  const { $ref: reference, allOf, ...own } = schema;
  const parts: Schema[] = [own];
  if (typeof reference === 'string') {
    const target = document.components.schemas?.[reference.replace('#/components/schemas/', '')];
    if (target !== undefined) parts.push(flat(document, target as Schema));
  }
  for (const part of list(allOf)) parts.push(flat(document, part as Schema));
  return parts.reduce((whole, part) => ({
    ...whole,
    ...part,
    ...('properties' in whole && 'properties' in part
      ? { properties: { ...(whole['properties'] as Schema), ...(part['properties'] as Schema) } }
      : {}),
    ...('required' in whole && 'required' in part
      ? { required: [...list(whole['required']), ...list(part['required'])] }
      : {}),
  }));
}

/** What makes a request wrong that was right before. */
export function narrower(where: string, old: Side, now: Side, seen = new Set<string>()): string[] {
  if (old.schema === undefined || now.schema === undefined || visited(old, now, seen)) return [];
  return [
    ...types(where, old.schema, now.schema),
    ...formats(where, now.schema, old.schema),
    ...tighterBounds(where, old.schema, now.schema),
    ...values(`${where}: no longer accepts`, old.schema, now.schema),
    ...required(where, 'became required', now.schema, old.schema),
    ...openness(where, old, now),
    ...fields(old, now, (field, was, is) =>
      is === undefined ? [`${where}/${field} is no longer accepted`] : narrower(`${where}/${field}`, was, is, seen),
    ),
    ...inside('items', old, now, (was, is) => narrower(`${where}[]`, was, is, seen)),
    ...inside('additionalProperties', old, now, (was, is) => narrower(`${where}/*`, was, is, seen)),
  ];
}

/** What a client read before and finds no more, or finds in a form it does not know. */
export function poorer(where: string, old: Side, now: Side, seen = new Set<string>()): string[] {
  if (old.schema === undefined || visited(old, now, seen)) return [];
  if (now.schema === undefined) return [`${where} has no body any more`];
  return [
    ...types(where, now.schema, old.schema),
    ...formats(where, old.schema, now.schema),
    ...values(`${where}: may now be`, now.schema, old.schema),
    ...required(where, 'may now be missing', old.schema, now.schema),
    ...fields(old, now, (field, was, is) =>
      is === undefined ? [`${where}/${field} is gone`] : poorer(`${where}/${field}`, was, is, seen),
    ),
    ...inside('items', old, now, (was, is) => poorer(`${where}[]`, was, is, seen)),
    ...inside('additionalProperties', old, now, (was, is) => poorer(`${where}/*`, was, is, seen)),
  ];
}

/** Every type of `from` must be one of `into`: what is sent must be taken, what is answered must be known. */
function types(where: string, from: Schema, into: Schema): string[] {
  const sent = list(from['type']);
  const taken = list(into['type']);
  if (taken.length === 0) return [];
  const fits = (type: unknown): boolean => taken.includes(type) || (type === 'integer' && taken.includes('number'));
  if (sent.length > 0 && sent.every(fits)) return [];
  return [`${where}: ${sent.map(String).join('|') || 'anything'} where ${taken.map(String).join('|')} is known`];
}

/** The side that decides may drop its format in a request, and must keep it in an answer. */
function formats(where: string, bound: Schema, other: Schema): string[] {
  return bound['format'] === undefined || bound['format'] === other['format'] ? [] : [`${where}: another format`];
}

/** Every value of `from` must be one of `into`. */
function values(what: string, from: Schema, into: Schema): string[] {
  const taken = valuesOf(into);
  if (taken.length === 0) return [];
  const sent = valuesOf(from);
  if (sent.length === 0) return [`${what} values that are not listed`];
  const strange = sent.filter((value) => !taken.includes(value));
  return strange.length === 0 ? [] : [`${what} ${strange.join(', ')}`];
}

function valuesOf(schema: Schema): unknown[] {
  return 'const' in schema ? [schema['const']] : list(schema['enum']);
}

function required(where: string, what: string, more: Schema, less: Schema): string[] {
  const known = list(less['required']);
  return list(more['required']).flatMap((field) =>
    known.includes(field) ? [] : [`${where}/${String(field)} ${what}`],
  );
}

/** A request that might carry any field may no longer. */
function openness(where: string, old: Side, now: Side): string[] {
  return now.schema?.['additionalProperties'] === false && old.schema?.['additionalProperties'] !== false
    ? [`${where}: other fields are no longer accepted`]
    : [];
}

const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const EXACT = ['pattern', 'multipleOf', 'uniqueItems'];

function tighterBounds(where: string, old: Schema, now: Schema): string[] {
  const tighter = (bound: string, worse: (was: number, is: number) => boolean): string[] => {
    const { [bound]: was } = old;
    const { [bound]: is } = now;
    if (typeof is !== 'number') return [];
    return typeof was !== 'number' || worse(was, is) ? [`${where}: ${bound} is tighter`] : [];
  };
  return [
    ...UPPER.flatMap((bound) => tighter(bound, (was, is) => is < was)),
    ...LOWER.flatMap((bound) => tighter(bound, (was, is) => is > was)),
    ...EXACT.filter((rule) => now[rule] !== undefined && now[rule] !== false && now[rule] !== old[rule]).map(
      (rule) => `${where}: another ${rule}`,
    ),
  ];
}

function fields(old: Side, now: Side, compare: (field: string, was: Side, is: Side | undefined) => string[]): string[] {
  const next = (now.schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries((old.schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>).flatMap(
    ([field, schema]) => {
      const found = next[field];
      return compare(
        field,
        sideOf(old.document, schema),
        found === undefined ? undefined : sideOf(now.document, found),
      );
    },
  );
}

function inside(keyword: string, old: Side, now: Side, compare: (was: Side, is: Side) => string[]): string[] {
  const was = old.schema?.[keyword];
  const is = now.schema?.[keyword];
  if (!isSchema(was) || !isSchema(is)) return [];
  return compare(sideOf(old.document, was), sideOf(now.document, is));
}

/** Recursive schemas are walked once; the same schema against another one is walked again. */
function visited(old: Side, now: Side, seen: Set<string>): boolean {
  if (old.schema?.['properties'] === undefined) return false;
  const key = JSON.stringify([old.schema, now.schema]);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : [value].flat();
}
