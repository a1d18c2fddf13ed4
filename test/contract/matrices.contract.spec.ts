import { openApiDocument, type OpenApiOperation } from '#service/documents';
import type { DocumentedOperation } from '#testing/contract-responses';
import { PUBLIC_APPS } from '../../apps/all-in-one/src/apps';
import { Edge, type EdgeRequest } from './support/edge';
import { World } from './support/world';

interface Target extends DocumentedOperation {
  readonly document: string;
}

/** Generated from the documents, so that a new operation is in every matrix on the day it is documented. */
const TARGETS: readonly Target[] = PUBLIC_APPS.map(({ layer, name }) => `${layer}/${name}.v1`).flatMap((document) =>
  Object.entries(openApiDocument(document).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      document,
      id: operation.operationId,
      method,
      path,
      operation,
    })),
  ),
);
const scopesOf = ({ security = [] }: OpenApiOperation): string[] =>
  security.flatMap((alternative) => Object.values(alternative).flat());
const ALL_SCOPES = [...new Set(TARGETS.flatMap(({ operation }) => scopesOf(operation)))];
const filledPath = (path: string, value = 'x'): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, value]));

/** Audiences whose callers are partners, and must not see one another. */
const PARTNER_PATH = /^\/(portal|marketplace|account)\//;
/** Ids whose cells are tested beside the app that keeps them. */
const ELSEWHERE = /^\/(portal\/v1\/(events|webhook-endpoints|webhook-deliveries)|account\/v1\/(requests|clients))\//;
/** It repeats what the asker itself has asked for. */
const OWN_LOG = /^\/account\/v1\/requests$/;
/** Bodies that are tested beside the app that takes them. */
const BODIES_ELSEWHERE = /\/(clients|people|signing-keys|webhook-[a-z]+)(\/|$)/;
/** Ids that are everybody's, with the reason. */
const SHARED: Readonly<Record<string, string>> = { 'portalItems.get': 'one catalogue for all partners' };

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
    const documents = PUBLIC_APPS.map(({ layer, name }) => world.document(`${layer}/${name}.v1`));
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
    const line = { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } };
    const order = { purchaseOrder: 'MATRIX-1', shipTo: 'BRISTOL', lines: [line] };
    /** By the first part of a path after the version: an id of the partner harbour, and one that nobody has. */
    const ids: Record<string, { theirs: string; nobodys: string }> = {};
    const bodies: Readonly<Record<string, object>> = {
      'portalOrders.change': { lines: [{ line: 1, drop: true }] },
      'portalReservations.extend': { ttlSeconds: 60 },
      'account.revoke': { reason: 'matrix' },
      'account.rotate': {},
    };
    const shipped = async (id: string): Promise<string> => {
      for (let asked = 0; asked < 900; asked += 1) {
        const { body } = await edge.expect(200, 'portalOrders.get', { params: { id } });
        if (body.shipments.length > 0) return body.shipments[0].id as string;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('it was not shipped within 90 s');
    };

    beforeAll(async () => {
      const { body: placed } = await edge.expect(201, 'portalOrders.place', { body: order });
      const { body: held } = await edge.expect(201, 'portalReservations.place', { body: { lines: [line] }, headers: { 'idempotency-key': 'matrix' } }); // prettier-ignore
      const { body: key } = await edge.expect(201, 'account.issue', { body: { name: 'm', mode: 'test', scopes: ['portal:orders:read'] } }); // prettier-ignore
      ids['orders'] = { theirs: placed.id as string, nobodys: 'ord_none' };
      ids['reservations'] = { theirs: held.id as string, nobodys: 'rsv_none' };
      ids['shipments'] = { theirs: await shipped(placed.id as string), nobodys: 'wms-north:none' };
      ids['keys'] = { theirs: key.id as string, nobodys: `key_${'0'.repeat(32)}` };
    });

    const bearing = TARGETS.filter(
      ({ path, id }) => PARTNER_PATH.test(path) && path.includes('{') && !ELSEWHERE.test(path) && !(id in SHARED),
    );

    it.each(bearing.map((target) => [target.id, target] as const))(
      "%s with another partner's id says what it says of an id that nobody has: 404",
      async (id, { path }) => {
        const known = ids[path.split('/')[3] ?? ''];
        if (known === undefined) throw new Error(`${path}: make an object of the partner harbour above, so that it can be asked for by another`); // prettier-ignore
        const [name = ''] = Object.keys(filledPath(path));
        const ask = (value: string): EdgeRequest => ({
          params: { [name]: value },
          key: stranger,
          headers: { 'idempotency-key': `m-${value}` },
          ...(bodies[id] === undefined ? {} : { body: bodies[id] }),
        });
        const theirs = await edge.expect(404, id, ask(known.theirs));
        const nobodys = await edge.expect(404, id, ask(known.nobodys));
        const told = ({ body }: typeof theirs, value: string): string =>
          JSON.stringify({ ...body, request_id: '', instance: '' }).replaceAll(value, 'ID');
        expect(told(theirs, known.theirs)).toBe(told(nobodys, known.nobodys));
      },
    );

    it("another partner's cursors, filters and idempotency keys open nothing", async () => {
      const theirs = Object.values(ids).map((known) => known.theirs);
      await edge.expect(201, 'portalOrders.place', { body: { ...order, purchaseOrder: 'MATRIX-2' } });
      let asked = 0;
      for (const { id, operation, path } of TARGETS.filter(
        (each) =>
          PARTNER_PATH.test(each.path) && each.method === 'get' && !each.path.includes('{') && !OWN_LOG.test(each.path),
      )) {
        const names = (operation.parameters ?? []).map(({ name }) => name);
        const own = await edge.expect(200, id, names.includes('limit') ? { query: { limit: '1' } } : {});
        const next = own.body.next as string | undefined;
        const queries: Record<string, string>[] = [{}];
        if (next !== undefined) queries.push({ [names.includes('since') ? 'since' : 'cursor']: next });
        if (names.includes('order')) queries.push({ order: ids['orders']?.theirs ?? '' });
        if (names.includes('purchaseOrder')) queries.push({ purchaseOrder: 'MATRIX-1' });
        for (const query of queries) {
          const seen = await edge.answer(id, { query, key: stranger });
          asked += 1;
          expect([path, [200, 400].includes(seen.status)]).toEqual([path, true]);
          for (const each of theirs) expect(JSON.stringify(seen.body)).not.toContain(each);
        }
      }
      expect(asked).toBeGreaterThan(8);
      const mine = await edge.expect(201, 'portalReservations.place', { body: { lines: [line] }, headers: { 'idempotency-key': 'matrix' }, key: stranger }); // prettier-ignore
      expect(mine.headers['idempotent-replayed']).toBeUndefined();
      expect(mine.body.id).not.toBe(ids['reservations']?.theirs);
    });
  });

  it('fields that no contract names are refused by every operation with a body, whatever they promise', async () => {
    let cells = 0;
    for (const { id, path, operation, document } of TARGETS) {
      const schema = operation.requestBody?.content['application/json']?.schema as { $ref?: string } | undefined;
      const named = openApiDocument(document).components.schemas?.[(schema?.$ref ?? '').split('/').at(-1) ?? ''] as { properties?: object } | undefined; // prettier-ignore
      if (named === undefined || BODIES_ELSEWHERE.test(path)) continue;
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
    expect(cells).toBeGreaterThan(200);
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
