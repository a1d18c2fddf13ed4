import type { OpenApiDocument, OpenApiOperation } from '#service/documents';
import { Chance } from '../../support/random';

type Schema = Readonly<Record<string, unknown>>;

/** One call of an operation, ready to be sent. */
export interface SampledCall {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const STRANGE: readonly unknown[] = [
  null, true, 0, -1, 1.5, 1e308, 9007199254740993, '', ' ', 'x'.repeat(5000), '0', '-1', 'NaN', '1e9', '2030-02-30', '2026-01-01T00:00:00Z',
  "'; drop table orders.orders; --", '<script>alert(1)</script>', '\u0000', '\ud800', '‮abc', '../../etc/passwd', '${jndi:ldap://127.0.0.1:9/a}', [], {}, [[]], [null], { a: 1 },
  '__proto__', 'constructor', 'ord_none', 'MUG-BLUE', 'BRISTOL', 'DC-NORTH', '%00', 'é', '🛒',
]; // prettier-ignore
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  item: ['MUG-BLUE', 'CANDLE-PINE', 'NO-SUCH'],
  sku: ['MUG-BLUE', 'TEAPOT-STONE', 'NO SUCH/ITEM'],
  node: ['DC-NORTH', 'DC-SOUTH', 'MOON'],
  shipTo: ['BRISTOL', 'NOWHERE'],
  unit: ['EA', 'XCS', 'KGM'],
  partner: ['harbour', 'nobody'],
  channel: ['MARKETPLACE', 'PORTAL', 'NONE'],
  kind: ['erp', 'wms', 'tms'],
  currency: ['GBP', 'EUR'],
  effect: ['LABEL', 'INVOICE', 'NOTICE'],
  plan: ['demo', 'gold'],
  email: ['dora@harbour.example', 'nobody'],
  // Nobody listens there: what is sent to it fails, as to a shop that is down.
  url: ['http://127.0.0.1:9/hook', 'https://169.254.169.254/', 'http://127.0.0.1:9/feed'],
};
/** Texts for a pattern: those that match are used. */
const CODES = [
  'portal:orders:read', 'account:*', '2026-12-01', '2030-06-15', '12', '0.5', '3.95', '1', 'EA', 'XCS', 'GBP', 'GB', 'A-1', 'PORTAL', 'FREIGHT', '14:00', 'orders', 'burst', '2xx', '404',
  '04006381333931', 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', `key_${'0'.repeat(32)}`, `app_${'0'.repeat(32)}`, `log_${'0'.repeat(32)}`, '0'.repeat(64),
]; // prettier-ignore
/** Ids of one kind that are kept of what was answered, so that later calls are about something. */
const LEARNED_AT_MOST = 30;

/** Makes calls out of a document: some as it asks for, some with one thing wrong. The same seed makes the same calls. */
export class Sampler {
  private readonly learned = new Map<string, string[]>();

  constructor(
    private readonly document: OpenApiDocument,
    private readonly chance: Chance,
  ) {}

  /** Takes the ids out of an answer: those of a list, or of one object. */
  learn(path: string, body: unknown): void {
    if (typeof body !== 'object' || body === null) return;
    const kind = kindOf(path.replace(/\/\{\w+\}.*$/, ''));
    const known = this.learned.get(kind) ?? [];
    const found = [body, ...Object.values(body).flat()].map((each: unknown) => (each as { id?: unknown } | null)?.id);
    const fresh = found.filter((id): id is string => typeof id === 'string' && !known.includes(id));
    this.learned.set(kind, [...known, ...fresh].slice(-LEARNED_AT_MOST));
  }

