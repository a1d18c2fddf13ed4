import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import type { AvailabilityApi } from '#contracts/availability/availability.api';
import type { SupplyDto } from '#contracts/availability/stock.dto';
import type { ConnectionsApi } from '#contracts/connections/connections.api';
import type { PutConnectionRequest } from '#contracts/connections/connections.dto';
import type { ErpApi } from '#contracts/erp/erp.api';
import type { ReferenceApi } from '#contracts/reference/reference.api';
import type { NodeDto } from '#contracts/reference/reference.dto';
import { DEMO_ACCOUNTS } from '../../sandbox/src/identity/people';
import { DEMO_CUSTOMERS, DEMO_ITEMS, DEMO_PRICES, DEMO_STOCK } from '../../sandbox/src/demo-catalogue';

/** What the demo installation is made with, wherever its apps run. */
export interface DemoTargets {
  readonly reference: ReferenceApi;
  readonly availability: AvailabilityApi;
  readonly erp: ErpApi;
  readonly erpConnections: ConnectionsApi;
  readonly wmsConnections: ConnectionsApi;
  readonly tmsConnections: ConnectionsApi;
  /** Makes the partner if it is new, and a key of this name that works; the clear key when it was made now. */
  readonly issueKey: (request: DemoKey) => Promise<string>;
  /** Lets a person sign in for its partner. */
  readonly invite: (person: DemoPerson) => Promise<unknown>;
}
export interface DemoPerson {
  readonly partner: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'viewer' | 'developer' | 'admin';
}
export interface DemoKey {
  readonly partner: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly plan: string;
}
export interface DemoPlace {
  /** Where partners reach the product. */
  readonly url: string;
  /** Where the simulated backends answer. */
  readonly sandboxUrl: string;
  readonly dataDirectory: string;
}
export interface DemoFile {
  readonly url: string;
  /** Where the simulated backends take faults and seeds. */
  readonly sandboxUrl: string;
  readonly partner: string;
  readonly keys: Readonly<Record<'portal' | 'marketplace' | 'planner' | 'operations' | 'admin', string>>;
  readonly sample: {
    readonly item: string;
    readonly unit: string;
    readonly shipTo: string;
    readonly scarceItem: string;
  };
}

/** Tokens and secrets between the demo installation and its own sandbox. They open nothing else. */
const ERP_TOKEN = 'sandbox-erp-token';
const WMS_TOKEN = 'sandbox-wms-token';
const WEBHOOK_SECRET = 'whsec_c2FuZGJveC13YXJlaG91c2Utc2VjcmV0LTAwMDE=';
const CARRIER_KEY = 'sandbox-carrier-key';
const CARRIER_WEBHOOK_SECRET = 'sandbox-carrier-webhook';

const PARTNER = 'harbour';
const SAMPLE = { item: 'MUG-BLUE', unit: 'EA', shipTo: 'BRISTOL', scarceItem: 'LANTERN-BRASS' };

const KEYS: Readonly<Record<keyof DemoFile['keys'], DemoKey>> = {
  portal: { partner: PARTNER, name: 'demo portal', scopes: ['portal:*', 'account:*'], plan: 'demo' },
  marketplace: { partner: PARTNER, name: 'demo marketplace', scopes: ['marketplace:*'], plan: 'demo' },
  planner: { partner: 'crossdock', name: 'demo planner', scopes: ['planner:*'], plan: 'demo' },
  operations: { partner: 'crossdock', name: 'demo operations', scopes: ['operations:*'], plan: 'demo' },
  admin: { partner: 'crossdock', name: 'demo admin', scopes: ['admin:*'], plan: 'demo' },
};

/** Those of the sandbox's accounts that are let in; who is not named here is not. */
const ROLES: Readonly<Record<string, DemoPerson['role']>> = { ada: 'admin', dev: 'developer', vera: 'viewer' };

const NODES: readonly NodeDto[] = [
  {
    id: 'DC-NORTH',
    name: 'Leeds distribution centre',
    timeZone: 'Europe/London',
    wmsConnection: 'wms-north',
    tmsConnection: 'carrier-main',
    priority: 10,
    active: true,
    address: {
      name: 'Crossdock Leeds',
      street: '12 Gelderd Road',
      city: 'Leeds',
      postalCode: 'LS12 6DB',
      country: 'GB',
    },
  },
  {
    id: 'DC-SOUTH',
    name: 'Reading 3PL',
    timeZone: 'Europe/London',
    wmsConnection: 'wms-south',
    tmsConnection: 'carrier-main',
    priority: 20,
    active: true,
    address: {
      name: 'Southern Storage',
      street: '4 Bennet Road',
      city: 'Reading',
      postalCode: 'RG2 0QX',
      country: 'GB',
    },
  },
];

