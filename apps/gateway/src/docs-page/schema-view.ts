import { html, prose, type Html } from './html';

/** As much of a JSON schema as the page shows. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}
export type Schemas = Readonly<Record<string, Schema>>;

const DEEPEST = 6;

/** Follows a reference, also one wrapped in `allOf` to carry a description. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (target === undefined) return schema;
  const { description } = schema;
  return { ...schemas[nameOf(target)], ...(description === undefined ? {} : { description }) };
}

function nameOf(reference: string): string {
  return reference.replace(/^.*\//, '');
}

/** A table of fields; nested objects as indented rows. */
export function fieldTable(schema: Schema, schemas: Schemas): Html {
  const rows = fieldRows(schema, schemas, 0);
  if (rows.length === 0) return html`<p class="quiet">No fields.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function fieldRows(schema: Schema, schemas: Schemas, depth: number): Html[] {
  const object = resolved(schema, schemas);
  if (object.items !== undefined) return fieldRows(object.items, schemas, depth);
  if (depth > DEEPEST) return [];
  return Object.entries(object.properties ?? {}).flatMap(([name, field]) => {
    const inner = resolved(field, schemas);
    const needed = object.required?.includes(name) === true ? html` <span class="required">required</span>` : undefined;
    const row = html`<tr>
      <td class="depth-${depth}"><code>${name}</code>${needed}</td>
      <td>${typeOf(inner, schemas)}</td>
      <td>${meaning(inner)}</td>
    </tr>`;
    return [row, ...fieldRows(inner, schemas, depth + 1)];
  });
}

export function typeOf(schema: Schema, schemas: Schemas): string {
  if (schema.items !== undefined) return `list of ${typeOf(resolved(schema.items, schemas), schemas)}`;
  if (schema.format !== undefined) return schema.format;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type;
  return typeof type === 'string' ? type : 'object';
}

export function meaning(schema: Schema): Html {
  const { minimum, maximum, minItems, maxItems, maxLength } = schema;
  const limits = [
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    minItems === undefined ? '' : `at least ${minItems} entries`,
    maxItems === undefined ? '' : `at most ${maxItems} entries`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
  ].filter((limit) => limit !== '');
  const choices =
    schema.enum === undefined
      ? undefined
      : html`<span class="choices">${schema.enum.map((value) => html`<code>${String(value)}</code> `)}</span>`;
  return html`${prose(schema.description ?? '')}${choices}${limits.length === 0 ? undefined : html` <span class="quiet">${limits.join(', ')}</span>`}`;
}

/** An example made of the examples of the fields. */
export function exampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  const object = resolved(schema, schemas);
  const given = object.example ?? object.examples?.[0];
  if (given !== undefined) return given;
  if (object.items !== undefined) return depth > DEEPEST ? [] : [exampleOf(object.items, schemas, depth + 1)];
  if (object.properties !== undefined && depth <= DEEPEST) {
    const fields = Object.entries(object.properties).flatMap(([name, field]) => {
      const value = exampleOf(field, schemas, depth + 1);
      return value === undefined || (Array.isArray(value) && value[0] === undefined) ? [] : [[name, value] as const];
    });
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
  }
  return object.enum?.[0] ?? object.default;
}
