import { createHmac } from 'node:crypto';
import { fastify as newFastify, type FastifyInstance } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { callerOf } from '#service/caller';
import { sendProblem } from './problems';
import { fakeAudience } from '../../test/fake-audience';
import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';

const SECRET = 'a secret of at least thirty-two characters';
let behind: FastifyInstance;
let gateway: GatewayFixture;
let key: string;

/** An app in another process: it believes the signature of the gateway, and nothing else. */
async function appBehind(): Promise<FastifyInstance> {
  const app = newFastify();
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => void sendProblem(error, request, reply));
  app.post('/fake/v1/notes', (request, reply) =>
    reply
      .code(201)
      .header('etag', '"3"')
      .send({
        partner: callerOf(request).partner,
        body: request.body,
        correlation: request.headers['crossdock-correlation'],
      }),
  );
  app.get('/fake/v1/notes', (request) => request.query);
  app.get('/fake/v1/notes/:id', () => {
    throw new CrossdockError({ code: 'NOTE_UNKNOWN', kind: 'not-found' });
  });
  app.post('/inbound/wms/:connection', (request) => ({
    signature:
      createHmac('sha256', 'k').update(String(request.body)).digest('hex') === request.headers['webhook-signature'],
  }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}

const urlOf = (app: FastifyInstance): string => {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
};

beforeAll(async () => {
  process.env['CROSSDOCK_INTERNAL_SECRET'] = SECRET;
  behind = await appBehind();
  const upstreams = { 'experience/fake.v1': urlOf(behind), 'inbound/wms': urlOf(behind) };
  gateway = await gatewayFixture([fakeAudience], { upstreams });
  key = await gateway.key();
});
afterAll(async () => {
  await gateway.close();
  await behind.close();
  delete process.env['CROSSDOCK_INTERNAL_SECRET'];
});

const authorized = (more: Record<string, string> = {}) => ({ authorization: `Bearer ${key}`, ...more });

describe('apps in other processes', () => {
  it('are told who calls by a signed header, and answer through the gateway', async () => {
    const response = await fetch(`${gateway.url}/fake/v1/notes`, {
      method: 'POST',
      headers: authorized({ 'content-type': 'application/json', 'request-id': 'mine-7', 'idempotency-key': 'p-1' }),
      body: '{"text":"a"}',
    });
    expect([response.status, response.headers.get('etag')]).toEqual([201, '"3"']);
    expect(await response.json()).toEqual({ partner: 'acme', body: '{"text":"a"}', correlation: 'mine-7' });
  });

  it('do not believe a caller whom the gateway did not sign', async () => {
    const forged = `${Buffer.from('{"partner":"acme","expires":99999999999}').toString('base64url')}.AAAA`;
    const response = await fetch(`${urlOf(behind)}/fake/v1/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'crossdock-caller': forged },
      body: '{}',
    });
    expect(response.status).toBe(401);
  });

  it('get the query as it was checked', async () => {
    const response = await fetch(`${gateway.url}/fake/v1/notes?limit=9999`, { headers: authorized() });
    expect(await response.json()).toEqual({ limit: '200' });
  });

  it('have their problems passed on under the one request id the partner knows', async () => {
    const response = await fetch(`${gateway.url}/fake/v1/notes/9`, { headers: authorized() });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'NOTE_UNKNOWN',
      request_id: response.headers.get('request-id'),
    });
  });

  it('get webhooks byte for byte, without a key', async () => {
    const body = '{ "b": 1,\n  "a": "é" }';
    const signature = createHmac('sha256', 'k').update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'webhook-signature': signature };
    const response = await fetch(`${gateway.url}/inbound/wms/wms-north`, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ signature: true });
  });

  it('that do not answer are 503 with Retry-After', async () => {
    await behind.close();
    const response = await fetch(`${gateway.url}/fake/v1/notes`, { headers: authorized() });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ code: 'APP_UNAVAILABLE' });
  });
});
