import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openApiDocument, projectRoot, type OpenApiOperation } from '#service/documents';

/** As much of an Arazzo 1.0.1 description as our workflows use; what is not here, the runner does not know, and the check refuses. */
export interface ArazzoDocument {
  readonly arazzo: string;
  readonly info: { readonly title: string; readonly summary?: string; readonly version: string };
  readonly sourceDescriptions: readonly { readonly name: string; readonly url: string; readonly type: string }[];
  readonly workflows: readonly Workflow[];
}
export interface Workflow {
  readonly workflowId: string;
  readonly summary?: string;
  /** What a key needs for it: exactly the scopes of the operations. */
  readonly 'x-scopes': readonly string[];
  readonly inputs: { readonly required?: readonly string[]; readonly properties: Readonly<Record<string, object>> };
  readonly steps: readonly Step[];
  readonly outputs?: Readonly<Record<string, string>>;
}
export interface Step {
  readonly stepId: string;
  readonly description?: string;
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly value: unknown }[];
  readonly requestBody?: { readonly contentType: string; readonly payload: unknown };
  readonly successCriteria: readonly Criterion[];
  readonly onFailure?: readonly FailureAction[];
  readonly outputs?: Readonly<Record<string, string>>;
}
export interface Criterion {
  /** `<expression> == <expression or literal>`, or `!=`. */
  readonly condition: string;
}
export interface FailureAction {
  readonly name: string;
  readonly type: 'retry' | 'goto' | 'end';
  readonly stepId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly retryLimit?: number;
  readonly criteria?: readonly Criterion[];
}

export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

export const ARAZZO_FOLDER = 'openapi/arazzo';

/** Every committed description, by the name of its file. */
export function arazzoDocuments(): Map<string, ArazzoDocument> {
  const folder = join(projectRoot(), ARAZZO_FOLDER);
  const files = readdirSync(folder).sort();
  return new Map(files.map((file) => [file, parse(readFileSync(join(folder, file), 'utf8')) as ArazzoDocument]));
}

/** The operations that a description may call, from the OpenAPI documents it names. */
export function operationsOf({ sourceDescriptions }: ArazzoDocument): Map<string, PlacedOperation> {
  const documents = sourceDescriptions.map(({ url }) =>
    openApiDocument(url.replace(/^\.\.\//, '').replace(/\.json$/, '')),
  );
  return new Map(
    documents.flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).map(
          ([method, operation]) => [operation.operationId, { method, path, operation }] as const,
        ),
      ),
    ),
  );
}
