import { newAjv } from '#service/contract-check';
import type { OpenApiDocument, OpenApiOperation } from '#service/documents';
import { BodyChecks, type BodyCheck } from './body-check';
import { parameterCheck, type ParameterCheck } from './parameter-check';
import { urgencyOf, type Urgency } from './urgency';

export interface NamedDocument {
  /** `experience/portal.v1` */
  readonly name: string;
  readonly document: OpenApiDocument;
}

/** What an operation that ends says of itself: `x-deprecation`. */
export interface Deprecation {
  /** `YYYY-MM-DD`. */
  readonly since: string;
  /** It is served until then, at least. */
  readonly sunset: string;
  /** Path of what to call instead. */
  readonly successor: string;
}

export type Presence = 'none' | 'optional' | 'required';

/** All the gateway knows of an operation: what its document says. */
export interface Operation {
  readonly id: string;
  readonly document: string;
  readonly method: string;
  /** In Fastify's notation: `/portal/v1/orders/:id`. */
  readonly path: string;
  /** As its document has it: `/portal/v1/orders/{id}`. */
  readonly route: string;
  /** The last part of the document's name: `portal.v1`. */
  readonly version: string;
  /** Alternatives; a key needs all scopes of one of them. */
  readonly scopes: readonly (readonly string[])[];
  readonly cost: number;
  readonly bodyLimit: number;
  readonly idempotencyKey: Presence;
  /** The key names what the operation makes, for ever: the app behind makes it once. */
  readonly keyNamesResource: boolean;
  readonly ifMatch: Presence;
  /** Whether it is sent away early or late when there is too much to do. */
  readonly urgency: Urgency;
  /** A test key may use it also where backends are real. */
  readonly testKeys: boolean;
  /** It is still served and will end. */
  readonly deprecation: Deprecation | undefined;
  readonly body: { readonly required: boolean; readonly faults: BodyCheck } | undefined;
  readonly query: ParameterCheck;
  readonly params: ParameterCheck;
}

export const BODY_LIMIT_BYTES = 1024 * 1024;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Reads and compiles every operation of the documents. Throws an error that lists all that lack a scope. */
export function operationsOf(documents: readonly NamedDocument[]): Operation[] {
  const operations = documents.flatMap(({ name, document }) => {
    const compiler = new Compiler(name, document);
    return Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [compiler.operation(method.toUpperCase(), path, operation)];
      }),
    );
  });
  const open = operations.filter(({ scopes }) => scopes.length === 0 || scopes.some((needed) => needed.length === 0));
  if (open.length > 0) throw new Error(`operations without a scope: ${open.map(({ id }) => id).join(', ')}`);
  return operations;
}

class Compiler {
  private readonly bodies: BodyChecks;
  private readonly ajv = newAjv();

  constructor(
    private readonly name: string,
    document: OpenApiDocument,
  ) {
    this.bodies = new BodyChecks(name, document);
    this.ajv.addSchema({ $id: name, components: { schemas: document.components.schemas ?? {} } });
  }

  operation(method: string, path: string, operation: OpenApiOperation): Operation {
    const cost = operation['x-cost'];
    const bodyLimit = operation['x-body-limit'];
    const scopes = (operation.security ?? []).map((alternative) => Object.values(alternative).flat());
    const urgency = urgencyOf(this.name, scopes, operation['x-can-wait'] === true);
    return {
      id: operation.operationId,
      document: this.name,
      method,
      path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      route: path,
      version: this.name.slice(this.name.lastIndexOf('/') + 1),
      scopes,
      cost: typeof cost === 'number' ? cost : 1,
      bodyLimit: typeof bodyLimit === 'number' ? bodyLimit : BODY_LIMIT_BYTES,
      idempotencyKey: presence(operation, 'idempotency-key'),
      keyNamesResource: operation['x-key-names-resource'] === true,
      ifMatch: presence(operation, 'if-match'),
      urgency,
      testKeys: urgency !== 'write' || operation['x-test-keys'] === true,
      deprecation: deprecationOf(operation),
      body: this.body(operation),
      query: this.parameters(operation, 'query'),
      params: this.parameters(operation, 'path'),
    };
  }

  private body({ requestBody }: OpenApiOperation): Operation['body'] {
    const schema = requestBody?.content['application/json']?.schema;
    if (schema === undefined) return undefined;
    return { required: requestBody?.required ?? false, faults: this.bodies.check(schema) };
  }

  private parameters({ parameters = [] }: OpenApiOperation, place: 'query' | 'path'): ParameterCheck {
    const those = parameters.filter((parameter) => parameter.in === place);
    return parameterCheck(this.ajv, this.name, those);
  }
}

export function deprecationOf(operation: OpenApiOperation): Deprecation | undefined {
  return operation['x-deprecation'] as Deprecation | undefined;
}

function presence(operation: OpenApiOperation, header: string): Presence {
  const found = operation.parameters?.find(
    (parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === header,
  );
  if (found === undefined) return 'none';
  return found.required === true ? 'required' : 'optional';
}
