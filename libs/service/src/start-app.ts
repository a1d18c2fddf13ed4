import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { migrate } from '#persistence/migrations';
import { RolesMissingError } from '#persistence/roles';
import type { AppDefinition } from './app';
import { HttpBinding } from './bindings';
import { checkConfig, ConfigError, defineConfig, integer, secret, text, type ConfigOf } from './config';
import { BareGroundModule, BareHealthController, GroundModule, HealthController } from './ground.module';
import { requireInternalSecret } from './internal';
import { Log } from './logging';
import { peerPort, peerUrl } from './peers';
import { createServer } from './server';

export const processConfig = defineConfig('process', {
  port: integer('PORT', 0, "port to listen on; the app's own default when 0", { max: 65535 }),
  host: text('HOST', '127.0.0.1', 'address to listen on'),
  internalSecret: secret(
    'CROSSDOCK_INTERNAL_SECRET',
    undefined,
    'shared by all apps of one installation, at least 32 characters',
  ),
  poolSize: integer('CROSSDOCK_POOL_SIZE', 8, 'database connections of this process', { min: 2, max: 200 }),
});
const databaseConfig = defineConfig('database', {
  url: secret('DATABASE_URL', undefined, 'PostgreSQL 15 or newer, e.g. postgres://user@host/crossdock'),
});

/** Runs one app as a process of its own: its own HTTP server, the APIs it needs bound over HTTP. `prepare` runs before routes exist. */
export async function startApp(
  definition: AppDefinition,
  prepare?: (app: NestFastifyApplication) => void,
): Promise<NestFastifyApplication> {
  process.env['CROSSDOCK_APP'] ??= definition.name;
  const log = new Log();
  try {
    const app = await boot(definition, log, prepare);
    log.info({ app: definition.name, url: await app.getUrl() }, 'ready');
    return app;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof RolesMissingError)
      process.stderr.write(`${definition.name}: ${error.message}\n`);
    else log.error({ error }, 'could not start');
    process.exit(1);
  }
}

async function boot(
  definition: AppDefinition,
  log: Log,
  prepare?: (app: NestFastifyApplication) => void,
): Promise<NestFastifyApplication> {
  const hasDatabase = definition.layer !== 'experience';
  checkConfig([processConfig, ...(hasDatabase ? [databaseConfig] : []), ...(definition.config ?? [])]);
  const config = processConfig.provider.useFactory() as ConfigOf<typeof processConfig>;
  const ground = hasDatabase ? GroundModule.on(await connect(definition, config.poolSize)) : BareGroundModule;
  const bindings = (definition.needs ?? []).map((contract) => ({
    contract,
    baseUrl: peerUrl(contract.document),
    secret: config.internalSecret,
  }));
  const app = await createServer({
    modules: [ground, HttpBinding.module(bindings), definition.module],
    controllers: [
      hasDatabase ? HealthController : BareHealthController,
      ...definition.controllers,
      ...(definition.publicControllers ?? []),
    ],
    internal: definition.layer === 'system' || definition.layer === 'process',
    behindOurs: hasSecretDoor(definition),
  });
  prepare?.(app);
  if (hasSecretDoor(definition)) requireInternalSecret(app.getHttpAdapter().getInstance(), config.internalSecret);
  app.enableShutdownHooks();
  await app.listen(config.port === 0 ? peerPort(definition.name) : config.port, config.host);
  log.debug({ app: definition.name }, 'listening');
  return app;
}

/** The gateway and the simulated backends are called from outside; every other app by our own apps only. */
function hasSecretDoor({ layer }: AppDefinition): boolean {
  return layer !== 'gateway' && layer !== 'sandbox';
}

async function connect(definition: AppDefinition, poolSize: number): Promise<Database> {
  const { url } = databaseConfig.provider.useFactory() as ConfigOf<typeof databaseConfig>;
  await migrate(url, [messagingMigrations, ...(definition.migrations === undefined ? [] : [definition.migrations])]);
  return Database.connect({ url, poolSize, applicationName: `crossdock-${definition.name}` });
}
