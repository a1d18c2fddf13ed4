import type { ShippingCalendar } from './calendar';
import type { Component, Kits } from './kits';
import type { Substitute } from './offer';
import type { Micro } from './quantity';
import type { RuleSetting } from './rules';
import type { Staleness } from './staleness';

const ONE = 1_000_000n;

/** How one item is promised; an item without a policy has none of it. */
export interface ItemTerms {
  readonly rule: RuleSetting | undefined;
  /** Only of what may be bought on demand. */
  readonly leadTime: { readonly days: number; readonly receivingDays: number } | undefined;
  readonly substitutes: readonly Substitute[];
  /** Not empty: the item is a kit. */
  readonly components: readonly Component[];
}

/** A channel's quota without what it has consumed, which is read with the stock. */
export interface QuotaTerms {
  readonly channel: string;
  readonly node: string | undefined;
  readonly protected: Micro;
  readonly cap: Micro | undefined;
}

/** The policies of what one question touches, as known at one moment, and what the one who asks wants beyond them. */
export interface Terms {
  /** Days of life that lots must have left, where the item's policy does not ask for more. */
  readonly minimumLifeDays: number;
  /** What was asked for, and the components and substitutes it may take. */
  readonly items: readonly string[];
  /** Those of `items` that have quotas. */
  readonly quotaItems: readonly string[];
  readonly kits: Kits;
  item(item: string): ItemTerms | undefined;
  quotas(item: string): readonly QuotaTerms[];
  calendar(node: string): ShippingCalendar | undefined;
  /** Of a node whose source has not been heard of for too long. */
  staleness(node: string): Staleness | undefined;
  /** Of a shipment from a node, when any node has one; one without is free. */
  readonly cost: ((node: string) => number) | undefined;
}

/** Where policies are looked up. */
export interface PolicySource {
  item(item: string): ItemTerms | undefined;
  quotas(item: string): readonly QuotaTerms[];
  calendar(node: string): ShippingCalendar | undefined;
  staleness(node: string): Staleness | undefined;
  readonly cost: ((node: string) => number) | undefined;
}

/** Captures what these items need, so that one question is answered by one state of the policies. */
export function termsOf(asked: readonly string[], source: PolicySource): Terms {
  const items = new Map<string, ItemTerms | undefined>();
  const quotas = new Map<string, readonly QuotaTerms[]>();
  const kits = new Map<string, readonly Component[]>();
  const enter = (item: string): ItemTerms | undefined => {
    if (items.has(item)) return items.get(item);
    const terms = source.item(item);
    items.set(item, terms);
    const own = source.quotas(item);
    if (own.length > 0) quotas.set(item, own);
    if (terms && terms.components.length > 0) {
      const parts = componentsOf(terms.components, (each) => source.item(each)?.components ?? []);
      kits.set(item, parts);
      for (const part of parts) enter(part.item);
    }
    return terms;
  };
  for (const item of asked) for (const { item: substitute } of enter(item)?.substitutes ?? []) enter(substitute);
  return {
    minimumLifeDays: 0,
    items: [...items.keys()],
    quotaItems: [...quotas.keys()],
    kits,
    item: (item) => items.get(item),
    quotas: (item) => quotas.get(item) ?? [],
    calendar: (node) => source.calendar(node),
    staleness: (node) => source.staleness(node),
    cost: source.cost,
  };
}

/**
 * The same with look-ahead for every item, so that nothing is given away that somebody else was promised; and a kit that waits in line
 * is not put together, as the locks of its components are not held.
 */
export function forWaiters(terms: Terms): Terms {
  return { ...withLookAhead(terms), kits: new Map() };
}

/** With look-ahead for every item, whatever its own rule. */
export function withLookAhead(terms: Terms): Terms {
  const item = (id: string): ItemTerms | undefined => {
    const own = terms.item(id);
    return own && { ...own, rule: undefined };
  };
  return { ...terms, item };
}

/** What a kit is made of in the end: kits among its components are taken apart, what comes twice is one. */
function componentsOf(
  components: readonly Component[],
  made: (item: string) => readonly Component[],
): readonly Component[] {
  const sums = new Map<string, Micro>();
  const add = ({ item, quantity }: Component): void => {
    const inner = made(item);
    for (const each of inner) add({ item: each.item, quantity: (each.quantity * quantity + ONE - 1n) / ONE });
    if (inner.length === 0) sums.set(item, (sums.get(item) ?? 0n) + quantity);
  };
  for (const component of components) add(component);
  return [...sums].map(([item, quantity]) => ({ item, quantity }));
}
