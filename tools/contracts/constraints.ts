import { getMetadataStorage, isISO31661Alpha2 } from 'class-validator';

interface Rule {
  readonly name?: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly each: boolean;
}
type Schema = Record<string, unknown>;

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
  const rules = Reflect.get(getMetadataStorage(), 'validationMetadatas') as ReadonlyMap<object, readonly Rule[]>;
  const classes = new Map(
    [...rules.keys()].flatMap((type) => (typeof type === 'function' ? [[type.name, type] as const] : [])),
  );
  for (const [name, schema] of Object.entries(schemas)) {
    const { properties } = schema as { properties?: Readonly<Record<string, Schema>> };
    const type = classes.get(name);
    for (const rule of rulesOf(type, rules)) {
      const property = properties?.[rule.propertyName];
      if (property !== undefined)
        apply(rule, rule.each ? ((property['items'] as Schema | undefined) ?? property) : property);
    }
  }
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
  const [first] = constraints;
  if (name === 'matches' && first instanceof RegExp) schema['pattern'] ??= first.source;
  if (name === 'isInt' && schema['type'] === 'number') schema['type'] = 'integer';
  if (name === 'isIso8601') schema['format'] ??= 'date-time';
  if (name === 'isISO31661Alpha2') schema['pattern'] = COUNTRIES;
}
