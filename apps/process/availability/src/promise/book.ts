import type { Day } from './days';
import { LotMatch, type LotStock } from './lots';
import { project, stepOn, trusted, type Flow, type Step } from './projection';
import { greatest, least, type Micro } from './quantity';
import type { ChannelQuotas, NodeRow } from './quotas';
import { ruleSteps, type RuleSetting } from './rules';
import type { Restriction } from './restriction';

export type SupplyKind = 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';

export interface Supply extends Flow {
  readonly id: string;
  readonly kind: SupplyKind;
  /** Last day of use of what comes, when it is known. Counts for items with lots. */
  readonly expiresOn?: Day | undefined;
}

/** A dated promise that waits for supply. */
export interface Demand extends Flow {
  /** The supply it is pegged to. */
  readonly supply?: string | undefined;
  /** Who it is promised to; shown in `explain`. */
  readonly id?: string | undefined;
}

/** A part of a promise. `held` stock is on hand now; the rest waits for `supply`. */
export interface Part {
  readonly node: string;
  readonly quantity: Micro;
  readonly day: Day;
  readonly basis: 'ON_HAND' | SupplyKind;
  readonly supply: string | undefined;
  readonly held: boolean;
  /** The channel whose quota it consumed; absent when none was named. */
  readonly channel?: string;
  /** The day on which it must be there to be picked, where a calendar makes that another than `day`. */
  readonly picked?: Day;
  /** A part of a kit: what is taken of each component. `quantity` counts kits. */
  readonly components?: readonly ComponentPart[];
}

export interface ComponentPart {
  readonly item: string;
  readonly part: Part;
}

export interface NodeStock {
  readonly node: string;
  /** Usable − allocated − reserved − safety. */
  readonly free: Micro;
  /** The safety stock that `free` leaves out; 0 when absent. Names SAFETY_STOCK as a reason and is placed on lots. */
  readonly safety?: Micro;
  /** Withheld while the node's source is stale; `free` leaves it out too. Names STALE_SOURCE as a reason. */
  readonly withheld?: Micro | undefined;
  /** Supply that does not count as long as the source is stale. */
  readonly doubted?: readonly Supply[] | undefined;
  readonly supplies: readonly Supply[];
  /** Dated promises that wait for supply. */
  readonly demands: readonly Demand[];
  /** The last day to have the goods that leave on a day, where handling makes it another. `demands` and what is held are by it. */
  readonly pickDay?: ((ship: Day) => Day) | undefined;
  /** The node's own calendar day. */
  readonly today: Day;
  /** LOOK_AHEAD when absent. Not for items with lots, which are always matched. */
  readonly rule?: RuleSetting | undefined;
  /** Only for an item that is managed by lot. */
  readonly lots?: LotStock | undefined;
}

export interface Fences {
  readonly horizonDays: number;
  readonly pastDueDays: number;
}

/** Where something can be promised from: the stock of an item at a node, or a kit at a node. */
export interface PromiseSource {
  readonly node: string;
  readonly today: Day;
  /** Available to promise for shipping on a day, to a channel; a past day is today. */
  promisable(day: Day, channel?: string): Micro;
  /** The next day after `day` on which at least so much (default: anything) can be promised. */
  nextDay(day: Day, channel?: string, atLeast?: Micro): Day | undefined;
  /** Books a promise of at most `promisable(day, channel)`. */
  take(day: Day, quantity: Micro, channel?: string): Part[];
  /** Takes back what `take` gave. */
  undo(parts: readonly Part[]): void;
  /** The last ship day that still arrives by a day; that day itself where nothing is known of how long it travels. */
  lastShipFor?(delivery: Day): Day;
}

/** One item at one node: what can be promised, and what is taken from it while one batch decides. */
export class NodeBook implements PromiseSource, NodeRow {
  readonly node: string;
  readonly today: Day;
  private free: Micro;
  private readonly supplies: readonly Supply[];
  private readonly demands: Demand[];
  private readonly held: Flow[] | undefined;
  private readonly pegged = new Map<string, Micro>();
  private steps: readonly Step[] | undefined;
  private match: LotMatch | undefined;

  /** `quotas`: those of the item, shared by the books of all its nodes. */
  constructor(
    private readonly stock: NodeStock,
    private readonly fences: Fences,
    readonly quotas?: ChannelQuotas,
  ) {
    this.node = stock.node;
    this.today = stock.today;
    this.free = stock.free;
    this.supplies = trusted(stock.supplies, stock.today, fences.pastDueDays, fences.horizonDays);
    this.demands = [...stock.demands];
    if (stock.lots) this.held = [...stock.lots.held];
    for (const { supply, quantity } of stock.demands) if (supply !== undefined) this.peg(supply, quantity);
    quotas?.join(this);
  }

