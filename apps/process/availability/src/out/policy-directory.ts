import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { BUSINESS_DAYS, minuteOf, type ShippingCalendar } from '../promise/calendar';
import { micro } from '../promise/quantity';
import type { Staleness } from '../promise/staleness';
import { termsOf, type ItemTerms, type PolicySource, type QuotaTerms, type Terms } from '../promise/terms';
import { SourceRuleDirectory } from './source-rule-directory';
import { policyChanges, type StoredItemPolicy, type StoredNodePolicy, type StoredQuota } from './known-policies.store';

/**
 * The policies, kept in this process: what changed since the last look is read again when that is older than the configured time, and
 * at once after a change made here. A question about items without policies costs a lookup and no statement.
 */
@Injectable()
export class PolicyDirectory implements PolicySource {
  private readonly items = new Map<string, ItemTerms>();
  private readonly channels = new Map<string, QuotaTerms[]>();
  private readonly calendars = new Map<string, ShippingCalendar>();
  private readonly costs = new Map<string, number>();
  private revision = '0';
  private readUntil = 0;
  private reading: Promise<void> | undefined;
  private changesMade = 0;

  constructor(
    private readonly database: Database,
    private readonly sources: SourceRuleDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** What these items need, as stored at most the configured time ago. Waits only when a look is due. */
  async terms(items: readonly string[]): Promise<Terms> {
    if (Date.now() >= this.readUntil) {
      const reading = (this.reading ??= this.read());
      await reading.finally(() => {
        if (this.reading === reading) this.reading = undefined;
      });
    }
    return termsOf(items, this);
  }

  /** The same for who holds locks: a look goes over its own connection. The transaction has stored no policy itself. */
  async termsIn(tx: Queryable, items: readonly string[]): Promise<Terms> {
    if (Date.now() >= this.readUntil) await this.read(tx);
    return termsOf(items, this);
  }

  /** What these items need, as known here without a look at the database. */
  known(items: readonly string[]): Terms {
    return termsOf(items, this);
  }

  /** Everything that was stored up to a revision is known here. */
  knows(revision: string): boolean {
    return BigInt(this.revision) >= BigInt(revision);
  }

  /** The next question sees what was just stored. */
  expire(): void {
    this.changesMade += 1;
    this.readUntil = 0;
    this.reading = undefined;
  }

  item(item: string): ItemTerms | undefined {
    return this.items.get(item);
  }

  quotas(item: string): readonly QuotaTerms[] {
    return this.channels.get(item) ?? [];
  }

  calendar(node: string): ShippingCalendar | undefined {
    return this.calendars.get(node);
  }

  get cost(): ((node: string) => number) | undefined {
    return this.costs.size === 0 ? undefined : (node) => this.costs.get(node) ?? 0;
  }

  staleness(node: string): Staleness | undefined {
    return this.sources.staleness(node);
  }

  private async read(db: Queryable = this.database): Promise<void> {
    const until = Date.now() + this.config.policiesCacheMs;
    await this.sources.current(db);
    const { changesMade } = this;
    const { revision, items, nodes, quotas } = await policyChanges(db, this.revision);
    // An older look that ends after a newer one must not bring the past back.
    if (BigInt(revision) < BigInt(this.revision)) return;
    for (const policy of items) this.items.set(policy.item, itemTerms(policy));
    for (const policy of nodes) this.enterNode(policy);
    for (const quota of quotas) this.enter(quota);
    this.revision = revision;
    if (changesMade === this.changesMade) this.readUntil = until;
  }

  private enterNode(policy: StoredNodePolicy): void {
    this.calendars.set(policy.node, shippingCalendar(policy));
    if (policy.shipmentCost === null) this.costs.delete(policy.node);
    else this.costs.set(policy.node, policy.shipmentCost);
  }

  private enter({ item, ...stored }: StoredQuota): void {
    const quota = quotaTerms(stored);
    const others = this.quotas(item).filter((each) => each.channel !== quota.channel || each.node !== quota.node);
    // What protects nothing and has no cap is as good as none.
    const all = quota.protected > 0n || quota.cap !== undefined ? [...others, quota] : others;
    if (all.length > 0) this.channels.set(item, all);
    else this.channels.delete(item);
  }
}

function itemTerms(policy: StoredItemPolicy): ItemTerms {
  const { rule, accumulationDays, purchasable, leadTimeDays, receivingDays } = policy;
  return {
    rule: rule === 'LOOK_AHEAD' ? undefined : { rule, accumulationDays: accumulationDays ?? undefined },
    leadTime: purchasable && leadTimeDays !== null ? { days: leadTimeDays, receivingDays } : undefined,
    substitutes: policy.substitutes.map(({ item, ratio }) => ({ item, ratio: micro(ratio) })),
    components: policy.components.map(({ item, quantity }) => ({ item, quantity: micro(quantity) })),
  };
}

function shippingCalendar(policy: StoredNodePolicy): ShippingCalendar {
  return {
    node: { workingDays: new Set(policy.workingDays), holidays: new Set(policy.holidays) },
    carrier: BUSINESS_DAYS,
    cutOff: policy.cutOff === null ? undefined : minuteOf(policy.cutOff),
    handlingDays: policy.handlingDays,
    transitDays: policy.transitDays,
  };
}

function quotaTerms(stored: Omit<StoredQuota, 'item'>): QuotaTerms {
  return {
    channel: stored.channel,
    node: stored.node === '' ? undefined : stored.node,
    protected: micro(stored.protected),
    cap: stored.cap === null ? undefined : micro(stored.cap),
  };
}
