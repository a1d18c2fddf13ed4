import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Schema = Record<string, unknown>;
type Direction = 'request' | 'response';

const SHARED = process.env['CROSSDOCK_SHARED'] ?? resolve(__dirname, '../../../../../shared');

/** The vendor's OpenAPI file, undefined when it is not at hand. In CI it must be. */
export function vendorContract(path: string): VendorContract | undefined {
  const file = join(SHARED, 'data/vendor-contracts', path);
  if (existsSync(file)) return new VendorContract(parse(readFileSync(file, 'utf8')) as Schema);
  if (process.env['CI']) throw new Error(`${file} is missing: CI checks against it (CROSSDOCK_SHARED)`);
  return undefined;
}

/**
 * Checks bodies against named schemas of an OpenAPI 3.0 document. `allOf` is merged, so that fields the vendor does not know are
 * refused although JSON schema alone cannot close a composition; what is read only is not asked of a request, and the reverse.
 */
export class VendorContract {
  private readonly schemas: Record<string, Schema>;

  constructor(document: Schema) {
    this.schemas = (document['components'] as { schemas: Record<string, Schema> }).schemas;
  }

  /** Faults of the body, none when it keeps the contract. `without` lists required fields that this check leaves out. */
  faults(name: string, direction: Direction, body: unknown, without: readonly string[] = []): string[] {
    const schema = this.convert({ $ref: `#/components/schemas/${name}` }, direction, 0);
    const required = (schema['required'] as string[] | undefined)?.filter((field) => !without.includes(field));
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile({ ...schema, ...(required ? { required } : {}) });
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private convert(schema: Schema, direction: Direction, depth: number): Schema {
    if (depth > 24) return {};
    const flat = this.merge(schema);
    const next = (value: unknown): Schema => this.convert(value as Schema, direction, depth + 1);
    const properties = flat['properties'] as Record<string, Schema> | undefined;
    const out: Schema = { ...flat };
    delete out['nullable'];
    if (Array.isArray(out['enum'])) out['enum'] = [...new Set(out['enum'] as unknown[])];
    // OpenAPI 3.0 has the draft 4 form: a flag beside the minimum.
    if (out['exclusiveMinimum'] === true) Object.assign(out, { exclusiveMinimum: out['minimum'], minimum: undefined });
    else delete out['exclusiveMinimum'];
    if (out['minimum'] === undefined) delete out['minimum'];
    for (const word of ['oneOf', 'anyOf']) if (Array.isArray(out[word])) out[word] = (out[word] as unknown[]).map(next);
    if (out['items']) out['items'] = next(out['items']);
    if (properties) {
      out['properties'] = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, next(value)]));
      if (!out['oneOf'] && !out['anyOf']) out['additionalProperties'] = false;
      const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
      const required = (out['required'] as string[] | undefined) ?? [];
      out['required'] = required.filter((field) => this.merge(properties[field] ?? {})[hidden] !== true);
    }
    return flat['nullable'] === true ? { anyOf: [{ type: 'null' }, out] } : out;
  }

  private merge(schema: Schema): Schema {
    const reference = schema['$ref'];
    if (typeof reference === 'string') return this.merge(this.schemas[reference.split('/').at(-1) ?? ''] ?? {});
    const { allOf, ...own } = schema;
    if (!Array.isArray(allOf)) return own;
    return [...(allOf as Schema[]).map((part) => this.merge(part)), own].reduce<Schema>(
      (sum, part) => ({
        ...sum,
        ...part,
        ...(sum['properties'] || part['properties']
          ? { properties: { ...(sum['properties'] as Schema), ...(part['properties'] as Schema) } }
          : {}),
        ...(sum['required'] || part['required']
          ? {
              required: [
                ...((sum['required'] as string[] | undefined) ?? []),
                ...((part['required'] as string[] | undefined) ?? []),
              ],
            }
          : {}),
      }),
      {},
    );
  }
}
