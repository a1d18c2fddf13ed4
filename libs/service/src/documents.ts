import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As much of an OpenAPI 3.1 document as our code reads. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  /** What we send to partners, by event type. */
  readonly webhooks?: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, object>>; readonly [section: string]: unknown };
  readonly [extension: `x-${string}`]: unknown;
}
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  /** Served still, and ends: `x-deprecation` says when. */
  readonly deprecated?: boolean;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: object;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly [extension: `x-${string}`]: unknown;
}

/** The folder that holds package.json and openapi/, from source and from dist alike. */
export function projectRoot(from: string = __dirname): string {
  let directory = from;
  while (!existsSync(join(directory, 'openapi'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`no folder above ${from} holds openapi/`);
    directory = parent;
  }
  return directory;
}

const loaded = new Map<string, OpenApiDocument>();

/** The committed document `<layer>/<app>.v<N>`. Throws when it is missing: `npm run contracts` writes it. */
export function openApiDocument(name: string): OpenApiDocument {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const path = join(projectRoot(), 'openapi', `${name}.json`);
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run contracts"`);
  const document = JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;
  loaded.set(name, document);
  return document;
}
