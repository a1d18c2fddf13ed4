import type { Book, PromiseBook, PromiseSource } from './book';
import { BUSINESS_DAYS, EVERY_DAY, deliveryDay, shipDay } from './calendar';
import type { Day } from './days';
import { withKits } from './kits';
import { leadTimeDay } from './lead-time';
import { undoAll, type CoverLine } from './line';
import type { NodeView } from './nodes';
import { floorTo } from './packs';
import type { Alternatives, Substitute } from './offer';
import type { Micro } from './quantity';
import { shipDayAt, withCalendars } from './shipping-node';
import { DEFAULT_SOURCING, type Objective, type Sourcing } from './sourcing';
import type { Terms } from './terms';

/** What promises are made from, to who asks and to who reserves: stock and supply, the policies, the nodes, all of one moment. */
export class Ground {
  /** The book with kits, by ship days. */
  readonly sources: PromiseBook;

  constructor(
    readonly book: Book,
    readonly terms: Terms,
    readonly view: NodeView,
  ) {
    this.sources = this.dated(withKits(book, terms.kits));
  }

  readonly dated = (book: PromiseBook): PromiseBook =>
    withCalendars(
      book,
      (node) => this.terms.calendar(node),
      (node) => this.view.moment(node),
    );

  sourcesOf({ item, node }: { readonly item: string; readonly node?: string | undefined }): readonly PromiseSource[] {
    const sources = this.sources.get(item) ?? [];
    return node === undefined ? sources : sources.filter((source) => source.node === node);
  }

  /** The most of an item on the day wanted: whole packs of each node. */
  promisable(line: CoverLine): Micro {
    const sources = this.sourcesOf(line);
    const onDay = sources.map((source) => ({ source, day: shipDayAt(source, line.day) }));
    const at = ({ source, day }: (typeof onDay)[number]) =>
      floorTo(source.promisable(day, line.channel), line.multiple);
    if (sources.length < 2 || this.terms.quotaItems.length === 0)
      return onDay.reduce((sum, each) => sum + at(each), 0n);
    // Nodes share the quotas of the item: what one gives counts at the next.
    const parts = onDay.flatMap((each) => {
      const quantity = at(each);
      return quantity > 0n ? each.source.take(each.day, quantity, line.channel) : [];
    });
    undoAll(sources, parts);
    return parts.reduce((sum, part) => sum + part.quantity, 0n);
  }

  /** How nodes are chosen; by the default when undefined. */
  sourcing(objective?: readonly Objective[]): Sourcing | undefined {
    const { cost } = this.terms;
    if (objective === undefined) return cost && { ...DEFAULT_SOURCING, cost };
    return { objective, cost };
  }

  /** What may be offered beside the item: undefined when there is nothing. */
  alternativesTo(line: CoverLine, excluded: ReadonlySet<string>): Alternatives | undefined {
    const substitutes = this.substitutesFor(line);
    const leadTimeDay = this.bought(line, excluded)?.day;
    return substitutes.length === 0 && leadTimeDay === undefined ? undefined : { substitutes, leadTimeDay };
  }

  /** Approved to be delivered instead, unless the line wants nothing else. */
  substitutesFor({ item, substitutes = true }: CoverLine): readonly Substitute[] {
    return substitutes ? (this.terms.item(item)?.substitutes ?? []) : [];
  }

  /** Where and by which ship day more of the item could be bought; undefined when it may not be, or not in time to be delivered. */
  bought(line: CoverLine, excluded: ReadonlySet<string>): { readonly node: string; readonly day: Day } | undefined {
    const leadTime = this.terms.item(line.item)?.leadTime;
    const stocked = this.sourcesOf(line).find(({ node }) => !excluded.has(node))?.node;
    const node = line.node ?? stocked ?? this.view.home(excluded);
    if (!leadTime || node === undefined) return undefined;
    const calendar = this.terms.calendar(node);
    const { days: leadTimeDays, receivingDays } = leadTime;
    const there = leadTimeDay(this.view.today(node), {
      leadTimeDays,
      supplier: BUSINESS_DAYS,
      receivingDays,
      node: calendar?.node ?? EVERY_DAY,
    });
    const day = calendar ? shipDay(calendar, there, this.view.moment(node)) : there;
    const arrives = calendar ? deliveryDay(calendar, Math.max(day, line.day ?? day)) : day;
    return arrives > (line.deliverBy ?? Infinity) ? undefined : { node, day };
  }
}
