import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { availabilityContract } from '#contracts/availability/availability.api';
import {
  erpConnectionsContract,
  tmsConnectionsContract,
  wmsConnectionsContract,
} from '#contracts/connections/connections.api';
import { erpContract } from '#contracts/erp/erp.api';
import { referenceContract } from '#contracts/reference/reference.api';
import type { ApiContract } from '#contracts/api';
import { Listener } from '#messaging/listener';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence/embedded/server';
import type { AppDefinition } from '#service/app';
import { bindHttp } from '#service/bindings';
import { Log } from '#service/logging';
import { peerUrl } from '#service/peers';
import { AuditStore } from '../../gateway/src/audit/audit.store';
import { PartnersService } from '../../gateway/src/partners/partners.service';
import { PartnersStore } from '../../gateway/src/partners/partners.store';
import { PeopleService } from '../../gateway/src/people/people.service';
import { PeopleStore } from '../../gateway/src/people/people.store';
import { DEMO_CLIENT, IDENTITY_PATH } from '../../sandbox/src/identity/provider';
import { ALL_APPS } from './apps';
import { demoPath, installDemo, type DemoTargets } from './demo';
import { demoAccess } from './demo-access';

/**
 * Starts every app as a process of its own on this machine, HTTP between the layers, and installs the demo. This is the shape of a
 * production deployment (deploy/), in one command. PostgreSQL and Redis are those of DATABASE_URL and REDIS_URL; without
 * DATABASE_URL the embedded PostgreSQL serves all of them.
 */
class Split {
  private readonly children = new Map<string, ChildProcess>();
  private embedded: EmbeddedPostgres | undefined;
  private stopping = false;
  private ready = false;
  private failed: ((error: Error) => void) | undefined;
  private readonly log = new Log();
  private readonly dataDirectory = resolve(process.env['CROSSDOCK_DATA'] ?? '.crossdock');

  async start(): Promise<void> {
    mkdirSync(this.dataDirectory, { recursive: true });
    rmSync(demoPath(this.dataDirectory), { force: true });
    process.env['DATABASE_URL'] ??= await this.embeddedUrl();
    process.env['CROSSDOCK_INTERNAL_SECRET'] ??= randomBytes(32).toString('base64url');
    process.env['CROSSDOCK_SECRET_KEY'] ??= this.keptKey();
    process.env['CROSSDOCK_SANDBOX'] ??= 'true';
    // Partners of the demo receive webhooks on this machine.
    process.env['CROSSDOCK_EGRESS_ALLOW'] ??= 'loopback';
    process.env['CROSSDOCK_PORT_BASE'] ??= String(await freePortBlock());
    this.useDemoIdentity();
    const port = process.env['PORT'] === undefined ? 3000 : Number(process.env['PORT']) || (await freePort());
    for (const app of ALL_APPS) this.launch(app, app.layer === 'gateway' ? port : 0);
    const url = `http://127.0.0.1:${port}`;
    const broken = new Promise<never>((_, reject) => (this.failed = reject));
    await Promise.race([
      Promise.all(ALL_APPS.map((app) => answers(app.layer === 'gateway' ? url : peerUrl(app.name)))),
      broken,
    ]);
    this.ready = true;
    const demo = await installDemo(await this.targets(), {
      url,
      sandboxUrl: peerUrl('sandbox'),
      dataDirectory: this.dataDirectory,
    });
    process.stdout.write(
      `\nCrossdock is ready, ${ALL_APPS.length} processes.\n\n  API and docs   ${demo.url}/docs\n  Portal         ${demo.url}/developers\n  Portal key     ${demo.keys.portal}\n\n`,
    );
  }

