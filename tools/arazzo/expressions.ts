/** What runtime expressions see while a step is judged. */
export interface Scope {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Outputs of the steps that are done, by step. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly response?: { readonly status: number; readonly headers: Headers; readonly body: unknown };
}

const EXPRESSION =
  /^\$(statusCode|inputs\.[\w-]+|steps\.[\w-]+\.outputs\.[\w-]+|response\.header\.[\w-]+|response\.body(#(\/[^\s]*)?)?)$/;
const EMBEDDED = /\{(\$[^}]+)\}/g;
const CONDITION = /^(\S+) (==|!=) (.+)$/;

/** The value of a runtime expression; undefined when there is nothing at its place. Throws on one that is not known. */
export function valueOf(expression: string, { inputs, steps, response }: Scope): unknown {
  if (!EXPRESSION.test(expression)) throw new Error(`${expression} is not an expression that is known here`);
  const [, kind = '', name = ''] = /^\$([a-zA-Z]+)(?:[.#](.*))?$/.exec(expression) ?? [];
  switch (kind) {
    case 'statusCode':
      return response?.status;
    case 'inputs':
      return inputs[name];
    case 'steps': {
      const [step = '', , output = ''] = name.split('.');
      return steps[step]?.[output];
    }
    default:
      if (name.startsWith('header.')) return response?.headers.get(name.slice('header.'.length)) ?? undefined;
      return at(response?.body, expression.split('#')[1] ?? '');
  }
}

/** A payload or parameter with its expressions, whole or embedded in braces, replaced by their values. */
export function filled(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('$')) return valueOf(value, scope);
    return value.replace(EMBEDDED, (_, expression: string) => String(valueOf(expression, scope)));
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, filled(inner, scope)]));
}

/** Whether a simple condition holds. `null` also means that there is nothing. */
export function holds(condition: string, scope: Scope): boolean {
  const [left, operator, right] = sidesOf(condition);
  const same = (valueOf(left, scope) ?? null) === (operand(right, scope) ?? null);
  return operator === '==' ? same : !same;
}

/** Every runtime expression in a value, for whoever checks that they lead somewhere. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return value.startsWith('$') ? [value] : [...value.matchAll(EMBEDDED)].map(([, found = '']) => found);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

export function expressionsInCondition(condition: string): string[] {
  const [left, , right] = sidesOf(condition);
  return [left, right].filter((side) => side.startsWith('$'));
}

export function isExpression(text: string): boolean {
  return EXPRESSION.test(text);
}

function sidesOf(condition: string): [left: string, operator: string, right: string] {
  const [, left, operator, right] = CONDITION.exec(condition) ?? [];
  if (left === undefined || operator === undefined || right === undefined)
    throw new Error(`"${condition}" is not <expression> == <value>`);
  return [left, operator, right];
}

function operand(text: string, scope: Scope): unknown {
  if (text.startsWith('$')) return valueOf(text, scope);
  const [, quoted] = /^'(.*)'$/.exec(text) ?? [];
  return quoted === undefined ? (JSON.parse(text) as unknown) : quoted.replaceAll("''", "'");
}

/** RFC 6901. */
function at(body: unknown, pointer: string): unknown {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    return (inner as Record<string, unknown>)[step];
  }, body);
}