  /** `broken`: how many things are wrong with it, at most. */
  call(path: string, operation: OpenApiOperation, broken: number): SampledCall {
    const parameters = operation.parameters ?? [];
    const values = (place: string): [string, string][] =>
      parameters
        .filter((parameter) => parameter.in === place)
        .filter(({ required }) => required === true || this.chance.percent(40))
        .map(({ name, schema = {} }) => [name, textOf(this.value(schema as Schema, name))]);
    const filled = new Map(values('path').map(([name, value]) => [name, this.known(path, name) ?? value]));
    const call = {
      path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled.get(name) ?? 'x') || '%20'),
      query: Object.fromEntries(values('query')),
      headers: Object.fromEntries(values('header').map(([name, value]) => [name, headerSafe(value)])),
      body: this.bodyOf(operation),
    };
    return Array.from({ length: broken }).reduce<SampledCall>((whole) => this.damaged(whole), call);
  }

  private bodyOf({ requestBody }: OpenApiOperation): unknown {
    const { schema, example } = requestBody?.content['application/json'] ?? {};
    if (schema === undefined || (requestBody?.required !== true && this.chance.percent(30))) return undefined;
    return example !== undefined && this.chance.percent(35) ? example : this.value(schema as Schema, '');
  }

  /** An id that stands in the path, of something that is there; mostly. */
  private known(path: string, name: string): string | undefined {
    const [before = ''] = path.split(`/{${name}}`);
    const ids = this.learned.get(kindOf(before)) ?? [];
    return ids.length === 0 || this.chance.percent(25) ? undefined : this.chance.pick(ids);
  }

  private damaged(call: SampledCall): SampledCall {
    switch (this.chance.between(0, 4)) {
      case 0:
        return { ...call, query: { ...call.query, [this.chance.pick(['limit', 'cursor', 'since', 'colour', 'status'])]: textOf(this.strange()) } }; // prettier-ignore
      case 1:
        return { ...call, headers: { ...call.headers, 'Idempotency-Key': headerSafe(textOf(this.strange())) } };
      case 2:
        return { ...call, headers: { ...call.headers, 'If-Match': headerSafe(textOf(this.strange())) } };
      case 3:
        return { ...call, body: this.chance.percent(20) ? this.strange() : this.withOneWrong(call.body) };
      default:
        return { ...call, body: this.withOneMore(call.body) };
    }
  }

  private strange(): unknown {
    return this.chance.pick(STRANGE);
  }

  /** Somewhere in it, something else. */
  private withOneWrong(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.chance.percent(15)) return this.strange();
    const keys = Object.keys(value);
    if (keys.length === 0) return this.strange();
    const key = this.chance.pick(keys);
    const inner = this.withOneWrong((value as Record<string, unknown>)[key]);
    if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? inner : each));
    return { ...value, [key]: inner };
  }

  private withOneMore(value: unknown): unknown {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value, [this.chance.pick(['partner', 'status', 'isAdmin', 'id', 'scopes', 'colour'])]: this.strange() }
      : { colour: 'blue' };
  }

  private value(schema: Schema, name: string, depth = 0): unknown {
    const target = this.resolved(schema);
    if (Array.isArray(target['enum'])) return this.chance.pick(target['enum'] as unknown[]);
    if (target['example'] !== undefined && this.chance.percent(50)) return target['example'];
    switch ([target['type']].flat()[0]) {
      case 'object':
        return this.object(target, depth);
      case 'array':
        return this.list(target, name, depth);
      case 'integer':
      case 'number':
        return this.number(target);
      case 'boolean':
        return this.chance.percent(50);
      default:
        return this.text(target, name);
    }
  }

  private object(schema: Schema, depth: number): object {
    const required = (schema['required'] ?? []) as readonly string[];
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
    const given = properties.filter(([name]) => required.includes(name) || (depth < 5 && this.chance.percent(35)));
    return Object.fromEntries(given.map(([name, property]) => [name, this.value(property, name, depth + 1)]));
  }

  private list(schema: Schema, name: string, depth: number): unknown[] {
    const least = Number(schema['minItems'] ?? 0);
    const most = Math.min(Number(schema['maxItems'] ?? 3), least + 2);
    const length = this.chance.between(least, Math.max(least, most));
    return Array.from({ length }, () => this.value((schema['items'] ?? {}) as Schema, name, depth + 1));
  }

  private number(schema: Schema): number {
    const least = Number(schema['minimum'] ?? 0);
    const most = Math.min(Number(schema['maximum'] ?? 1000), least + 1000);
    return this.chance.between(least, most);
  }

  private text(schema: Schema, name: string): string {
    const known = KNOWN[name];
    if (known !== undefined) return this.chance.pick(known);
    if (schema['format'] === 'date-time')
      return this.chance.pick(['2026-03-02T10:00:00Z', '2026-03-02T10:00:00+02:00']);
    if (schema['format'] === 'date' || /[dD]ate$|On$|day$/.test(name))
      return this.chance.pick(['2026-12-01', '2030-06-15']);
    if (/^(amount|value|quantity)$/.test(name)) return this.chance.pick(['1', '12', '0.5', '3.95']);
    if (typeof schema['pattern'] === 'string') {
      const expression = new RegExp(schema['pattern'], 'u');
      const fitting = CODES.filter((code) => expression.test(code));
      if (fitting.length > 0) return this.chance.pick(fitting);
    }
    const least = Number(schema['minLength'] ?? 1);
    return `f${this.chance.between(0, 99)}`.padEnd(least, 'x').slice(0, Number(schema['maxLength'] ?? 100));
  }

  private resolved(schema: Schema): Schema {
    const composed = (schema['allOf'] as Schema[] | undefined)?.[0];
    const { $ref: reference } = (composed ?? schema) as { $ref?: string };
    if (reference === undefined) return composed ?? schema;
    return (this.document.components.schemas?.[reference.replace('#/components/schemas/', '')] ?? {}) as Schema;
  }
}

/** What the objects of a collection are: `/portal/v1/orders` and `/operations/v1/orders/{partner}` both have orders. */
function kindOf(path: string): string {
  return path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What no client can send at all, in a header, is left out. */
function headerSafe(value: string): string {
  return (
    value
      .replaceAll(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, 300) || '-'
  );
}