/** Makes the demo installation, or finds it made: safe to run at every start. */
export async function installDemo(targets: DemoTargets, place: DemoPlace): Promise<DemoFile> {
  await seedSandbox(place);
  await targets.erpConnections.put(erpConnection(place));
  await targets.wmsConnections.put(northWarehouse(place));
  await targets.wmsConnections.put(southWarehouse(place));
  await targets.tmsConnections.put(carrier(place));
  await targets.reference.putNodes({ nodes: [...NODES] });
  await patiently(() => targets.erp.syncMasterData({ connection: 'erp-main' }));
  await targets.availability.putSupplies({ supplies: expectedSupplies() });
  await targets.availability.putSafetyStock({ levels: [{ item: 'MUG-BLUE', node: 'DC-NORTH', quantity: '24' }] });
  await setPolicies(targets.availability);
  await stockArrived(targets.availability, targets.reference);
  const keys = await keysOf(targets, place);
  for (const { subject, email, name } of DEMO_ACCOUNTS) {
    const role = ROLES[subject];
    if (role !== undefined) await targets.invite({ partner: PARTNER, email, name, role });
  }
  const demo: DemoFile = { url: place.url, sandboxUrl: place.sandboxUrl, partner: PARTNER, keys, sample: SAMPLE };
  writeWhole(keysPath(place.dataDirectory), keys);
  writeWhole(demoPath(place.dataDirectory), demo);
  return demo;
}

/**
 * Jobs that waited run before this process listens, and find its own simulated backends away: the breaker in front of them may still
 * be open when the demo is installed. What may work later is tried for a minute.
 */
async function patiently(attempt: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof CrossdockError) || !error.retryable || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

/** The simulated backends are filled over HTTP, like any other: they may run in a process of their own. */
async function seedSandbox(place: DemoPlace): Promise<void> {
  await seed(place, 'erp/main', {
    token: ERP_TOKEN,
    items: DEMO_ITEMS,
    customers: DEMO_CUSTOMERS,
    prices: DEMO_PRICES,
    stock: NODES.flatMap((node, index) =>
      DEMO_STOCK[index === 0 ? 'north' : 'south'].map((each) => ({ node: node.id, ...each })),
    ),
  });
  await seed(place, 'wms/north', {
    product: 'generic-rest',
    node: 'DC-NORTH',
    token: WMS_TOKEN,
    webhookUrl: `${place.url}/inbound/wms/wms-north`,
    webhookSecret: WEBHOOK_SECRET,
    stock: DEMO_STOCK.north,
  });
  await seed(place, 'wms/south', {
    product: 'file',
    node: 'DC-SOUTH',
    directory: exchangeDirectory(place.dataDirectory),
    partner: 'CROSSDOCK',
    stock: DEMO_STOCK.south,
  });
  await seed(place, 'carrier/main', {
    apiKey: CARRIER_KEY,
    webhookUrl: `${place.url}/inbound/tms/carrier-main`,
    webhookSecret: CARRIER_WEBHOOK_SECRET,
  });
}

async function seed(place: DemoPlace, installation: string, content: object): Promise<void> {
  const response = await fetch(`${place.sandboxUrl}/sandbox/${installation}/_seed`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
  if (!response.ok)
    throw new Error(`the sandbox refused the seed of ${installation}: ${response.status} ${await response.text()}`);
}

export function demoPath(dataDirectory: string): string {
  return join(dataDirectory, 'demo.json');
}

function erpConnection(place: DemoPlace): PutConnectionRequest {
  return {
    id: 'erp-main',
    product: 'generic-rest',
    settings: { baseUrl: `${place.sandboxUrl}/sandbox/erp/main` },
    credentials: { token: ERP_TOKEN },
  };
}

function northWarehouse(place: DemoPlace): PutConnectionRequest {
  return {
    id: 'wms-north',
    product: 'generic-rest',
    settings: { baseUrl: `${place.sandboxUrl}/sandbox/wms/north`, node: 'DC-NORTH' },
    credentials: { token: WMS_TOKEN, webhookSecret: WEBHOOK_SECRET },
  };
}

function southWarehouse(place: DemoPlace): PutConnectionRequest {
  return {
    id: 'wms-south',
    product: 'flat-file',
    settings: {
      directory: exchangeDirectory(place.dataDirectory),
      node: 'DC-SOUTH',
      partner: 'CROSSDOCK',
      pollSeconds: 1,
    },
  };
}

/** The folder that the file warehouse of the demo and Crossdock exchange files in. */
export function exchangeDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'exchange', 'south');
}

