import { setTimeout as sleep } from 'node:timers/promises';
import { Decimal } from '#canonical/decimal';
import type { FaultRule } from '#testing/fault-proxy';
import { FaultProxy } from '#testing/fault-proxy';
import type { Answer } from '../../support/client';
import { Client, eventually } from '../../support/client';
import { Running } from '../../support/running';
import { TrytonBooks } from './books';
import { SEED } from './seed';
import type { RunningTryton } from './server';
import { startTryton } from './server';

const CONNECTION = 'erp-tryton';
const NODE = 'DC-NORTH';
/** One call; what is slower than this has timed out. */
export const DEADLINE_MS = 10_000;

export interface Line {
  readonly item: string;
  readonly quantity: string;
}

/** The whole product with a real Tryton as the ERP of one customer, put together through its public APIs alone. */
export class TrytonProduct {
  private purchaseOrders = 0;
  private readonly placed: string[] = [];

  private constructor(
    readonly crossdock: Running,
    readonly tryton: RunningTryton,
    readonly proxy: FaultProxy,
    readonly books: TrytonBooks,
    private readonly shipTo: string,
  ) {}

  /** `settings` of the connection beyond the usual; `prepare` is done in Tryton before it is connected. */
  static async start(
    settings: object = {},
    prepare: (tryton: RunningTryton) => Promise<void> = () => Promise.resolve(),
  ): Promise<TrytonProduct> {
    const tryton = await startTryton();
    await prepare(tryton);
    const proxy = await FaultProxy.start(tryton.url);
    const crossdock = await Running.start({ environment: { CROSSDOCK_CREDIT_SECONDS: '5' } });
    const books = new TrytonBooks(tryton.direct);
    const product = new TrytonProduct(crossdock, tryton, proxy, books, await shipToOf(tryton));
    try {
      await product.connect(settings);
      await product.fillShelves();
      return product;
    } catch (error) {
      // Nobody else knows of these processes yet.
      await product.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.crossdock.stop();
    await this.proxy.stop();
    await this.tryton.stop();
  }

  /** Tryton is started again after `tryton.stopServer()`. */
  async trytonIsBack(): Promise<void> {
    await this.tryton.startAgain();
    this.proxy.redirect(this.tryton.url);
  }

  get portal(): Client {
    return new Client(this.crossdock.demo.url, this.crossdock.demo.keys.portal);
  }

  get operations(): Client {
    return new Client(this.crossdock.demo.url, this.crossdock.demo.keys.operations);
  }

  /** Ids of all orders accepted so far. */
  get orders(): readonly string[] {
    return this.placed;
  }

  /** Places an order of these lines, numbered from 1; its id. */
  async order(lines: readonly Line[], more: object = {}): Promise<string> {
    const answer = await this.portal.post('/portal/v1/orders', {
      purchaseOrder: `TRP-${process.pid}-${(this.purchaseOrders += 1)}`,
      shipTo: this.shipTo,
      ...more,
      lines: lines.map(({ item, quantity }, index) => ({
        line: index + 1,
        item,
        quantity: { value: quantity, unit: 'EA' },
      })),
    });
    if (answer.status !== 201) throw new Error(`not accepted: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.placed.push(answer.body.id as string);
    return answer.body.id as string;
  }

  async view(order: string): Promise<any> {
    return (await this.portal.get(`/portal/v1/orders/${order}`)).body;
  }

  /** As operators see it: in base units, with the document number of the ERP. */
  async inside(order: string): Promise<any> {
    return (await this.operations.get(`/operations/v1/orders/${this.crossdock.demo.partner}/${order}`)).body;
  }

  /** Waits until all of the order has left and can be tracked. */
  shipped(order: string, seconds = 60): Promise<any> {
    const tracked = (view: any): boolean =>
      view.shipments.length > 0 && view.shipments.every((each: any) => each.trackingNumbers.length > 0);
    return eventually(() => this.view(order), (view) => view.status === 'SHIPPED' && tracked(view), seconds); // prettier-ignore
  }

  /** Waits until Tryton has posted invoices of this order's deliveries: the last thing that happens to it. */
  async billed(order: string, seconds = 90): Promise<void> {
    const ask = async (): Promise<{ state: string }[]> => {
      await sleep(400);
      return this.books.invoices(order);
    };
    await eventually(ask, (invoices) => invoices.some(({ state }) => state === 'posted'), seconds);
  }

  /** Waits until the sale's deliveries stand like this in Tryton. */
  async saleIs(order: string, shipmentState: string, seconds = 60): Promise<void> {
    const ask = async (): Promise<Record<string, unknown> | undefined> => {
      await sleep(400);
      return this.books.sale(order);
    };
    await eventually(ask, (sale) => sale?.['shipment_state'] === shipmentState, seconds);
  }

  /** On hand in our ledger and in Tryton, of the node and of its warehouse there. */
  async stock(item: string): Promise<{ ledger: string; tryton: string }> {
    const { url, keys } = this.crossdock.demo;
    const planner = new Client(url, keys.planner);
    const { body } = await good(planner.get(`/planner/v1/items/${item}/timeline?node=${NODE}`));
    const tryton = await this.books.onHand(item);
    return {
      ledger: new Decimal(body.nodes[0].position.onHand.value).toFixed(),
      tryton: new Decimal(tryton).toFixed(),
    };
  }

  /** Breaks the next call of one RPC method; the answer tells how often that happened. */
  strike(method: string, rule: Omit<FaultRule, 'when' | 'times'>): { readonly struck: number } {
    const tally = { struck: 0 };
    const when = ({ body }: { body: string }): boolean => {
      const hit = body.includes(`"method":"${method}"`);
      if (hit) tally.struck += 1;
      return hit;
    };
    this.proxy.inject({ ...rule, times: 1, when });
    return tally;
  }

  /** Waits until the call has come to the proxy. */
  async struck(tally: { readonly struck: number }): Promise<void> {
    await eventually(() => Promise.resolve(tally.struck), (times) => times > 0); // prettier-ignore
  }

  /** Arms a fault of the simulated warehouse. */
  async warehouseFault(rule: object): Promise<void> {
    const sandbox = new Client(this.crossdock.demo.sandboxUrl, undefined);
    await good(sandbox.put('/sandbox/wms/north/_faults', { rules: [rule] }));
  }

  /** The connection; items and customers then come from Tryton by themselves. */
  private async connect(more: object): Promise<void> {
    const { database, user, password } = this.tryton;
    const settings = {
      baseUrl: this.proxy.url,
      database,
      user,
      deadlineMs: DEADLINE_MS,
      settleSeconds: 2,
      warehouses: { [NODE]: SEED.warehouse },
      currency: SEED.currency,
      partner: this.crossdock.demo.partner,
      ...more,
    };
    const path = `/operations/v1/connections/erp/${CONNECTION}`;
    await good(this.operations.put(path, { product: 'tryton', settings, credentials: { password } }));
    const test = await good(this.operations.post(`${path}/test`, {}));
    if (test.body.ok !== true) throw new Error(`the connection's test failed: ${JSON.stringify(test.body)}`);
  }

  /** The warehouse holds what Tryton believes it does. Waits until our ledger says the same. */
  private async fillShelves(): Promise<void> {
    const stock = SEED.items.map(({ code, stock: quantity }) => ({ item: code, quantity: String(quantity) }));
    const known = async (): Promise<Answer> => this.portal.get('/portal/v1/items?limit=200');
    await eventually(known, ({ body }) => stock.every(({ item }) => body.items.some((each: any) => each.sku === item)));
    const sandbox = new Client(this.crossdock.demo.sandboxUrl, undefined);
    await good(sandbox.put('/sandbox/wms/north/_seed', { stock }));
    const lines = stock.map(({ item }) => ({ item, quantity: { value: '1', unit: 'EA' } }));
    const promise = (): Promise<Answer> => this.portal.post('/portal/v1/availability/query', { lines });
    await eventually(promise, ({ body }) => body.lines.every((line: any) => line.availableToPromise.value !== '0'));
  }
}

/** The ship-to that the customer's address in Tryton becomes. */
export async function shipToOf({ direct }: RunningTryton, customer: string = SEED.customer.code): Promise<string> {
  const [address] = await direct.find('party.address', [['party.code', '=', customer]]);
  return `${customer}-${address?.id}`;
}

export async function good(answer: Promise<Answer>): Promise<Answer> {
  const { status, headers, body } = await answer;
  if (status < 200 || status > 299) throw new Error(`${status}: ${JSON.stringify(body).slice(0, 800)}`);
  return { status, headers, body };
}
