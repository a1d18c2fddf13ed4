import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { ErpConnectionsApi, TmsConnectionsApi, WmsConnectionsApi } from '#contracts/connections/connections.api';
import { ErpApi } from '#contracts/erp/erp.api';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { EmbeddedPostgresError } from '#persistence/embedded/error';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence/embedded/server';
import { migrate } from '#persistence/migrations';
import { RolesMissingError } from '#persistence/roles';
import { checkConfig, ConfigError, defineConfig, flag, integer, secret, text, type ConfigOf } from '#service/config';
import { GroundModule, HealthController } from '#service/ground.module';
import { Log } from '#service/logging';
import { createServer } from '#service/server';
import { PartnersService } from '../../gateway/src/partners/partners.service';
import { PeopleService } from '../../gateway/src/people/people.service';
import { SignIn } from '../../gateway/src/people/sign-in';
import { DEMO_CLIENT, IDENTITY_PATH } from '../../sandbox/src/identity/provider';
import { sandboxApp } from '../../sandbox/src/app.module';
import { ALL_APPS, PUBLIC_APPS } from './apps';
import { demoPath, installDemo, type DemoFile, type DemoPlace, type DemoTargets } from './demo';
import { demoAccess } from './demo-access';
import { openFrontDoor } from './front-door';

export const allInOneConfig = defineConfig('all-in-one', {
  port: integer('PORT', 3000, 'port to listen on; 0 takes a free one', { max: 65535 }),
  host: text('HOST', '127.0.0.1', 'address to listen on'),
  dataDirectory: text('CROSSDOCK_DATA', '.crossdock', 'where the embedded database, keys and demo.json are kept'),
  databaseUrl: secret('DATABASE_URL', '', 'PostgreSQL 15 or newer; an embedded one is started when empty'),
  poolSize: integer('CROSSDOCK_POOL_SIZE', 16, 'database connections of this process', { min: 4, max: 200 }),
  sandbox: flag('CROSSDOCK_SANDBOX', true, 'simulated backends and a demo installation'),
});

/** Runs every app in this process. */
export async function startAllInOne(): Promise<void> {
  const log = new Log();
  try {
    await boot(log);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof RolesMissingError)
      process.stderr.write(`${error.message}\n`);
    else if (isAddressInUse(error))
      process.stderr.write(`${error.message}: another program listens there. Set PORT to another one.\n`);
    else log.error({ error }, 'could not start');
    process.exit(1);
  }
}

async function boot(log: Log): Promise<void> {
  checkConfig([allInOneConfig, ...ALL_APPS.flatMap((app) => app.config ?? [])]);
  const config = allInOneConfig.provider.useFactory() as ConfigOf<typeof allInOneConfig>;
  // What is said of the installation is said of its gateway too.
  process.env['CROSSDOCK_SANDBOX'] = String(config.sandbox);
  // Partners of the demo receive webhooks on this machine.
  if (config.sandbox) process.env['CROSSDOCK_EGRESS_ALLOW'] ??= 'loopback';
  const dataDirectory = resolve(config.dataDirectory);
  mkdirSync(dataDirectory, { recursive: true });
  rmSync(demoPath(dataDirectory), { force: true });
  const embedded = config.databaseUrl === '' ? await startEmbeddedPostgres({ dataDirectory, lost: giveUp }) : undefined;
  const url = embedded?.url ?? config.databaseUrl;
  await migrate(url, [messagingMigrations, ...ALL_APPS.flatMap((app) => app.migrations ?? [])]);
  const database = await Database.connect({ url, poolSize: config.poolSize, applicationName: 'crossdock' });
  writeFileSync(join(dataDirectory, 'crossdock.pid'), `${process.pid}\n`);
  const app = await composed(database, config.sandbox);
  openFrontDoor(app);
  stopOnSignal(app, embedded, log);
  await app.listen(config.port, config.host);
  const baseUrl = await app.getUrl();
  log.info({ url: baseUrl }, 'listening');
  if (!config.sandbox) return;
  const signIn = app.get(SignIn, { strict: false });
  if (!signIn.configured) signIn.use({ issuer: `${baseUrl}${IDENTITY_PATH}`, ...DEMO_CLIENT });
  const demo = await installDemo(targetsOf(app), {
    url: baseUrl,
    sandboxUrl: baseUrl,
    dataDirectory,
  } satisfies DemoPlace);
  announce(demo);
}

/** Without its database there is nothing to do here: whoever supervises us starts us again. */
function giveUp(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function composed(database: Database, sandbox: boolean): Promise<NestFastifyApplication> {
  const apps = ALL_APPS.filter((app) => sandbox || app !== sandboxApp);
  return createServer({
    modules: [GroundModule.on(database), ...apps.map((app) => app.module)],
    controllers: [
      HealthController,
      ...PUBLIC_APPS.flatMap((app) => app.controllers),
      ...apps.flatMap((app) => app.publicControllers ?? []),
      ...(sandbox ? sandboxApp.controllers : []),
    ],
    internal: false,
  });
}

function targetsOf(app: NestFastifyApplication): DemoTargets {
  const api = <T>(token: abstract new () => T): T => app.get<T>(token, { strict: false });
  return {
    reference: api(ReferenceApi),
    availability: api(AvailabilityApi),
    erp: api(ErpApi),
    erpConnections: api(ErpConnectionsApi),
    wmsConnections: api(WmsConnectionsApi),
    tmsConnections: api(TmsConnectionsApi),
    ...demoAccess(app.get(PartnersService, { strict: false }), app.get(PeopleService, { strict: false })),
  };
}

/** Ends in order: no new requests, running work finished, then the database. */
function stopOnSignal(app: NestFastifyApplication, embedded: EmbeddedPostgres | undefined, log: Log): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await app.close().catch((error: unknown) => log.error({ error }, 'closing'));
    await embedded?.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

function announce(demo: DemoFile): void {
  process.stdout.write(
    `\nCrossdock is ready.\n\n` +
      `  API and docs   ${demo.url}/docs\n` +
      `  Portal         ${demo.url}/developers   (sign in as Ada, Dev or Vera of the demo partner)\n` +
      `  Contracts      ${demo.url}/openapi/portal.v1.json\n` +
      `  Portal key     ${demo.keys.portal}\n\n` +
      `  curl -H 'Authorization: Bearer ${demo.keys.portal}' ${demo.url}/portal/v1/items\n\n`,
  );
}

function isAddressInUse(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
