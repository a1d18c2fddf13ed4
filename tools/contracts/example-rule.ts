import type Ajv2020 from 'ajv/dist/2020';
import { newAjv } from '#service/contract-check';
import type { OpenApiDocument, OpenApiOperation } from '#service/documents';

const engines = new WeakMap<OpenApiDocument, Ajv2020>();

/** Ajv that finds what the document refers to under `#/components`. */
function engineFor(document: OpenApiDocument): Ajv2020 {
  const known = engines.get(document);
  if (known !== undefined) return known;
  const ajv = newAjv();
  ajv.addSchema({ $id: 'document', components: document.components });
  engines.set(document, ajv);
  return ajv;
}

/** What is wrong with the example of the operation's request; nothing when it takes no body. */
export function exampleFault(document: OpenApiDocument, { requestBody }: OpenApiOperation): string | undefined {
  const content = requestBody?.content['application/json'];
  if (content === undefined) return undefined;
  if (content.example === undefined) return 'the request has no example';
  const schema = JSON.parse(JSON.stringify(content.schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as object;
  const check = engineFor(document).compile(schema);
  if (check(content.example)) return undefined;
  const [first] = check.errors ?? [];
  return `the example is wrong at ${first?.instancePath ?? '/'}: ${first?.message ?? 'not as the schema says'}`;
}