  /** Managed by lot: matched, never netted. */
  get lotted(): boolean {
    return this.held !== undefined;
  }

  /** What can be promised never falls from one day to the next: neither lots that expire nor a rule of its own. */
  get neverFalls(): boolean {
    return !this.lotted && this.stock.rule === undefined;
  }

  /** Physically free above safety stock, whatever later promises count on. */
  get onHand(): Micro {
    return this.onHandFor(this.today);
  }

  /** The part of `onHand` that is still good on a day: only lots expire. */
  onHandFor(day: Day): Micro {
    const free = greatest(this.free, 0n);
    return this.held ? least(free, this.lotMatch(this.held).freeOn(Math.max(day, this.today))) : free;
  }

  promisable(day: Day, channel?: string): Micro {
    return this.quotas ? this.quotas.most(this, day, channel) : this.open(day);
  }

  open(day: Day): Micro {
    if (this.supplies.length === 0 && this.demands.length === 0 && !this.held) return greatest(this.free, 0n);
    return stepOn(this.projection(), day)?.promisable ?? 0n;
  }

  changes(): readonly Day[] {
    return this.projection().map((step) => step.day);
  }

  nextDay(day: Day, channel?: string, atLeast: Micro = 1n): Day | undefined {
    const enough = (step: Step) =>
      step.promisable >= atLeast && (!this.quotas || this.quotas.most(this, step.day, channel) >= atLeast);
    return this.projection().find((step) => step.day > day && enough(step))?.day;
  }

  /** The balance and what is promisable before any quota, from today on; one step per day on which it changes. */
  projection(): readonly Step[] {
    this.steps ??= this.held ? this.lotMatch(this.held).steps() : this.netted();
    return this.steps;
  }

  /** What comes and what is promised, as trusted and booked now: for the day table. */
  flows(): { readonly supplies: readonly Supply[]; readonly demands: readonly Demand[] } {
    return { supplies: this.supplies, demands: this.demands };
  }

  /**
   * Supply that comes between today and the day is used first, the latest in time before the earlier, so stock on hand
   * stays free for whoever needs it sooner.
   */
  take(wanted: Day, quantity: Micro, channel?: string): Part[] {
    const day = Math.max(wanted, this.today);
    const fromSupply = greatest(least(quantity, this.suppliable(day)), quantity - this.onHandFor(day));
    const held = quantity - fromSupply;
    const parts: Part[] = [];
    if (held > 0n) parts.push(this.part(held, day, undefined, channel));
    parts.push(...this.pegs(day, fromSupply, channel));
    for (const part of parts) this.enter(part, 1n);
    return parts;
  }

  undo(parts: readonly Part[]): void {
    for (const part of parts) this.enter(part, -1n);
  }

  /** Commits stock on hand that ships on `day` (today when absent); negative frees it. */
  hold(quantity: Micro, day: Day = this.today): void {
    this.free -= quantity;
    this.held?.push({ day, quantity });
    this.changed();
  }

  /** Adds a dated demand; negative takes one away. */
  promise(day: Day, quantity: Micro, supply: string | undefined): void {
    this.demands.push({ day, quantity, supply });
    if (supply !== undefined) this.peg(supply, quantity);
    this.changed();
  }

  /** The last day to have the goods that leave on a day. */
  pickDayFor(ship: Day): Day {
    return this.stock.pickDay?.(ship) ?? ship;
  }

  /** A dated demand that is known by its ship day. */
  promiseToShip(day: Day, quantity: Micro, supply: string | undefined): void {
    this.promise(this.pickDayFor(day), quantity, supply);
  }

  /** The same book as it is now without some of its restrictions. `quotas` are those of the new books. */
  without(lifted: ReadonlySet<Restriction>, quotas: ChannelQuotas | undefined): NodeBook {
    const { stock, fences, free, demands, held } = this;
    const safety = lifted.has('SAFETY_STOCK') ? 0n : (stock.safety ?? 0n);
    const lots = stock.lots && held && { ...stock.lots, held, ...(lifted.has('SHELF_LIFE') ? ageless(stock.lots, stock.today) : {}) }; // prettier-ignore
    const stale = !lifted.has('STALE_SOURCE');
    const withheld = stale ? (stock.withheld ?? 0n) : 0n;
    const supplies = stale ? stock.supplies : [...stock.supplies, ...(stock.doubted ?? [])];
    const doubted = stale ? stock.doubted : [];
    const freed = (stock.safety ?? 0n) - safety + (stock.withheld ?? 0n) - withheld;
    const relaxed = { ...stock, free: free + freed, safety, withheld, supplies, doubted, demands, lots };
    const far = {
      horizonDays: lifted.has('HORIZON') ? Infinity : fences.horizonDays,
      pastDueDays: lifted.has('OVERDUE_SUPPLY') ? Infinity : fences.pastDueDays,
    };
    return new NodeBook(relaxed, far, quotas);
  }

