import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import { FAILURE_TYPES } from '../src/fulfil-order/holds';
import type { Command, CommandKind } from '../src/fulfil-order/order-command';
import type { OrderEvent } from '../src/fulfil-order/order-event';
import { HOUSE_POLICY } from '../src/fulfil-order/policy';
import { awaitsAnswer, isTerminal, orderStatus, waitsForStock } from '../src/fulfil-order/status';
import { Chance } from '../../../../test/support/random';
import { ADDRESS, AROUND, cancel, contentsOf, OrderUnderTest } from './order-fixtures';
import { SimulatedBackends } from './simulated-backends';

interface Job {
  readonly command: Command;
  tries: number;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const START = Date.parse(AROUND.now);
const MOST_STEPS = 5_000;

/**
 * One order from acceptance to its end under a virtual clock: everything that happens, when, and what goes wrong is drawn from the
 * seed. Jobs live as the engine keeps them: an effect whose answer is lost, or whose process dies before the record, runs again.
 */
export class OrderSimulation {
  readonly order: OrderUnderTest;
  readonly backends: SimulatedBackends;
  private readonly chance: Chance;
  private readonly agenda: { readonly at: number; readonly number: number; readonly happens: () => void }[] = [];
  private readonly jobs = new Map<string, Job>();
  private readonly outages = new Map<CommandKind, { readonly from: number; readonly to: number }>();
  private clock = START;
  private count = 0;
  private refusals: number;

  constructor(seed: number) {
    this.chance = new Chance(seed);
    this.refusals = this.chance.between(0, 2);
    this.order = new OrderUnderTest(this.contents());
    this.backends = new SimulatedBackends(
      this.chance,
      (happens) => this.hear(happens),
      () => this.order.facts,
    );
    for (const kind of ['reserve', 'create-erp-order', 'release-to-node'] as const) {
      const from = START + this.chance.between(0, 89) * MINUTE;
      if (this.chance.percent(15)) this.outages.set(kind, { from, to: from + 120 * MINUTE });
    }
    this.enqueue(this.order.commands);
    this.peopleAct();
  }

  /** Throws when an invariant breaks, or when there is no end. */
  run(): void {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const next = this.agenda.shift();
      if (next) {
        this.clock = next.at;
        next.happens();
      } else if (!this.goOn()) return;
    }
    throw new Error(`no end: ${this.order.status} ${JSON.stringify(this.order.state.progress)}`);
  }

  /** When nothing more happens by itself: stock arrives, and people look at what is held. False at the end. */
  private goOn(): boolean {
    const { holds } = this.order.state.progress;
    const arrived = this.backends.stockArrives();
    for (const { id, type } of holds) {
      if (!FAILURE_TYPES.includes(type)) this.tell({ type: 'HOLD_RELEASED', hold: id, who: 'ann', why: 'settled' });
    }
    if (holds.length > 0) this.tell({ type: 'RETRY', who: 'ann', why: 'mended' });
    return arrived || holds.length > 0;
  }

  private contents(): OrderUnderTest['state']['contents'] {
    const { chance } = this;
    const quantities = Array.from({ length: chance.between(1, 3) }, () => String(chance.between(1, 40)));
    const policy: FulfilmentPolicy = {
      ...HOUSE_POLICY,
      partial: chance.pick(['PARTIAL_OK', 'PARTIAL_OK', 'PARTIAL_OK', 'SHIP_COMPLETE_LINE', 'SHIP_COMPLETE_ORDER', 'FILL_OR_KILL'] as const), // prettier-ignore
      pickShort: chance.pick(['SAME_NODE', 'OTHER_NODE', 'OTHER_NODE', 'CANCEL']),
      backorder: chance.percent(85),
      ...(chance.percent(20) && { maxSplits: chance.between(1, 3) }),
      ...(chance.percent(20) && { minQuantity: '5' }),
    };
    return contentsOf(quantities, { policy, shipComplete: policy.partial === 'SHIP_COMPLETE_ORDER' });
  }

  private at(delay: number, happens: () => void): void {
    this.count += 1;
    const entry = { at: this.clock + delay, number: this.count, happens };
    const place = this.agenda.findIndex(({ at }) => at > entry.at);
    this.agenda.splice(place === -1 ? this.agenda.length : place, 0, entry);
  }

  /** News of a backend: late, out of order, sometimes twice. */
  private hear(happens: () => OrderEvent | undefined): void {
    this.at(this.chance.between(0, 239) * MINUTE, () => {
      const event = happens();
      if (!event) return;
      this.tell(event);
      this.twiceIsOnce(event);
      if (this.chance.percent(20)) this.at(this.chance.between(0, 599) * MINUTE, () => this.tell(event));
    });
  }

  /** I6: what was just said changes nothing when it is said again. */
  private twiceIsOnce(event: OrderEvent): void {
    const { version } = this.order;
    this.tell(event);
    if (this.order.version !== version) throw new Error(`I6: ${event.type} said twice moved the order twice`);
  }

  private tell(...events: OrderEvent[]): void {
    const before = this.order.commands.length;
    const now = new Date(this.clock).toISOString();
    this.order.around = { ...AROUND, now, today: now.slice(0, 10) };
    this.order.on(...events);
    this.enqueue(this.order.commands.slice(before));
    this.checkExplained();
    this.checkCredit();
  }

