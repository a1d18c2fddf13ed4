import type { FoundItem } from '#contracts/reference/reference.dto';
import type { Database } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { itemEdition, itemsOf } from '../out/item.store';

/** For so long the edition is believed: an item changed by another process is seen this much later. */
const BELIEVED_MS = 250;

/** Items kept at most; about 1 kB each. */
const KEPT = 50_000;

/** The items of one edition, by the id they were asked for. */
interface Kept {
  readonly edition: string;
  readonly items: Map<string, FoundItem>;
  until: number;
}

const nothing = (): Kept => ({ edition: '', items: new Map(), until: 0 });

/**
 * Finds items by SKU or GTIN for whoever shows or converts quantities. Every availability query asks for its items, and they
 * change a few times a day: so found ones are kept while the edition of all items stays the same. Orders read the rows.
 */
export class ItemFinder {
  private kept = nothing();
  private readonly gatherer = new Gatherer<readonly string[], FoundItem[]>((asked) => this.findAll(asked));

  constructor(private readonly database: Database) {}

  /** In the order asked for; those not known are absent. */
  async find(ids: readonly string[]): Promise<FoundItem[]> {
    if (this.kept.until > Date.now()) {
      const found = takeFrom(this.kept.items, ids);
      if (found.length === ids.length) return found;
    }
    return this.gatherer.call(ids);
  }

  /** An item has changed in this process. */
  forget(): void {
    this.kept = nothing();
  }

  private async findAll(asked: readonly (readonly string[])[]): Promise<Outcome<FoundItem[]>[]> {
    const { items } = await this.current();
    const missing = [...new Set(asked.flat())].filter((id) => !items.has(id));
    // Also when the edition changes meanwhile this is right: what was read goes into the set that was dropped.
    if (missing.length > 0)
      for (const found of await itemsOf(this.database, missing)) items.set(found.requested, found);
    const outcomes = asked.map((ids) => ({ value: takeFrom(items, ids) }));
    for (const id of items.keys()) {
      if (items.size <= KEPT) break;
      items.delete(id);
    }
    return outcomes;
  }

  private async current(): Promise<Kept> {
    if (this.kept.until > Date.now()) return this.kept;
    const until = Date.now() + BELIEVED_MS;
    const edition = await itemEdition(this.database);
    if (edition !== this.kept.edition) this.kept = { ...nothing(), edition };
    this.kept.until = until;
    return this.kept;
  }
}

/** A plain loop: every line of every query passes. */
function takeFrom(items: ReadonlyMap<string, FoundItem>, ids: readonly string[]): FoundItem[] {
  const found: FoundItem[] = [];
  for (const id of ids) {
    const item = items.get(id);
    if (item !== undefined) found.push(item);
  }
  return found;
}
