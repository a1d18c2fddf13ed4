import type { OpenApiDocument, OpenApiOperation } from '#service/documents';
import { exampleFault } from './example-rule';
import { OTHER_PAGES } from './style-exceptions';

/** A fault and where it is in the document. */
export interface StyleFault {
  readonly message: string;
  readonly path: string[];
}
export interface StyleRule {
  readonly description: string;
  /** Documents of those outside only. */
  readonly publicOnly?: boolean;
  readonly check: (document: OpenApiDocument) => StyleFault[];
}

interface Placed {
  readonly operation: OpenApiOperation;
  readonly method: string;
  readonly path: string;
  readonly at: string[];
  readonly scopes: readonly string[];
  readonly parameters: NonNullable<OpenApiOperation['parameters']>;
}
interface Property {
  readonly schema: string;
  readonly name: string;
  readonly property: Schema;
  readonly at: string[];
}
type Schema = Readonly<Record<string, unknown>>;

/** From the day something is deprecated to the day it may end. */
const MONTHS_OF_LIFE = 24;
const CAMEL = /^[a-z][A-Za-z0-9]*$/;
/** Members of problem details whose names are given from outside (RFC 9457, the RateLimit draft). */
const GIVEN_NAMES = new Set(['request_id', 'violated-policies']);
const PATH = /^\/[a-z]+(-[a-z]+)*\/v[1-9]\d*(\/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}))+$/;
const PROBLEM = /^#\/components\/schemas\/(Internal)?ProblemDto$/;

/** What every document keeps to beyond being valid: docs/api-standards.md as rules. */
export const STYLE_RULES: Readonly<Record<string, StyleRule>> = {
  'path-names': {
    description: 'a path is /audience/v1/kebab-case-plurals/{camelCase}',
    publicOnly: true,
    check: (document) =>
      Object.keys(document.paths).flatMap((path) =>
        PATH.test(path) ? [] : [{ message: path, path: ['paths', path] }],
      ),
  },
  'operation-id': {
    description: 'an operation has an id of its own: group.name, camelCase, because clients are generated from it',
    check: (document) => {
      const seen = new Set<string>();
      return perOperation(document, ({ operation: { operationId } }) => {
        const fresh = !seen.has(operationId);
        seen.add(operationId);
        return fresh && /^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(operationId);
      });
    },
  },
  summary: {
    description: 'an operation says what it does, in a sentence',
    publicOnly: true,
    check: (document) =>
      perOperation(document, ({ operation: { summary = '' } }) => /^[A-Z][^]*[.!?)]$/.test(summary.trim())),
  },
  'problem-response': {
    description: 'every refusal is documented as application/problem+json',
    check: (document) =>
      perOperation(document, ({ operation }) => {
        const refusal = operation.responses['default'] as { content?: Record<string, { schema?: Schema }> } | undefined;
        const { $ref: reference } = refusal?.content?.['application/problem+json']?.schema ?? {};
        return (
          typeof reference === 'string' && PROBLEM.test(reference) && Object.keys(refusal?.content ?? {}).length === 1
        );
      }),
  },
  'one-success': {
    description: 'an operation documents its success, each with a schema or without any body',
    check: (document) =>
      perOperation(document, ({ operation }) => {
        const successes = Object.entries(operation.responses).filter(([status]) => /^2\d\d$/.test(status));
        const complete = ([status, response]: [string, unknown]): boolean => {
          const { content } = response as { content?: Record<string, { schema?: unknown }> };
          return status === '204' ? content === undefined : content?.['application/json']?.schema !== undefined;
        };
        return successes.length > 0 && successes.every(complete);
      }),
  },
  scope: {
    description:
      'an operation needs one scope audience:resource:read|write; what reads by GET asks for read, what puts for write',
    publicOnly: true,
    check: (document) =>
      perOperation(document, ({ scopes, path, method }) => {
        const [scope = '', ...more] = scopes;
        const [audience, resource = '', right] = scope.split(':');
        if (more.length > 0 || audience !== path.split('/')[1] || !/^[a-z]+(-[a-z]+)*$/.test(resource)) return false;
        return method === 'get'
          ? right === 'read'
          : method === 'post'
            ? /^(read|write)$/.test(right ?? '')
            : right === 'write';
      }),
  },
  'idempotency-key': {
    description:
      'a POST that changes something takes an Idempotency-Key, or says what a second call does (`x-second-call`)',
    publicOnly: true,
    check: (document) =>
      perOperation(document, ({ method, scopes, operation, parameters }) => {
        if (method !== 'post' || scopes.every((scope) => scope.endsWith(':read'))) return true;
        const takesKey = parameters.some(({ in: place, name }) => place === 'header' && name === 'Idempotency-Key');
        const says = operation['x-second-call'];
        return takesKey ? says === undefined : typeof says === 'string' && says !== '';
      }),
  },
  cursors: {
    description: 'what answers `next` takes an opaque, bounded `cursor` or `since`, and a `limit` with both ends',
    publicOnly: true,
    check: (document) =>
      perOperation(document, ({ operation, parameters }) => {
        if (operation.operationId in OTHER_PAGES || !answersNext(document, operation)) return true;
        const named = (...names: string[]): Schema =>
          (parameters.find(({ name, in: place }) => place === 'query' && names.includes(name))?.schema ?? {}) as Schema;
        const cursor = named('cursor', 'since');
        const limit = named('limit');
        const bounded = typeof (cursor['maxLength'] ?? cursor['pattern']) !== 'undefined';
        return cursor['type'] === 'string' && bounded && limit['minimum'] === 1 && typeof limit['maximum'] === 'number';
      }),
  },
  'closed-bodies': {
    description: 'a request names its fields and takes no others',
    check: (document) =>
      perOperation(document, ({ operation }) => {
        const body = operation.requestBody?.content['application/json']?.schema;
        return body === undefined || resolved(document, body)['additionalProperties'] === false;
      }),
  },
  'request-example': {
    description: 'a request has an example of the whole body, right under its schema (tools/contracts/examples)',
    publicOnly: true,
    check: (document) =>
      operationsOf(document).flatMap(({ operation, at }) => {
        const message = exampleFault(document, operation);
        return message === undefined ? [] : [{ message: `${operation.operationId}: ${message}`, path: at }];
      }),
  },
  'parameter-names': {
    description: 'parameters are camelCase; headers are Capitalised-Words',
    check: (document) =>
      perOperation(document, ({ parameters }) =>
        parameters.every(({ in: place, name }) =>
          (place === 'header' ? /^[A-Z][a-z]+(-[A-Z][a-z]+)*$/ : CAMEL).test(name),
        ),
      ),
  },
  deprecation: {
    description: 'what is deprecated says since when, until when (24 months at least) and what to call instead',
    publicOnly: true,
    check: (document) =>
      perOperation(document, ({ operation }) => {
        const ending = operation['x-deprecation'] as { since: string; sunset: string; successor: string } | undefined;
        if (ending === undefined) return operation.deprecated !== true;
        const earliest = new Date(ending.since);
        earliest.setUTCMonth(earliest.getUTCMonth() + MONTHS_OF_LIFE);
        return operation.deprecated === true && new Date(ending.sunset) >= earliest && PATH.test(ending.successor);
      }),
  },
  'field-names': {
    description: 'fields are camelCase',
    check: (document) => perProperty(document, ({ name }) => CAMEL.test(name) || GIVEN_NAMES.has(name)),
  },
  'enum-values': {
    description:
      'values of one enumeration are written one way: CAPITALS_WITH_UNDERSCORES, small-with-hyphens or event.types',
    check: (document) =>
      perProperty(document, ({ property }) => {
        const values = (property['enum'] ?? []) as unknown[];
        return [/^[A-Z][A-Z0-9_]*$/, /^[a-z][a-z0-9]*([-.][a-z0-9]+)*$/].some((style) =>
          values.every((value) => style.test(String(value))),
        );
      }),
  },
  'exact-numbers': {
    description: 'money and quantities are decimal text, never floats',
    check: (document) =>
      perProperty(document, ({ name, property }) => !/^(amount|price|total|quantity|.*(Amount|Price|Quantity))$/.test(name) || property['type'] !== 'number'), // prettier-ignore
  },
  times: {
    description: 'what is named …At is a time with an offset (date-time)',
    check: (document) =>
      perProperty(document, ({ name, property }) => !/[a-z]At$/.test(name) || property['type'] !== 'string' || property['format'] === 'date-time'), // prettier-ignore
  },
};

