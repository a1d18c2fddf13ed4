import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ApiContract } from '#contracts/api';
import { Database } from '#persistence/database';
import type { AppDefinition } from '#service/app';
import { bindHttp, HttpBinding } from '#service/bindings';
import { BareGroundModule, BareHealthController, GroundModule, HealthController } from '#service/ground.module';
import { requireInternalSecret } from '#service/internal';
import { createServer } from '#service/server';
import { ContractResponses } from '#testing/contract-responses';
import { gatewayApp } from '../../../apps/gateway/src/app.module';
import { OWN_DOCUMENT, publicDocuments } from '../../../apps/gateway/src/documents/load';
import { GatewayServices } from '../../../apps/gateway/src/gateway-services';
import { installGateway } from '../../../apps/gateway/src/install';
import { PartnersService } from '../../../apps/gateway/src/partners/partners.service';
import { PeopleService } from '../../../apps/gateway/src/people/people.service';
import { sandboxApp } from '../../../apps/sandbox/src/app.module';
import { EXPERIENCE_APPS, PROCESS_APPS, SYSTEM_APPS } from '../../../apps/all-in-one/src/apps';
import type { Installation } from './installation';

const SECRET = 'a secret that only the apps of this test know';
const POOL_SIZE = 4;

/** Every app with a server of its own, as `npm run start:split` runs them: HTTP between them. */
export async function startApart(databaseUrl: string): Promise<Installation> {
  process.env['CROSSDOCK_INTERNAL_SECRET'] = SECRET;
  const apart = new Apart(databaseUrl);
  await apart.serve(sandboxApp);
  for (const app of inOrder([...SYSTEM_APPS, ...PROCESS_APPS])) await apart.serve(app);
  for (const app of EXPERIENCE_APPS) await apart.serve(app);
  const gateway = await apart.serve(gatewayApp);
  return {
    url: apart.urlOf('gateway'),
    sandboxUrl: apart.urlOf('sandbox'),
    partners: gateway.get(PartnersService, { strict: false }),
    people: gateway.get(PeopleService, { strict: false }),
    bound: <Api extends object>(contract: ApiContract<Api>) =>
      bindHttp(contract, apart.urlOf(contract.document), SECRET),
    faults: apart.faults,
    close: () => apart.close(),
  };
}

/** Those that are called before those that call them. */
function inOrder(apps: readonly AppDefinition[]): AppDefinition[] {
  const placed: AppDefinition[] = [];
  const place = (app: AppDefinition): void => {
    if (placed.includes(app)) return;
    for (const { document } of app.needs ?? []) {
      const needed = apps.find((each) => documentOf(each) === document);
      if (needed !== undefined) place(needed);
    }
    placed.push(app);
  };
  apps.forEach(place);
  return placed;
}

class Apart {
  readonly faults: string[] = [];
  private readonly servers: NestFastifyApplication[] = [];
  private readonly databases: Database[] = [];
  private readonly urls = new Map<string, string>();

  constructor(private readonly databaseUrl: string) {}

  urlOf(documentOrApp: string): string {
    const name = documentOrApp.replace(/^.*\//, '').replace(/\.v\d+$/, '');
    const url = this.urls.get(name);
    if (url === undefined) throw new Error(`${name} is not running yet`);
    return url;
  }

  async serve(app: AppDefinition): Promise<NestFastifyApplication> {
    const inside = app.layer !== 'gateway' && app.layer !== 'sandbox';
    const needs = (app.needs ?? []).map((contract) => ({
      contract,
      baseUrl: this.urlOf(contract.document),
      secret: SECRET,
    }));
    const bare = app.layer === 'experience';
    const server = await createServer({
      modules: [bare ? BareGroundModule : await this.ground(app), HttpBinding.module(needs), app.module],
      controllers: [
        bare ? BareHealthController : HealthController,
        ...app.controllers,
        ...(app.publicControllers ?? []),
      ],
      internal: app.layer === 'system' || app.layer === 'process',
      behindOurs: inside,
    });
    if (app === gatewayApp) this.openFrontDoor(server);
    if (inside) {
      requireInternalSecret(server.getHttpAdapter().getInstance(), SECRET);
      this.watch(server, app);
    }
    await server.listen(0, '127.0.0.1');
    this.servers.unshift(server);
    this.urls.set(app.name, await server.getUrl());
    return server;
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.close();
    for (const database of this.databases) await database.close();
  }

  private async ground(app: AppDefinition) {
    const applicationName = `crossdock-test-${app.name}`;
    const database = await Database.connect({ url: this.databaseUrl, poolSize: POOL_SIZE, applicationName });
    this.databases.push(database);
    return GroundModule.on(database);
  }

  private openFrontDoor(server: NestFastifyApplication): void {
    const documents = publicDocuments();
    const upstreams = Object.fromEntries([
      ...documents.filter(({ name }) => name !== OWN_DOCUMENT).map(({ name }) => [name, this.urlOf(name)] as const),
      ...SYSTEM_APPS.map(({ name }) => [`inbound/${name}`, this.urlOf(name)] as const),
    ]);
    const services = server.get(GatewayServices, { strict: false });
    installGateway(server.getHttpAdapter().getInstance(), { services, documents, upstreams });
  }

  /** Notes every answer of the app that is not as its document says, whoever asked. */
  private watch(server: NestFastifyApplication, app: AppDefinition): void {
    const document = new ContractResponses(documentOf(app));
    const fastify = server.getHttpAdapter().getInstance();
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const operation = document.served(request.method, request.routeOptions.url ?? '');
      if (operation !== undefined) {
        const body = typeof payload === 'string' && payload !== '' ? (JSON.parse(payload) as unknown) : undefined;
        const response = { status: reply.statusCode, headers: reply.getHeaders(), body };
        this.faults.push(...document.faults(operation.id, response));
      }
      done(null, payload);
    });
  }
}

function documentOf({ layer, name }: AppDefinition): string {
  return `${layer}/${name}.v1`;
}
