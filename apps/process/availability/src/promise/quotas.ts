import type { Day } from './days';
import { greatest, least, type Micro } from './quantity';

/** How much of an item a sales channel is sure of, and the most it may have. */
export interface ChannelQuota {
  readonly channel: string;
  /** Only there; the sum over all nodes when absent. */
  readonly node?: string | undefined;
  /** Kept for this channel as long as it has not consumed it. */
  readonly protected: Micro;
  /** The most it may consume in all; no limit when absent. */
  readonly cap?: Micro | undefined;
  /** What it has consumed by now. Grows when a promise is made, shrinks when one is given up, stays when goods ship. */
  readonly consumed: Micro;
}

/** The row of one node, before any quota. */
export interface NodeRow {
  readonly node: string;
  readonly today: Day;
  /** Promisable on a day to whoever may have all of it. */
  open(day: Day): Micro;
  /** Days from today on which `open` changes, ascending. */
  changes(): readonly Day[];
}

/**
 * The channel quotas of one item (domain/atp.md §4, E9). A channel may have its own protected quantity and the common
 * pool: all that is promisable less what others have not yet consumed of theirs. Its own protected quantity goes first,
 * because what it consumes lowers what is kept for it before it lowers the pool. Who names no channel has the pool only.
 */
export class ChannelQuotas {
  private readonly rows: NodeRow[] = [];
  private readonly consumed: Map<ChannelQuota, Micro>;
  private readonly perNode: boolean;

  constructor(
    private readonly quotas: readonly ChannelQuota[],
    private readonly lifted: ReadonlySet<string> = new Set(),
  ) {
    this.consumed = new Map(quotas.map((quota) => [quota, quota.consumed]));
    this.perNode = quotas.some((quota) => quota.node !== undefined);
  }

  /** A node's book enters itself, so that quotas over all nodes see what the others have. */
  join(row: NodeRow): void {
    this.rows.push(row);
  }

  /** The most of what is promisable at the node on the day that the channel may have. */
  most(row: NodeRow, day: Day, channel: string | undefined): Micro {
    let most = row.open(day);
    if (!this.lifted.has('CHANNEL_PROTECTED')) {
      most -= this.keptFor(channel, row.node);
      const kept = this.keptFor(channel, undefined);
      const raw = (each: NodeRow, on: Day) => each.open(on);
      if (kept > 0n && most > 0n) most = least(most, this.pooled(row, day, kept, raw));
      const more = most > 0n && this.perNode ? this.keptBesideNodes(channel) : 0n;
      const beside = (each: NodeRow, on: Day) => greatest(each.open(on) - this.keptFor(channel, each.node), 0n);
      if (more > 0n) most = least(most, this.pooled(row, day, more, beside));
    }
    if (!this.lifted.has('CHANNEL_CAP')) most = least(most, this.leftOfCap(channel, row.node));
    return greatest(most, 0n);
  }

  /** Books a promise of a channel at a node; negative gives one up. */
  consume(node: string, channel: string | undefined, quantity: Micro): void {
    for (const quota of this.quotas)
      if (quota.channel === channel && (quota.node === undefined || quota.node === node))
        this.consumed.set(quota, this.of(quota) + quantity);
  }

  /** The same quotas as consumed by now, with some limits lifted and no rows yet. */
  without(lifted: ReadonlySet<string>): ChannelQuotas {
    return new ChannelQuotas(
      this.quotas.map((quota) => ({ ...quota, consumed: this.of(quota) })),
      lifted,
    );
  }

  private of(quota: ChannelQuota): Micro {
    return this.consumed.get(quota) ?? 0n;
  }

  private keptFor(channel: string | undefined, node: string | undefined): Micro {
    let kept = 0n;
    for (const quota of this.quotas)
      if (quota.channel !== channel && quota.node === node) kept += greatest(quota.protected - this.of(quota), 0n);
    return kept;
  }

  /** Of what others have anywhere, the part that their quotas at single nodes do not have already. */
  private keptBesideNodes(channel: string | undefined): Micro {
    const byChannel = new Map<string, Micro>();
    for (const quota of this.quotas) {
      if (quota.channel === channel) continue;
      const open = greatest(quota.protected - this.of(quota), 0n);
      byChannel.set(quota.channel, (byChannel.get(quota.channel) ?? 0n) + (quota.node === undefined ? open : -open));
    }
    return [...byChannel.values()].reduce((sum, each) => sum + greatest(each, 0n), 0n);
  }

  private leftOfCap(channel: string | undefined, node: string): Micro {
    let left: Micro | undefined;
    for (const quota of this.quotas) {
      if (quota.channel !== channel || quota.cap === undefined) continue;
      if (quota.node !== undefined && quota.node !== node) continue;
      const own = greatest(quota.cap - this.of(quota), 0n);
      left = left === undefined ? own : least(left, own);
    }
    return left ?? UNLIMITED;
  }

  /**
   * What this node may give on the day so that on every day up to then all nodes together still have what is kept. A
   * promise of q for `day` also takes from an earlier day t what exceeds `open(day) − q` there, so for each t:
   * q ≤ max(0, Σ open(t) − kept) + open(day) − open(t).
   */
  private pooled(row: NodeRow, day: Day, kept: Micro, open: (row: NodeRow, day: Day) => Micro): Micro {
    const here = open(row, day);
    let most = here;
    for (const then of this.daysUntil(day)) {
      const all = this.rows.reduce((sum, each) => sum + open(each, then), 0n);
      most = least(most, greatest(all - kept, 0n) + greatest(here - open(row, then), 0n));
    }
    return most;
  }

  private daysUntil(day: Day): Set<Day> {
    const days = new Set([day]);
    for (const row of this.rows) for (const each of row.changes()) if (each < day) days.add(each);
    return days;
  }
}

const UNLIMITED: Micro = 1n << 100n;
