import type Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import { newAjv } from '#service/contract-check';
import { openApiDocument, type OpenApiOperation } from '#service/documents';

/** An answer as it went over the wire. Header names in lower case. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed; undefined when the answer had none. */
  readonly body: unknown;
}
interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly schema?: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** As in the document: `/portal/v1/orders/{id}`. */
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/**
 * Holds answers to the committed document: an undocumented status, media type or field is a fault, and so is a documented header that
 * is missing. Schemas are closed for it, because a client may be told nothing that the document does not say.
 */
export class ContractResponses {
  readonly operations: readonly DocumentedOperation[];
  private readonly ajv: Ajv2020 = newAjv();
  private readonly checks = new Map<string, ValidateFunction>();

  /** `name` is `<layer>/<app>.v<N>`. */
  constructor(readonly name: string) {
    const document = openApiDocument(name);
    this.ajv.addSchema({ $id: name, components: { schemas: closed(document.components.schemas ?? {}) } });
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ id: operation.operationId, method, path, operation })),
    );
  }

  operation(id: string): DocumentedOperation {
    const found = this.operations.find((each) => each.id === id);
    if (found === undefined) throw new Error(`${this.name} has no operation ${id}`);
    return found;
  }

  /** The operation behind a route in Fastify's notation (`/v1/items/:sku`). */
  served(method: string, route: string): DocumentedOperation | undefined {
    const path = route.replaceAll(/:(\w+)/g, '{$1}');
    return this.operations.find((each) => each.method === method.toLowerCase() && each.path === path);
  }

  /** What is wrong with the answer; nothing when it is as documented. */
  faults(id: string, { status, headers, body }: WireResponse): string[] {
    const { responses } = this.operation(id).operation;
    const key = String(status) in responses ? String(status) : 'default';
    const response = responses[key] as DocumentedResponse | undefined;
    if (response === undefined || (key === 'default' && status < 400))
      return [`${id}: status ${status} is not documented`];
    return [
      ...headerFaults(`${id} ${status}`, response, headers),
      ...this.bodyFaults(
        `${id} ${status}`,
        key,
        response,
        body,
        typeof headers['content-type'] === 'string' ? headers['content-type'] : '',
      ),
    ];
  }

  /** The same for an answer that never went over HTTP: the body of the operation's success. */
  answerFaults(id: string, status: number, body: unknown): string[] {
    return this.faults(id, { status, headers: { 'content-type': 'application/json' }, body });
  }

  private bodyFaults(
    where: string,
    key: string,
    { content }: DocumentedResponse,
    body: unknown,
    contentType: string,
  ): string[] {
    if (content === undefined) return body === undefined ? [] : [`${where}: a body is not documented`];
    const type = contentType.split(';')[0]?.trim() ?? '';
    const schema = content[type]?.schema;
    if (schema === undefined) return [`${where}: content type ${type || '(none)'} is not documented`];
    const check = this.check(`${where.split(' ')[0] ?? ''} ${key} ${type}`, schema);
    if (check(body)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${where}: ${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  private check(key: string, schema: object): ValidateFunction {
    const known = this.checks.get(key);
    if (known !== undefined) return known;
    const inDocument = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${this.name}#/`);
    const check = this.ajv.compile(closed(JSON.parse(inDocument)) as object);
    this.checks.set(key, check);
    return check;
  }
}

function headerFaults(
  where: string,
  { headers = {} }: DocumentedResponse,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(headers)
    .filter((name) => typeof given[name.toLowerCase()] !== 'string')
    .map((name) => `${where}: the documented header ${name} is missing`);
}

/** A schema that names its fields has no others. One composed with allOf is closed as a whole. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const names = typeof inner['properties'] === 'object' && inner['type'] === 'object';
  if (!names || 'additionalProperties' in inner) return inner;
  return 'allOf' in inner ? { ...inner, unevaluatedProperties: false } : { ...inner, additionalProperties: false };
}