  async stop(status = 0): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    const ended = [...this.children.values()].map(
      (child) => new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(null))),
    );
    for (const child of this.children.values()) child.kill('SIGTERM');
    await Promise.race([Promise.all(ended), sleep(15_000)]);
    for (const child of this.children.values()) child.kill('SIGKILL');
    await this.embedded?.stop();
    process.exit(status);
  }

  private launch(app: AppDefinition, port: number): void {
    const folder = app.layer === 'gateway' || app.layer === 'sandbox' ? app.name : join(app.layer, app.name);
    const child = spawn(process.execPath, [...process.execArgv, join(__dirname, '../..', folder, 'src/main.js')], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PORT: String(port),
        CROSSDOCK_APP: app.name,
        CROSSDOCK_POOL_SIZE: process.env['CROSSDOCK_POOL_SIZE'] ?? '6',
      },
    });
    this.children.set(app.name, child);
    child.on('exit', (code) => {
      if (this.stopping) return;
      if (!this.ready)
        return this.failed?.(new Error(`${app.name} ended with ${code} before it was ready: see its log above`));
      // What a supervisor does in production: an app that dies is started again; its jobs waited in the database.
      this.log.warn({ app: app.name, code }, 'an app ended; starting it again');
      setTimeout(() => !this.stopping && this.launch(app, port), 500);
    });
  }

  private async embeddedUrl(): Promise<string> {
    this.embedded = await startEmbeddedPostgres({
      dataDirectory: this.dataDirectory,
      lost: (error) => {
        process.stderr.write(`${error.message}\n`);
        void this.stop(1);
      },
      settings: ['max_connections=200'],
    });
    return this.embedded.url;
  }

  /** People of the demo sign in with the sandbox's identity provider, unless another one is named. */
  private useDemoIdentity(): void {
    if (process.env['CROSSDOCK_OIDC_ISSUER'] !== undefined) return;
    process.env['CROSSDOCK_OIDC_ISSUER'] = `${peerUrl('sandbox')}${IDENTITY_PATH}`;
    process.env['CROSSDOCK_OIDC_CLIENT_ID'] = DEMO_CLIENT.clientId;
    process.env['CROSSDOCK_OIDC_CLIENT_SECRET'] = DEMO_CLIENT.clientSecret;
  }

  /** The key of this installation's credentials: made once and kept beside the data, or a second start could not read them. */
  private keptKey(): string {
    const path = join(this.dataDirectory, 'split-secret.key');
    if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600 });
    return readFileSync(path, 'utf8');
  }

  private async targets(): Promise<DemoTargets> {
    const secret = process.env['CROSSDOCK_INTERNAL_SECRET'] ?? '';
    const bind = <Api extends object>(contract: ApiContract<Api>): Api =>
      bindHttp(contract, peerUrl(contract.document), secret);
    const database = await Database.connect({
      url: process.env['DATABASE_URL'] ?? '',
      poolSize: 2,
      applicationName: 'crossdock-split',
    });
    const partners = new PartnersStore(database);
    const audit = new AuditStore(database);
    return {
      reference: bind(referenceContract),
      availability: bind(availabilityContract),
      erp: bind(erpContract),
      erpConnections: bind(erpConnectionsContract),
      wmsConnections: bind(wmsConnectionsContract),
      tmsConnections: bind(tmsConnectionsContract),
      ...demoAccess(
        new PartnersService(database, partners, audit, new Outbox(new Listener(database))),
        new PeopleService(database, new PeopleStore(database), partners, audit),
      ),
    };
  }
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(200);
  }
  throw new Error(`${url} is not ready after 90 s: see its log above`);
}

function freePort(): Promise<number> {
  return new Promise((resolved, rejected) => {
    const probe = createServer();
    probe.once('error', rejected);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolved(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A base port with the few ports above it most likely free; the default unless another installation runs here. */
async function freePortBlock(): Promise<number> {
  const taken = await fetch('http://127.0.0.1:4100/livez').then(
    () => true,
    () => false,
  );
  return taken ? 20_000 + Math.floor(Math.random() * 200) * 100 : 4100;
}

const split = new Split();
process.on('SIGTERM', () => void split.stop());
process.on('SIGINT', () => void split.stop());
split.start().catch(async (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  await split.stop(1);
});
