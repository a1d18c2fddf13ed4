import type { OpenAPIObject } from '@nestjs/swagger';
import { GATEWAY } from './gateway';
import { OPERATIONS } from './operations';
import { MARKETPLACE, PLANNER, PORTAL } from './portal';
import type { RequestExamples } from './request-examples';

const EXAMPLES: RequestExamples = { ...PORTAL, ...MARKETPLACE, ...PLANNER, ...OPERATIONS, ...GATEWAY };

/** Puts the example of each operation beside the schema of its body. Rule `request-example` says which are missing or wrong. */
export function exemplify({ paths }: OpenAPIObject, examples: RequestExamples = EXAMPLES): void {
  const operations = Object.values(paths).flatMap(({ get, put, post, patch, delete: remove }) =>
    [get, put, post, patch, remove].filter((each) => each !== undefined),
  );
  for (const { operationId = '', requestBody } of operations) {
    const example = examples[operationId];
    if (requestBody === undefined || '$ref' in requestBody || example === undefined) continue;
    const content = requestBody.content['application/json'];
    if (content !== undefined) content.example = example;
  }
}

/** Examples of operations that no document has: left behind by a rename. */
export function unusedExamples(documented: ReadonlySet<string>): string[] {
  return Object.keys(EXAMPLES).filter((id) => !documented.has(id));
}
