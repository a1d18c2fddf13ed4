import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, UsageError } from '../cli/client';
import { run } from './commands';

const exception = {
  ...{ id: 'exc_1', tier: 'BUSINESS', state: 'OPEN', domain: 'orders', code: 'BACKEND_REFUSED', queue: 'order-desk' },
  ...{ cause: 'customer 7 is blocked', occurrences: 2, breached: true, diagnostics: {}, suggestedAction: 'Unblock it' },
  ...{ dueAt: '2026-11-20T18:00:00Z', canRetry: true, canEdit: false },
};
const answers: Readonly<Record<string, object>> = {
  'GET /exceptions?code=BACKEND_REFUSED': { exceptions: [exception] },
  'GET /exceptions/exc_1': exception,
  'POST /exceptions/exc_1/retry': { ...exception, state: 'WAITING' },
  'POST /exceptions/exc_1/edit-and-retry': { ...exception, state: 'WAITING' },
  'POST /exceptions/bulk': { rows: [{ id: 'exc_1', key: 'k', outcome: 'WOULD_DO' }], matched: 3 },
  'GET /orders/ord_1/timeline': { order: 'ord_1', entries: [{ at: 'T', kind: 'ERP', what: 'sales order SO-1', source: 'process/orders', message: 'm1' }] },
  'GET /orders/harbour/ord_1/replay': { steps: [{ step: 'ERP_ORDER', key: 'ord_1', state: 'DONE', reference: 'SO-1' }], wouldRun: 0 },
}; // prettier-ignore

describe('npm run ops', () => {
  const sent: { what: string; key: string | undefined; body: unknown }[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'crossdock-ops-'));
  let server: Server;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const what = `${request.method} ${request.url?.replace('/operations/v1', '')}`;
        const text = Buffer.concat(chunks).toString();
        sent.push({ what, key: request.headers.authorization, body: text === '' ? undefined : JSON.parse(text) });
        const answer = answers[what];
        response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { status: 404, code: 'EXCEPTION_UNKNOWN', detail: 'there is none' }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    environment = { CROSSDOCK_URL: `http://127.0.0.1:${port}/`, CROSSDOCK_OPERATIONS_KEY: 'cdk_test_1', CROSSDOCK_DATA: directory }; // prettier-ignore
  });
  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });
  const ops = (line: string) => run(line.split(' '), environment);

  it('lists what is open by filter, with owner, count and what is overdue', async () => {
    expect(await ops('exceptions list --code BACKEND_REFUSED')).toBe(
      'exc_1  BUSINESS  OPEN     orders/BACKEND_REFUSED OVERDUE ×2  [order-desk]  customer 7 is blocked',
    );
    expect(sent.at(-1)?.key).toBe('Bearer cdk_test_1');
    expect(await ops('exceptions show exc_1')).toContain('do       Unblock it');
  });

  it('sends on, mends and acts on many with who and why', async () => {
    expect(await ops('exceptions retry exc_1 --reason unblocked --operator dana')).toContain('WAITING');
    expect(sent.at(-1)?.body).toEqual({ reason: 'unblocked', operator: 'dana' });
    writeFileSync(join(directory, 'body.json'), '{"lines":[]}');
    await ops(`exceptions edit exc_1 --file ${join(directory, 'body.json')} --reason typo`);
    expect(sent.at(-1)?.body).toEqual({ reason: 'typo', content: '{"lines":[]}' });
    expect(await ops('exceptions bulk retry --code X --reason mended --cap 1 --dry-run')).toContain('1 of 3');
    expect(sent.at(-1)?.body).toEqual({ filter: { code: 'X' }, action: 'RETRY', reason: 'mended', cap: 1, dryRun: true }); // prettier-ignore
  });

  it('tells an order by time, and what a replay would do', async () => {
    expect(await ops('timeline ord_1')).toBe('T  ERP         sales order SO-1  (process/orders, m1)');
    expect(await ops('replay --dry-run harbour ord_1')).toBe(
      'DONE       ERP_ORDER    ord_1  SO-1\n0 would be sent out',
    );
    expect(JSON.parse(await ops('timeline ord_1 --json'))).toMatchObject({ order: 'ord_1' });
  });

  it.each([
    ['no command', '', 'npm run ops --'],
    ['an unknown option', 'exceptions list --colour blue', '--colour'],
    ['no reason', 'exceptions retry exc_1', '--reason is needed'],
    ['no id', 'exceptions show', 'name the exception'],
    ['a replay that is no dry run', 'replay harbour ord_1', 'give --dry-run'],
    ['nobody there', 'exceptions list --url http://127.0.0.1:9', 'nobody answers at http://127.0.0.1:9'],
  ])('says what is wrong: %s', async (_, line, words) => {
    await expect(ops(line)).rejects.toThrow(UsageError);
    await expect(ops(line)).rejects.toThrow(words);
  });

  it('says what the API says: code and words', async () => {
    await expect(ops('exceptions show exc_9')).rejects.toThrow(
      new Refusal('404 EXCEPTION_UNKNOWN: there is none', 404),
    );
    await expect(run(['exceptions', 'list'], { CROSSDOCK_DATA: directory })).rejects.toThrow('no key');
  });
});
