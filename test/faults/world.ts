import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedHeaders } from '#connections/webhook-signature';
import { Books } from '../support/books';
import { Client, eventually, type Answer } from '../support/client';
import { PatientPartner } from '../support/partner';
import { Running, type StartOptions } from '../support/running';

/** The demo's secret between its warehouse in the north and its connection. */
const WEBHOOK_SECRET = 'whsec_c2FuZGJveC13YXJlaG91c2Utc2VjcmV0LTAwMDE=';
/** Backends that do not notice a repeat: what is posted twice is there twice. */
const FORGETFUL = ['erp/main', 'wms/north'];
const SETTLE_SECONDS = 180;
export const ITEMS = ['MUG-BLUE', 'MUG-GREEN', 'SPOON-OLIVE', 'HOOK-IRON'];

export interface Line {
  readonly item: string;
  readonly quantity: string;
}
export interface Fault {
  readonly operation: string;
  readonly mode: string;
  readonly times?: number;
  readonly milliseconds?: number;
  readonly retryAfter?: number;
  readonly probability?: number;
}
/** What a backend counts in its own books, by kind of document. */
export type Counts = Readonly<Record<string, number>>;

/** The whole product with simulated backends that forget what they were told, faults to arm and books to compare. */
export class FaultWorld {
  private sequence = 0;
  private constructor(
    readonly crossdock: Running,
    readonly books: Books,
  ) {}

  static async start(options: StartOptions = {}): Promise<FaultWorld> {
    const crossdock = await Running.start(options);
    const books = await Books.open(() => crossdock.demo);
    const world = new FaultWorld(crossdock, books);
    for (const backend of FORGETFUL) await world.taken(world.sandbox.put(`/sandbox/${backend}/_seed`, { deduplicates: false })); // prettier-ignore
    return world;
  }

  stop(): Promise<void> {
    return this.crossdock.stop();
  }

  get portal(): Client {
    return new Client(this.crossdock.demo.url, this.crossdock.demo.keys.portal);
  }
  get operations(): Client {
    return new Client(this.crossdock.demo.url, this.crossdock.demo.keys.operations);
  }
  get sandbox(): Client {
    return new Client(this.crossdock.demo.sandboxUrl, undefined);
  }

  /** Replaces the faults of a simulated backend (`erp/main`, `wms/north`, `carrier/main`). */
  async arm(backend: string, ...rules: Fault[]): Promise<void> {
    await this.taken(this.sandbox.put(`/sandbox/${backend}/_faults`, { rules }));
  }

  /** Steps a second of a warehouse; from 20 on an order goes through at once. */
  async speed(warehouse: string, multiplier: number): Promise<void> {
    await this.taken(this.sandbox.put(`/sandbox/wms/${warehouse}/_speed`, { multiplier }));
  }

  async order(...lines: Line[]): Promise<string> {
    return (await this.taken(this.portal.post('/portal/v1/orders', this.orderOf(lines)))).body.id as string;
  }

  orderOf(lines: readonly Line[]): object {
    this.sequence += 1;
    return {
      purchaseOrder: `FAULT-${process.pid}-${this.sequence}`,
      shipTo: 'BRISTOL',
      lines: lines.map(({ item, quantity }, index) => ({ line: index + 1, item, quantity: { value: quantity, unit: 'EA' } })), // prettier-ignore
    };
  }

  async viewOf(order: string): Promise<any> {
    return (await this.operations.get(`/operations/v1/orders/${this.crossdock.demo.partner}/${order}`)).body;
  }

  /** The only fulfilment order of an order, once the node has it. */
  async fulfilmentOf(order: string): Promise<string> {
    const view = await eventually(
      () => this.viewOf(order),
      ({ fulfilments }) => fulfilments?.length > 0,
    );
    return view.fulfilments[0].id as string;
  }

  /** Shipments of an order with their effects, once there is one. */
  shipmentsOf(order: string, wanted: (shipments: any[]) => boolean = () => true): Promise<any[]> {
    return eventually(
      async () => (await this.operations.get(`/operations/v1/shipments?order=${order}`)).body.shipments,
      (shipments: any) => shipments?.length > 0 && wanted(shipments),
    );
  }

