import type { Edge, EdgeAnswer, EdgeRequest } from '../support/edge';
import { raiseUnreadable } from '../support/unreadable';
import type { World } from '../support/world';

interface Around {
  readonly world: World;
  readonly edge: Edge;
  readonly eventually: (
    id: string,
    request: EdgeRequest,
    arrived: (answer: EdgeAnswer) => boolean,
  ) => Promise<EdgeAnswer>;
}

const reason = 'told by phone what it means';

export function exceptionsSuite(around: () => Around): void {
  it('exceptions: seen, owned, sent on, mended, done in bulk, audited', async () => {
    await raiseUnreadable(around().world);
    const query = { domain: 'inbound', code: 'EVENT_TYPE_UNKNOWN' };
    const open = async (count: number) => {
      const wanted = (answer: EdgeAnswer) => answer.body.exceptions[0]?.occurrences === count;
      const { body } = await around().eventually('operationsExceptions.list', { query }, wanted);
      return body.exceptions[0] as { id: string };
    };
    const params = { id: (await open(1)).id };
    const got = await around().edge.expect(200, 'operationsExceptions.get', { params });
    expect(got.body).toMatchObject({ state: 'OPEN', canEdit: true, diagnostics: { connection: 'wms-north' } });
    await around().edge.expect(200, 'operationsExceptions.groups', { query: { queue: 'inbound' } });
    const assigned = await around().edge.expect(200, 'operationsExceptions.assign', { params, body: { to: 'dana', operator: 'eli', reason } }); // prettier-ignore
    expect(assigned.body).toMatchObject({ state: 'ASSIGNED', assignee: 'dana' });
    await around().edge.expect(200, 'operationsExceptions.retry', { params, body: { reason } });
    await open(2);
    await around().edge.expect(200, 'operationsExceptions.editAndRetry', { params, body: { reason, content: '{"still":"wrong"}' } }); // prettier-ignore
    await open(3);
    await around().edge.expect(200, 'operationsExceptions.resolve', { params, body: { reason } });
    const bulk = await around().edge.expect(200, 'operationsExceptions.bulk', { body: { filter: query, action: 'RETRY', reason } }); // prettier-ignore
    expect(bulk.body).toEqual({ rows: [], matched: 0 });
    const audit = await around().edge.expect(200, 'operationsExceptions.audit', { query: { exception: params.id } });
    const entries = audit.body.entries as { action: string; actor: string }[];
    expect(entries.map(({ action }) => action)).toEqual(['RESOLVE', 'REOPENED', 'EDIT_AND_RETRY', 'REOPENED', 'RETRY', 'ASSIGN', 'OPENED']); // prettier-ignore
    expect(entries[5]?.actor).toMatch(/^eli \(crossdock\/.+\)$/);
    const policies = [{ domain: 'inbound', partner: '*', queue: 'integration' }];
    await around().edge.expect(200, 'operationsExceptions.putPolicies', { body: { policies, reason } });
    const kept = await around().edge.expect(200, 'operationsExceptions.policies');
    expect(kept.body).toEqual({ policies });
    for (const name of ['retry', 'resolve']) {
      await around().edge.refuses(409, 'EXCEPTION_RESOLVED', `operationsExceptions.${name}`, {
        params,
        body: { reason },
      });
    }
  });

  it('an order by time, what a replay would do, and the raw messages', async () => {
    const { edge, eventually, world } = around();
    const { body: page } = await edge.expect(200, 'operationsOrders.list', {
      query: { limit: '1', status: 'SHIPPED' },
    });
    const { id, partner } = page.orders[0] as { id: string; partner: string };
    const seen = await eventually('operationsEvidence.timeline', { params: { order: id } }, ({ body }) =>
      body.entries.some(({ message }: { message?: string }) => message !== undefined),
    );
    expect(seen.body.entries[0].what).toMatch(/accepted|is on hand|is for/);
    const preview = await edge.expect(200, 'operationsEvidence.preview', { params: { partner, id } });
    expect(preview.body.steps[0]).toMatchObject({ step: 'ERP_ORDER', state: 'DONE' });
    const { body: list } = await edge.expect(200, 'operationsEvidence.messages', { query: { order: id, limit: '5' } });
    await edge.expect(200, 'operationsEvidence.message', { params: { id: list.messages[0].id } });
    await edge.refuses(404, 'ORDER_UNKNOWN', 'operationsEvidence.timeline', { params: { order: 'none' } });
    await edge.refuses(404, 'ORDER_UNKNOWN', 'operationsEvidence.preview', { params: { partner, id: 'none' } });
    await edge.refuses(404, 'MESSAGE_UNKNOWN', 'operationsEvidence.message', { params: { id: 'none' } });
    const key = world.demo.keys.planner;
    await edge.refuses(403, 'SCOPE_MISSING', 'operationsEvidence.messages', { key });
  });

  it('exceptions: refused with a code each', async () => {
    const params = { id: 'exc_none' };
    await around().edge.refuses(404, 'EXCEPTION_UNKNOWN', 'operationsExceptions.get', { params });
    await around().edge.refuses(404, 'EXCEPTION_UNKNOWN', 'operationsExceptions.assign', { params, body: { to: 'dana', reason } }); // prettier-ignore
    await around().edge.refuses(404, 'EXCEPTION_UNKNOWN', 'operationsExceptions.editAndRetry', { params, body: { content: '{}', reason } }); // prettier-ignore
    for (const name of ['retry', 'resolve'])
      await around().edge.refuses(422, 'REQUEST_INVALID', `operationsExceptions.${name}`, { params, body: {} });
    await around().edge.refuses(400, 'CURSOR_INVALID', 'operationsExceptions.list', { query: { cursor: 'x' } });
    await around().edge.refuses(400, 'PARAMETER_INVALID', 'operationsExceptions.list', { query: { state: 'LOST' } });
    await around().edge.refuses(400, 'CURSOR_INVALID', 'operationsExceptions.audit', { query: { cursor: 'x' } });
    await around().edge.refuses(400, 'PARAMETER_INVALID', 'operationsExceptions.groups', { query: { colour: 'blue' } });
    await around().edge.refuses(422, 'BULK_FILTER_REQUIRED', 'operationsExceptions.bulk', { body: { filter: {}, action: 'RETRY', reason } }); // prettier-ignore
    const nobody = { filter: { domain: 'inbound' }, action: 'ASSIGN', reason };
    await around().edge.refuses(422, 'BULK_ASSIGNEE_REQUIRED', 'operationsExceptions.bulk', { body: nobody });
    await around().edge.refuses(422, 'REQUEST_INVALID', 'operationsExceptions.putPolicies', {
      body: { policies: [], reason },
    });
    const key = around().world.demo.keys.planner;
    await around().edge.refuses(403, 'SCOPE_MISSING', 'operationsExceptions.policies', { key });
  });
}
