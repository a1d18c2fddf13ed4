import { Decimal } from '#canonical/decimal';
import type { ReleaseLine } from '#contracts/availability/release.dto';
import { ORDER_RELEASED } from '#contracts/events/catalogue';
import type { Fact } from '../src/fulfil-order/facts';
import type { Command } from '../src/fulfil-order/order-command';
import type { OrderEvent } from '../src/fulfil-order/order-event';
import type { Chance } from '../../../../test/support/random';
import { allocated, progressed, reserved, shipped } from './order-fixtures';

type RequestOf<K extends Command['kind']> = Extract<Command, { kind: K }>['request'];

interface Held {
  readonly reservation: string;
  readonly line: number;
  /** Absent: waits. */
  node?: string;
  quantity: Decimal;
}

interface Work {
  readonly lines: RequestOf<'release-to-node'>['lines'];
  /** The node has picked, or has been stopped. */
  state: 'OPEN' | 'PICKED' | 'STOPPED';
}

/**
 * Availability, ERP and warehouses: honest and idempotent by business key, as their contracts promise. A key that comes with another
 * content is a fault of the order process and throws. What they tell takes its time.
 */
export class SimulatedBackends {
  private readonly held: Held[] = [];
  private readonly works = new Map<string, Work>();
  private readonly erp = new Map<number, Decimal>();
  private readonly shipped = new Map<number, Decimal>();
  private readonly unheld = new Map<number, Decimal>();
  /** First content and answer by business key. */
  private readonly done = new Map<string, { readonly content: string; readonly answer: OrderEvent }>();
  private arrivals = 0;
  private shorts: number;
  private rejections: number;

  constructor(
    private readonly chance: Chance,
    private readonly tell: (happens: () => OrderEvent | undefined) => void,
    private readonly facts: () => readonly Fact[],
  ) {
    this.shorts = chance.between(0, 3);
    this.rejections = chance.between(0, 1);
  }

  left(line: number): Decimal {
    return this.shipped.get(line) ?? new Decimal(0);
  }

  heldFor(line: number): Decimal {
    return this.held
      .filter((each) => each.line === line)
      .reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  }

  /** Goods that left although nothing was held for them any more: a release had freed the wrong stock. */
  shippedUnheld(line: number): Decimal {
    return this.unheld.get(line) ?? new Decimal(0);
  }

  inErp(line: number): Decimal {
    return this.erp.get(line) ?? new Decimal(0);
  }

  /** Carries a command out once per business key, however often it is asked. */
  effect(command: Command): OrderEvent {
    // A stop is asked again of the node as it stands then; everything else has one answer for ever.
    if (command.kind === 'cancel-fulfilment') return this.stopWork(command.request.fulfilmentOrder);
    const content = JSON.stringify(command.request);
    const known = this.done.get(command.key);
    if (known && known.content !== content) throw new Error(`${command.key} came again with another content`);
    if (known) return known.answer;
    const answer = this.first(command);
    this.done.set(command.key, { content, answer });
    return answer;
  }

  private first(command: Exclude<Command, { kind: 'cancel-fulfilment' }>): OrderEvent {
    switch (command.kind) {
      case 'reserve':
        return this.reserve(command.request);
      case 'release-reservation':
        for (const line of command.request.lines ?? []) this.giveBack(command.request.reservation, line);
        return { type: 'RESERVATION_RELEASED', command: command.key };
      case 'create-erp-order':
        for (const { line, quantity } of command.request.lines) this.erp.set(line, new Decimal(quantity));
        return { type: 'ERP_CREATED', documentNumber: 'SO-1' };
      case 'cancel-erp':
        this.cancelInErp(command.request.lines);
        return { type: 'ERP_CANCELLED', command: command.key };
      case 'release-to-node':
        return this.startWork(command.request);
    }
  }

  /** Some on hand at a node that may serve it, the rest waits and arrives some time, perhaps before this answer. */
  private reserve({ reservation, lines, excludeNodes = [] }: RequestOf<'reserve'>): OrderEvent {
    const nodes = ['N', 'S', 'W'].filter((node) => !excludeNodes.includes(node));
    const answers = lines.map(({ line, quantity }) => {
      const node = nodes.length === 0 ? undefined : this.chance.pick(nodes);
      const most = this.chance.between(0, Number(quantity) * 2);
      const onHand = node === undefined ? new Decimal(0) : Decimal.min(quantity, most);
      const waits = new Decimal(quantity).minus(onHand);
      if (node !== undefined && onHand.gt(0)) this.held.push({ reservation, line, node, quantity: onHand });
      if (waits.gt(0)) this.held.push({ reservation, line, quantity: waits });
      return {
        line,
        at: node !== undefined && onHand.gt(0) ? { [node]: onHand.toFixed() } : {},
        uncovered: waits.toFixed(),
      };
    });
    if (this.chance.percent(30)) this.stockArrives();
    return reserved(reservation, ...answers);
  }