  /** Says something in the name of the northern warehouse: signed, under a message id of its own. */
  say(events: object | readonly object[], messageId = `msg_${randomUUID()}`): Promise<Answer> {
    const body = JSON.stringify(Array.isArray(events) ? { events: events as readonly object[] } : events);
    const seconds = String(Math.floor(Date.now() / 1000));
    const signed = signedHeaders([WEBHOOK_SECRET], messageId, seconds, Buffer.from(body));
    return new Client(this.crossdock.demo.url, undefined).send('POST', '/inbound/wms/wms-north', body, {
      'content-type': 'application/json',
      ...signed,
    });
  }

  /** Exceptions that are open, of one code. */
  async exceptions(code: string): Promise<any[]> {
    return (await this.operations.get(`/operations/v1/exceptions?code=${code}`)).body.exceptions as any[];
  }

  expectException(code: string, about: string): Promise<any> {
    return eventually(
      async () => (await this.exceptions(code)).find((each) => JSON.stringify(each).includes(about)),
      (found) => found !== undefined,
    );
  }

  /** What a backend counts of one business key, or of everything. */
  counts(backend: string, key = ''): Promise<Counts> {
    const name = backend.startsWith('carrier') ? 'externalShipmentId' : 'externalId';
    return this.books.counts(backend, key === '' ? '' : `?${name}=${encodeURIComponent(key)}`);
  }

  /** Until every order is at its end and what Crossdock says is what the backends count; then I1 to I8 hold. */
  async settled(seconds = SETTLE_SECONDS): Promise<void> {
    await eventually(
      () => this.books.differences().catch((error: unknown) => [String(error)]),
      (differences) => differences.length === 0,
      seconds,
    );
  }

  /** What `npm run check:invariants` asks. */
  async breaches(): Promise<unknown[]> {
    return (await this.operations.get('/operations/v1/invariants')).body.breaches as unknown[];
  }

  /** The answer, which says yes. */
  async taken(answer: Promise<Answer>): Promise<Answer> {
    const given = await answer;
    if (given.status >= 300) throw new Error(`${given.status} ${JSON.stringify(given.body)}`);
    return given;
  }
}

/** Orders of one piece come four at a time while the fault strikes, in the middle of them; each must end up there once. */
export async function orderDuring(
  world: FaultWorld,
  name: string,
  orders: number,
  strike: () => Promise<void>,
): Promise<PatientPartner> {
  const partner = new PatientPartner(() => world.portal);
  const all = inTurns([...Array(orders).keys()], 4, async (index) => {
    const line = { line: 1, item: ITEMS[index % ITEMS.length], quantity: { value: '1', unit: 'EA' } };
    const purchaseOrder = `${name}-${index}`;
    await partner.place(purchaseOrder, { shipTo: 'BRISTOL', lines: [line] }, index % 2 === 0 ? `key-${purchaseOrder}` : undefined); // prettier-ignore
    await pause(50);
  });
  all.catch(() => undefined);
  await eventually(
    () => Promise.resolve(partner.orders.length),
    (placed) => placed > orders / 4,
  );
  await strike();
  await all;
  expect(partner.orders.filter(({ ids }) => ids.size !== 1)).toEqual([]);
  return partner;
}

/** What stands in the ERP after `orders` one-line orders: one document of each kind for each, and I1 to I8 hold. */
export async function toldOf(fault: string, world: FaultWorld, orders: number, more: object): Promise<void> {
  const { salesOrders, deliveries, invoices, repeated } = await world.counts('erp/main');
  expect({ salesOrders, deliveries, invoices, repeated }).toEqual({ salesOrders: orders, deliveries: orders, invoices: orders, repeated: 0 }); // prettier-ignore
  expect(await world.breaches()).toEqual([]);
  counted(fault, { orders, salesOrders, deliveries, invoices, repeated, ...more });
}

/** Runs `work` on each, so many at a time. */
export async function inTurns<T>(all: readonly T[], atOnce: number, work: (each: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Prints the counts that docs/reliability.md quotes. */
export function counted(fault: string, counts: object): void {
  process.stdout.write(`${fault} ${JSON.stringify(counts)}\n`);
}

export const pause = (milliseconds: number): Promise<void> => sleep(milliseconds);