  private netted(): Step[] {
    const projection = { start: this.free, supplies: this.supplies, demands: this.demands, today: this.today };
    return this.stock.rule ? ruleSteps(projection, this.stock.rule) : project(projection);
  }

  private lotMatch(held: readonly Flow[]): LotMatch {
    this.match ??= new LotMatch({
      lots: this.stock.lots?.lots ?? [],
      remainingLifeDays: this.stock.lots?.remainingLifeDays ?? 0,
      held: byDay(held),
      free: this.free,
      safety: (this.stock.safety ?? 0n) + (this.stock.withheld ?? 0n),
      supplies: this.supplies,
      demands: byDay(this.demands),
      today: this.today,
    });
    return this.match;
  }

  /** How much of what is promisable on the day can wait for supply rather than take stock on hand. */
  private suppliable(day: Day): Micro {
    if (this.held) return this.lotMatch(this.held).room(day).supply;
    if (this.stock.rule) return this.unpegged(day);
    const fromHand = least(this.open(this.today), greatest(this.free, 0n));
    return greatest(this.open(day) - fromHand, 0n);
  }

  private unpegged(day: Day): Micro {
    const inTime = this.supplies.filter((supply) => supply.day <= day);
    return inTime.reduce((sum, { id, quantity }) => sum + greatest(quantity - (this.pegged.get(id) ?? 0n), 0n), 0n);
  }

  private enter(part: Part, sign: 1n | -1n): void {
    if (part.held) this.hold(sign * part.quantity, part.day);
    else this.promise(part.day, sign * part.quantity, part.supply);
    this.quotas?.consume(this.node, part.channel, sign * part.quantity);
  }

  private changed(): void {
    this.steps = undefined;
    this.match = undefined;
  }

  private peg(supply: string, quantity: Micro): void {
    this.pegged.set(supply, (this.pegged.get(supply) ?? 0n) + quantity);
  }

  private pegs(day: Day, quantity: Micro, channel: string | undefined): Part[] {
    const inTime = this.supplies.filter((supply) => supply.day <= day).sort((a, b) => b.day - a.day);
    const parts: Part[] = [];
    let open = quantity;
    for (const supply of inTime) {
      const part = least(open, supply.quantity - (this.pegged.get(supply.id) ?? 0n));
      if (part <= 0n) continue;
      parts.push(this.part(part, day, supply, channel));
      open -= part;
    }
    // Unpegged demand may have used up what the pegs leave open: the promise stands, its peg is the latest in time.
    const [latest] = inTime;
    if (open > 0n && latest) parts.push(this.part(open, day, latest, channel));
    return parts;
  }

  private part(quantity: Micro, day: Day, supply: Supply | undefined, channel: string | undefined): Part {
    const { node } = this;
    const basis = supply?.kind ?? 'ON_HAND';
    const id = supply?.id;
    const held = supply === undefined;
    // Written out: spreading objects here was a tenth of the time of a query of fifty lines.
    return channel === undefined
      ? { node, quantity, day, basis, supply: id, held }
      : { node, quantity, day, channel, basis, supply: id, held };
  }
}

/** The nodes of one item, the preferred first. */
export type ItemBook = readonly NodeBook[];
/** What one batch decides on: by item. */
export type Book = ReadonlyMap<string, ItemBook>;
/** A book that may also have kits. */
export type PromiseBook = ReadonlyMap<string, readonly PromiseSource[]>;

/** The item's nodes as they are now, without some of the restrictions; what is booked there does not touch these. */
export function without(nodes: ItemBook, lifted: ReadonlySet<Restriction>): ItemBook {
  const quotas = nodes[0]?.quotas?.without(lifted);
  return nodes.map((node) => node.without(lifted, quotas));
}

function byDay(flows: readonly Flow[]): Flow[] {
  const sums = new Map<Day, Micro>();
  for (const { day, quantity } of flows) sums.set(day, (sums.get(day) ?? 0n) + quantity);
  return [...sums].filter(([, quantity]) => quantity > 0n).map(([day, quantity]) => ({ day, quantity }));
}

/** What has not expired yet would never do so. */
function ageless({ lots }: LotStock, today: Day): Pick<LotStock, 'lots' | 'remainingLifeDays'> {
  const endless = lots.map(({ expiresOn, ...lot }) => (expiresOn !== undefined && expiresOn < today ? { ...lot, expiresOn } : lot)); // prettier-ignore
  return { lots: endless, remainingLifeDays: 0 };
}
