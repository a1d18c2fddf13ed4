import type { OpenApiOperation } from '#service/documents';
import { html, prose, type Html } from './html';
import { exampleOf, fieldTable, meaning, resolved, typeOf, type Schema, type Schemas } from './schema-view';

export interface ShownOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

export function anchorOf({ operation }: ShownOperation): string {
  return operation.operationId.replaceAll('.', '-');
}

export function titleOf({ operation }: ShownOperation): string {
  return (
    (operation.summary ?? operation.operationId).split(/(?<=[.:])\s/)[0]?.replace(/[.:]$/, '') ?? operation.operationId
  );
}

export function operationView(shown: ShownOperation, schemas: Schemas): Html {
  const { method, path, operation } = shown;
  const words = [operation.summary, operation.description]
    .filter((text) => text !== undefined && text !== '')
    .join(' ');
  return html`<section class="operation" id="${anchorOf(shown)}">
    <h2><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h2>
    <p>${prose(words)}</p>
    <dl class="facts">
      <dt>Scope</dt>
      <dd>${scopes(operation)}</dd>
      <dt>Cost</dt>
      <dd>${costOf(operation)}</dd>
      ${bodyLimit(operation)}
    </dl>
    ${parameters(operation, schemas)}${requestBody(operation, schemas)}${responses(operation, schemas)}
  </section>`;
}

function costOf(operation: OpenApiOperation): number {
  const cost = operation['x-cost'];
  return typeof cost === 'number' ? cost : 1;
}

function scopes({ security }: OpenApiOperation): Html[] {
  const needed = new Set((security ?? []).flatMap((alternative) => Object.values(alternative).flat()));
  return [...needed].map((scope) => html`<code>${scope}</code> `);
}

function bodyLimit(operation: OpenApiOperation): Html | undefined {
  const limit = operation['x-body-limit'];
  return typeof limit === 'number'
    ? html`<dt>Body</dt>
        <dd>up to ${limit / 1024 / 1024} MB</dd>`
    : undefined;
}

function parameters({ parameters = [] }: OpenApiOperation, schemas: Schemas): Html | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map((parameter) => {
    const schema = resolved(parameter.schema ?? {}, schemas);
    const described =
      'description' in parameter && typeof parameter.description === 'string'
        ? { ...schema, description: parameter.description }
        : schema;
    const needed = parameter.required === true ? html` <span class="required">required</span>` : undefined;
    return html`<tr>
      <td><code>${parameter.name}</code>${needed}</td>
      <td>${parameter.in}</td>
      <td>${typeOf(schema, schemas)}</td>
      <td>${meaning(described)}</td>
    </tr>`;
  });
  return html`<h3>Parameters</h3>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">In</th>
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

function requestBody({ requestBody: body }: OpenApiOperation, schemas: Schemas): Html | undefined {
  const { schema, example: whole } = (body?.content['application/json'] ?? {}) as {
    schema?: Schema;
    example?: unknown;
  };
  if (schema === undefined) return undefined;
  return html`<h3>Request body${body?.required === true ? undefined : html` <span class="quiet">optional</span>`}</h3>
    ${shown(whole ?? exampleOf(schema, schemas))}
    <details>
      <summary>Fields</summary>
      ${fieldTable(schema, schemas)}
    </details>`;
}

interface Answer {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

function responses({ responses: answers }: OpenApiOperation, schemas: Schemas): Html {
  const successes = Object.entries(answers as Readonly<Record<string, Answer>>).filter(
    ([status]) => status !== 'default',
  );
  return html`<h3>Answers</h3>
    ${successes.map(([status, answer]) => {
      const schema = answer.content?.['application/json']?.schema;
      const headers = Object.keys(answer.headers ?? {});
      const named = headers.length === 0 ? undefined : html` <span class="quiet">with ${headers.join(', ')}</span>`;
      const fields =
        schema === undefined
          ? undefined
          : html`<details>
              <summary>Fields and example</summary>
              ${shown(exampleOf(schema, schemas))}${fieldTable(schema, schemas)}
            </details>`;
      return html`<p><span class="status">${status}</span> ${prose(answer.description ?? '')}${named}</p>
        ${fields}`;
    })}
    <p><span class="status">4xx 5xx</span> Problem details: see <a href="/docs/errors">errors</a>.</p>`;
}

function shown(value: unknown): Html | undefined {
  return value === undefined ? undefined : html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
