import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CrossdockEvent } from '#canonical/event';
import { Secrets } from '#connections/secrets';
import { Jobs } from '#messaging/jobs';
import { messagingMigrations } from '#messaging/migrations';
import { GroundModule } from '#service/ground.module';
import { createServer } from '#service/server';
import { testDatabase } from '#testing/postgres';
import { Faults, FaultInterceptor, FaultsController } from '../../../sandbox/src/faults';
import type { FaultRule } from '../../../sandbox/src/faults';
import { sandboxWmsMigrations } from '../../../sandbox/src/wms/wms.migrations';
import { sandboxWmsControllers, sandboxWmsProviders } from '../../../sandbox/src/wms/wms.providers';
import { seedWarehouse } from '../../../sandbox/src/wms/wms.seed';
import { wmsConfig } from '../src/config';
import { StockGaps } from '../src/in/events/stock-gaps';
import { LoadFile } from '../src/in/files/load-file';
import { PollFiles } from '../src/in/files/poll-files';
import { MapMessages } from '../src/in/messages/map-messages';
import { ReceiveWebhook } from '../src/in/webhooks/receive-webhook';
import { WmsWebhooksController } from '../src/in/webhooks/wms-webhooks.controller';
import { wmsMigrations } from '../src/migrations';
import { WmsConnections } from '../src/wms-connections';
import { WmsService } from '../src/wms.service';

export type Product = 'generic-rest' | 'flat-file';
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
/** Steps take a second below this speed, and no time at it. */
const AT_ONCE = 1000;
/** Ten times what an answer takes on a busy machine. */
export const DEADLINE_MS = 2_000;

/** The wms app and two simulated warehouses of one product, on one server with a database of its own. */
export class World {
  private constructor(
    readonly product: Product,
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly directory: string,
    private readonly db: Awaited<ReturnType<typeof testDatabase>>,
  ) {}

  static async start(product: Product): Promise<World> {
    const db = await testDatabase(messagingMigrations, wmsMigrations, {
      schema: 'sandbox',
      migrations: sandboxWmsMigrations,
    });
    const app = await createServer({
      modules: [GroundModule.on(db.database), worldModule()],
      controllers: [WmsWebhooksController, FaultsController, ...sandboxWmsControllers],
      internal: true,
    });
    await app.listen(0, '127.0.0.1');
    const directory = await mkdtemp(join(tmpdir(), 'crossdock-wms-'));
    const world = new World(product, app, await app.getUrl(), directory, db);
    await world.connect('north', 'DC-NORTH');
    await world.connect('south', 'DC-SOUTH');
    return world;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.db.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  get wms(): WmsService {
    return this.app.get(WmsService);
  }

  get connections(): WmsConnections {
    return this.app.get(WmsConnections);
  }

  get database(): Awaited<ReturnType<typeof testDatabase>>['database'] {
    return this.db.database;
  }

  folder(connection: string, name: string): string {
    return join(this.directory, connection, name);
  }

  /** What happens inside the warehouse of that connection from now on. */
  strike(connection: string, ...rules: FaultRule[]): void {
    this.app.get(Faults).set('wms', connection, rules);
  }

  async speed(connection: string, multiplier: number): Promise<void> {
    const text = 'update sandbox.wms_installation set speed = $2 where installation = $1';
    await this.database.query(text, [connection, multiplier]);
  }

  /** Counted inside the warehouse. */
  async counts(connection: string): Promise<Record<string, number>> {
    const answer = await fetch(`${this.url}/sandbox/wms/${connection}/_counts`);
    return (await answer.json()) as Record<string, number>;
  }

  async backstage(connection: string, path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const url = `${this.url}/sandbox/wms/${connection}/${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Everything published so far of a type, oldest first. */
  async events<T>(type: string): Promise<CrossdockEvent<T>[]> {
    const text = 'select envelope from messaging.outbox where type = $1 order by id';
    const { rows } = await this.database.query<{ envelope: CrossdockEvent<T> }>(text, [type]);
    return rows.map(({ envelope }) => envelope);
  }

  /** Published events of a type that fit, as soon as there are `count` of them. */
  async expectEvents<T>(type: string, fits: (data: T) => boolean, count = 1, seconds = 60): Promise<T[]> {
    const found = async (): Promise<T[] | undefined> => {
      const data = (await this.events<T>(type)).map((event) => event.data).filter(fits);
      return data.length >= count ? data : undefined;
    };
    return eventually(found, `${count} events of ${type}`, seconds);
  }

  async deadJobs(): Promise<{ queue: string; lastError: string }[]> {
    const text = `select queue, last_error as "lastError" from messaging.job where state = 'dead' order by id`;
    return (await this.database.query<{ queue: string; lastError: string }>(text)).rows;
  }

  private async connect(id: string, node: string): Promise<void> {
    const directory = join(this.directory, id);
    const stock = [
      { item: '00123', quantity: '100000' },
      { item: '85123A', quantity: '100000' },
      { item: 'SCARCE', quantity: '3' },
    ];
    const base = { node: `${node}-CODE`, stock, speed: AT_ONCE };
    const jobs = this.app.get(Jobs);
    const settings =
      this.product === 'generic-rest'
        ? { baseUrl: `${this.url}/sandbox/wms/${id}`, deadlineMs: DEADLINE_MS }
        : { directory, partner: `P-${id}`, pollSeconds: 0.1 };
    await this.connections.put({
      ...{ id, product: this.product, settings: { ...settings, node, warehouseCode: `${node}-CODE` } },
      credentials: this.product === 'generic-rest' ? { token: 'sandbox', webhookSecret: WEBHOOK_SECRET } : {},
    });
    await this.database.transaction((tx) =>
      seedWarehouse(
        jobs,
        tx,
        id,
        this.product === 'generic-rest'
          ? {
              ...{ ...base, product: 'generic-rest', deduplicates: false, webhookSecret: WEBHOOK_SECRET },
              webhookUrl: `${this.url}/inbound/wms/${id}`,
            }
          : { ...base, product: 'file', directory, partner: `P-${id}` },
      ),
    );
  }
}

@Module({})
class WorldModule {}

function worldModule(): DynamicModule {
  return {
    module: WorldModule,
    global: true,
    providers: [
      wmsConfig.provider,
      { provide: Secrets, useValue: new Secrets(randomBytes(32)) },
      ...[WmsConnections, WmsService, MapMessages, ReceiveWebhook, LoadFile, PollFiles, StockGaps],
      ...[Faults, FaultInterceptor],
      ...sandboxWmsProviders,
    ],
    exports: [
      ReceiveWebhook,
      Faults,
      FaultInterceptor,
      ...sandboxWmsProviders.filter((each) => typeof each === 'function'),
    ],
  };
}

/** Asks until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | undefined>, what: string, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`not seen within ${seconds} s: ${what}`);
    await sleep(20);
  }
}
