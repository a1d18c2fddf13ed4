import fc from 'fast-check';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}
type Schemas = Readonly<Record<string, object>>;

/** Right texts to choose from for any pattern of ours; those that match are used. */
const TEXTS = [
  'https://shop.example/feed',
  'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  '24',
  '0.5',
  '12.50',
  'A-1',
  'GB',
  'GBP',
  'EA',
  '2026-03-09',
  '04006381333931',
  'portal',
  'FREIGHT',
  '14:00',
  'a',
];
const TIMES = ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00+01:00', '2026-03-02T10:00:00.123Z'];

/** Bodies that the schema accepts, with and without what is optional. */
export function bodiesOf(schemas: Schemas, name: string): fc.Arbitrary<Json> {
  const arbitrary = (schema: Schema): fc.Arbitrary<Json> => {
    const { $ref, allOf, type } = schema;
    if ($ref !== undefined) return arbitrary(schemas[$ref.replace('#/components/schemas/', '')] as Schema);
    if (allOf?.[0] !== undefined) return arbitrary(allOf[0]);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    if (type === 'string') return texts(schema);
    if (type === 'boolean') return fc.boolean();
    if (type === 'integer' || type === 'number')
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1000, 1_000_000) });
    if (type === 'array') {
      const size = { minLength: Math.max(1, schema.minItems ?? 0), maxLength: Math.min(2, schema.maxItems ?? 2) };
      return fc.array(arbitrary(schema.items ?? {}), size);
    }
    const fields = Object.entries(schema.properties ?? {}).map(([field, inner]) => [field, arbitrary(inner)] as const);
    const shape: Record<string, fc.Arbitrary<Json>> = Object.fromEntries(fields);
    return fc.record(shape, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
  };
  return arbitrary(schemas[name] as Schema);
}

function texts({ pattern, format, minLength = 0, maxLength = 1000 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.constantFrom(...TIMES);
  const expression = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const right = TEXTS.filter((text) => text.length >= minLength && text.length <= maxLength);
  const matching = right.filter((text) => expression?.test(text) ?? true);
  if (matching.length === 0) throw new Error(`no text of the table matches ${pattern ?? ''}`);
  return fc.constantFrom(...matching);
}

export interface Mutation {
  readonly what: string;
  readonly body: Json;
}

/** The body with one thing changed, for every place in it: most are wrong, some happen to be right. */
export function mutationsOf(body: Json): Mutation[] {
  return placesIn(body).flatMap(({ path, value }) => {
    const replaced = replacements(value).map(({ what, value: next }) => ({ what, next }));
    return replaced.map(({ what, next }) => ({ what: `${path.join('/') || 'the body'}: ${what}`, body: put(body, path, next) }));
  }); // prettier-ignore
}

interface Replacement {
  readonly what: string;
  readonly value: Json;
}

function replacements(value: Json): Replacement[] {
  if (Array.isArray(value)) {
    const first = value[0] ?? 'x';
    return [
      { what: 'empty list', value: [] },
      { what: '501 entries', value: Array.from({ length: 501 }, () => first) },
      { what: 'text instead of a list', value: 'list' },
      { what: 'a number among the entries', value: [...value, 7] },
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const dropped = Object.keys(value).map((field) => {
      const { [field]: _, ...rest } = value;
      return { what: `without ${field}`, value: rest };
    });
    return [
      ...dropped,
      { what: 'an unknown field', value: { ...value, unheardOf: 1 } },
      { what: 'a text', value: 'x' },
    ];
  }
  const others: Json[] =
    typeof value === 'string'
      ? ['', '0', '-1', '0.0000001', '1e3', ' ', ' A', 'A\n', 'é', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(256), 'x'.repeat(10_001), '9999999999999', '2026-13-01', '2026-02-30', '2026-03-02T25:00:00Z', '2026-02-30T10:00:00Z', '2026-03-02', 'gb', 'ZZ', 'A\u0000B', 7, true, {}] // prettier-ignore
      : [0, -1, 1.5, 100_000, 1_000_000_000, '1', 'true', 'x', {}];
  return others
    .filter((other) => other !== value)
    .map((other) => ({ what: JSON.stringify(other).slice(0, 40), value: other }));
}

function placesIn(value: Json, path: readonly (string | number)[] = []): { path: readonly (string | number)[]; value: Json }[] {
  const here = { path, value };
  if (Array.isArray(value)) return [here, ...value.flatMap((inner, index) => placesIn(inner, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([field, inner]) => placesIn(inner, [...path, field]))];
} // prettier-ignore

function put(body: Json, [step, ...rest]: readonly (string | number)[], value: Json): Json {
  if (step === undefined) return value;
  if (Array.isArray(body)) return body.map((inner, index) => (index === step ? put(inner, rest, value) : inner));
  if (typeof body !== 'object' || body === null) return body;
  return { ...body, [step]: put(body[step] ?? null, rest, value) };
}
