import { openApiDocument, type OpenApiOperation } from '#service/documents';
import type { DocumentedOperation } from '#testing/contract-responses';
import { PUBLIC_DOCUMENTS } from './public-documents';

export interface Target extends DocumentedOperation {
  readonly document: string;
}

/** Every operation of the public documents, so that a new one is in every matrix on the day it is documented. */
export const TARGETS: readonly Target[] = PUBLIC_DOCUMENTS.flatMap((document) =>
  Object.entries(openApiDocument(document).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      document,
      id: operation.operationId,
      method,
      path,
      operation,
    })),
  ),
);

/** Audiences whose callers are partners, and must not see one another. */
export const PARTNER_PATH = /^\/(portal|marketplace|account)\//;

export const scopesOf = ({ security = [] }: OpenApiOperation): string[] => [
  ...new Set(security.flatMap((alternative) => Object.values(alternative).flat())),
];

export const filledPath = (path: string, value = 'x'): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, value]));

/** The whole request that the document shows; nothing for an operation without a body. */
export function documentedBody({ requestBody }: OpenApiOperation): object | undefined {
  return requestBody?.content['application/json']?.example as object | undefined;
}
