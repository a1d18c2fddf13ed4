import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../support/running';
import { BenchFailed } from '../bench';
import { MEDUSA_DIRECTORY } from './install';

const EMAIL = 'bench@crossdock.example';
const PASSWORD = 'only-for-this-bench';
const CLI = join(MEDUSA_DIRECTORY, 'node_modules/@medusajs/cli/cli.js');
const READY_WITHIN_MS = 240_000;

/** One running Medusa, a process of its own on a database of its own. */
export class Medusa {
  private token = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly log: string,
  ) {}

  /** On an empty database, which it fills with its own tables. */
  static async start(databaseUrl: string): Promise<Medusa> {
    const environment = { ...process.env, DATABASE_URL: databaseUrl, MEDUSA_DISABLE_TELEMETRY: 'true' };
    const command = (...parameters: string[]): Promise<unknown> =>
      promisify(execFile)(process.execPath, [CLI, ...parameters], {
        cwd: MEDUSA_DIRECTORY,
        env: { ...environment, NODE_ENV: 'development' },
        maxBuffer: 64 * 1024 * 1024,
      });
    await command('db:migrate', '--skip-scripts');
    await command('user', '-e', EMAIL, '-p', PASSWORD);
    const port = await freePort();
    const log = join(MEDUSA_DIRECTORY, `medusa-${port}.log`);
    const output = openSync(log, 'w');
    const child = spawn(process.execPath, [CLI, 'start', '-H', '127.0.0.1', '-p', String(port)], {
      cwd: MEDUSA_DIRECTORY,
      env: { ...environment, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const medusa = new Medusa(`http://127.0.0.1:${port}`, child, log);
    await medusa.ready();
    return medusa;
  }

  get adminHeaders(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  /** A call of the admin API. */
  async admin<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    return this.call(method, `/admin/${path}`, body);
  }

  /** A call of the shop front that has this publishable key. */
  async store<T>(key: string, path: string, body: object): Promise<T> {
    return this.call('POST', `/store/${path}`, body, { 'x-publishable-api-key': key });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const late = setTimeout(() => void this.child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(late);
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline && this.child.exitCode === null) {
      await sleep(200);
      const answers = await fetch(`${this.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!answers) continue;
      const { token } = await this.call<{ token: string }>('POST', '/auth/user/emailpass', { email: EMAIL, password: PASSWORD }); // prettier-ignore
      this.token = token;
      return;
    }
    await this.stop();
    throw new BenchFailed(`Medusa did not start:\n${readFileSync(this.log, 'utf8').slice(-2000)}`);
  }

  private async call<T>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = this.adminHeaders,
  ): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new BenchFailed(`Medusa ${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }
}
