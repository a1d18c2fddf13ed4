import { HttpException, Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Decimal, plain } from '#canonical/decimal';
import { Jobs } from '#messaging/jobs';
import type { Job, NewJob } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';
import { Faults } from '../faults';
import { sandboxWmsConfig } from './wms.config';
import type { SandboxWmsConfig } from './wms.config';
import { withLots } from './wms.lots';
import { tell } from './wms.outbound';
import { advance, isFinished, STEPS } from './wms.progress';
import type { BusinessFault, Shelves } from './wms.progress';
import * as store from './wms.store';
import type { Installation, Order, OrderDocument, OrderState, WarehouseEvent } from './wms.types';

const PROGRESS_QUEUE = 'sandbox.wms.progress';
/** A step that would take less than this takes no time, and an order goes through all of them at once. */
const SHORTEST_STEP_SECONDS = 0.05;
const TICK_MILLISECONDS = 200;

interface Asked {
  readonly id: string;
  readonly document: OrderDocument;
}

interface Released {
  readonly created: boolean;
  readonly order: store.KnownOrder;
}

interface OrderKey {
  readonly installation: string;
  readonly number: string;
}

/** The floor of the simulated warehouses: what is released comes out of the dock, many orders in one transaction. */
@Injectable()
export class SimulatedWarehouses implements OnModuleInit {
  private readonly readings = new Gatherer<string, Installation | undefined>((ids) => this.read(ids));
  private readonly releases = new Gatherer<Asked, Released>((asked) => this.releaseAll(asked), {
    size: 32,
    inFlight: 1,
  });

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly faults: Faults,
    @Inject(sandboxWmsConfig.token) private readonly config: SandboxWmsConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(PROGRESS_QUEUE, (jobs, tx) => this.progress(jobs, tx), { batchSize: 100 });
  }

  installation(id: string): Promise<Installation | undefined> {
    return this.readings.call(id);
  }

  private async read(ids: readonly string[]): Promise<Outcome<Installation | undefined>[]> {
    const found = await store.installations(this.database, [...new Set(ids)]);
    const known = new Map(found.map((each) => [each.installation, each]));
    return ids.map((id) => ({ value: known.get(id) }));
  }

  /** Takes orders in and sets them going. Refused ones (unknown items) are kept as rejected and told so. Repeats are ignored. */
  async take(tx: Transaction, installation: Installation, documents: readonly OrderDocument[]): Promise<void> {
    const items = documents.flatMap(({ lines }) => lines.map(({ item }) => item));
    const unknown = new Set(await store.unknownOf(tx, installation.installation, items));
    const unknownIn = (document: OrderDocument): string[] =>
      document.lines.map(({ item }) => item).filter((item) => unknown.has(item));
    const state = (document: OrderDocument): OrderState => (unknownIn(document).length > 0 ? 'rejected' : 'released');
    const made = await store.insert(
      tx,
      installation,
      documents.map((document) => ({ document, state: state(document) })),
    );
    const rejected = made.filter((order) => order.state === 'rejected');
    const reasons = new Map(documents.map((document) => [document.externalId, unknownIn(document).join(', ')]));
    await tell(
      this.jobs,
      tx,
      installation,
      rejected.map((order) => rejection(installation, order, reasons)),
    );
    await this.jobs.enqueue(
      tx,
      made.filter((order) => order.state === 'released').map((order) => this.job(installation, order)),
    );
  }

  /** As the published contract has it: 201 new, 200 the same again, 409 other content, 422 unknown items. */
  release(id: string, document: OrderDocument): Promise<Released> {
    return this.releases.call({ id, document });
  }

  /** What is asked for at one moment shares a commit. */
  private releaseAll(asked: readonly Asked[]): Promise<Outcome<Released>[]> {
    return this.database.transaction(async (tx) => {
      const known = await store.installations(tx, [...new Set(asked.map(({ id }) => id))]);
      const installations = new Map(known.map((each) => [each.installation, each]));
      const answers = await Promise.all(
        asked.map(({ id, document }) => this.taken(tx, installations.get(id), { id, document })),
      );
      await this.jobs.enqueue(tx, answers.flatMap(({ jobs }) => jobs)); // prettier-ignore
      return answers.map(({ outcome }) => outcome);
    });
  }

  private async taken(
    tx: Transaction,
    installation: Installation | undefined,
    { id, document }: Asked,
  ): Promise<{ outcome: Outcome<Released>; jobs: NewJob[] }> {
    const refused = (status: number, code: string, message: string) => ({
      outcome: { error: new HttpException({ code, message }, status) },
      jobs: [],
    });
    if (!installation) return refused(404, 'UNKNOWN_WAREHOUSE', `no warehouse ${id}`);
    const items = document.lines.map(({ item }) => item);
    const unknown = await store.unknownOf(tx, id, items);
    if (unknown.length > 0) return refused(422, 'UNKNOWN_ITEM', `not in this warehouse: ${unknown.join(', ')}`);
    const [made] = await store.insert(tx, installation, [{ document, state: 'released' }]);
    if (made) return { outcome: { value: { created: true, order: made } }, jobs: [this.job(installation, made)] };
    const order = await store.repeat(tx, id, document);
    if (order?.same) return { outcome: { value: { created: false, order } }, jobs: [] };
    return refused(409, 'OTHER_CONTENT', `${document.externalId} exists with other content`);
  }

  /** False: picking has begun. Undefined: there is no such order. */
  async cancel(tx: Transaction, installation: Installation, externalId: string): Promise<boolean | undefined> {
    const order = await store.lockOne(tx, installation.installation, externalId);
    if (!order) return undefined;
    if (order.state === 'cancelled' || order.state === 'rejected') return true;
    const inTime = order.state === 'released' || order.state === 'accepted';
    if (inTime) await store.save(tx, [{ ...order, state: 'cancelled' }]);
    // A folder gives no answer, so a refusal is told as where the order stands.
    if (inTime || installation.product === 'file') {
      const type = inTime ? 'cancelled' : order.state;
      const lines = type === 'picked' ? { lines: order.picked } : {};
      const detail = inTime ? 'cancelled as asked' : 'cancellation refused: picking has begun';
      const told = { ...eventOf(installation, order, type), ...lines, detail };
      if (type !== 'shipped') await tell(this.jobs, tx, installation, [told]);
    }
    return inTime;
  }

  private async progress(jobs: readonly Job[], tx: Transaction): Promise<void> {
    const keys = jobs.map((job) => job.payload as OrderKey);
    const orders = await store.lock(tx, keys);
    const installations = await store.installations(tx, [...new Set(orders.map(({ installation }) => installation))]);
    const shelves = await StockOnShelves.lock(tx, orders);
    const moved: Order[] = [];
    for (const installation of installations) {
      const events: WarehouseEvent[] = [];
      for (const order of orders.filter((each) => each.installation === installation.installation)) {
        const result = advance(order, this.stepSeconds(installation) === 0 ? STEPS : 1, {
          node: installation.node,
          shelves: shelves.of(installation.installation),
          now: Date.now(),
          strikes: (fault) => this.strikes(installation, fault),
        });
        moved.push(result.order);
        events.push(...result.events);
      }
      await tell(this.jobs, tx, installation, await withLots(tx, installation, events));
      const going = moved.filter(
        (order) => order.installation === installation.installation && !isFinished(order.state),
      );
      await this.jobs.enqueue(
        tx,
        going.map((order) => this.job(installation, order)),
      );
    }
    await store.save(tx, moved);
    await store.saveStockRows(tx, shelves.changed());
  }

  private strikes({ installation }: Installation, fault: BusinessFault): boolean {
    const operation = fault === 'pick-short' ? 'pick' : 'ship';
    return this.faults.take('wms', installation, operation, [fault]) !== undefined;
  }

  private job(installation: Installation, { number }: { number: string }): NewJob {
    const payload: OrderKey = { installation: installation.installation, number };
    const seconds = this.stepSeconds(installation);
    return { queue: PROGRESS_QUEUE, payload, delaySeconds: seconds === 0 ? 0 : untilTick(Date.now(), seconds) };
  }

  private stepSeconds({ speed }: Installation): number {
    const seconds = 1 / (speed ?? this.config.speed);
    return seconds <= SHORTEST_STEP_SECONDS ? 0 : seconds;
  }
}

