import { setTimeout as sleep } from 'node:timers/promises';
import type { ArazzoDocument, FailureAction, PlacedOperation, Step, Workflow } from './document';
import { operationsOf } from './document';
import { filled, holds, valueOf, type Scope } from './expressions';

export interface RunOptions {
  /** Where the product is served. */
  readonly url: string;
  readonly key: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Told of every answer, whatever is made of it. */
  readonly onAnswer?: (operationId: string, response: NonNullable<Scope['response']>) => void;
}
export interface Finished {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Steps in the order in which they succeeded. */
  readonly steps: readonly string[];
}

/** Steps that succeed at most in one run: a workflow that jumps back for ever has to end. */
const MOST_STEPS = 200;

/** Runs one workflow to its end. Throws with step, condition and answer where a criterion does not hold. */
export async function run(document: ArazzoDocument, workflow: Workflow, options: RunOptions): Promise<Finished> {
  const missing = (workflow.inputs.required ?? []).filter((name) => options.inputs[name] === undefined);
  if (missing.length > 0) throw new Error(`${workflow.workflowId} needs the inputs ${missing.join(', ')}`);
  const operations = operationsOf(document);
  const outputs: Record<string, Record<string, unknown>> = {};
  const done: string[] = [];
  for (let index = 0, step = workflow.steps[0]; step !== undefined; step = workflow.steps[index]) {
    const operation = operations.get(step.operationId);
    if (operation === undefined) throw new Error(`${step.stepId}: no document has ${step.operationId}`);
    const { scope, next } = await patiently(step, operation, { inputs: options.inputs, steps: outputs }, options);
    if (next !== undefined) {
      index = workflow.steps.findIndex(({ stepId }) => stepId === next);
      if (index < 0) throw new Error(`${step.stepId}: there is no step ${next}`);
      continue;
    }
    outputs[step.stepId] = mapped(step.outputs, scope);
    done.push(step.stepId);
    if (done.length > MOST_STEPS) throw new Error(`${workflow.workflowId} does not end`);
    index += 1;
  }
  return { outputs: mapped(workflow.outputs, { inputs: options.inputs, steps: outputs }), steps: done };
}

interface Outcome {
  readonly scope: Scope;
  /** The step to go on with instead of the next one. */
  readonly next?: string;
}

/** The step, again and again as its failure actions say. */
async function patiently(step: Step, operation: PlacedOperation, before: Scope, options: RunOptions): Promise<Outcome> {
  for (let retries = 0; ; retries += 1) {
    const response = await call(step, operation, before, options);
    const scope: Scope = { ...before, response };
    const broken = step.successCriteria.find(({ condition }) => !holds(condition, scope));
    if (broken === undefined) return { scope };
    const action = step.onFailure?.find(({ criteria = [] }) =>
      criteria.every(({ condition }) => holds(condition, scope)),
    );
    if (action?.type === 'goto' && action.stepId !== undefined) return { scope, next: action.stepId };
    if (!mayRetry(action, retries)) {
      const told = JSON.stringify(response.body ?? null).slice(0, 2000);
      throw new Error(`${step.stepId}: ${broken.condition} does not hold: ${response.status} ${told}`);
    }
    await sleep((action.retryAfter ?? 0) * 1000);
  }
}

function mayRetry(action: FailureAction | undefined, retries: number): action is FailureAction {
  return action?.type === 'retry' && retries < (action.retryLimit ?? 1);
}

async function call(
  step: Step,
  { method, path }: PlacedOperation,
  scope: Scope,
  options: RunOptions,
): Promise<NonNullable<Scope['response']>> {
  const values = (place: string): [string, string][] =>
    (step.parameters ?? []).flatMap((parameter) =>
      parameter.in === place ? [[parameter.name, String(filled(parameter.value, scope))]] : [],
    );
  const inPath = new Map(values('path'));
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath.get(name) ?? ''));
  const query = new URLSearchParams(values('query')).toString();
  const { requestBody } = step;
  const response = await fetch(`${options.url}${target}${query === '' ? '' : `?${query}`}`, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${options.key}`,
      ...(requestBody === undefined ? {} : { 'content-type': requestBody.contentType }),
      ...Object.fromEntries(values('header')),
    },
    ...(requestBody === undefined ? {} : { body: JSON.stringify(filled(requestBody.payload, scope)) }),
  });
  const text = await response.text();
  const told = {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
  options.onAnswer?.(step.operationId, told);
  return told;
}

function mapped(outputs: Readonly<Record<string, string>> = {}, scope: Scope): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).map(([name, expression]) => [name, valueOf(expression, scope)]));
}
