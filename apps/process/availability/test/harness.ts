import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Secrets } from '#connections/secrets';
import { Egress } from '#egress/egress';
import { ReferenceApi } from '#contracts/reference/reference.api';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { Jobs } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { testMessaging, type TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { availabilityMigrations } from '../migrations/availability.migrations';
import { AvailabilityService } from '../src/availability.service';
import { availabilityProviders } from '../src/app.module';
import { LedgerService } from '../src/ledger.service';
import { FeedsService } from '../src/feeds.service';
import { PlanningService } from '../src/planning.service';
import { stopClock } from './stopped-clock';

export interface TestNode {
  id: string;
  priority: number;
  active: boolean;
}

/** The app on a fresh database, with its messaging, without HTTP. Nodes are a plain list. */
export interface TestAvailability {
  availability: AvailabilityService;
  planning: PlanningService;
  ledger: LedgerService;
  feeds: FeedsService;
  database: Database;
  messaging: TestMessaging;
  nodes: TestNode[];
  /** Only of an app whose clock stands still. */
  setClock(at: string): Promise<void>;
  /** Another process on the same database. */
  another(): Promise<AvailabilityService>;
  close(): Promise<void>;
}

/** `clock`: the database's `now()` stands still there until `setClock`. */
export async function testAvailability(clock?: string): Promise<TestAvailability> {
  const fresh = await testDatabase(messagingMigrations, availabilityMigrations);
  const stopped = clock === undefined ? undefined : await stopClock(fresh, clock);
  const database = stopped?.database ?? fresh.database;
  const messaging = testMessaging(database);
  const started = [messaging];
  const nodes: TestNode[] = [];
  const module = await start(database, messaging, nodes);
  await messaging.start();
  return {
    availability: module.get(AvailabilityService),
    planning: module.get(PlanningService),
    ledger: module.get(LedgerService),
    feeds: module.get(FeedsService),
    database,
    messaging,
    nodes,
    setClock: (at) => stopped?.set(at) ?? Promise.reject(new Error('the clock of this app is not stopped')),
    another: async () => {
      const own = testMessaging(database);
      started.push(own);
      return (await start(database, own, nodes)).get(AvailabilityService);
    },
    close: async () => {
      for (const each of started) await each.stop();
      await stopped?.database.close();
      await fresh.close();
    },
  };
}

async function start(database: Database, messaging: TestMessaging, nodes: TestNode[]): Promise<TestingModule> {
  process.env['CROSSDOCK_NODES_CACHE_MS'] = '0';
  const listNodes = () => Promise.resolve({ nodes: nodes.map((node) => ({ ...node, timeZone: 'UTC' })) });
  const findItems = ({ ids }: { ids: string[] }) => Promise.resolve({ items: ids.map(asItem) });
  const module = await Test.createTestingModule({
    providers: [
      ...availabilityProviders,
      { provide: Database, useValue: database },
      { provide: Jobs, useValue: messaging.jobs },
      { provide: Outbox, useValue: messaging.outbox },
      { provide: Subscriptions, useValue: messaging.subscriptions },
      { provide: ReferenceApi, useValue: { listNodes, findItems } },
      { provide: Secrets, useValue: secrets },
      { provide: Egress, useValue: new Egress({ allow: 'loopback' }) },
      Log,
    ],
  }).compile();
  await module.init();
  return module;
}

/** One key for all processes of a test. */
const secrets = new Secrets(randomBytes(32));

/** The item master knows every item, in pieces. */
function asItem(sku: string) {
  return { requested: sku, item: { sku, description: sku, status: 'ACTIVE', baseUnit: 'EA', packs: [] } };
}

let ids = 0;
export function uniqueId(prefix: string): string {
  ids += 1;
  return `${prefix}-${ids}`;
}

/** A stock fact with what a test does not care about filled in. */
export function fact(
  fields: Partial<InventoryRecordDto> & Pick<InventoryRecordDto, 'fact' | 'quantity'>,
): InventoryRecordDto {
  return { id: uniqueId('rec'), item: 'A', node: 'DC', occurredAt: '2026-03-02T10:00:00Z', ...fields };
}

/** A firm reservation of one line, all or nothing, unless said otherwise. */
export function reservation(item: string, quantity: string, more: Partial<ReserveRequest> = {}): ReserveRequest {
  return {
    reservation: uniqueId('res'),
    lines: [{ line: 1, item, quantity }],
    mode: 'ALL_OR_NOTHING',
    kind: 'FIRM',
    ...more,
  };
}

/** The time of a soft reservation is over now, and a timer says so; those made together with it go on. */
export async function timeIsUp(database: Database, reservation: string): Promise<void> {
  await database.query(`update availability.reservation set expires_at = now() where id = $1`, [reservation]);
  await database.query(
    `insert into messaging.job (queue, key, payload) values ('availability.expire', $1 || '@now', $2)`,
    [reservation, JSON.stringify({ reservations: [reservation] })],
  );
}