/** The stock rows that a batch of orders touches, locked, changed in memory and written back together. */
class StockOnShelves {
  private readonly rows = new Map<string, { onHand: Decimal; picked: Decimal; changed: boolean }>();

  static async lock(tx: Transaction, orders: readonly Order[]): Promise<StockOnShelves> {
    const shelves = new StockOnShelves();
    const keys = orders.flatMap(({ installation, lines }) => lines.map(({ item }) => ({ installation, item })));
    for (const { installation, item, onHand, picked } of await store.stockOf(tx, keys)) {
      const row = { onHand: new Decimal(onHand), picked: new Decimal(picked), changed: false };
      shelves.rows.set(JSON.stringify([installation, item]), row);
    }
    return shelves;
  }

  of(installation: string): Shelves {
    const row = (item: string) => this.rows.get(JSON.stringify([installation, item]));
    const change = (item: string, onHand: Decimal, picked: Decimal): void => {
      const at = row(item);
      if (at) Object.assign(at, { onHand: at.onHand.plus(onHand), picked: at.picked.plus(picked), changed: true });
    };
    return {
      free: (item) => {
        const at = row(item);
        return at ? at.onHand.minus(at.picked) : new Decimal(0);
      },
      pick: (item, quantity) => change(item, new Decimal(0), quantity),
      ship: (item, quantity) => change(item, quantity.negated(), quantity.negated()),
    };
  }

  changed(): store.StockRow[] {
    return [...this.rows].flatMap(([key, { onHand, picked, changed }]) => {
      const [installation = '', item = ''] = JSON.parse(key) as string[];
      return changed ? [{ installation, item, onHand: plain(onHand), picked: plain(picked) }] : [];
    });
  }
}

/** People work in waves: what is due at about the same time is done, and told, together. */
function untilTick(now: number, seconds: number): number {
  const due = now + seconds * 1000;
  return (Math.ceil(due / TICK_MILLISECONDS) * TICK_MILLISECONDS - now) / 1000;
}

function eventOf(
  installation: Installation,
  order: { number: string; externalId: string },
  state: string,
): WarehouseEvent {
  return {
    id: `${order.number}-${state}-${Date.now().toString(36)}`,
    type: `fulfilment.${state}`,
    occurredAt: new Date().toISOString(),
    node: installation.node,
    externalId: order.externalId,
  };
}

function rejection(
  installation: Installation,
  order: store.KnownOrder,
  reasons: ReadonlyMap<string, string>,
): WarehouseEvent {
  const detail = `not in this warehouse: ${reasons.get(order.externalId) ?? ''}`;
  return { ...eventOf(installation, order, 'rejected'), detail };
}
