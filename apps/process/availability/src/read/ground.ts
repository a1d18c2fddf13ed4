import { CrossdockError, type Finding } from '#canonical/errors';
import type { AvailabilityQuery } from '#contracts/availability/query.dto';
import type { Book, PromiseBook, PromiseSource } from '../promise/book';
import { BUSINESS_DAYS, EVERY_DAY, shipDay } from '../promise/calendar';
import { dateOf, dayOf, type Day } from '../promise/days';
import { withKits } from '../promise/kits';
import { leadTimeDay } from '../promise/lead-time';
import { undoAll, type CoverLine } from '../promise/line';
import type { NodeView } from '../promise/nodes';
import { floorTo } from '../promise/packs';
import type { Micro } from '../promise/quantity';
import { shipDayAt, withCalendars } from '../promise/shipping-node';
import type { Terms } from '../promise/terms';

/** What questions are answered from: stock and supply, the policies, the nodes, all of one moment. */
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

  /** Where and by which ship day more of the item could be bought; undefined when it may not be. */
  bought(line: CoverLine): { readonly node: string; readonly day: Day } | undefined {
    const leadTime = this.terms.item(line.item)?.leadTime;
    const node = line.node ?? this.sourcesOf(line)[0]?.node ?? this.view.home(new Set());
    if (!leadTime || node === undefined) return undefined;
    const calendar = this.terms.calendar(node);
    const { days: leadTimeDays, receivingDays } = leadTime;
    const there = leadTimeDay(this.view.today(node), {
      leadTimeDays,
      supplier: BUSINESS_DAYS,
      receivingDays,
      node: calendar?.node ?? EVERY_DAY,
    });
    return { node, day: calendar ? shipDay(calendar, there, this.view.moment(node)) : there };
  }

  /** What only the nodes and the clock of the database can tell. Errors: AVAILABILITY_INVALID with all findings. */
  refusal({ lines }: AvailabilityQuery): CrossdockError | undefined {
    const today = this.view.earliestToday;
    const findings = lines.flatMap((line, index) => {
      const { node, requestedDate = '', latestDate = '' } = line;
      const at = (field: string) => `/lines/${index}/${field}`;
      const found: Finding[] = [];
      for (const [field, date] of Object.entries({ requestedDate, latestDate }))
        if (date !== '' && dayOf(date) < (node === undefined ? today : this.view.today(node)))
          found.push({ code: 'DATE_PAST', detail: `${date} has passed`, pointer: at(field), seen: date, expected: `${dateOf(today)} or later` }); // prettier-ignore
      if (found.length === 0 && latestDate !== '' && latestDate < requestedDate)
        found.push({ code: 'DATE_INVALID', detail: 'latestDate is before requestedDate', pointer: at('latestDate'), seen: latestDate }); // prettier-ignore
      if (node !== undefined && !this.view.knows(node) && !this.book.get(line.item)?.some((each) => each.node === node))
        found.push({ code: 'NODE_UNKNOWN', detail: `no node ${node}`, pointer: at('node'), seen: node });
      return found;
    });
    if (findings.length === 0) return undefined;
    const message = 'some lines cannot be answered';
    return new CrossdockError({ code: 'AVAILABILITY_INVALID', kind: 'invalid', message, findings });
  }
}
