import { arazzoDocuments, type ArazzoDocument } from './document';
import { documentFaults } from './check';
import { filled, holds, valueOf, type Scope } from './expressions';

const documents = arazzoDocuments();

describe('the workflows', () => {
  it('are five', () => {
    expect([...documents.keys()].map((file) => file.split('.')[0])).toEqual([
      'cancel-order',
      'order-to-shipment',
      'safe-retry',
      'sandbox-certification',
      'webhooks-and-gap-fill',
    ]);
  });

  it.each([...documents])('%s says nothing that the OpenAPI documents do not', (file, document) => {
    expect(document.arazzo).toBe('1.0.1');
    expect(documentFaults(file, document)).toEqual([]);
  });
});

describe('the check of workflows', () => {
  /** Loosely typed, because a mistake may do anything to it. */
  const broken = (change: (document: any) => unknown): string[] => {
    const copy: unknown = structuredClone(documents.get('order-to-shipment.arazzo.yaml'));
    change(copy);
    return documentFaults('x', copy as ArazzoDocument);
  };
  const step = (document: any, index: number) => document.workflows[0].steps[index];

  it.each<[what: string, change: (document: any) => unknown, fault: string]>([
    ['an operation that nobody has', (d) => (step(d, 0).operationId = 'portalOrders.eat'), 'no document has portalOrders.eat'],
    ['a parameter that the operation lacks', (d) => (step(d, 3).parameters[0].name = 'colour'), 'has no parameter colour in query'],
    ['a parameter in another place', (d) => (step(d, 3).parameters[0].in = 'header'), 'has no parameter order in header'],
    ['a required parameter left out', (d) => delete step(d, 2).parameters, 'portalOrders.get needs id in path'],
    ['a body where none is taken', (d) => (step(d, 2).requestBody = step(d, 1).requestBody), 'portalOrders.get takes no body'],
    ['a body left out', (d) => delete step(d, 1).requestBody, 'portalOrders.place needs a body'],
    ['a field that is not known', (d) => (step(d, 1).requestBody.payload.colour = 'red'), '"additionalProperty":"colour"'],
    ['a required field left out', (d) => delete step(d, 1).requestBody.payload.shipTo, '"missingProperty":"shipTo"'],
    ['a value that does not fit', (d) => (step(d, 1).requestBody.payload.lines[0].quantity.value = '0'), 'must match pattern'],
    ['a scope too few', (d) => d.workflows[0]['x-scopes'].pop(), 'x-scopes lacks portal:shipments:read'],
    ['a scope too many', (d) => d.workflows[0]['x-scopes'].push('portal:items:read'), 'x-scopes names portal:items:read'],
    ['an input that is not declared', (d) => (step(d, 1).requestBody.payload.shipTo = '$inputs.where'), '$inputs.where leads nowhere'],
    ['an output of a later step', (d) => (step(d, 0).requestBody.payload.lines[0].item = '$steps.shipment.outputs.shipment'), '$steps.shipment.outputs.shipment leads nowhere'],
    ['an expression that is not known', (d) => (step(d, 1).outputs.order = '$request.body'), '$request.body leads nowhere'],
    ['a jump to nowhere', (d) => (step(d, 2).onFailure[0] = { name: 'x', type: 'goto', stepId: 'moon' }), 'there is no step "moon"'],
  ])('sees %s', (_, change, fault) => {
    const faults = broken(change);
    expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  }); // prettier-ignore
});

describe('runtime expressions', () => {
  const scope: Scope = {
    inputs: { item: 'MUG' },
    steps: { order: { id: 'ord_1' } },
    response: { status: 200, headers: new Headers({ ETag: '"3"' }), body: { lines: [{ 'a/b': '7', none: null }] } },
  };

  it('are read from inputs, outputs, status, headers and bodies', () => {
    expect(['$inputs.item', '$steps.order.outputs.id', '$statusCode', '$response.header.ETag', '$response.body#/lines/0/a~1b', '$response.body#/lines/1'].map((each) => valueOf(each, scope))).toEqual(['MUG', 'ord_1', 200, '"3"', '7', undefined]); // prettier-ignore
    expect(() => valueOf('$request.body', scope)).toThrow('is not an expression');
  });

  it('are put into payloads, whole or within a text', () => {
    expect(
      filled({ lines: [{ item: '$inputs.item', note: 'for {$steps.order.outputs.id}', line: 1 }] }, scope),
    ).toEqual({
      lines: [{ item: 'MUG', note: 'for ord_1', line: 1 }],
    });
  });

  it('are compared with texts, numbers, nothing and one another, type by type', () => {
    const right = ['$statusCode == 200', "$inputs.item == 'MUG'", '$response.body#/lines/9 == null', '$response.body#/lines/0/none == null', '$inputs.item != $steps.order.outputs.id']; // prettier-ignore
    const wrong = ["$statusCode == '200'", '$inputs.item == null', '$statusCode != 200'];
    expect([...right, ...wrong].map((each) => holds(each, scope))).toEqual([...right.map(() => true), ...wrong.map(() => false)]); // prettier-ignore
    expect(() => holds('$statusCode', scope)).toThrow('is not <expression> == <value>');
  });
});
