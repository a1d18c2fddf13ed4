import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compile, packSdk } from '../../tools/sdk/pack';
import { projectRoot, Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

describe(`a partner's integration, written with the SDK alone (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossdock-partner-'));
    crossdock = await Running.start({ split });
  });
  afterAll(async () => {
    await crossdock.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('compiles against the package, buys until it is shipped, survives a lost answer, cancels, and is told what was wrong', async () => {
    packSdk(join(folder, 'node_modules/@crossdock/sdk'));
    const rootDir = join(projectRoot, 'test/e2e/partner-app');
    // As in a project of the partner's own: the name leads to the package, not to our sources.
    const paths = { '@crossdock/sdk': [join(folder, 'node_modules/@crossdock/sdk/sdk.d.ts')] };
    compile([join(rootDir, 'app.ts')], { rootDir, outDir: folder, paths });
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'app.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], CROSSDOCK_URL: crossdock.demo.url, CROSSDOCK_KEY: crossdock.demo.keys.portal, PARTNER_RUN: 'PARTNER' }, // prettier-ignore
    });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      bought: {
        availableToPromise: expect.stringMatching(/^\d+$/),
        status: 'SHIPPED',
        tracking: [expect.any(String)],
        shipmentsAreOfTheOrder: true,
      },
      retried: { lost: 1, replayed: true, orders: 1 },
      cancelled: { outcome: expect.stringMatching(/CANCEL/), status: 'CANCELLED' },
      refused: { wrong: ['/lines/0/item ITEM_UNKNOWN'], unknown: 'ORDER_UNKNOWN' },
    });
  });
});
