import { html, prose, type Html } from './html';
import type { NamedDocument } from '../documents/operations';
import { anchorOf, operationView, titleOf, type ShownOperation } from './operation-view';
import type { Schemas } from './schema-view';

/** `experience/portal.v1` → `portal.v1` */
export function pageOf({ name }: NamedDocument): string {
  return name.replace(/^.*\//, '');
}

function layout(title: string, nav: Html, main: Html): string {
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Crossdock API</title>
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header><a class="brand" href="/docs">Crossdock API</a></header>
        <div class="columns">
          <nav aria-label="Contents">${nav}</nav>
          <main id="main">${main}</main>
        </div>
      </body>
    </html>`.text
  }`;
}

function navigation(documents: readonly NamedDocument[], current?: string, inner?: Html): Html {
  const entry = (href: string, text: string, name: string): Html =>
    html`<li>
      <a href="${href}" ${name === current ? html` aria-current="page"` : undefined}>${text}</a
      >${name === current ? inner : undefined}
    </li>`;
  return html`<ul>
    ${entry('/docs', 'Start here', 'start')}${documents.map((document) => entry(`/docs/${pageOf(document)}`, titleFrom(document), pageOf(document)))}${entry('/docs/errors', 'Errors', 'errors')}
  </ul>`;
}

function titleFrom({ document, name }: NamedDocument): string {
  return document.info.title || name;
}

function card(named: NamedDocument): Html {
  const { openapi, info } = named.document;
  return html`<li>
    <a href="/docs/${pageOf(named)}"><strong>${titleFrom(named)}</strong></a>
    <p>${prose(info.description ?? '')}</p>
    <p class="quiet"><a href="/openapi/${pageOf(named)}.json">OpenAPI ${openapi} document</a></p>
  </li>`;
}

/** A workflow as its file is written. */
export interface WorkflowFile {
  readonly file: string;
  readonly text: string;
}

function workflowEntry({ file, text }: WorkflowFile): Html {
  const [, title = file] = /^ {2}title: (.+)$/m.exec(text) ?? [];
  const [, summary = ''] = /^ {2}summary: (.+)$/m.exec(text) ?? [];
  return html`<li>
    <a href="/openapi/${file}">${title}</a>
    <p>${prose(summary)}</p>
  </li>`;
}

/** First page: how to call anything at all. */
export function startPage(documents: readonly NamedDocument[], workflows: readonly WorkflowFile[]): string {
  const main = html`<h1>Crossdock API</h1>
    <p>One HTTP API over the ERPs, warehouses and carriers behind it. Every audience has its own document:</p>
    <ul class="cards">
      ${documents.map(card)}
    </ul>
    <h2>Workflows</h2>
    <p>What belongs together, call by call, as Arazzo 1.0.1 descriptions that tools can run:</p>
    <ul>
      ${workflows.map(workflowEntry)}
    </ul>
    <h2>Your key</h2>
    <p>
      Send it with every request. A key looks like <code>cdk_live_…</code> or <code>cdk_test_…</code> and carries
      scopes; each operation names the one it needs.
    </p>
    <pre tabindex="0"><code>curl -H "Authorization: Bearer $KEY" $URL/portal/v1/items</code></pre>
    <h2>Numbers and times</h2>
    <p>
      Quantities are <code>{"value": "24", "unit": "EA"}</code>: decimal text and a UNECE Recommendation 20 unit. Money
      is <code>{"amount": "12.50", "currency": "GBP"}</code>. Times are RFC 3339; dates are local to the warehouse.
    </p>
    <h2>Once and only once</h2>
    <p>
      Send an <code>Idempotency-Key</code> where an operation takes one: the same key with the same body answers the
      first result again, with <code>Idempotent-Replayed: true</code>, for 30 days. An order also has a permanent key of
      its own, its purchase order number: the same order sent twice is one order.
    </p>
    <h2>Versions of a resource</h2>
    <p>
      An <code>ETag</code> names the version you saw. Sent back as <code>If-Match</code>, a change happens in that
      version or not at all (412).
    </p>
    <h2>Limits</h2>
    <p>
      Your plan has several quotas; a call takes its cost from all of them or from none.
      <code>RateLimit-Policy</code> and <code>RateLimit</code> on every answer say where you stand; a refused call (429)
      says in <code>Retry-After</code> when to come back. Bodies are at most 1 MB where nothing else is said, and 32
      levels deep.
    </p>
    <h2>When something is wrong</h2>
    <p>
      Every refusal is <a href="/docs/errors">problem details</a> with a stable code, and one entry with a JSON pointer
      for each fault. Every answer carries a <code>Request-Id</code>: name it when you ask us.
    </p>`;
  return layout('Start here', navigation(documents, 'start'), main);
}

/** One audience: every operation of its document. */
export function documentPage(documents: readonly NamedDocument[], named: NamedDocument): string {
  const { document } = named;
  const schemas = (document.components.schemas ?? {}) as Schemas;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): ShownOperation => ({ method, path, operation })),
  );
  const contents = html`<ul>
    ${operations.map(
      (shown) =>
        html`<li>
          <a href="#${anchorOf(shown)}"
            ><span class="method ${shown.method}">${shown.method.toUpperCase()}</span> ${titleOf(shown)}</a
          >
        </li>`,
    )}
  </ul>`;
  const main = html`<h1>${titleFrom(named)}</h1>
    <p>${prose(document.info.description ?? '')}</p>
    <p class="quiet"><a href="/openapi/${pageOf(named)}.json">OpenAPI ${document.openapi} document</a></p>
    ${operations.map((shown) => operationView(shown, schemas))}`;
  return layout(titleFrom(named), navigation(documents, pageOf(named), contents), main);
}

export interface ErrorRow {
  readonly code: string;
  readonly status: string;
  readonly meaning: string;
}

/** The rows of the registry in docs/errors.md: `| CODE | status | meaning |`. */
export function errorRows(markdown: string): ErrorRow[] {
  return [...markdown.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, code = '', status = '', meaning = '']) => ({
      code,
      status: status.trim(),
      meaning: meaning.trim(),
    }),
  );
}

export function errorsPage(documents: readonly NamedDocument[], rows: readonly ErrorRow[]): string {
  const table = rows.map(
    ({ code, status, meaning }) =>
      html`<tr id="${code.toLowerCase().replaceAll('_', '-')}">
        <td><code>${code}</code></td>
        <td>${status}</td>
        <td>${prose(meaning)}</td>
      </tr>`,
  );
  const main = html`<h1>Errors</h1>
    <p>
      Every answer from 400 up is <code>application/problem+json</code> (RFC 9457). <code>code</code> is stable; words
      may change. <code>errors</code> lists every fault at once, with a pointer into the body.
    </p>
    <pre
      tabindex="0"
    ><code>${JSON.stringify({ type: 'https://crossdock.dev/problems#order-invalid', title: 'Order invalid', status: 422, code: 'ORDER_INVALID', detail: 'the order has 1 fault', instance: '/portal/v1/orders', request_id: 'req_019a3b6e8f1c7d2a9b4c5d6e7f801234', errors: [{ pointer: '/lines/0/item', code: 'ITEM_UNKNOWN', detail: 'item 9X is not known', seen: '9X' }] }, null, 2)}</code></pre>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Status</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          ${table}
        </tbody>
      </table>
    </div>`;
  return layout('Errors', navigation(documents, 'errors'), main);
}
