import { Decimal } from 'decimal.js';
import { Client } from './client';
import type { DemoFile } from './running';

/** A simulated backend by its connection or node: where its books are. */
export interface Backends {
  readonly erps: Readonly<Record<string, string>>;
  readonly warehouses: Readonly<Record<string, string>>;
  readonly carriers: readonly string[];
}
export const DEMO_BACKENDS: Backends = {
  erps: { 'erp-main': 'main' },
  warehouses: { 'DC-NORTH': 'north', 'DC-SOUTH': 'south' },
  carriers: ['main'],
};

type Counts = Record<string, number>;
type Stock = ReadonlyMap<string, Decimal>;
interface Shipment {
  readonly id: string;
  readonly node: string;
  readonly lines: readonly { item: string; quantity: string }[];
}
interface Order {
  readonly id: string;
  readonly partner: string;
  readonly customer: string;
  readonly status: string;
  readonly erpDocument?: string;
  readonly holds: readonly { code: string }[];
  readonly fulfilments: readonly { id: string; node: string; status: string }[];
  readonly shipments: readonly Shipment[];
  readonly lines: readonly Record<'ordered' | 'shipped' | 'open' | 'cancelled' | 'backordered', string>[];
}

/**
 * Compares what Crossdock says happened with what the simulated backends have in their own books, over HTTP alone. Opening stock is
 * read when it is made, so make it before the first order.
 */
export class Books {
  private constructor(
    private readonly demo: () => DemoFile,
    private readonly backends: Backends,
    private readonly opening: ReadonlyMap<string, Stock>,
    private readonly erpOf: (customer: string) => string,
  ) {}

  static async open(
    demo: () => DemoFile,
    backends: Backends = DEMO_BACKENDS,
    erpOf: (customer: string) => string = () => 'erp-main',
  ): Promise<Books> {
    const opening = new Map<string, Stock>();
    for (const [node, installation] of Object.entries(backends.warehouses))
      opening.set(node, await stockIn(demo().sandboxUrl, `wms/${installation}/_stock`));
    return new Books(demo, backends, opening, erpOf);
  }

  /** Everything that does not agree, in words; nothing when all does. */
  async differences(): Promise<string[]> {
    const orders = await this.orders();
    const differences = await Promise.all([
      this.unexplained(orders),
      this.erpDifferences(orders),
      this.warehouseDifferences(orders),
      this.labelDifferences(orders),
      this.stockDifferences(orders),
    ]);
    return differences.flat();
  }

