import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getMetadataStorage, isISO31661Alpha2 } from 'class-validator';
import type { Route } from '#contracts/api';

interface Rule {
  readonly name?: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly each: boolean;
}
type Schema = Record<string, unknown>;

const VERBS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** The countries that class-validator knows, as a pattern: two letters alone would let codes pass that no country has. */
const COUNTRIES = `^(?:${LETTERS.map(
  (first) => [first, LETTERS.filter((second) => isISO31661Alpha2(first + second)).join('')] as const,
)
  .filter(([, seconds]) => seconds !== '')
  .map(([first, seconds]) => `${first}[${seconds}]`)
  .join('|')})$`;

/**
 * Writes into the schemas what class-validator checks and the Swagger plugin leaves out: patterns given by a constant, whole
 * numbers, times. Without it the compiled check would accept what the DTO refuses. A schema is named by its class;
 * a class needs a rule of its own to be found, and then has those of its parents too.
 */
export function constrain(schemas: Readonly<Record<string, object>>): void {
  const classes = new Map<string, object>();
  for (const type of allRules().keys()) {
    if (typeof type !== 'function') continue;
    if (classes.has(type.name))
      throw new Error(`two request classes are named ${type.name}: one would get the rules of both`);
    classes.set(type.name, type);
  }
  for (const [name, schema] of Object.entries(schemas)) {
    const { properties } = schema as { properties?: Readonly<Record<string, Schema>> };
    applyAll(classes.get(name), properties ?? {});
  }
}

/** The same for what is asked in the query: its parameters are the properties of the class that the handler is given. */
export function constrainQueries(
  { paths }: Pick<OpenAPIObject, 'paths'>,
  controllers: readonly Type[],
  idOf: (controller: string, method: string) => string,
): void {
  const operations = Object.values(paths).flatMap(({ get, put, post, delete: remove }) => [get, put, post, remove]);
  for (const { operationId = '', parameters = [] } of operations.filter((each) => each !== undefined)) {
    const method = operationId.split('.').at(-1) ?? '';
    const controller = controllers.find(({ name }) => idOf(name, method) === operationId);
    const asked = parameters.flatMap((parameter) =>
      'in' in parameter && parameter.in === 'query' ? [[parameter.name, parameter.schema as Schema] as const] : [],
    );
    if (controller !== undefined) applyAll(queryClassOf(controller, method), Object.fromEntries(asked));
  }
}

/** The same for what stands in the path: in a contract it is a field of the one object that the route is given. */
export function constrainPaths({ paths }: Pick<OpenAPIObject, 'paths'>, routes: readonly Route[]): void {
  for (const { verb, path, input } of routes) {
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[VERBS[verb]];
    const given = (operation?.parameters ?? []).flatMap((parameter) =>
      'in' in parameter && parameter.in === 'path' ? [[parameter.name, parameter.schema as Schema] as const] : [],
    );
    applyAll(input, Object.fromEntries(given));
  }
}

/** What `@Query()` without a name is declared as. */
function queryClassOf(controller: Type, method: string): object | undefined {
  type Taken = Readonly<Record<string, { readonly index: number; readonly data?: unknown }>>;
  const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Taken;
  const query = Object.entries(taken).find(
    ([key, { data }]) => key.startsWith(`${RouteParamtypes.QUERY}:`) && data === undefined,
  );
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) as object[];
  return query && types[query[1].index];
}

function applyAll(type: object | undefined, properties: Readonly<Record<string, Schema>>): void {
  for (const rule of rulesOf(type, allRules())) {
    const property = properties[rule.propertyName];
    if (property !== undefined)
      apply(rule, rule.each ? ((property['items'] as Schema | undefined) ?? property) : property);
  }
}

function allRules(): ReadonlyMap<object, readonly Rule[]> {
  return Reflect.get(getMetadataStorage(), 'validationMetadatas') as ReadonlyMap<object, readonly Rule[]>;
}

function rulesOf(type: object | undefined, rules: ReadonlyMap<object, readonly Rule[]>): Rule[] {
  const found: Rule[] = [];
  for (
    let each: object | null = type ?? null;
    typeof each === 'function';
    each = Object.getPrototypeOf(each) as object | null
  ) {
    found.push(...(rules.get(each) ?? []));
  }
  return found;
}

function apply({ name, constraints = [] }: Rule, schema: Schema): void {
  const [first, second] = constraints;
  if (name === 'matches' && first instanceof RegExp) schema['pattern'] ??= first.source;
  if (name === 'isInt' && schema['type'] === 'number') schema['type'] = 'integer';
  if (name === 'isLength') Object.assign(schema, { minLength: first, maxLength: second, ...schema });
  if (name === 'isIn' && Array.isArray(first)) schema['enum'] ??= first;
  if (name === 'isIso8601') schema['format'] ??= 'date-time';
  if (name === 'isISO31661Alpha2') schema['pattern'] = COUNTRIES;
}
