import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '#service/documents';

type Schema = Readonly<Record<string, unknown>>;
interface EventType {
  readonly type: string;
  readonly description: string;
  readonly data: ts.Type;
  readonly at: ts.Node;
}

const CATALOGUE = 'libs/contracts/src/events';
/** What every event carries beside its data: CloudEvents 1.0 with our extensions (libs/messaging/src/outbox.ts). */
const ENVELOPE: Schema = {
  type: 'object',
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'subject',
    'time',
    'data',
    'datacontenttype',
    'correlationid',
    'partitionkey',
  ],
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: { type: 'string', description: 'Unique within `source`: what comes twice has the same.' },
    source: { type: 'string', description: 'The app that decided it.' },
    type: { type: 'string' },
    subject: { type: 'string', description: 'What it is about, e.g. an order.' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { type: 'string', const: 'application/json' },
    partitionkey: { type: 'string', description: 'Events with one key are delivered in order.' },
    sequence: { type: 'string', description: 'Grows within a partition key.' },
    correlationid: { type: 'string', description: 'The request or message that began it all.' },
    causationid: { type: 'string', description: 'The event that led to it.' },
    traceparent: { type: 'string', description: 'W3C trace context.' },
    data: { type: 'object' },
  },
};

/** The AsyncAPI 3 document of every event on the outbox, from the catalogue: a type's constant, its words, and the interface of its data. */
export function eventsDocument(): object {
  const events = eventTypes();
  const named = [...events].sort((a, b) => (a.type < b.type ? -1 : 1));
  const entry = ({ type }: EventType): string => type.replace(/^crossdock\./, '');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Crossdock events',
      version: '1.0.0',
      description: 'What apps tell one another and whoever listens. A type is a promise: its data only grows; what breaks it is a new version beside the old.', // prettier-ignore
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      named.map((event) => [
        entry(event),
        { address: event.type, messages: { [entry(event)]: { $ref: `#/components/messages/${entry(event)}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      named.map((event) => [
        `publish.${entry(event)}`,
        { action: 'send', channel: { $ref: `#/channels/${entry(event)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        named.map((event) => [
          entry(event),
          {
            name: event.type,
            description: event.description,
            contentType: 'application/cloudevents+json',
            payload: {
              allOf: [
                { $ref: '#/components/schemas/envelope' },
                { type: 'object', properties: { type: { const: event.type }, data: { $ref: `#/components/schemas/${entry(event)}` } } }, // prettier-ignore
              ],
            },
          },
        ]),
      ),
      schemas: {
        envelope: ENVELOPE,
        ...Object.fromEntries(named.map((event) => [entry(event), new Schemas(event.at).of(event.data)])),
      },
    },
  };
}

let checker: ts.TypeChecker;

function eventTypes(): EventType[] {
  const folder = join(projectRoot(), CATALOGUE);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const { config } = ts.readConfigFile(join(projectRoot(), 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: unknown }; // prettier-ignore
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot());
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    { ...options, noEmit: true, incremental: false },
  );
  checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(folder, file));
    if (source === undefined) throw new Error(`${file} is not part of the program`);
    return typesOf(source);
  });
}

function typesOf(source: ts.SourceFile): EventType[] {
  const symbol = checker.getSymbolAtLocation(source);
  const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
  return exported.flatMap((constant) => {
    const at = constant.valueDeclaration;
    if (at === undefined || !ts.isVariableDeclaration(at)) return [];
    const value = checker.getTypeAtLocation(at);
    if (!value.isStringLiteral() || !/^crossdock\..+\.v\d+$/.test(value.value)) return [];
    const name = constant.name.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const data = exported.find((each) => each.name === name);
    if (data === undefined) throw new Error(`${constant.name} has no type ${name} beside it`);
    return [{ type: value.value, description: wordsOf(constant), data: checker.getDeclaredTypeOfSymbol(data), at }];
  });
}

function wordsOf(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
}

/** JSON Schema of what a type looks like once it has been through JSON. */
class Schemas {
  constructor(private readonly at: ts.Node) {}

  of(type: ts.Type, depth = 0): Schema {
    if (depth > 12) throw new Error(`${checker.typeToString(type)} is nested too deep for an event`);
    if (type.isUnion()) return this.union(type.types, depth);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: element === undefined ? {} : this.of(element, depth + 1) };
    }
    return this.object(type, depth);
  }

  private union(types: readonly ts.Type[], depth: number): Schema {
    const given = types.filter((each) => (each.flags & ts.TypeFlags.Undefined) === 0);
    if (given.every((each) => each.isStringLiteral()))
      return { type: 'string', enum: given.map(({ value }) => value).sort() };
    if (given.every((each) => (each.flags & ts.TypeFlags.BooleanLike) !== 0)) return { type: 'boolean' };
    const [first, ...more] = given.map((each) => this.of(each, depth + 1));
    return more.length === 0 && first !== undefined ? first : { anyOf: [first, ...more] };
  }

  private object(type: ts.Type, depth: number): Schema {
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index !== undefined) return { type: 'object', additionalProperties: this.of(index, depth + 1) };
    const fields = checker.getPropertiesOfType(type).filter(({ flags }) => (flags & ts.SymbolFlags.Method) === 0);
    const properties = fields.map((field) => {
      const schema = this.of(checker.getTypeOfSymbolAtLocation(field, this.at), depth + 1);
      const description = wordsOf(field);
      const time = /[a-z]At$/.test(field.name) && schema['type'] === 'string' ? { format: 'date-time' } : {};
      return [field.name, { ...schema, ...time, ...(description === '' ? {} : { description }) }] as const;
    });
    const required = fields.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
    return {
      type: 'object',
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(properties),
    };
  }
}
