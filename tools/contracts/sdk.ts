import type { OpenApiDocument, OpenApiOperation } from '#service/documents';

/** Contracts a partner calls, with the paths of them that are a partner's. */
const PARTNER_CONTRACTS = [
  { document: 'experience/portal.v1', file: 'portal', paths: '/' },
  { document: 'experience/portal.v2', file: 'portal-v2', paths: '/' },
  { document: 'experience/marketplace.v1', file: 'marketplace', paths: '/' },
  { document: 'gateway/gateway.v1', file: 'account', paths: '/account/' },
] as const;

/** Headers that the client takes by a name of its own (`CallOptions`). */
const KNOWN_HEADERS = new Set(['Idempotency-Key', 'If-Match']);
const FOLDER = 'libs/sdk/src/generated';
/** Of what the generator knows to write: the client finds its calls by operation. */
const WRITTEN = new Set(['components', 'operations']);
const NOTE = '// Written by `npm run contracts` from the documents under openapi/. Not edited by hand.\n';

/** The generated part of the SDK: path in the repository → text. `documents` are those just emitted, by `<layer>/<app>.v<N>`. */
export async function sdkFiles(documents: ReadonlyMap<string, object>): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const contracts = PARTNER_CONTRACTS.map(({ document, file, paths }) => {
    const found = documents.get(document) as OpenApiDocument | undefined;
    if (found === undefined) throw new Error(`${document} was not emitted: the SDK is written from it`);
    return { file, document: partOf(found, paths) };
  });
  for (const { file, document } of contracts) files.set(`${FOLDER}/${file}.ts`, `${NOTE}\n${await typesOf(document)}`);
  files.set(`${FOLDER}/operations.ts`, `${NOTE}\n${tableOf(contracts)}`);
  return files;
}

/** The paths with the prefix, and the schemas they lead to. */
function partOf(document: OpenApiDocument, prefix: string): OpenApiDocument {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith(prefix)));
  const schemas = document.components.schemas ?? {};
  const wanted = new Set<string>();
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      follow(schemas[name] ?? null);
    }
  };
  follow(paths);
  follow(document.webhooks ?? null);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => wanted.has(name)));
  return { ...document, paths, components: { ...document.components, schemas: kept } };
}

async function typesOf(document: OpenApiDocument): Promise<string> {
  const { default: generate, astToString } = await import('openapi-typescript');
  const nodes = await generate(JSON.parse(JSON.stringify(document)) as Parameters<typeof generate>[0]);
  return astToString(nodes.filter((node) => 'name' in node && WRITTEN.has((node.name as { text: string }).text)));
}

interface Contract {
  readonly file: string;
  readonly document: OpenApiDocument;
}

function tableOf(contracts: readonly Contract[]): string {
  const rows = contracts.flatMap(({ document }) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => rowOf(method.toUpperCase(), path, operation)),
    ),
  );
  const nameOf = (file: string): string =>
    file.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [
    ...contracts.map(({ file }) => `import type { operations as ${nameOf(file)} } from './${file}';`),
    '',
    '/** How each operation is called. `repeatable`: whether a try without an answer may be sent again. */',
    `export const OPERATIONS = {\n${rows.join('\n')}\n} as const;`,
    '',
    `export type Operations = ${contracts.map(({ file }) => nameOf(file)).join(' & ')};`,
    '',
  ].join('\n');
}

function rowOf(method: string, path: string, operation: OpenApiOperation): string {
  const headers = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const strange = headers.filter((name) => !KNOWN_HEADERS.has(name));
  if (strange.length > 0)
    throw new Error(`${operation.operationId}: the SDK does not know the header ${strange.join()}`);
  const repeatable = repeatableOf(method, operation, headers);
  return `  '${operation.operationId}': { method: '${method}', path: '${path}', repeatable: '${repeatable}' },`;
}

/** Reads may always be repeated, and what is put is the same twice; a change only under a key that makes it one. */
function repeatableOf(method: string, { security = [] }: OpenApiOperation, headers: readonly string[]): string {
  if (headers.includes('Idempotency-Key')) return 'with-key';
  const scopes = security.flatMap((alternative) => Object.values(alternative).flat());
  const reads = method === 'GET' || scopes.every((scope) => scope.endsWith(':read'));
  return reads || method === 'PUT' ? 'always' : 'never';
}
