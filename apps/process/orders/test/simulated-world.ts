import { Decimal } from '#canonical/decimal';
import type { ReleaseLine } from '#contracts/availability/release.dto';
import { ORDER_RELEASED } from '#contracts/events/catalogue';
import type { Command } from '../src/fulfil-order/order-command';
import type { OrderEvent } from '../src/fulfil-order/order-event';
import { allocated, cancel, type OrderUnderTest, progressed, reserved, shipped } from './order-fixtures';

/** One draw of chance. `cancel`: 0 cancels the whole order, 1 a part of a line, anything else nothing. */
export interface Choice {
  readonly pick: number;
  readonly amount: number;
  readonly twice: boolean;
  readonly cancel: number;
}

interface Held {
  readonly reservation: string;
  readonly line: number;
  /** Absent: waits. */
  node?: string;
  quantity: Decimal;
}

interface Work {
  readonly lines: { line: number; quantity: string }[];
  /** The node has picked, or has been stopped. */
  state: 'OPEN' | 'PICKED' | 'STOPPED';
}

/** Availability, ERP and warehouses as one honest but untidy world: it does what it is told, and tells of it in any order. */
export class SimulatedWorld {
  private readonly held: Held[] = [];
  private readonly works = new Map<string, Work>();
  private readonly erp = new Map<number, Decimal>();
  private readonly shipped = new Map<number, Decimal>();
  private readonly unheld = new Map<number, Decimal>();
  /** Commands under way and events on their way, in no order. */
  private readonly underWay: (() => OrderEvent | undefined)[] = [];
  private step = 0;
  private shorts = 3;

  constructor(
    private readonly order: OrderUnderTest,
    private readonly script: readonly Choice[],
  ) {
    this.carryOut(order.commands);
  }

  run(): void {
    for (let steps = 0; steps < 2000; steps += 1) {
      if (this.underWay.length === 0 && !this.stockArrives()) return;
      const { pick, twice, cancel: wish } = this.choice();
      const [happens] = this.underWay.splice(pick % this.underWay.length, 1);
      const event = happens?.();
      if (event) this.tell(event);
      if (event && twice) this.underWay.push(() => event);
      if (wish === 0) this.tell(cancel(undefined, `c${steps}`));
      if (wish === 1) this.tell(cancel([{ line: 1, quantity: String((pick % 5) + 1) }], `c${steps}`));
    }
    throw new Error(`no end: ${this.order.status} ${JSON.stringify(this.order.state.progress)}`);
  }

  left(line: number): Decimal {
    return this.shipped.get(line) ?? new Decimal(0);
  }

  heldFor(line: number): Decimal {
    return total(this.held.filter((each) => each.line === line));
  }

  /** Goods that left although nothing was held for them any more: a release had freed the wrong stock. */
  shippedUnheld(line: number): Decimal {
    return this.unheld.get(line) ?? new Decimal(0);
  }

  inErp(line: number): Decimal {
    return this.erp.get(line) ?? new Decimal(0);
  }

  private tell(event: OrderEvent): void {
    const before = this.order.commands.length;
    this.order.on(event);
    this.carryOut(this.order.commands.slice(before));
  }

  private carryOut(commands: readonly Command[]): void {
    for (const command of commands) this.underWay.push(() => this.effect(command));
  }