  private enqueue(commands: readonly Command[]): void {
    for (const command of commands) {
      this.jobs.set(command.key, { command, tries: 0 });
      this.try(command.key, this.chance.between(0, 29) * MINUTE);
    }
  }

  private try(key: string, delay: number): void {
    this.at(delay, () => {
      const job = this.jobs.get(key);
      if (job) this.attempt(key, job);
    });
  }

  private attempt(key: string, job: Job): void {
    const { command } = job;
    const outage = this.outages.get(command.kind);
    const away = outage !== undefined && this.clock >= outage.from && this.clock < outage.to;
    if (this.isBehind(command)) {
      this.try(key, MINUTE);
      return;
    }
    job.tries += 1;
    const luck = this.chance.between(0, 99);
    if (away || luck < 8) {
      this.try(key, MINUTE);
      return;
    }
    if (
      luck < 12 &&
      job.tries === 1 &&
      this.refusals > 0 &&
      (command.kind === 'create-erp-order' || command.kind === 'release-to-node')
    ) {
      this.refusals -= 1;
      this.jobs.delete(key);
      this.tell({ type: 'COMMAND_REFUSED', command, code: 'BLOCKED', detail: 'not now', tries: job.tries });
      return;
    }
    const answer = this.backends.effect(command);
    // Done outside; the answer is lost, or the process dies before it is recorded.
    if (luck < 22) {
      this.try(key, 5 * MINUTE);
      return;
    }
    this.jobs.delete(key);
    this.tell({ ...answer, tries: job.tries });
    this.twiceIsOnce(answer);
  }

  /** A warehouse hears of a fulfilment order in the order of its commands, as their order key says. */
  private isBehind(command: Command): boolean {
    return command.kind === 'cancel-fulfilment' && this.jobs.has(`release:${command.request.fulfilmentOrder}`);
  }

  private peopleAct(): void {
    const { chance } = this;
    const when = (): number => chance.between(0, 3 * 1_440) * MINUTE;
    const line = 1;
    if (chance.percent(15)) this.at(when(), () => this.cancel(undefined));
    for (let times = chance.between(0, 2); times > 0; times -= 1) {
      const quantity = String(chance.between(1, 9));
      if (chance.percent(40)) this.at(when(), () => this.cancel([{ line, quantity }]));
    }
    if (chance.percent(25)) {
      const type = chance.pick(['MANUAL', 'CREDIT', 'VALIDATION'] as const);
      const where = chance.percent(40) ? { line } : {};
      this.at(when(), () => this.tell({ type: 'HELD', reason: { type, code: 'SIMULATED', detail: 'wait', ...where } }));
    }
    if (chance.percent(15)) this.at(when(), () => this.move());
    if (chance.percent(10)) this.at(3 * DAY, () => this.tell({ type: 'OVERDUE', detail: 'late' }));
    if (chance.percent(10)) this.at(when(), () => this.tell({ type: 'EXPIRED' }));
  }

  private move(): void {
    const shipToAddress = { ...ADDRESS, city: 'Leeds' };
    this.tell({ type: 'AMENDED', amended: { shipTo: 'LEEDS', shipToAddress } }, { type: 'CHANGED', key: 'moved' });
  }

  /** What was never tried is withdrawn first, as the cancellation of the app does. */
  private cancel(lines: { line: number; quantity: string }[] | undefined): void {
    const withdrawn: OrderEvent[] = [];
    for (const [key, { command, tries }] of this.jobs) {
      const first =
        command.kind === 'release-to-node' || (!lines && ['reserve', 'create-erp-order'].includes(command.kind));
      if (!first || tries > 0 || !this.order.state.progress.pending.includes(key)) continue;
      this.jobs.delete(key);
      withdrawn.push({ type: 'WITHDRAWN', command: key });
    }
    this.count += 1;
    this.tell(...withdrawn, cancel(lines, `cancel-${this.count}`));
  }

  /** I4: terminal, held, waiting for stock, or owed an answer that somebody works on. And no move that the tables do not know. */
  private checkExplained(): void {
    const { state } = this.order;
    const { holds, pending, warnings } = state.progress;
    const lost = pending.filter((key) => !this.jobs.has(key));
    if (lost.length > 0) throw new Error(`I4: nobody works on ${lost.join(', ')}`);
    const held = holds.some(({ blocking }) => blocking);
    if (!isTerminal(orderStatus(state)) && !held && !waitsForStock(state) && !awaitsAnswer(state))
      throw new Error(`I4: nothing explains ${this.order.status}`);
    const unexpected = warnings.find(({ code }) => code === 'MOVE_UNEXPECTED');
    if (unexpected) throw new Error(unexpected.detail);
  }
  /** Who has no credit keeps nothing from others but what a node works on. */
  private checkCredit(): void {
    const { holds, lines } = this.order.state.progress;
    const credit = holds.filter(({ type }) => type === 'CREDIT');
    for (const { line, parts } of lines) {
      const stopped = credit.some((each) => each.line === undefined || each.line === line);
      const kept = parts.some(({ stage }) => stage === 'WAITING' || stage === 'ALLOCATED');
      if (stopped && kept) throw new Error(`line ${line} keeps stock without credit`);
    }
  }
}
