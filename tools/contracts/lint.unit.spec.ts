import type { OpenApiDocument } from '#service/documents';
import { styleFaults } from './lint';
import { STYLE_RULES } from './style-rules';

/** A document that keeps every rule. Loosely typed, because a mistake may do anything to it. */
const proper = (): any => ({
  openapi: '3.1.0',
  info: { title: 'Fruit', version: '1.0.0' },
  paths: {
    '/fruit/v1/fresh-fruits': {
      get: operation('fruits.list', 'read', 'FruitPage', [query('cursor', { type: 'string', maxLength: 500 }), query('limit', { type: 'integer', minimum: 1, maximum: 200 })]), // prettier-ignore
    },
    '/fruit/v1/fresh-fruits/{id}/peel': {
      post: {
        ...operation('fruits.peel', 'write', 'Fruit', [
          { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } },
        ]),
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Peel' }, example: { reason: 'hungry' } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Fruit: { type: 'object', properties: { id: { type: 'string' }, unitPrice: { type: 'string' }, pickedAt: { type: 'string', format: 'date-time' }, state: { type: 'string', enum: ['RIPE', 'GREEN'] } } }, // prettier-ignore
      FruitPage: { type: 'object', properties: { fruits: { type: 'array' }, next: { type: 'string' } } },
      Peel: { type: 'object', additionalProperties: false, properties: { reason: { type: 'string' } } },
      ProblemDto: { type: 'object', properties: { request_id: { type: 'string' } } },
    },
  },
});
const query = (name: string, schema: object) => ({ name, in: 'query', schema });
const jsonOf = (schema: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } });
function operation(operationId: string, right: string, schema: string, parameters: object[]): object {
  return {
    operationId,
    summary: 'Does what it says.',
    parameters,
    responses: {
      200: { description: '', content: jsonOf(schema) },
      default: { description: 'A problem.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } } }, // prettier-ignore
    },
    security: [{ key: [`fruit:fresh-fruits:${right}`] }],
  };
}
const list = (document: any) => document.paths['/fruit/v1/fresh-fruits'].get;
const peel = (document: any) => document.paths['/fruit/v1/fresh-fruits/{id}/peel'].post;
const bodyOf = (document: any) => peel(document).requestBody.content['application/json'];
const fruit = (document: any) => document.components.schemas.Fruit.properties;
const moved = (document: any, path: string) => (document.paths = { [path]: { get: list(document) } });

const ENDS = { since: '2026-11-22', sunset: '2028-11-22', successor: '/fruit/v2/fresh-fruits' };

/** Every rule has a mistake that it alone sees. */
const MISTAKES: Readonly<Record<string, readonly ((document: any) => unknown)[]>> = {
  'path-names': [(d) => moved(d, '/fruit/v1/freshFruits'), (d) => moved(d, '/fruit/fresh-fruits'), (d) => moved(d, '/fruit/v1/fresh_fruits')], // prettier-ignore
  'operation-id': [(d) => (list(d).operationId = 'list'), (d) => (list(d).operationId = 'fruits.peel'), (d) => delete list(d).operationId], // prettier-ignore
  summary: [(d) => delete list(d).summary, (d) => (list(d).summary = 'lists')],
  'problem-response': [(d) => delete list(d).responses.default, (d) => (list(d).responses.default.content = jsonOf('ProblemDto')), (d) => (list(d).responses.default.content['application/problem+json'].schema = {})], // prettier-ignore
  'one-success': [(d) => delete list(d).responses[200], (d) => delete peel(d).responses[200].content],
  scope: [(d) => (list(d).security = []), (d) => (list(d).security = [{ key: ['fruit:fresh-fruits:write'] }]), (d) => (list(d).security = [{ key: ['other:fresh-fruits:read'] }]), (d) => list(d).security[0].key.push('fruit:more:read')], // prettier-ignore
  'idempotency-key': [(d) => (peel(d).parameters = []), (d) => (peel(d)['x-second-call'] = 'peels it again'), (d) => Object.assign(peel(d), { parameters: [], 'x-second-call': '' })], // prettier-ignore
  cursors: [(d) => (list(d).parameters = []), (d) => delete list(d).parameters[0].schema.maxLength, (d) => (list(d).parameters[0].schema.type = 'integer'), (d) => delete list(d).parameters[1].schema.maximum], // prettier-ignore
  'closed-bodies': [(d) => delete d.components.schemas.Peel.additionalProperties],
  'request-example': [(d) => delete bodyOf(d).example, (d) => (bodyOf(d).example = { reason: 7 }), (d) => (bodyOf(d).example = { colour: 'red' })], // prettier-ignore
  'parameter-names': [(d) => list(d).parameters.push(query('page_size', {})), (d) => (peel(d).parameters.push({ name: 'x-reason', in: 'header' }))], // prettier-ignore
  'field-names': [(d) => (fruit(d).unit_price = { type: 'string' })],
  'enum-values': [(d) => (fruit(d).state.enum = ['RIPE', 'green']), (d) => (fruit(d).state.enum = ['Ripe'])],
  'exact-numbers': [(d) => (fruit(d).unitPrice.type = 'number')],
  deprecation: [(d) => (list(d).deprecated = true), (d) => (list(d)['x-deprecation'] = ENDS), (d) => Object.assign(list(d), { deprecated: true, 'x-deprecation': { ...ENDS, sunset: '2028-11-21' } }), (d) => Object.assign(list(d), { deprecated: true, 'x-deprecation': { ...ENDS, successor: 'elsewhere' } })], // prettier-ignore
  times: [(d) => delete fruit(d).pickedAt.format],
};

describe('the rules of style', () => {
  const rulesBroken = async (name: string, change: (document: any) => unknown): Promise<string[]> => {
    const document = proper();
    change(document);
    const faults = await styleFaults(name, document as OpenApiDocument);
    return [...new Set(faults.map((fault) => fault.split(' ')[1] ?? ''))];
  };

  it('find nothing in a document that keeps them', async () => {
    expect(await rulesBroken('experience/fruit.v1', () => undefined)).toEqual([]);
  });

  it('find nothing in what is deprecated for long enough', async () => {
    const ended = (d: any) => Object.assign(list(d), { deprecated: true, 'x-deprecation': ENDS });
    expect(await rulesBroken('experience/fruit.v1', ended)).toEqual([]);
  });

  it('each have a mistake that they see', () => {
    expect(Object.keys(MISTAKES).sort()).toEqual(Object.keys(STYLE_RULES).sort());
  });

  it.each(Object.entries(MISTAKES))('%s sees its mistakes, and no other rule does', async (rule, mistakes) => {
    for (const mistake of mistakes) expect(await rulesBroken('experience/fruit.v1', mistake)).toEqual([rule]);
  });

  it('ask less of documents between our own apps', async () => {
    expect(await rulesBroken('process/fruit.v1', (d) => (list(d).security = []))).toEqual([]);
    expect(await rulesBroken('process/fruit.v1', (d) => delete fruit(d).pickedAt.format)).toEqual(['times']);
  });
});