  /** All orders of all partners, in base units. */
  async orders(): Promise<Order[]> {
    const found: Order[] = [];
    for (let cursor = ''; ;) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.operations().get(`/operations/v1/orders?limit=200${query}`);
      if (page.status !== 200) throw new Error(`orders: ${page.status} ${JSON.stringify(page.body)}`);
      found.push(...(page.body.orders as Order[]));
      if (page.body.next === undefined) return found;
      cursor = page.body.next as string;
    }
  }

  /** What one installation counts, of everything or of one business key. */
  async counts(installation: string, query = ''): Promise<Counts> {
    const answer = await new Client(this.demo().sandboxUrl, undefined).get<Counts>(
      `/sandbox/${installation}/_counts${query}`,
    );
    if (answer.status !== 200) throw new Error(`${installation}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  private operations(): Client {
    return new Client(this.demo().url, this.demo().keys.operations);
  }

  private async unexplained(orders: readonly Order[]): Promise<string[]> {
    const summary = await this.operations().get('/operations/v1/summary');
    const invariants = await this.operations().get('/operations/v1/invariants');
    const underWay = orders.filter((order) => !isEnded(order));
    return [
      ...equal('orders that nothing explains', summary.body.unexplained, 0),
      ...(invariants.body.breaches as object[]).map((breach) => `invariant: ${JSON.stringify(breach)}`),
      ...underWay.map(({ id, status, holds }) => `${id} is still ${status} ${JSON.stringify(holds)}`),
    ];
  }

  private async erpDifferences(orders: readonly Order[]): Promise<string[]> {
    const byErp = Object.entries(this.backends.erps).map(async ([connection, installation]) => {
      const mine = orders.filter(({ customer }) => this.erpOf(customer) === connection);
      const posted = mine.filter(({ erpDocument }) => erpDocument !== undefined);
      const shipments = mine.flatMap((order) => order.shipments);
      const counts = await this.counts(`erp/${installation}`);
      const missing = mine.filter((order) => order.shipments.length > 0 && order.erpDocument === undefined);
      return [
        ...missing.map(({ id }) => `${id} has shipped and has no sales order`),
        ...equal(`sales orders in ${connection}`, counts['salesOrders'], posted.length),
        ...equal(`deliveries in ${connection}`, counts['deliveries'], shipments.length),
        ...equal(`invoices in ${connection}`, counts['invoices'], shipments.length),
        ...equal(`documents made twice in ${connection}`, counts['repeated'], 0),
        ...(await this.missingDocuments(installation, posted, shipments)),
      ];
    });
    return (await Promise.all(byErp)).flat();
  }

  /** Equal totals could hide one too many beside one too few. */
  private async missingDocuments(
    installation: string,
    orders: readonly Order[],
    shipments: readonly Shipment[],
  ): Promise<string[]> {
    const found: string[] = [];
    for (const { id } of orders) {
      const counts = await this.counts(`erp/${installation}`, `?externalId=${id}`);
      found.push(...equal(`sales orders of ${id}`, counts['salesOrders'], 1));
    }
    for (const { id } of shipments) {
      const counts = await this.counts(`erp/${installation}`, `?externalId=${id}`);
      found.push(...equal(`deliveries of ${id}`, counts['deliveries'], 1));
      found.push(...equal(`invoices of ${id}`, counts['invoices'], 1));
    }
    return found;
  }

  private async warehouseDifferences(orders: readonly Order[]): Promise<string[]> {
    const byNode = Object.entries(this.backends.warehouses).map(async ([node, installation]) => {
      const counts = await this.counts(`wms/${installation}`);
      const fulfilments = orders.flatMap((order) => order.fulfilments).filter((each) => each.node === node);
      const shipped = fulfilments.filter(({ status }) => status === 'SHIPPED').length;
      const shipments = orders.flatMap((order) => order.shipments).filter((each) => each.node === node);
      return [
        ...equal(`fulfilment orders of one id at ${node}`, counts['fulfilmentOrders'], counts['externalIds']),
        ...equal(`fulfilment orders shipped at ${node}`, counts['shipped'], shipped),
        ...equal(`shipments at ${node}`, counts['shipments'], shipments.length),
      ];
    });
    return (await Promise.all(byNode)).flat();
  }

  private async labelDifferences(orders: readonly Order[]): Promise<string[]> {
    const counts = await Promise.all(
      this.backends.carriers.map((installation) => this.counts(`carrier/${installation}`)),
    );
    const sum = (name: string): number => counts.reduce((total, each) => total + (each[name] ?? 0), 0);
    const shipments = orders.flatMap((order) => order.shipments);
    return [
      ...equal('labels bought', sum('labels'), shipments.length),
      ...equal('shipments with a label', sum('shipments'), shipments.length),
    ];
  }

  /** Opening − shipped = on the shelves = in the ledger, for every item of every node. */
  private async stockDifferences(orders: readonly Order[]): Promise<string[]> {
    const shipments = orders.flatMap((order) => order.shipments);
    const byNode = [...this.opening].map(async ([node, opening]) => {
      const shelves = await stockIn(this.demo().sandboxUrl, `wms/${this.backends.warehouses[node]}/_stock`);
      const lines = shipments.filter((shipment) => shipment.node === node).flatMap((shipment) => shipment.lines);
      const byItem = [...opening].map(async ([item, start]) => {
        const gone = Decimal.sum(0, ...lines.filter((line) => line.item === item).map((line) => line.quantity));
        const ledger = await this.position(item, node);
        return [
          ...equal(`${item} on the shelves of ${node}`, shelves.get(item)?.toFixed(), start.minus(gone).toFixed()),
          ...equal(`${item} in the ledger of ${node}`, ledger, start.minus(gone).toFixed()),
        ];
      });
      return (await Promise.all(byItem)).flat();
    });
    return (await Promise.all(byNode)).flat();
  }

  private async position(item: string, node: string): Promise<string> {
    const { url, keys } = this.demo();
    const timeline = await new Client(url, keys.planner).get(`/planner/v1/items/${item}/timeline?node=${node}&days=1`);
    return new Decimal(timeline.body.nodes[0].position.onHand.value as string).toFixed();
  }
}

/** SHIPPED and CANCELLED are the ends; one that waits for stock that is not there is explained. */
function isEnded({ status, lines }: Order): boolean {
  if (status === 'SHIPPED' || status === 'CANCELLED') return true;
  return lines.every(({ open, backordered }) => open === backordered);
}

async function stockIn(sandboxUrl: string, path: string): Promise<Stock> {
  const answer = await new Client(sandboxUrl, undefined).get(`/sandbox/${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  const lines = answer.body.lines as { item: string; onHand: string }[];
  return new Map(lines.map(({ item, onHand }) => [item, new Decimal(onHand)]));
}

function equal(what: string, found: unknown, wanted: unknown): string[] {
  return found === wanted ? [] : [`${what}: ${String(found)}, expected ${String(wanted)}`];
}