function carrier(place: DemoPlace): PutConnectionRequest {
  return {
    id: 'carrier-main',
    product: 'shipengine',
    settings: {
      baseUrl: `${place.sandboxUrl}/sandbox/carrier/main`,
      carrierId: 'se-1',
      defaultService: 'sandbox_economy',
      shipFromPhone: '+44 113 496 0000',
    },
    credentials: { apiKey: CARRIER_KEY, webhookSecret: CARRIER_WEBHOOK_SECRET },
  };
}

/** A kit, a substitute, something that can be bought on demand, and a node that works on weekdays. */
async function setPolicies(availability: AvailabilityApi): Promise<void> {
  await availability.putItemPolicies({
    policies: [
      {
        item: 'SET-TEA',
        components: [
          { item: 'TEAPOT-STONE', quantity: '1' },
          { item: 'MUG-GREEN', quantity: '4' },
        ],
      },
      { item: 'CANDLE-AMBER', substitutes: [{ item: 'CANDLE-CITRUS', ratio: '1' }] },
      { item: 'CLOCK-STATION', purchasable: true, leadTimeDays: 7, receivingDays: 1 },
    ],
  });
  await availability.putNodePolicies({
    policies: [
      { node: 'DC-SOUTH', workingDays: [1, 2, 3, 4, 5], cutOff: '14:00', transitDays: 2, shipmentCost: '6.40' },
    ],
  });
}

function expectedSupplies(): SupplyDto[] {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return [
    {
      id: 'PO-8801-1',
      kind: 'PURCHASE_ORDER',
      item: 'MUG-BLUE',
      node: 'DC-NORTH',
      quantity: '600',
      availableOn: inDays(7),
    },
    {
      id: 'PO-8801-2',
      kind: 'PURCHASE_ORDER',
      item: 'TEAPOT-STONE',
      node: 'DC-NORTH',
      quantity: '120',
      availableOn: inDays(10),
    },
    {
      id: 'TR-3301-1',
      kind: 'TRANSFER',
      item: 'CANDLE-PINE',
      node: 'DC-SOUTH',
      quantity: '240',
      availableOn: inDays(3),
    },
  ];
}

/** One item of each warehouse's opening stock: announced in one piece, so all of it is there when these are. */
const OPENING = [
  { item: SAMPLE.item, node: 'DC-NORTH', quantity: '1' },
  { item: SAMPLE.scarceItem, node: 'DC-NORTH', quantity: '1' },
  { item: SAMPLE.item, node: 'DC-SOUTH', quantity: '1' },
];

/** Waits until the warehouses have announced their opening stock: before that the demo has nothing to promise. */
async function stockArrived(availability: AvailabilityApi, reference: ReferenceApi): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answer = await availability.query({ lines: [...OPENING] });
    const page = await reference.listItems({ limit: 1 });
    if (page.items.length > 0 && answer.lines.every((line) => Number(line.availableToPromise) > 0)) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(
    'the sandbox warehouses did not announce their stock within a minute: see the log for refused webhooks or files',
  );
}

async function keysOf(targets: DemoTargets, place: DemoPlace): Promise<DemoFile['keys']> {
  const known = knownKeys(place.dataDirectory);
  const entries = Object.entries(KEYS).map(async ([name, request]) => {
    const key = known[name];
    const good = key !== undefined && (await accepted(place, key));
    return [name, good ? key : await targets.issueKey(request)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as DemoFile['keys'];
}

async function accepted(place: DemoPlace, key: string): Promise<boolean> {
  const response = await fetch(`${place.url}/portal/v1/items?limit=1`, { headers: { authorization: `Bearer ${key}` } });
  return response.status !== 401;
}

/** Kept apart from demo.json, which exists only while the whole is ready: keys are shown once and must outlive a restart. */
function keysPath(dataDirectory: string): string {
  return join(dataDirectory, 'demo-keys.json');
}

function knownKeys(dataDirectory: string): Readonly<Record<string, string | undefined>> {
  const path = keysPath(dataDirectory);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoFile['keys']) : {};
}

/** Whoever waits for a file must never read half of it. */
function writeWhole(path: string, content: object): void {
  writeFileSync(`${path}.tmp`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}