function operationsOf(document: OpenApiDocument): Placed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      operation,
      method,
      path,
      at: ['paths', path, method],
      scopes: [...new Set((operation.security ?? []).flatMap((alternative) => Object.values(alternative).flat()))],
      parameters: operation.parameters ?? [],
    })),
  );
}

function perOperation(document: OpenApiDocument, keeps: (placed: Placed) => boolean): StyleFault[] {
  return operationsOf(document).flatMap((placed) =>
    keeps(placed) ? [] : [{ message: `${placed.method} ${placed.path}`, path: placed.at }],
  );
}

function perProperty(document: OpenApiDocument, keeps: (property: Property) => boolean): StyleFault[] {
  return Object.entries(document.components.schemas ?? {}).flatMap(([schema, value]) =>
    Object.entries(((value as Schema)['properties'] ?? {}) as Record<string, Schema>).flatMap(([name, property]) => {
      const at = ['components', 'schemas', schema, 'properties', name];
      return keeps({ schema, name, property, at }) ? [] : [{ message: `${schema}.${name}`, path: at }];
    }),
  );
}

function answersNext(document: OpenApiDocument, { responses }: OpenApiOperation): boolean {
  const success = responses['200'] as { content?: Record<string, { schema?: object }> } | undefined;
  const schema = success?.content?.['application/json']?.schema;
  return (
    schema !== undefined && (resolved(document, schema)['properties'] as Schema | undefined)?.['next'] !== undefined
  );
}

function resolved(document: OpenApiDocument, schema: object): Schema {
  const { $ref: reference } = schema as { $ref?: string };
  if (reference === undefined) return schema as Schema;
  return (document.components.schemas?.[reference.replace('#/components/schemas/', '')] ?? {}) as Schema;
}
