import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { HealthController } from '#service/ground.module';
import { FakeController, fakeAudience } from '../../test/fake-audience';
import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { gatewayApp } from '../app.module';
import { OWN_DOCUMENT, publicDocuments } from '../documents/load';

/** With the marks as they are unless configured: 500 ms for reads, five seconds for writes. */
const READS_SHED = 500;
const WRITES_SHED = 5000;

@Controller('inbound/wms')
class InboundController {
  @Post('main')
  @HttpCode(202)
  take(): object {
    return {};
  }
}

const sensor = { delayMilliseconds: 0 };
let gateway: GatewayFixture;
let key: string;

beforeAll(async () => {
  // One read at once, and four writes.
  process.env['CROSSDOCK_SHED_IN_FLIGHT'] = '1';
  const own = publicDocuments().filter(({ name }) => name === OWN_DOCUMENT);
  const controllers = [FakeController, InboundController, HealthController, ...gatewayApp.controllers];
  gateway = await gatewayFixture([fakeAudience, ...own], { controllers, sensor });
  key = await gateway.key({ scopes: ['fake:*', 'account:*'] });
});
afterAll(async () => {
  delete process.env['CROSSDOCK_SHED_IN_FLIGHT'];
  await gateway.close();
});
beforeEach(() => {
  sensor.delayMilliseconds = 0;
});

async function call(method: string, path: string, body?: object, as = key) {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, problem: (await response.json()) as { code?: string } };
}
const read = () => call('GET', '/fake/v1/notes/7');
const write = () => call('POST', '/fake/v1/notes', { text: 'a' });
const left = (limit: string | null) => Number(/r=(\d+)/.exec(limit ?? '')?.[1]);

describe('a gateway that is behind with its work', () => {
  it('sends reads away with 503 and Retry-After, and takes writes', async () => {
    sensor.delayMilliseconds = READS_SHED;
    const { status, headers, problem } = await read();
    expect(status).toBe(503);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({
      code: 'TEMPORARY_REDUCED_CAPACITY',
      type: expect.stringMatching(/#temporary-reduced-capacity$/) as string,
    });
    expect(headers.get('retry-after')).toBe('1');
    expect((await write()).status).toBe(201);
  });

  it('sends writes away far later', async () => {
    sensor.delayMilliseconds = WRITES_SHED - 1;
    expect((await write()).status).toBe(201);
    sensor.delayMilliseconds = WRITES_SHED;
    expect((await write()).status).toBe(503);
    expect((await call('POST', '/inbound/wms/main', {})).status).toBe(503);
    sensor.delayMilliseconds = 0;
    const again = [await write(), await read(), await call('POST', '/inbound/wms/main', {})];
    expect(again.map(({ status }) => status)).toEqual([201, 200, 202]);
  });

  it('goes on answering health, pages and what a partner sees of itself', async () => {
    sensor.delayMilliseconds = WRITES_SHED;
    for (const path of ['/livez', '/readyz', '/docs', '/account/v1/self', '/account/v1/usage', '/account/v1/keys'])
      expect([path, (await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status]).toEqual([path, 200]); // prettier-ignore
  });

  it('takes nothing from the quota for a call that it sent away', async () => {
    const partner = 'quay';
    const as = await gateway.key({ partner });
    const before = left((await call('GET', '/fake/v1/notes/7', undefined, as)).headers.get('ratelimit'));
    sensor.delayMilliseconds = READS_SHED;
    const shed = await call('GET', '/fake/v1/notes/7', undefined, as);
    expect([shed.status, left(shed.headers.get('ratelimit'))]).toEqual([503, before]);
  });

  it('still says 401 and 403 to who may not ask', async () => {
    sensor.delayMilliseconds = WRITES_SHED;
    expect((await call('GET', '/fake/v1/notes/7', undefined, 'cdk_live_nonsense')).status).toBe(401);
    const narrow = await gateway.key({ scopes: ['fake:notes:write'] });
    expect((await call('GET', '/fake/v1/notes/7', undefined, narrow)).status).toBe(403);
  });

  it('counts what it sent away by partner and route', async () => {
    sensor.delayMilliseconds = READS_SHED;
    const partner = 'harbour';
    const as = await gateway.key({ partner });
    await call('GET', '/fake/v1/notes', undefined, as);
    await call('GET', '/fake/v1/notes', undefined, as);
    await gateway.services.requests.settled();
    const { rows } = await gateway.query(
      `select route, status, sum(calls)::int as calls from gateway.usage where partner = '${partner}' group by 1, 2`,
    );
    expect(rows).toEqual([{ route: '/fake/v1/notes', status: 503, calls: 2 }]);
  });
});

describe('a gateway whose places are taken', () => {
  let open: () => void;
  beforeEach(() => {
    FakeController.gate = new Promise((resolve) => (open = resolve));
  });
  afterEach(() => open());

  /** Writes that are held back, until all places of writes are taken; each with its status, or undefined when nobody waited for it. */
  async function fill() {
    const before = FakeController.reached;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const held = Array.from({ length: 4 }, () => {
      const call = request(`${gateway.url}/fake/v1/notes`, { method: 'POST', headers, agent: false });
      const status = new Promise<number | undefined>((resolve) => {
        call.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', () => resolve(undefined));
      });
      call.end('{"text":"held"}');
      return { call, status };
    });
    while (FakeController.reached < before + 4) await setTimeout(5);
    return { calls: held.map(({ call }) => call), statuses: Promise.all(held.map(({ status }) => status)) };
  }

  it('sends the next write away, has its place for a read, and takes writes again when some are answered', async () => {
    const { statuses } = await fill();
    expect((await write()).status).toBe(503);
    expect((await read()).status).toBe(200);
    open();
    expect(await statuses).toEqual([201, 201, 201, 201]);
    expect((await write()).status).toBe(201);
  });

  it('has the places again of callers who did not wait', async () => {
    const { calls, statuses } = await fill();
    for (const call of calls) call.destroy();
    expect(await statuses).toEqual([undefined, undefined, undefined, undefined]);
    open();
    while ((await write()).status !== 201) await setTimeout(5);
  });
});
