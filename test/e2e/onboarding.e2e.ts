import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { Client, eventually } from '../support/client';
import { projectRoot, Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Who runs the installation has a terminal and a key; nothing is built or started anew on the way. */
describe(`a partner comes from nothing to certified (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let shop: TestReceiver;
  let partner: Client;
  let secret = '';
  beforeAll(async () => {
    crossdock = await Running.start({ split });
    shop = await TestReceiver.start();
  });
  afterAll(async () => {
    await shop.close();
    await crossdock.stop();
  });

  const main = join(projectRoot, 'dist/tools/admin/main.js');
  const inTerminal = (line: string, environment: NodeJS.ProcessEnv = {}): Promise<Ran> =>
    new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], CROSSDOCK_DATA: crossdock.dataDirectory, ...environment };
      execFile(process.execPath, [main, ...line.split(' ')], { env }, (error, out, said) =>
        resolve({ status: error === null ? 0 : Number(error.code), out: out.trim(), error: said.trim() }),
      );
    });
  const done = async (line: string, environment: NodeJS.ProcessEnv = {}): Promise<any> => {
    const { status, out, error } = await inTerminal(`${line} --json`, environment);
    expect([status, error]).toEqual([0, '']);
    return JSON.parse(out);
  };

  it('gets a plan, a name, a key and people by the command, and its ship-to by the API', async () => {
    await done('plan create pilot --policy burst=600/60 --policy daily=20000/86400 --reason pilot');
    expect(await done('partner create quayside --name Quayside --reason contract-12')).toMatchObject({ active: true });
    const app = await done(
      'app create quayside --name sync --mode test --plan pilot --scope portal:* --scope account:requests:read',
    );
    secret = app.key as string;
    expect(secret).toMatch(/^cdk_test_/);
    await done('person create quayside dora@quayside.example --name Dora --role admin');
    partner = new Client(crossdock.demo.url, secret);
    const limits = (await partner.get('/portal/v1/items?limit=1')).headers.get('ratelimit-policy');
    expect(limits).toBe('"burst";q=600;w=60, "daily";q=20000;w=86400');

    const operations = new Client(crossdock.demo.url, crossdock.demo.keys.operations);
    const address = { name: 'Quayside', street: '1 Quay', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' };
    const customer = { id: 'QUAYSIDE', name: 'Quayside', status: 'ACTIVE', partner: 'quayside', currency: 'GBP' };
    const put = await operations.put('/operations/v1/customers', {
      customers: [{ ...customer, shipTos: [{ id: 'QUAY-1', address }] }],
    });
    expect(put.body.results).toMatchObject([{ outcome: 'created' }]);
  });

  it('is told by webhook at an endpoint that the command has made', async () => {
    const asPartner = { CROSSDOCK_PARTNER_KEY: secret };
    const made = await done(`endpoint create --address ${shop.url} --description desk`, asPartner);
    expect(made.secret).toMatch(/^whsec_/);
    await done(`endpoint pause ${made.id}`, asPartner);
    expect((await inTerminal('endpoint list', asPartner)).out).toMatch(/whe_\w+ {2}BY_PARTNER .*desk$/);
    expect(await done(`endpoint resume ${made.id}`, asPartner)).toMatchObject({ enabled: true, description: 'desk' });
    await done(`endpoint test ${made.id}`, asPartner);
    await shop.until(() => shop.types().includes('webhook.test'));
  });

  it('shows with its own calls what a good integration does, and is certified', async () => {
    expect(await done('partner certification quayside')).toMatchObject({ certified: false });
    const { item, unit } = crossdock.demo.sample;
    const lines = [{ line: 1, item, quantity: { value: '1', unit } }];
    const order = { purchaseOrder: 'Q-1', shipTo: 'QUAY-1', lines };
    const once = { 'idempotency-key': 'q-1' };
    await partner.post('/portal/v1/availability/query', { lines: [{ item, quantity: { value: '1', unit } }] });
    const placed = await partner.post('/portal/v1/orders', order, once);
    expect(placed.status).toBe(201);
    const again = await partner.post('/portal/v1/orders', order, once);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const path = `/portal/v1/orders/${String(placed.body.id)}`;
    await partner.get(path);
    await partner.get('/portal/v1/shipments');
    await partner.post(`${path}/cancel`, {}, { 'idempotency-key': 'q-1-cancel', 'if-match': '*' });
    await partner.post(
      '/portal/v1/orders',
      { ...order, purchaseOrder: 'Q-2', lines: [] },
      { 'idempotency-key': 'q-2' },
    );
    await partner.get('/portal/v1/orders/ord_00000000000000000000000000000000');
    const open = await eventually(
      async () => (await partner.get('/account/v1/certification')).body,
      ({ certified }) => certified === true,
    );
    expect(open.checks.every(({ request }: { request: string }) => request.startsWith('log_'))).toBe(true);
    const { status, out } = await inTerminal('partner certification quayside');
    expect([status, out.split('\n')[0]]).toEqual([0, 'certified']);
  });

  it('is stopped by the command, everywhere, and let in again', async () => {
    const { apps } = await done('app list quayside');
    await done('partner deactivate quayside --reason unpaid');
    await eventually(async () => (await partner.get('/portal/v1/items')).status, (status) => status === 401);
    await done('partner activate quayside');
    await eventually(async () => (await partner.get('/portal/v1/items')).status, (status) => status === 200);
    await done(`app deactivate quayside ${apps[0].id} --reason over`);
    await eventually(async () => (await partner.get('/portal/v1/items')).status, (status) => status === 401);
  }); // prettier-ignore

  it.each([
    ['partner', 0, /^crossdock +active/m],
    ['partner create harbour --name Again', 1, 'partner harbour is there already: change it'],
    ['partner show nobody', 1, '404 PARTNER_UNKNOWN'],
    ['partner deactivate harbour', 2, '--reason is needed: it is kept in the audit log'],
    ['plan create pilot2 --policy fast', 2, 'fast is no policy'],
    ['plan change nothing --policy burst=1/1', 1, 'there is no plan nothing'],
    ['app create harbour --name x --scope everything', 1, '422 '],
    ['partner dance harbour', 2, 'partner dance is no command'],
    ['partner list --sideways', 2, '--help shows how'],
    ['partner list --key cdk_test_wrong', 1, '401 UNAUTHENTICATED'],
    ['partner list --url http://127.0.0.1:9', 2, 'nobody answers'],
    ['--help', 0, 'partner create PARTNER --name NAME'],
  ])('crossdock %s: exit status %s and %s', async (line, status, said) => {
    const ran = await inTerminal(line);
    expect(ran.status).toBe(status);
    const text = status === 0 ? ran.out : ran.error;
    if (typeof said === 'string') expect(text).toContain(said);
    else expect(text).toMatch(said);
    expect(text).not.toContain('    at ');
  });
});
