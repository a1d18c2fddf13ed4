import type { OpenApiDocument } from '#service/documents';
import { breakingChanges } from '../../tools/contracts/breaking-changes';

/** A document with one of everything that ours have. Loosely typed, because a mutation may do anything to it. */
const released = (): any => ({
  openapi: '3.1.0',
  info: { title: 'Crossdock fruit', version: '1.0.0', description: 'Fruit.' },
  paths: {
    '/fruit/v1/orders': {
      post: {
        operationId: 'fruitOrders.place',
        summary: 'Places an order.',
        parameters: [
          { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PlaceOrder' } } },
        },
        responses: {
          200: {
            description: 'Placed before.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
          201: {
            description: 'Placed.',
            headers: { ETag: { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
          default: {
            description: 'A problem.',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
        security: [{ key: ['fruit:orders:write'] }],
      },
      get: {
        operationId: 'fruitOrders.list',
        summary: 'Lists orders.',
        parameters: [
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 200 } },
          { name: 'status', in: 'query', required: false, schema: { type: 'string', enum: ['OPEN', 'SHIPPED'] } },
          { name: 'buyer', in: 'query', required: true, schema: { type: 'string', minLength: 1 } },
        ],
        responses: {
          200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } } },
        },
        security: [{ key: ['fruit:orders:read'] }],
      },
    },
    '/fruit/v1/orders/{id}/note': {
      put: {
        operationId: 'fruitOrders.note',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
        responses: { 204: { description: 'Noted.' } },
        security: [{ key: ['fruit:orders:write'] }],
      },
    },
  },
  webhooks: {
    'fruit.order.shipped': {
      post: {
        operationId: 'fruitEvents.shipped',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Shipped' } } } },
        responses: { 200: { description: 'Taken.' } },
      },
    },
  },
  components: {
    schemas: {
      Shipped: {
        type: 'object',
        required: ['order'],
        properties: { order: { type: 'string' }, at: { type: 'string', format: 'date-time' }, by: { type: 'string', enum: ['VAN', 'SHIP'] } }, // prettier-ignore
      },
      PlaceOrder: {
        type: 'object',
        additionalProperties: false,
        required: ['buyer', 'lines'],
        properties: {
          buyer: { type: 'string', minLength: 1, maxLength: 64, description: 'Who buys.' },
          channel: { type: 'string', enum: ['SHOP', 'PHONE'] },
          wanted: { type: 'string', format: 'date' },
          remark: { type: 'string' },
          lines: { type: 'array', minItems: 1, maxItems: 500, items: { $ref: '#/components/schemas/Line' } },
          charge: { allOf: [{ $ref: '#/components/schemas/Money' }], description: 'Freight.' },
          deposit: { $ref: '#/components/schemas/Money' },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          extra: { type: 'object', additionalProperties: true },
        },
      },
      Line: {
        type: 'object',
        required: ['fruit', 'count'],
        properties: {
          fruit: { type: 'string', pattern: '^[A-Z]+$' },
          count: { type: 'number', minimum: 1, maximum: 1000 },
          weight: { type: 'number', exclusiveMinimum: 0 },
        },
      },
      Money: {
        type: 'object',
        required: ['amount', 'currency'],
        properties: { amount: { type: 'string' }, currency: { type: 'string' } },
      },
      Note: { type: 'object', properties: { text: { type: 'string', maxLength: 200 } } },
      Order: {
        type: 'object',
        required: ['id', 'status', 'lines', 'total'],
        properties: {
          id: { type: 'string' },
          status: { type: 'string', enum: ['OPEN', 'SHIPPED'] },
          placedAt: { type: 'string', format: 'date-time' },
          lines: { type: 'array', items: { $ref: '#/components/schemas/OrderLine' } },
          total: { allOf: [{ $ref: '#/components/schemas/Total' }] },
          flags: { type: 'array', items: { type: 'string' } },
          carrier: { type: ['string', 'null'] },
        },
      },
      OrderLine: {
        type: 'object',
        required: ['line', 'open'],
        properties: { line: { type: 'integer' }, open: { type: 'number' }, substitute: { $ref: '#/components/schemas/OrderLine' } }, // prettier-ignore
      },
      Total: { type: 'object', required: ['amount'], properties: { amount: { type: 'string' }, vat: { type: 'string' } } }, // prettier-ignore
      Page: {
        type: 'object',
        required: ['orders'],
        properties: {
          orders: { type: 'array', items: { $ref: '#/components/schemas/Order' } },
          next: { type: 'string' },
        },
      },
      Problem: { type: 'object', required: ['code'], properties: { code: { type: 'string' }, detail: { type: 'string' } } }, // prettier-ignore
    },
  },
});

type Mutation = readonly [what: string, change: (document: any) => unknown];
const orders = (document: any) => document.paths['/fruit/v1/orders'];
const note = (document: any) => document.paths['/fruit/v1/orders/{id}/note'];
const schema = (document: any, name: string) => document.components.schemas[name];
const place = (document: any) => schema(document, 'PlaceOrder').properties;
const order = (document: any) => schema(document, 'Order').properties;
const without = (list: unknown[], value: unknown) => list.splice(list.indexOf(value), 1);

const BREAKING: readonly Mutation[] = [
  ['a path is gone', (d) => delete d.paths['/fruit/v1/orders/{id}/note']],
  ['a path has another name', (d) => { d.paths['/fruit/v1/purchases'] = orders(d); delete d.paths['/fruit/v1/orders']; }], // prettier-ignore
  ['an operation is gone', (d) => delete orders(d).get],
  ['an operation has another method', (d) => { note(d).patch = note(d).put; delete note(d).put; }], // prettier-ignore
  ['an operation has another id', (d) => (orders(d).get.operationId = 'fruitOrders.search')],
  ['a scope is another', (d) => (orders(d).get.security = [{ key: ['fruit:orders:write'] }])],
  ['a scope is added', (d) => orders(d).get.security[0].key.push('fruit:buyers:read')],
  ['another way that asks for more', (d) => orders(d).get.security.push({ oauth2: ['fruit:orders:write'] })],
  ['a scope is needed where none was', (d) => d.paths['/fruit/v1/orders'].post.security.push({ other: [] })],
  ['a response is gone', (d) => delete orders(d).post.responses[200]],
  ['the problem response is gone', (d) => delete orders(d).post.responses.default],
  ['a response has another status', (d) => { orders(d).post.responses[202] = orders(d).post.responses[201]; delete orders(d).post.responses[201]; }], // prettier-ignore
  ['a response has no body any more', (d) => delete orders(d).post.responses[201].content],
  ['a response has another media type', (d) => (orders(d).get.responses[200].content = { 'text/csv': { schema: { type: 'string' } } })], // prettier-ignore
  ['a problem is plain JSON', (d) => { const { default: problem } = orders(d).post.responses; problem.content = { 'application/json': problem.content['application/problem+json'] }; }], // prettier-ignore
  ['a documented header is gone', (d) => delete orders(d).post.responses[201].headers],
  ['an answer with a body comes where none came', (d) => { note(d).put.responses[200] = { description: '' }; delete note(d).put.responses[204]; }], // prettier-ignore
  ['a field of an answer is gone', (d) => delete order(d).placedAt],
  ['a field of an answer has another name', (d) => { order(d).orderedAt = order(d).placedAt; delete order(d).placedAt; }], // prettier-ignore
  ['a field of an answer may be missing', (d) => without(schema(d, 'Order').required, 'status')],
  ['a field of an answer has another type', (d) => (order(d).id.type = 'integer')],
  ['a field of an answer may be null', (d) => (order(d).id.type = ['string', 'null'])],
  ['a field of an answer has another format', (d) => (order(d).placedAt.format = 'date')],
  ['a field of an answer has lost its format', (d) => delete order(d).placedAt.format],
  ['an answer may be a value that was not named', (d) => order(d).status.enum.push('LOST')],
  ['an answer may be any value', (d) => delete order(d).status.enum],
  ['a list of an answer is one', (d) => (order(d).flags = { type: 'string' })],
  ['a list of an answer has entries of another type', (d) => (order(d).flags.items.type = 'number')],
  ['a field deep in an answer is gone', (d) => delete schema(d, 'OrderLine').properties.open],
  ['a field deep in an answer may be missing', (d) => without(schema(d, 'OrderLine').required, 'line')],
  ['a composed part of an answer has lost a field', (d) => delete schema(d, 'Total').properties.vat],
  ['a composed part of an answer has another type', (d) => (schema(d, 'Total').properties.amount.type = 'number')],
  ['a composed part of an answer is another schema', (d) => (order(d).total.allOf[0].$ref = '#/components/schemas/Note')], // prettier-ignore
  ['an answer refers to another schema', (d) => (orders(d).get.responses[200].content['application/json'].schema.$ref = '#/components/schemas/Order')], // prettier-ignore
  ['a problem has lost a field', (d) => delete schema(d, 'Problem').properties.detail],
  ['a page may come without its entries', (d) => (schema(d, 'Page').required = [])],
  ['a parameter is required', (d) => (orders(d).get.parameters[0].required = true)],
  ['a new parameter is required', (d) => orders(d).get.parameters.push({ name: 'year', in: 'query', required: true, schema: {} })], // prettier-ignore
  ['a new header is required', (d) => note(d).put.parameters.push({ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } })], // prettier-ignore
  ['a header is required', (d) => (orders(d).post.parameters[0].required = true)],
  ['a parameter is gone', (d) => orders(d).get.parameters.splice(0, 1)],
  ['a parameter has another place', (d) => (orders(d).get.parameters[1].in = 'header')],
  ['a parameter has another type', (d) => (orders(d).get.parameters[0].schema.type = 'string')],
  ['a parameter takes one value fewer', (d) => orders(d).get.parameters[1].schema.enum.pop()],
  ['a parameter takes less', (d) => (orders(d).get.parameters[0].schema.maximum = 100)],
  ['a header is shorter', (d) => (orders(d).post.parameters[0].schema.maxLength = 64)],
  ['a body is required', (d) => (note(d).put.requestBody.required = true)],
  ['a body is no longer taken', (d) => delete note(d).put.requestBody],
  ['a required body comes where none was taken', (d) => (orders(d).get.requestBody = { required: true, content: {} })],
  ['a body has another media type', (d) => (note(d).put.requestBody.content = { 'text/plain': { schema: { type: 'string' } } })], // prettier-ignore
  ['a field of a request is required', (d) => schema(d, 'PlaceOrder').required.push('channel')],
  ['a new field of a request is required', (d) => { place(d).colour = { type: 'string' }; schema(d, 'PlaceOrder').required.push('colour'); }], // prettier-ignore
  ['a field of a request is gone', (d) => delete place(d).remark],
  ['a field of a request has another name', (d) => { place(d).comment = place(d).remark; delete place(d).remark; }], // prettier-ignore
  ['a field of a request has another type', (d) => (place(d).buyer.type = 'number')],
  ['a field of a request has another format', (d) => (place(d).wanted.format = 'date-time')],
  ['a field of a request has a format', (d) => (place(d).remark.format = 'uri')],
  ['a request takes one value fewer', (d) => place(d).channel.enum.pop()],
  ['a request takes named values only', (d) => (place(d).remark.enum = ['none'])],
  ['a request takes one value only', (d) => (place(d).remark.const = 'none')],
  ['a text is shorter', (d) => (place(d).buyer.maxLength = 32)],
  ['a text is limited', (d) => (place(d).remark.maxLength = 100)],
  ['a text is longer at least', (d) => (place(d).buyer.minLength = 2)],
  ['a text has a pattern', (d) => (place(d).remark.pattern = '^[a-z]*$')],
  ['a text has another pattern', (d) => (schema(d, 'Line').properties.fruit.pattern = '^[A-Z]{3}$')],
  ['a number has a lower end that is higher', (d) => (schema(d, 'Line').properties.count.minimum = 2)],
  ['a number has an upper end that is lower', (d) => (schema(d, 'Line').properties.count.maximum = 10)],
  ['a number has an exclusive end', (d) => (schema(d, 'Line').properties.weight.exclusiveMaximum = 10)],
  ['a number goes in steps', (d) => (schema(d, 'Line').properties.count.multipleOf = 5)],
  ['a number is whole', (d) => (schema(d, 'Line').properties.count.type = 'integer')],
  ['a list is shorter', (d) => (place(d).lines.maxItems = 100)],
  ['a list has more at least', (d) => (place(d).lines.minItems = 2)],
  ['a list has no entry twice', (d) => (place(d).lines.uniqueItems = true)],
  ['an entry of a list has one more that is required', (d) => schema(d, 'Line').required.push('weight')],
  ['a composed part of a request has one more that is required', (d) => { schema(d, 'Money').properties.tax = { type: 'string' }; schema(d, 'Money').required.push('tax'); }], // prettier-ignore
  ['a composed part of a request is narrower', (d) => (schema(d, 'Money').properties.currency.enum = ['GBP'])],
  ['a schema that is used twice is another one in its second place', (d) => (place(d).deposit.$ref = '#/components/schemas/Line')], // prettier-ignore
  ['a request is closed', (d) => (schema(d, 'Note').additionalProperties = false)],
  ['a map of a request is closed', (d) => (place(d).extra.additionalProperties = false)],
  ['a webhook is gone', (d) => delete d.webhooks['fruit.order.shipped']],
  ['all webhooks are gone', (d) => delete d.webhooks],
  ['a webhook has another name', (d) => { d.webhooks['fruit.order.sent'] = d.webhooks['fruit.order.shipped']; delete d.webhooks['fruit.order.shipped']; }], // prettier-ignore
  ['a field of a webhook is gone', (d) => delete schema(d, 'Shipped').properties.at],
  ['a field of a webhook may be missing', (d) => (schema(d, 'Shipped').required = [])],
  ['a field of a webhook has another type', (d) => (schema(d, 'Shipped').properties.order.type = 'number')],
  [
    'a field of a webhook may be a value that was not named',
    (d) => schema(d, 'Shipped').properties.by.enum.push('AIR'),
  ],
  ['a webhook has another media type', (d) => (d.webhooks['fruit.order.shipped'].post.requestBody.content = { 'text/plain': { schema: {} } })], // prettier-ignore
  ['a map of a request has values of another type', (d) => (place(d).labels.additionalProperties.type = 'number')],
];

const HARMLESS: readonly Mutation[] = [
  ['nothing', () => undefined],
  ['a new webhook', (d) => (d.webhooks['fruit.order.lost'] = structuredClone(d.webhooks['fruit.order.shipped']))],
  ['a new field of a webhook', (d) => (schema(d, 'Shipped').properties.weight = { type: 'number' })],
  ['a field of a webhook that is always there', (d) => schema(d, 'Shipped').required.push('at')],
  ['a new path', (d) => (d.paths['/fruit/v1/baskets'] = { get: { ...orders(d).get, operationId: 'fruitBaskets.list' } })], // prettier-ignore
  ['a new operation', (d) => (note(d).get = { ...orders(d).get, operationId: 'fruitOrders.readNote' })],
  ['a new optional parameter', (d) => orders(d).get.parameters.push({ name: 'year', in: 'query', required: false, schema: {} })], // prettier-ignore
  ['parameters in another order', (d) => orders(d).get.parameters.reverse()],
  ['a parameter no longer required', (d) => (orders(d).get.parameters[2].required = false)],
  ['a parameter that takes more', (d) => (orders(d).get.parameters[0].schema.maximum = 500)],
  ['a parameter with one more value', (d) => orders(d).get.parameters[1].schema.enum.push('CANCELLED')],
  ['a new optional field of a request', (d) => (place(d).colour = { type: 'string' })],
  ['a field of a request no longer required', (d) => without(schema(d, 'PlaceOrder').required, 'buyer')],
  ['a request with one more value', (d) => place(d).channel.enum.push('FAX')],
  ['a request with any value', (d) => delete place(d).channel.enum],
  ['a longer text', (d) => (place(d).buyer.maxLength = 128)],
  ['a text without a pattern', (d) => delete schema(d, 'Line').properties.fruit.pattern],
  ['a text without a format', (d) => delete place(d).wanted.format],
  ['a wider number', (d) => Object.assign(schema(d, 'Line').properties.count, { minimum: 0, maximum: 9999 })],
  ['a whole number that may be broken in a request', (d) => (orders(d).get.parameters[0].schema.type = 'number')],
  ['a field of a request that may be null', (d) => (place(d).remark.type = ['string', 'null'])],
  ['a longer list', (d) => (place(d).lines.maxItems = 1000)],
  ['a body no longer required', (d) => (orders(d).post.requestBody.required = false)],
  ['a request that is open', (d) => delete schema(d, 'PlaceOrder').additionalProperties],
  ['a new field of an answer', (d) => (order(d).weight = { type: 'number' })],
  ['a field of an answer that is always there', (d) => schema(d, 'Order').required.push('placedAt')],
  ['an answer with one value fewer', (d) => order(d).status.enum.pop()],
  ['a field of an answer that is never null', (d) => (order(d).carrier.type = 'string')],
  ['a broken number of an answer that is whole', (d) => (schema(d, 'OrderLine').properties.open.type = 'integer')],
  ['a new response', (d) => (orders(d).post.responses[202] = { description: 'Later.' })],
  ['a new header of an answer', (d) => (orders(d).get.responses[200].headers = { ETag: { schema: { type: 'string' } } })], // prettier-ignore
  ['other words', (d) => { orders(d).get.summary = 'All orders.'; d.info.description = 'Apples.'; place(d).buyer.description = 'The buyer.'; }], // prettier-ignore
  ['an example', (d) => (place(d).buyer.example = 'harbour')],
  ['fields in another order', (d) => (schema(d, 'Order').properties = Object.fromEntries(Object.entries(order(d)).reverse()))], // prettier-ignore
  ['required fields in another order', (d) => schema(d, 'Order').required.reverse()],
  ['a schema with another name', (d) => { d.components.schemas.Bill = schema(d, 'Total'); delete d.components.schemas.Total; order(d).total.allOf[0].$ref = '#/components/schemas/Bill'; }], // prettier-ignore
  ['a reference without its wrapping', (d) => (order(d).total = { $ref: '#/components/schemas/Total' })],
  ['a schema that nothing uses', (d) => (d.components.schemas.Unused = { type: 'object' })],
  ['a field that is gone since a date', (d) => { for (const item of Object.values<any>(d.paths)) for (const each of Object.values<any>(item)) each['x-dated-changes'] = ['2026-11-01']; delete order(d).carrier; }], // prettier-ignore
  ['another way to say who calls', (d) => orders(d).get.security.push({ oauth2: ['fruit:orders:read'] })],
  ['another weight against the quota', (d) => (orders(d).get['x-cost'] = 1)],
];

function changesOf(change: (document: any) => unknown): string[] {
  const after = structuredClone(released());
  change(after);
  return breakingChanges(released() as OpenApiDocument, after as OpenApiDocument);
}

describe('the gate before a release', () => {
  it('is tried with at least eighty changes that break, none like another', () => {
    expect(new Set(BREAKING.map(([what]) => what)).size).toBe(BREAKING.length);
    expect(BREAKING.length).toBeGreaterThanOrEqual(80);
  });

  it.each(BREAKING)('stops the change: %s', (_, change) => {
    expect(changesOf(change)).not.toEqual([]);
  });

  it.each(HARMLESS)('lets pass: %s', (_, change) => {
    expect(changesOf(change)).toEqual([]);
  });
});
