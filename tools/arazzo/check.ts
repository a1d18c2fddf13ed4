import { newAjv } from '#service/contract-check';
import { openApiDocument } from '#service/documents';
import { operationsOf, type ArazzoDocument, type PlacedOperation, type Step, type Workflow } from './document';
import { expressionsIn, expressionsInCondition, isExpression } from './expressions';

/** What a description says that the OpenAPI documents do not: operations, parameters, bodies, scopes; and expressions that lead nowhere. */
export function documentFaults(file: string, document: ArazzoDocument): string[] {
  const operations = operationsOf(document);
  const names = document.sourceDescriptions.map(({ url }) => url.replace(/^\.\.\//, '').replace(/\.json$/, ''));
  return document.workflows.flatMap((workflow) => [
    ...workflow.steps.flatMap((step, index) => {
      const operation = operations.get(step.operationId);
      const faults =
        operation === undefined
          ? [`no document has ${step.operationId}`]
          : [...parameterFaults(step, operation), ...bodyFaults(step, operation, names)];
      return [...faults, ...expressionFaults(workflow, step, index)].map((fault) => `${file} ${step.stepId}: ${fault}`);
    }),
    ...scopeFaults(workflow, operations).map((fault) => `${file} ${workflow.workflowId}: ${fault}`),
  ]);
}

function parameterFaults({ parameters = [] }: Step, { operation }: PlacedOperation): string[] {
  const documented = operation.parameters ?? [];
  const same = (one: { name: string; in: string }, other: { name: string; in: string }): boolean =>
    one.name === other.name && one.in === other.in;
  return [
    ...parameters
      .filter((given) => !documented.some((each) => same(each, given)))
      .map((given) => `${operation.operationId} has no parameter ${given.name} in ${given.in}`),
    ...documented
      .filter((each) => each.required === true && !parameters.some((given) => same(each, given)))
      .map((each) => `${operation.operationId} needs ${each.name} in ${each.in}`),
  ];
}

/** The payload with every expression taken for right: what is left must fit the schema. */
function bodyFaults({ requestBody }: Step, { operation }: PlacedOperation, documents: readonly string[]): string[] {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return requestBody === undefined ? [] : [`${operation.operationId} takes no body`];
  if (requestBody === undefined)
    return operation.requestBody?.required === true ? [`${operation.operationId} needs a body`] : [];
  const ajv = newAjv();
  const name =
    documents.find((each) => JSON.stringify(openApiDocument(each).paths).includes(`"${operation.operationId}"`)) ?? '';
  ajv.addSchema({ $id: name, components: openApiDocument(name).components });
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${name}#/`)) as object);
  check(requestBody.payload);
  return (check.errors ?? [])
    .filter(({ instancePath, keyword }) => !(VALUES.has(keyword) && isFilledIn(requestBody.payload, instancePath)))
    .map(
      ({ instancePath, message, params }) =>
        `the body at ${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
}

/** Rules about a single value, which an expression in its place cannot be held to. */
const VALUES = new Set(['pattern', 'format', 'enum', 'type', 'minLength', 'maxLength', 'minimum', 'maximum']);

function isFilledIn(payload: unknown, pointer: string): boolean {
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], payload);
  return typeof value === 'string' && value.includes('$');
}

function scopeFaults(workflow: Workflow, operations: ReadonlyMap<string, PlacedOperation>): string[] {
  const needed = new Set(
    workflow.steps.flatMap(({ operationId }) =>
      (operations.get(operationId)?.operation.security ?? []).flatMap((each) => Object.values(each).flat()),
    ),
  );
  const named = new Set(workflow['x-scopes']);
  return [
    ...[...needed].filter((scope) => !named.has(scope)).map((scope) => `x-scopes lacks ${scope}`),
    ...[...named].filter((scope) => !needed.has(scope)).map((scope) => `x-scopes names ${scope}, which no step needs`),
  ];
}

function expressionFaults(workflow: Workflow, step: Step, index: number): string[] {
  const before = workflow.steps.slice(0, index);
  const conditions = [...step.successCriteria, ...(step.onFailure ?? []).flatMap(({ criteria = [] }) => criteria)];
  const used = [
    ...expressionsIn(step.parameters),
    ...expressionsIn(step.requestBody?.payload),
    ...Object.values(step.outputs ?? {}),
    ...conditions.flatMap(({ condition }) => expressionsInCondition(condition)),
  ];
  const jumps = (step.onFailure ?? []).flatMap(({ type, stepId }) => (type === 'goto' ? [stepId ?? ''] : []));
  return [
    ...used
      .filter((expression) => !leadsSomewhere(expression, workflow, before))
      .map((expression) => `${expression} leads nowhere`),
    ...jumps
      .filter((to) => !workflow.steps.some(({ stepId }) => stepId === to))
      .map((to) => `there is no step "${to}"`),
  ];
}

function leadsSomewhere(expression: string, { inputs }: Workflow, before: readonly Step[]): boolean {
  if (!isExpression(expression)) return false;
  const [root, name = '', , output = ''] = expression.split('.');
  if (root === '$inputs') return name in inputs.properties;
  if (root !== '$steps') return true;
  return before.some(({ stepId, outputs = {} }) => stepId === name && output in outputs);
}
