import type { OrderLineView } from '#contracts/orders/orders.dto';
import type { NodeDto } from '#contracts/reference/reference.dto';
import { decide, hasChanged, type Decision } from '../src/fulfil-order/decide';
import type { Fact } from '../src/fulfil-order/facts';
import type { Command } from '../src/fulfil-order/order-command';
import type { OrderEvent } from '../src/fulfil-order/order-event';
import { newProgress } from '../src/fulfil-order/new-progress';
import type { OrderContents, OrderState } from '../src/fulfil-order/order-state';
import type { Surroundings } from '../src/fulfil-order/planned';
import { quantityOf } from '../src/fulfil-order/quantities';
import { lineStatus, orderStatus } from '../src/fulfil-order/status';

export const ADDRESS = { name: 'Harbour', street: '1 Quay', city: 'Bristol', postalCode: 'BS1', country: 'GB' };

export function node(id: string, priority = 10): NodeDto {
  const connections = { wmsConnection: `wms-${id}`, tmsConnection: `tms-${id}` };
  return { id, name: id, timeZone: 'Europe/London', ...connections, address: ADDRESS, priority, active: true };
}

export const AROUND: Surroundings = {
  now: '2026-03-02T10:00:00.000Z',
  today: '2026-03-02',
  nodes: new Map(['N', 'S', 'W'].map((id) => [id, node(id)])),
};

export function contentsOf(quantities: readonly string[], more: Partial<OrderContents> = {}): OrderContents {
  return {
    id: 'ord_1',
    partner: 'harbour',
    customer: 'C1',
    purchaseOrder: 'PO-1',
    shipTo: 'BRISTOL',
    shipToAddress: ADDRESS,
    channel: 'portal',
    currency: 'GBP',
    erpConnection: 'erp-main',
    shipComplete: false,
    lines: quantities.map((ordered, index) => ({
      line: index + 1,
      item: `item-${index + 1}`,
      description: 'an item',
      unit: 'EA',
      baseUnit: 'EA',
      baseQuantityPerUnit: '1',
      ordered,
      unitPrice: { amount: '2', currency: 'GBP' },
    })),
    charges: [],
    correlationId: 'corr',
    ...more,
  };
}

/** An order under test: events go in, commands and facts come out. */
export class OrderUnderTest {
  state: OrderState;
  version = 1;
  commands: Command[] = [];
  facts: Fact[] = [];
  /** Time and places of the next event. */
  around = AROUND;

  constructor(contents: OrderContents) {
    this.state = { contents, progress: newProgress(contents, [], [], AROUND.now) };
    this.take(decide(this.state, [], AROUND, 1));
  }

  /** Applies events together and returns the commands that follow, by kind. */
  on(...events: OrderEvent[]): string[] {
    const decision = decide(this.state, events, this.around, this.version + 1);
    if (hasChanged(this.state, decision)) this.version += 1;
    this.take(decision);
    return decision.commands.map((command) => command.kind);
  }

  get status(): string {
    return orderStatus(this.state);
  }

  /** `ordered=cancelled+shipped+open (backordered) STATUS` of a line. */
  line(number: number): string {
    const progress = this.state.progress.lines[number - 1];
    const contents = this.state.contents.lines[number - 1];
    if (!progress || !contents) throw new RangeError(`no line ${number}`);
    const status: OrderLineView['status'] = lineStatus(this.state, progress);
    const open = quantityOf(progress.parts).toFixed();
    const waiting = quantityOf(progress.parts, 'WAITING').toFixed();
    return `${contents.ordered}=${progress.cancelled}+${progress.shipped}+${open} (${waiting}) ${status}`;
  }

  /** The commands of one kind, in the order they were given. */
  given<K extends Command['kind']>(kind: K): Extract<Command, { kind: K }>[] {
    return this.commands.filter((each): each is Extract<Command, { kind: K }> => each.kind === kind);
  }

  private take({ state, commands, facts }: Decision): void {
    this.state = state;
    this.commands.push(...commands);
    this.facts.push(...facts);
  }
}

export function reserved(
  reservation: string,
  ...lines: { line: number; at?: Record<string, string>; promised?: string; uncovered?: string }[]
): OrderEvent {
  return {
    type: 'RESERVED',
    reservation,
    lines: lines.map(({ line, at = {}, promised, uncovered = '0' }) => ({
      line,
      item: `item-${line}`,
      slices: [
        ...Object.entries(at).map(([place, quantity]) => ({
          node: place,
          quantity,
          shipDate: '2026-03-02',
          basis: 'ON_HAND' as const,
          state: 'ALLOCATED' as const,
        })),
        ...(promised === undefined
          ? []
          : [
              {
                node: 'N',
                quantity: promised,
                shipDate: '2026-03-09',
                basis: 'PURCHASE_ORDER' as const,
                state: 'PROMISED' as const,
              },
            ]),
      ],
      uncovered,
    })),
  };
}

export function allocated(
  reservation: string,
  line: number,
  place: string,
  quantity: string,
  event = `${reservation}/${line}/${place}/${quantity}`,
): OrderEvent {
  return { type: 'STOCK_ALLOCATED', reservation, event, line, node: place, quantity };
}

export function progressed(
  fulfilment: string,
  status: Extract<OrderEvent, { type: 'FULFILMENT_PROGRESSED' }>['status'],
  lines?: Record<number, string>,
): OrderEvent {
  const picked = Object.entries(lines ?? {}).map(([line, quantity]) => ({
    line: Number(line),
    item: `item-${line}`,
    quantity,
  }));
  return { type: 'FULFILMENT_PROGRESSED', fulfilment, status, ...(lines && { lines: picked }) };
}

export function shipped(fulfilment: string, lines: Record<number, string>, id = `shp-${fulfilment}`): OrderEvent {
  return {
    type: 'SHIPMENT_CONFIRMED',
    shipment: {
      shipment: id,
      order: 'ord_1',
      partner: 'harbour',
      fulfilmentOrder: fulfilment,
      node: 'N',
      shippedAt: '2026-03-02T12:00:00Z',
      trackingNumbers: [],
      lines: Object.entries(lines).map(([line, quantity]) => ({
        line: Number(line),
        item: `item-${line}`,
        quantity,
        reservation: 'ord_1',
      })),
    },
  };
}

export const ERP_CREATED: OrderEvent = { type: 'ERP_CREATED', documentNumber: 'SO-1' };

export function cancel(lines?: { line: number; quantity?: string }[], key = 'c1'): OrderEvent {
  return { type: 'CANCEL', key, ...(lines && { lines }) };
}