  private effect(command: Command): OrderEvent | undefined {
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
      case 'cancel-fulfilment':
        return this.stopWork(command.request.fulfilmentOrder);
    }
  }

  /** Some on hand at a node that may serve it, the rest waits and arrives some time, perhaps before this answer. */
  private reserve({
    reservation,
    lines,
    excludeNodes = [],
  }: Extract<Command, { kind: 'reserve' }>['request']): OrderEvent {
    const nodes = ['N', 'S', 'W'].filter((node) => !excludeNodes.includes(node));
    const answers = lines.map(({ line, quantity }) => {
      const { pick, amount } = this.choice();
      const node = nodes[pick % nodes.length];
      const onHand = node === undefined ? new Decimal(0) : Decimal.min(quantity, amount % (Number(quantity) * 2));
      const waits = new Decimal(quantity).minus(onHand);
      if (node !== undefined && onHand.gt(0)) this.held.push({ reservation, line, node, quantity: onHand });
      if (waits.gt(0)) this.held.push({ reservation, line, quantity: waits });
      const at = node !== undefined && onHand.gt(0) ? { [node]: onHand.toFixed() } : {};
      return { line, at, uncovered: waits.toFixed() };
    });
    const answer = reserved(reservation, ...answers);
    if (this.choice().twice) this.stockArrives();
    return answer;
  }

  /** Everything that waits is allocated; false when nothing does. The telling takes its time. */
  private stockArrives(): boolean {
    const waiting = this.held.filter((each) => each.node === undefined && each.quantity.gt(0));
    for (const each of waiting) {
      const { reservation, line, quantity } = each;
      const event = allocated(reservation, line, 'W', quantity.toFixed(), `alloc-${this.step}-${line}-${reservation}`);
      each.node = 'W';
      this.underWay.push(() => event);
    }
    return waiting.length > 0;
  }

  /** Only what the order names: what waits, or what is held at one node. If that is no longer there, nothing else goes. */
  private giveBack(reservation: string, { line, quantity, node, held }: ReleaseLine): void {
    if (held === undefined || (held === 'ALLOCATED') !== (node !== undefined))
      throw new Error(`a release of ${reservation} does not say exactly what it frees`);
    let rest = new Decimal(quantity ?? Infinity);
    const mine = this.held.filter((each) => each.reservation === reservation && each.line === line);
    for (const each of mine.filter((every) => every.node === node)) {
      const taken = Decimal.min(rest, each.quantity);
      each.quantity = each.quantity.minus(taken);
      rest = rest.minus(taken);
    }
  }

  private cancelInErp(lines: { line: number; quantity: string }[] | undefined): void {
    if (!lines) this.erp.clear();
    for (const { line, quantity } of lines ?? []) this.erp.set(line, this.inErp(line).minus(quantity));
  }

  private startWork({ fulfilmentOrder, lines }: Extract<Command, { kind: 'release-to-node' }>['request']): OrderEvent {
    this.works.set(fulfilmentOrder, { lines, state: 'OPEN' });
    this.underWay.push(() => progressed(fulfilmentOrder, 'ACCEPTED'));
    this.underWay.push(() => this.pickAndShip(fulfilmentOrder));
    return { type: 'NODE_TOLD', fulfilment: fulfilmentOrder };
  }

  private pickAndShip(id: string): OrderEvent | undefined {
    const work = this.works.get(id);
    if (work?.state !== 'OPEN') return undefined;
    work.state = 'PICKED';
    const picked: Record<number, string> = {};
    for (const { line, quantity } of work.lines) {
      const { amount } = this.choice();
      const short = this.shorts > 0 && amount % 4 === 0;
      if (short) this.shorts -= 1;
      const found = short ? Decimal.min(quantity, amount % (Number(quantity) + 1)) : new Decimal(quantity);
      if (found.lte(0)) continue;
      picked[line] = found.toFixed();
      this.shipped.set(line, this.left(line).plus(found));
      this.issue(id, line, found);
    }
    const pickedEvent = progressed(id, 'PICKED', picked);
    this.underWay.push(() => progressed(id, 'PACKED'));
    if (Object.keys(picked).length > 0) this.underWay.push(() => shipped(id, picked));
    return pickedEvent;
  }

  /** Goods issue: uses up the reservations that the release named, in its order. */
  private issue(fulfilment: string, line: number, quantity: Decimal): void {
    let rest = quantity;
    for (const fact of this.order.facts) {
      if (fact.type !== ORDER_RELEASED || fact.data.fulfilmentOrder !== fulfilment) continue;
      for (const released of fact.data.lines.filter((each) => each.line === line)) {
        const used = Decimal.min(rest, released.quantity);
        rest = rest.minus(used);
        this.use(released.reservation, line, fact.data.node, used);
      }
    }
  }

  private use(reservation: string, line: number, node: string, quantity: Decimal): void {
    let rest = quantity;
    for (const each of this.held) {
      if (each.reservation !== reservation || each.line !== line || each.node !== node) continue;
      const taken = Decimal.min(rest, each.quantity);
      each.quantity = each.quantity.minus(taken);
      rest = rest.minus(taken);
    }
    if (rest.gt(0)) this.unheld.set(line, this.shippedUnheld(line).plus(rest));
  }

  private stopWork(id: string): OrderEvent {
    const work = this.works.get(id);
    // A release that is still on its way would come after: the queue of the warehouse keeps them in order.
    if (!work) {
      this.underWay.push(() => this.stopWork(id));
      return { type: 'RETRY', who: 'nobody', why: 'later' };
    }
    if (work.state === 'PICKED') return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'TOO_LATE' };
    work.state = 'STOPPED';
    if (this.choice().twice) return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'CANCELLED' };
    this.underWay.push(() => progressed(id, 'CANCELLED'));
    return { type: 'CANCEL_ANSWERED', fulfilment: id, outcome: 'REQUESTED' };
  }

  private choice(): Choice {
    this.step += 1;
    return this.script[this.step % this.script.length] ?? { pick: 0, amount: 0, twice: false, cancel: 9 };
  }
}

function total(held: readonly Held[]): Decimal {
  return held.reduce((sum, each) => sum.plus(each.quantity), new Decimal(0));
}
