import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client, eventually, type Answer } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

/** What is planted, by how it came in. Texts of our own making are unlike anything else, so that one that is found is a leak. */
class Canaries {
  private readonly planted = new Map<string, string>();

  /** A text nobody else has, in the form that the place asks for. */
  plant(way: string, form: (text: string) => string = (text) => text): string {
    return this.know(way, form(`cAnArY${randomBytes(9).toString('hex')}`));
  }

  /** One that the product has made. */
  know(way: string, secret: string): string {
    this.planted.set(way, secret);
    return secret;
  }

  get size(): number {
    return this.planted.size;
  }

  /** The ways whose canary is in the text. */
  foundIn(text: string): string[] {
    return [...this.planted].filter(([, canary]) => text.includes(canary)).map(([way]) => way);
  }
}

describe('canaries: what opens something, and who a person is', () => {
  /** Opens something: is nowhere but in the answer that made it. */
  const secrets = new Canaries();
  /** Says who a person is: in the data it belongs to, and in nothing that is kept or shown beside it. */
  const persons = new Canaries();
  /** What was answered to those who planted, but for answers that show a new secret once. */
  const answers: string[] = [];
  let crossdock: Running;
  let portal: Client;
  let operations: Client;
  let backend: Server;
  let order: string;

  beforeAll(async () => {
    crossdock = await Running.start({ split, environment: { LOG_LEVEL: 'debug' } });
    portal = new Client(crossdock.demo.url, crossdock.demo.keys.portal);
    operations = new Client(crossdock.demo.url, crossdock.demo.keys.operations);
    // A backend that fails, and says in its answer what it was sent.
    backend = createServer((request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`refused: ${JSON.stringify(request.headers)}`);
    });
    await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    await new Promise((done) => backend.close(done));
    await crossdock.stop();
  });

  async function noted(answer: Promise<Answer>, ...expected: number[]): Promise<Answer> {
    const { status, headers, body } = await answer;
    expect({ expected: expected.includes(status), status, body }).toMatchObject({ expected: true });
    answers.push(JSON.stringify([[...headers], body]));
    return { status, headers, body };
  }
  const as = (authorization: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    new Client(crossdock.demo.url, undefined).get(path, { authorization, ...headers });

  it('are planted in credentials, headers and addresses', async () => {
    const items = '/portal/v1/items';
    await noted(as(`Bearer ${secrets.plant('a wrong key', (text) => `cdk_live_${text}`)}`, items), 401);
    await noted(as(`Bearer ${secrets.plant('no key at all')}`, items), 401);
    await noted(as(`Bearer ${secrets.plant('a token', (text) => `eyJ${text}.eyJ${text}.${text}`)}`, items), 401);
    const basic = secrets.plant('Basic', (text) => Buffer.from(`me:${text}`).toString('base64'));
    await noted(as(`Basic ${basic}`, items), 401);
    await noted(portal.get(items, { 'x-api-key': secrets.plant('X-Api-Key'), cookie: `session=${secrets.plant('a cookie')}` }), 200); // prettier-ignore
    for (const name of ['access_token', 'api_key', 'password'])
      await noted(portal.get(`${items}?${name}=${secrets.plant(`?${name}`)}`), 400);
    await noted(
      portal.get(`/portal/v1/orders?email=${persons.plant('?email', (text) => `${text}@shop.example`)}`),
      400,
    );
    await noted(portal.get(`/portal/v1/${secrets.plant('a key in a path', (text) => `cdk_live_${text}`)}`), 404);
  });

  it('are planted in keys, clients and tokens', async () => {
    const wanted = { name: 'canary', mode: 'test', scopes: ['portal:items:read'] };
    const { body: issued } = await portal.post('/account/v1/keys', wanted);
    const key = secrets.know('a key', issued.key as string);
    await noted(as(`Bearer ${key}`, '/portal/v1/items'), 200);
    await noted(as(`Bearer ${key}`, '/portal/v1/orders'), 403);
    const { body: client } = await portal.post('/account/v1/clients', wanted);
    const secret = secrets.know('a client secret', client.secret as string);
    const ask = (given: string): Promise<Response> =>
      fetch(`${crossdock.demo.url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id as string, client_secret: given }), // prettier-ignore
      });
    const granted = (await (await ask(secret)).json()) as { access_token: string };
    const token = secrets.know('an access token', granted.access_token);
    await noted(as(`Bearer ${token}`, '/portal/v1/items'), 200);
    await noted(as(`Bearer ${token}`, '/portal/v1/orders'), 403);
    answers.push(await (await ask(secrets.plant('a wrong client secret'))).text());
    await noted(portal.post(`/account/v1/keys/${issued.id}/revoke`, { reason: `${key} was in a log` }), 200);
  });

  it('are planted in webhooks and feeds', async () => {
    const endpoints = '/portal/v1/webhook-endpoints';
    const { body: made } = await portal.post(endpoints, { url: 'http://127.0.0.1:9/' });
    secrets.know('a webhook secret', made.secret as string);
    const { body: rotated } = await portal.post(`${endpoints}/${made.id}/rotate-secret`, { overlapHours: 1 });
    secrets.know('a rotated webhook secret', rotated.secret as string);
    await noted(portal.post(`${endpoints}/${made.id}/test`, undefined), 200);
    await noted(portal.post(endpoints, { url: `https://me:${secrets.plant('a password in an address')}@127.0.0.1/` }), 422); // prettier-ignore
    await noted(portal.post(endpoints, { url: 'http://127.0.0.1:9/', secret: secrets.plant('a field nobody knows') }), 422); // prettier-ignore
    const feed = { url: 'http://127.0.0.1:9/', secret: secrets.know('a feed secret', `whsec_${randomBytes(32).toString('base64')}`) }; // prettier-ignore
    await noted(operations.put('/operations/v1/channels/CANARY/feed', feed), 200);
    const wrong = { ...feed, secret: secrets.plant('a feed secret of another form') };
    await noted(operations.put('/operations/v1/channels/CANARY/feed', wrong), 422);
  });

  it('are planted in connections, and told back by their backend', async () => {
    const at = '/operations/v1/connections/erp/erp-canary';
    const baseUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    const connection = { product: 'generic-rest', settings: { baseUrl }, credentials: { token: secrets.plant('a credential') } }; // prettier-ignore
    await noted(operations.put(at, connection), 200);
    await noted(operations.post(`${at}/test`, undefined), 200);
    const twice = {
      ...connection,
      credentials: { token: 7, password: secrets.plant('a credential nobody asked for') },
    };
    await noted(operations.put(at, twice), 422);
    const settings = { baseUrl, password: secrets.plant('a credential among settings') };
    await noted(operations.put(at, { ...connection, settings }), 422);
  });

  it('are planted in bodies that are refused, and in what comes from outside', async () => {
    const path = '/portal/v1/orders';
    await noted(portal.post(path, `{"password":"${secrets.plant('truncated JSON')}`), 400);
    await noted(portal.post(path, `{"password":${secrets.plant('a bare word')}}`), 400);
    await noted(portal.post(path, { purchaseOrder: 'X', email: persons.plant('a field', (text) => `${text}@x.example`) }), 422); // prettier-ignore
    const inbound = { password: secrets.plant('inbound'), phone: persons.plant('an inbound phone') };
    for (const kind of ['wms/wms-north', 'tms/carrier-main', 'wms/nobody'])
      await noted(new Client(crossdock.demo.url, undefined).post(`/inbound/${kind}`, inbound, { 'webhook-signature': secrets.plant(`a signature of ${kind}`) }), 400, 401, 404, 422); // prettier-ignore
  });

  it('are planted in the address of a customer, whose order goes to the ERP, the warehouse and the carrier', async () => {
    const address = {
      name: persons.plant('a name', (text) => `Ada ${text}`),
      street: persons.plant('a street', (text) => `1 ${text} Street`),
      city: 'Leeds',
      postalCode: 'LS1 1AA',
      country: 'GB',
    };
    const customer = { id: 'CANARY', name: 'Canary Ltd', status: 'ACTIVE', partner: 'canary', currency: 'GBP', shipTos: [{ id: 'HOME', address }] }; // prettier-ignore
    await noted(operations.put('/operations/v1/customers', { customers: [customer] }), 207);
    const admin = new Client(crossdock.demo.url, (crossdock.demo.keys as Record<string, string>)['admin']);
    await noted(admin.put('/admin/v1/partners/canary', { name: 'Canary', reason: 'e2e' }), 200);
    const { body: issued } = await admin.post('/admin/v1/partners/canary/keys', { name: 'k', mode: 'test', scopes: ['portal:*', 'account:*'], plan: 'demo' }); // prettier-ignore
    portal = new Client(crossdock.demo.url, secrets.know('the key of a partner', issued.key as string));
    const lines = [{ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } }];
    const placed = await noted(portal.post('/portal/v1/orders', { purchaseOrder: `C-${randomUUID()}`, shipTo: 'HOME', lines }), 201); // prettier-ignore
    order = placed.body.id as string;
    await eventually(
      () => operations.get(`/operations/v1/orders/${order}/timeline`),
      ({ body }) => JSON.stringify(body).includes('wms'),
    );
  });

  it('are in none of the answers that refuse or tell', () => {
    expect(secrets.size).toBeGreaterThan(25);
    expect(persons.size).toBeGreaterThanOrEqual(5);
    expect(secrets.foundIn(answers.join('\n'))).toEqual([]);
  });

  it('are in no log of requests, exception, message, timeline, audit or list', async () => {
    const { keys, url } = crossdock.demo;
    const admin = new Client(url, (keys as Record<string, string>)['admin']);
    const harbour = new Client(url, keys.portal);
    const shown: string[] = [];
    const look = async (client: Client, path: string): Promise<Answer> => {
      const answer = await client.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      shown.push(`${path}\n${JSON.stringify(answer.body)}`);
      return answer;
    };
    /** A list to its end, and each of it. */
    const all = async (client: Client, path: string, list: string, each: boolean): Promise<number> => {
      let seen = 0;
      for (let next: string | undefined = ''; next !== undefined;) {
        const { body }: Answer = await look(client, `${path}?limit=100${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`); // prettier-ignore
        for (const { id } of body[list] as { id: string }[]) {
          seen += 1;
          if (each) await look(client, `${path}/${encodeURIComponent(id)}`);
        }
        next = body.next as string | undefined;
      }
      return seen;
    };
    await eventually(
      () => harbour.get('/account/v1/requests?limit=100'),
      ({ body }) => (body.requests as unknown[]).length > 15,
    );
    expect(await all(harbour, '/account/v1/requests', 'requests', true)).toBeGreaterThan(15);
    await all(portal, '/account/v1/requests', 'requests', true);
    await all(operations, '/operations/v1/exceptions', 'exceptions', true);
    expect(await all(operations, '/operations/v1/messages', 'messages', true)).toBeGreaterThan(3);
    await look(operations, `/operations/v1/orders/${order}/timeline`);
    for (const path of [
      'feeds',
      'connections/erp',
      'connections/erp/erp-canary',
      'connections/erp/erp-canary/diagnostics',
      'exception-audit',
      'exception-groups',
    ])
      // prettier-ignore
      await look(operations, `/operations/v1/${path}`);
    for (const path of ['/portal/v1/webhook-endpoints', '/account/v1/keys', '/account/v1/clients', '/account/v1/usage'])
      await look(harbour, path);
    await all(admin, '/admin/v1/audit', 'entries', false);
    const found = shown.flatMap((text) =>
      [...secrets.foundIn(text), ...persons.foundIn(text)].map((way) => `${way}: ${text.split('\n')[0]}`),
    );
    expect(found).toEqual([]);
  });

  it('are in no line of the log, which is written in full', async () => {
    const log = readFileSync(join(crossdock.dataDirectory, 'crossdock.log'), 'utf8');
    expect(log.split('\n').length).toBeGreaterThan(20);
    expect([...secrets.foundIn(log), ...persons.foundIn(log)]).toEqual([]);
  });

  it('are not in the files of the database: secrets are hashed or encrypted before they are stored', async () => {
    await crossdock.end();
    const found = filesIn(crossdock.dataDirectory)
      .filter((file) => !file.endsWith('demo.json'))
      .flatMap((file) => secrets.foundIn(readFileSync(file, 'latin1')).map((way) => `${way}: ${file}`));
    expect(found).toEqual([]);
  });
});

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
