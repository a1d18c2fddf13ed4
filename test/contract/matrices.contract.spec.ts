import { openApiDocument, type OpenApiOperation } from '#service/documents';
import { Edge, type EdgeRequest } from './support/edge';
import { MATRIX_HOLD, MATRIX_ORDER, ownedByHarbour, type Owned } from './support/owned';
import { PUBLIC_DOCUMENTS } from './support/public-documents';
import { documentedBody, filledPath, PARTNER_PATH, scopesOf, TARGETS } from './support/targets';
import { World } from './support/world';

const ALL_SCOPES = [...new Set(TARGETS.flatMap(({ operation }) => scopesOf(operation)))];
/** Ids that are everybody's, with the reason. */
const SHARED: Readonly<Record<string, string>> = {
  'portalItems.get': 'one catalogue for all partners',
  'ownPeople.put': 'it names an address, not an id; one of another partner is 409: own-people.int.spec.ts',
};

describe('matrices made from the documents', () => {
  let world: World;
  let edge: Edge;
  let stranger: string;
  const strangersKey = async (scopes: readonly string[]): Promise<string> => {
    const issued = await world.partners.issueKey({ partner: 'stranger', mode: 'test', scopes: [...scopes], plan: 'demo', name: 'k' }); // prettier-ignore
    return issued.key;
  };

  beforeAll(async () => {
    world = await World.start('local');
    const documents = PUBLIC_DOCUMENTS.map((name) => world.document(name));
    edge = new Edge(world.demo.url, documents, { ...world.demo.keys, account: world.demo.keys.portal });
    await world.partners.putPartner({ id: 'stranger', name: 'Stranger' });
    stranger = await strangersKey(['portal:*', 'marketplace:*', 'account:*']);
  });
  afterAll(() => world.close());

  it('function level: every operation with every scope but its own is 403, and without a key 401', async () => {
    const keys = new Map<string, string>();
    for (const scope of ALL_SCOPES) keys.set(scope, await strangersKey(ALL_SCOPES.filter((each) => each !== scope)));
    let cells = 0;
    for (const { id, path, operation } of TARGETS) {
      const params = filledPath(path);
      for (const scope of scopesOf(operation)) {
        const refused = await edge.refuses(403, 'SCOPE_MISSING', id, { params, key: keys.get(scope) ?? '' });
        expect(refused.body.detail).toContain(scope);
        cells += 1;
      }
      await edge.refuses(401, 'UNAUTHENTICATED', id, { params, key: '' });
      await edge.refuses(401, 'UNAUTHENTICATED', id, { params, key: 'cdk_test_nobodys' });
    }
    expect(cells).toBe(TARGETS.length);
  });

  describe('object level', () => {
    let owned: Readonly<Record<string, Owned>> = {};
    beforeAll(async () => {
      owned = await ownedByHarbour(edge);
    });

    const bearing = TARGETS.filter(({ path, id }) => PARTNER_PATH.test(path) && path.includes('{') && !(id in SHARED));

    it.each(bearing.map((target) => [target.id, target] as const))(
      "%s with another partner's id says what it says of an id that nobody has: 404",
      async (id, { path, operation }) => {
        const known = owned[path.split('/')[3] ?? ''];
        if (known === undefined) throw new Error(`${path}: make an object of the partner harbour in support/owned.ts, so that it can be asked for by another`); // prettier-ignore
        const [name = ''] = Object.keys(filledPath(path));
        const body = documentedBody(operation);
        const ask = (value: string): EdgeRequest => ({
          params: { [name]: value },
          key: stranger,
          headers: { 'idempotency-key': `m-${value}`, 'if-match': '"1"' },
          ...(body === undefined ? {} : { body }),
        });
        const theirs = await edge.expect(404, id, ask(known.theirs));
        const nobodys = await edge.expect(404, id, ask(known.nobodys));
        const told = ({ body }: typeof theirs, value: string): string =>
          JSON.stringify({ ...body, request_id: '', instance: '' }).replaceAll(value, 'ID');
        expect(told(theirs, known.theirs)).toBe(told(nobodys, known.nobodys));
      },
    );

    it("another partner's cursors, filters and idempotency keys open nothing", async () => {
      const theirs = new Set(Object.values(owned).map((known) => known.theirs));
      await edge.expect(201, 'portalOrders.place', { body: { ...MATRIX_ORDER, purchaseOrder: 'MATRIX-2' } });
      const order = owned['orders']?.theirs ?? '';
      /** What each filter of a list is asked with: something of the other partner. */
      const filters: Readonly<Record<string, string>> = {
        order,
        purchaseOrder: MATRIX_ORDER.purchaseOrder,
        key: owned['keys']?.theirs ?? '',
        requestId: (await edge.expect(200, 'account.self')).headers['request-id'] ?? '',
      };
      let asked = 0;
      for (const { id, operation, path } of TARGETS.filter(
        (each) => PARTNER_PATH.test(each.path) && each.method === 'get' && !each.path.includes('{'),
      )) {
        const names = (operation.parameters ?? []).map(({ name }) => name);
        const own = await edge.expect(200, id, names.includes('limit') ? { query: { limit: '1' } } : {});
        for (const each of idsIn(own.body)) theirs.add(each);
        const next = own.body.next as string | undefined;
        const queries: Record<string, string>[] = [{}];
        if (next !== undefined) queries.push({ [names.includes('since') ? 'since' : 'cursor']: next });
        for (const name of names.filter((each) => each in filters)) queries.push({ [name]: filters[name] ?? '' });
        if (names.includes('subjectId')) queries.push({ subjectType: 'order', subjectId: order });
        for (const query of queries) {
          const seen = await edge.answer(id, { query, key: stranger });
          asked += 1;
          expect([path, [200, 400].includes(seen.status)]).toEqual([path, true]);
          expect([path, query, idsIn(seen.body).filter((each) => theirs.has(each))]).toEqual([path, query, []]);
        }
      }
      expect(asked).toBeGreaterThan(25);
      const mine = await edge.expect(201, 'portalReservations.place', { ...MATRIX_HOLD, key: stranger });
      expect(mine.headers['idempotent-replayed']).toBeUndefined();
      expect(mine.body.id).not.toBe(owned['reservations']?.theirs);
    });
  });

  it('fields that no contract names are refused by every operation with a body, whatever they promise', async () => {
    let cells = 0;
    for (const { id, path, operation, document } of TARGETS) {
      const schema = operation.requestBody?.content['application/json']?.schema as { $ref?: string } | undefined;
      const named = openApiDocument(document).components.schemas?.[(schema?.$ref ?? '').split('/').at(-1) ?? ''] as { properties?: object } | undefined; // prettier-ignore
      if (named === undefined) continue;
      for (const field of ['partner', 'scopes', 'isAdmin', 'id', 'status', 'createdAt', 'constructor']) {
        if (Object.hasOwn(named.properties ?? {}, field)) continue;
        const params = parametersThatFit(operation, path);
        const refused = await edge.refuses(422, 'REQUEST_INVALID', id, {
          params,
          body: { [field]: 'x' },
          headers: { 'if-match': '"1"' },
        });
        const faults = refused.body.errors as { pointer: string; code: string }[];
        expect([id, faults]).toEqual([id, expect.arrayContaining([expect.objectContaining({ pointer: `/${field}`, code: 'FIELD_UNKNOWN' })])]); // prettier-ignore
        cells += 1;
      }
    }
    expect(cells).toBeGreaterThan(400);
  });

  it('line ends in ids, filters and request ids never become headers', async () => {
    const evil = 'x\r\nSet-Cookie: canary=1\r\n\r\n<html>';
    let cells = 0;
    for (const { id, path, operation } of TARGETS) {
      const filters = (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
      const requests: EdgeRequest[] = [
        ...(path.includes('{') ? [{ params: filledPath(path, evil) }] : []),
        ...filters.map((name) => ({ params: filledPath(path), query: { [name]: evil } })),
      ];
      for (const request of requests) {
        const answer = await edge.answer(id, request);
        cells += 1;
        expect([id, answer.status < 500, answer.headers['set-cookie']]).toEqual([id, true, undefined]);
      }
    }
    expect(cells).toBeGreaterThan(150);
  });
});

/** Every `id`, `order` and the like in an answer: what leads to an object. What the asker itself has sent, as its log repeats it, does not. */
function idsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string')
    return /^(id|order|shipment|endpoint|event|reservation|subjectId)$/.test(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => idsIn(inner, Array.isArray(value) ? name : field));
}

/** Path parameters that their own rules let through, so that the body is what is refused. */
function parametersThatFit({ parameters = [] }: OpenApiOperation, path: string): Record<string, string> {
  const inPath = parameters.filter((each) => each.in === 'path');
  const fit = (name: string): string => {
    const schema = (inPath.find((each) => each.name === name)?.schema ?? {}) as { enum?: string[]; pattern?: string };
    const candidates = [
      ...(schema.enum ?? []),
      'x',
      'X',
      `key_${'0'.repeat(32)}`,
      `app_${'0'.repeat(32)}`,
      'erp',
      'h1',
      '1',
      'a@b.c',
    ];
    return candidates.find((each) => schema.pattern === undefined || new RegExp(schema.pattern).test(each)) ?? 'x';
  };
  return Object.fromEntries(Object.keys(filledPath(path)).map((name) => [name, fit(name)]));
}
