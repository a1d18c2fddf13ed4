import type { AnsweredSlice, AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import type { BookReading } from '../out/book-reading';
import type { Supply } from '../promise/book';
import { dateOf, dayOf, type Day } from '../promise/days';
import type { NodeView } from '../promise/nodes';
import { trusted } from '../promise/projection';
import { smallMicro, smallText } from '../promise/quantity';
import type { Terms } from '../promise/terms';
import { Site, wholeOnHand, type Shelf } from '../promise/whole-on-hand';

/** Answers the lines that one site has on hand: most of all that is asked. Objects are written out here, as every line passes. */
export class UsualAnswers {
  private readonly sites = new Map<string, Site | undefined>();
  private readonly shelves = new Map<string, readonly Shelf[] | undefined>();

  constructor(
    private readonly reading: BookReading,
    private readonly terms: Terms,
    private readonly view: NodeView,
  ) {}

  /** Whether lines of the query can be answered here at all. */
  serves({ together, explain, objective }: AvailabilityQuery): boolean {
    return together !== true && explain !== true && objective === undefined;
  }

  /** Undefined where more has to be looked at than what one site has on hand. */
  answerTo(asked: AvailabilityLineQuery): AvailabilityLine | undefined {
    const { item, node, requestedDate, latestDate, deliverBy } = asked;
    if (deliverBy !== undefined) return undefined;
    const shelves = this.shelvesOf(item, node);
    const quantity = smallMicro(asked.quantity);
    const multiple = asked.multiple === undefined ? undefined : smallMicro(asked.multiple);
    if (!shelves || quantity === undefined || (asked.multiple !== undefined && multiple === undefined))
      return undefined;
    const found = wholeOnHand(shelves, {
      quantity,
      multiple,
      day: requestedDate === undefined ? undefined : dayOf(requestedDate),
      latest: latestDate === undefined ? undefined : dayOf(latestDate),
    });
    if (!found) return undefined;
    const { site, day } = found;
    const slice: AnsweredSlice = {
      node: site.node,
      shipDate: dateOf(day),
      quantity: smallText(quantity),
      basis: 'ON_HAND',
    };
    const arrives = site.deliveryOf(day);
    if (arrives !== undefined) slice.deliveryDate = dateOf(arrives);
    return {
      item,
      known: true,
      availableToPromise: smallText(found.promisable),
      slices: [slice],
      unpromised: '0',
      shortfalls: [],
    };
  }

  private shelvesOf(item: string, node: string | undefined): readonly Shelf[] | undefined {
    let all = this.shelves.get(item);
    if (all === undefined && !this.shelves.has(item)) {
      all = this.stocked(item);
      this.shelves.set(item, all);
    }
    return node === undefined ? all : all?.filter(({ site }) => site.node === node);
  }

  private stocked(item: string): Shelf[] | undefined {
    if (this.terms.kits.has(item) || this.terms.quotas(item).length > 0) return undefined;
    const rows = this.reading.stockAndSupply(item);
    if (!rows) return undefined;
    const byRule = this.terms.item(item)?.rule !== undefined;
    const shelves: Shelf[] = [];
    for (const { node, free: text, supplies } of rows) {
      const site = this.siteOf(node);
      const free = smallMicro(text);
      // Of a stale source less may be promised than there is.
      if (this.terms.staleness(node)) return undefined;
      // By another rule than look-ahead supply that comes later counts on days before it.
      if (free === undefined || (byRule && supplies !== undefined)) return undefined;
      if (site) shelves.push({ site, free, suppliedOn: supplies ? this.firstDayOf(supplies, site) : Infinity });
    }
    return shelves;
  }

  private firstDayOf(supplies: readonly Supply[], { today }: Site): Day {
    const { pastDueDays, horizonDays } = this.reading.fences;
    return Math.min(...trusted(supplies, today, pastDueDays, horizonDays).map(({ day }) => day));
  }

  /** Undefined of a node that is not active. */
  private siteOf(node: string): Site | undefined {
    const known = this.sites.get(node);
    if (known !== undefined || this.sites.has(node)) return known;
    const { view, terms } = this;
    const made = view.active(node)
      ? new Site(node, view.rank(node), view.moment(node), terms.calendar(node), terms.cost?.(node) ?? 0)
      : undefined;
    this.sites.set(node, made);
    return made;
  }
}