  /** Everything that waits is allocated; false when nothing does. The telling takes its time. */
  stockArrives(): boolean {
    const waiting = this.held.filter((each) => each.node === undefined && each.quantity.gt(0));
    for (const each of waiting) {
      this.arrivals += 1;
      const { reservation, line, quantity } = each;
      const event = allocated(reservation, line, 'W', quantity.toFixed(), `alloc-${this.arrivals}`);
      each.node = 'W';
      this.tell(() => event);
    }
    return waiting.length > 0;
  }

  /** Only what the order names: what waits, or what is held at one node. If that is no longer there, nothing else goes. */
  private giveBack(reservation: string, { line, quantity, node, held }: ReleaseLine): void {
    if (held === undefined || (held === 'ALLOCATED') !== (node !== undefined))
      throw new Error(`a release of ${reservation} does not say exactly what it frees`);
    this.take(reservation, line, node, new Decimal(quantity ?? Infinity));
  }

  /** Returns what was not there. */
  private take(reservation: string, line: number, node: string | undefined, quantity: Decimal): Decimal {
    let rest = quantity;
    for (const each of this.held) {
      if (each.reservation !== reservation || each.line !== line || each.node !== node) continue;
      const taken = Decimal.min(rest, each.quantity);
      each.quantity = each.quantity.minus(taken);
      rest = rest.minus(taken);
    }
    return rest;
  }

  private cancelInErp(lines: RequestOf<'cancel-erp'>['lines']): void {
    if (!lines) this.erp.clear();
    for (const { line, quantity } of lines ?? []) this.erp.set(line, this.inErp(line).minus(quantity));
  }

  private startWork({ fulfilmentOrder: id, lines }: RequestOf<'release-to-node'>): OrderEvent {
    if (this.works.has(id)) return { type: 'RELEASE_OVERTAKEN', fulfilment: id };
    this.works.set(id, { lines, state: 'OPEN' });
    this.tell(() => progressed(id, 'ACCEPTED'));
    if (this.rejections > 0 && this.chance.percent(20)) {
      this.rejections -= 1;
      this.tell(() => this.reject(id));
    } else this.tell(() => this.pickAndShip(id));
    return { type: 'NODE_TOLD', fulfilment: id };
  }

  private reject(id: string): OrderEvent | undefined {
    const work = this.works.get(id);
    if (work?.state !== 'OPEN') return undefined;
    work.state = 'STOPPED';
    return progressed(id, 'REJECTED');
  }

  private pickAndShip(id: string): OrderEvent | undefined {
    const work = this.works.get(id);
    if (work?.state !== 'OPEN') return undefined;
    work.state = 'PICKED';
    const picked: Record<number, string> = {};
    for (const { line, quantity } of work.lines) {
      const short = this.shorts > 0 && this.chance.percent(25);
      if (short) this.shorts -= 1;
      const found = new Decimal(short ? this.chance.between(0, Number(quantity)) : quantity);
      if (found.lte(0)) continue;
      picked[line] = found.toFixed();
      this.shipped.set(line, this.left(line).plus(found));
      this.issue(id, line, found);
    }
    this.tell(() => progressed(id, 'PACKED'));
    if (Object.keys(picked).length > 0) this.tell(() => shipped(id, picked));
    return progressed(id, 'PICKED', picked);
  }

  /** Goods issue: uses up the reservations that the release named, in its order. */
  private issue(fulfilment: string, line: number, quantity: Decimal): void {
    let rest = quantity;
    for (const fact of this.facts()) {
      if (fact.type !== ORDER_RELEASED || fact.data.fulfilmentOrder !== fulfilment) continue;
      for (const released of fact.data.lines.filter((each) => each.line === line)) {
        const used = Decimal.min(rest, released.quantity);
        rest = rest.minus(used);
        const missing = this.take(released.reservation, line, fact.data.node, used);
        if (missing.gt(0)) this.unheld.set(line, this.shippedUnheld(line).plus(missing));
      }
    }
  }

  private stopWork(id: string): OrderEvent {
    const work = this.works.get(id);
    if (work?.state === 'PICKED') return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'TOO_LATE' };
    const first = work?.state === 'OPEN';
    this.works.set(id, { lines: work?.lines ?? [], state: 'STOPPED' });
    if (!first || this.chance.percent(50)) return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'CANCELLED' };
    this.tell(() => progressed(id, 'CANCELLED'));
    return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'REQUESTED' };
  }
}
