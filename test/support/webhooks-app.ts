import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '#canonical/ids';
import { ORDER_CHANGED, type OrderChanged } from '#contracts/events/catalogue';
import { webhooksContract, type WebhooksApi } from '#contracts/webhooks/webhooks.api';
import { messagingMigrations } from '#messaging/migrations';
import { Listener } from '#messaging/listener';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { migrate } from '#persistence/migrations';
import { bindHttp } from '#service/bindings';
import { webhooksMigrations } from '../../apps/process/webhooks/migrations/migrations';
import { projectRoot } from './running';

const SECRET = 'between the webhooks app and whoever tries it';

/** The webhooks app as a process of its own, as it runs in production, on a database of its own. */
export class WebhooksApp {
  private readonly outbox: Outbox;
  private child: ChildProcess | undefined;

  private constructor(
    readonly database: Database,
    readonly api: WebhooksApi,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.outbox = new Outbox(new Listener(database));
  }

  /** `url`: of an empty database. */
  static async start(url: string, environment: Readonly<Record<string, string>> = {}): Promise<WebhooksApp> {
    await migrate(url, [messagingMigrations, webhooksMigrations]);
    const port = await freePort();
    const app = new WebhooksApp(
      await Database.connect({ url, poolSize: 4, applicationName: 'webhooks-test' }),
      bindHttp(webhooksContract, `http://127.0.0.1:${port}`, SECRET),
      {
        ...process.env,
        ...{ NODE_ENV: 'production', LOG_LEVEL: 'error', PORT: String(port), DATABASE_URL: url },
        ...{ CROSSDOCK_INTERNAL_SECRET: SECRET, CROSSDOCK_SECRET_KEY: randomBytes(32).toString('base64') },
        ...{ CROSSDOCK_EGRESS_ALLOW: 'loopback', ...environment },
      },
    );
    await app.launch();
    return app;
  }

  async launch(): Promise<void> {
    const main = join(projectRoot, 'dist/apps/process/webhooks/src/main.js');
    this.child = spawn(process.execPath, [main], { env: this.environment, stdio: ['ignore', 'inherit', 'inherit'] });
    const deadline = Date.now() + 60_000;
    while (await this.api.endpoints({ partner: 'nobody' }).then(() => false, () => true)) {
      if (Date.now() > deadline || this.child.exitCode !== null) throw new Error('the webhooks app did not start');
      await sleep(50);
    }
  } // prettier-ignore

  /** Without a word, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await this.database.close();
  }

  /** Tells of so many orders, in transactions of a hundred. */
  async publish(partner: string, orders: readonly string[]): Promise<void> {
    for (let start = 0; start < orders.length; start += 100) {
      const events = orders.slice(start, start + 100).map((order) => {
        const data: OrderChanged = { order, partner, purchaseOrder: `PO-${order}`, status: 'ACCEPTED', version: 1 };
        return { type: ORDER_CHANGED, source: 'process/orders', subject: order, partitionKey: order, data };
      });
      await this.database.transaction((tx) => this.outbox.publish(tx, events));
    }
  }

  async count(sql: string): Promise<number> {
    return Number((await this.database.query<{ count: string }>(sql)).rows[0]?.count);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }
}

/** An endpoint on this machine that counts: which events were taken, and how often it was asked. */
export class CountingReceiver {
  readonly taken = new Set<string>();
  asked = 0;

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** `fails`: whether this call is answered 500. */
  static async start(fails: () => boolean = () => false): Promise<CountingReceiver> {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        receiver.asked += 1;
        const failed = fails();
        if (!failed) receiver.taken.add(String(request.headers['webhook-id']));
        response.writeHead(failed ? 500 : 204).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const receiver = new CountingReceiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server);
    return receiver;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

export function orderIds(count: number): string[] {
  return Array.from({ length: count }, () => `ord_${uuidv7()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
