import { randomBytes } from 'node:crypto';
import { Module, type Type } from '@nestjs/common';
import { messagingMigrations } from '#messaging/migrations';
import { GroundModule } from '#service/ground.module';
import { createServer } from '#service/server';
import { testDatabase } from '#testing/postgres';
import { gatewayMigrations } from '../migrations/1764000000000-gateway';
import { GatewayModule } from '../src/app.module';
import type { NamedDocument } from '../src/documents/operations';
import { GatewayServices } from '../src/gateway-services';
import { installGateway } from '../src/install';
import type { LoadSensor } from '../src/pipeline/event-loop';
import type { Upstreams } from '../src/pipeline/proxy';
import { PartnersService } from '../src/partners/partners.service';
import { PeopleService } from '../src/people/people.service';
import { RequestLogStore } from '../src/requests/request-log.store';
import { DatedVersions } from '../src/versions/dated-versions';
import { fakeAudience, FakeController } from './fake-audience';

export interface GatewayFixture {
  readonly url: string;
  readonly partners: PartnersService;
  readonly services: GatewayServices;
  readonly people: PeopleService;
  readonly requestLog: RequestLogStore;
  /** A live key of partner `acme` unless said. */
  key(options?: { partner?: string; mode?: 'live' | 'test'; scopes?: string[]; plan?: string }): Promise<string>;
  query(text: string): Promise<{ rows: object[] }>;
  /** As the owner of the tables, whom the gateway itself is not. */
  asOwner(text: string): Promise<{ rows: object[] }>;
  close(): Promise<void>;
}

interface FixtureOptions {
  readonly upstreams?: Upstreams;
  readonly controllers?: readonly Type[];
  /** What else runs in the process. */
  readonly providers?: readonly Type[];
  /** More paths that need no key. */
  readonly open?: readonly RegExp[];
  readonly versions?: DatedVersions;
  readonly sensor?: LoadSensor;
  /** Put into the database before the gateway starts. */
  readonly before?: string;
  /** All backends are simulated, unless said. */
  readonly sandbox?: boolean;
}

@Module({})
class BesideModule {}

/** The gateway before a made-up audience: its controller in this process, or an app behind `upstreams`; or before other controllers. */
export async function gatewayFixture(
  documents: readonly NamedDocument[] = [fakeAudience],
  {
    upstreams,
    controllers = [FakeController],
    providers = [],
    open = [],
    versions = new DatedVersions(),
    sensor,
    sandbox = true,
    before,
  }: FixtureOptions = {},
): Promise<GatewayFixture> {
  // Not the key file of whoever runs the product here.
  process.env['CROSSDOCK_SECRET_KEY'] ??= randomBytes(32).toString('base64');
  process.env['CROSSDOCK_SANDBOX'] = String(sandbox);
  const test = await testDatabase(messagingMigrations, gatewayMigrations);
  const { database } = test;
  if (before !== undefined) await database.query(before);
  const app = await createServer({
    modules: [GroundModule.on(database), GatewayModule, { module: BesideModule, providers: [...providers] }],
    controllers: upstreams === undefined ? controllers : [],
    internal: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  const services = app.get(GatewayServices);
  installGateway(fastify, {
    services,
    documents,
    open,
    versions,
    ...(upstreams && { upstreams }),
    ...(sensor && { sensor }),
  });
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    await test.close();
    throw error;
  }
  const partners = app.get(PartnersService);
  return {
    url: await app.getUrl(),
    partners,
    people: app.get(PeopleService),
    requestLog: app.get(RequestLogStore),
    services,
    query: (text) => database.query(text),
    asOwner: (text) => test.asOwner(text),
    key: async ({ partner = 'acme', mode = 'live', scopes = ['fake:*'], plan = 'standard' } = {}) => {
      await partners.putPartner({ id: partner, name: partner });
      return (await partners.issueKey({ partner, mode, scopes, plan, name: 'test' })).key;
    },
    close: async () => {
      await app.close();
      await test.close();
    },
  };
}
