import { slowPromisable, type Days } from './slow-netting';

export interface SlowQuota {
  readonly channel: string;
  readonly node?: string | undefined;
  readonly protected: number;
  readonly cap?: number | undefined;
  readonly consumed: number;
}

export interface SlowNode {
  readonly node: string;
  readonly days: Days;
}

/** The most a channel may have at a node on a day: one more is tried again and again until somebody would lose what is kept for him. */
export function slowQuota(
  nodes: readonly SlowNode[],
  quotas: readonly SlowQuota[],
  at: SlowNode,
  day: number,
  channel: string | undefined,
): number {
  const own = quotas.filter((quota) => quota.channel === channel && (quota.node ?? at.node) === at.node);
  const before = nodes.map(({ days }) => rowUntil(days, day));
  const open = slowPromisable(at.days, day);
  let most = 0;
  while (most < open) {
    const next = most + 1;
    if (own.some(({ cap, consumed }) => cap !== undefined && consumed + next > cap)) break;
    const after = nodes.map(({ node, days }, index) =>
      node === at.node ? rowUntil(withDemand(days, day, next), day) : before[index]!,
    );
    if (!nobodyLoses(nodes, quotas, channel, before, after)) break;
    most = next;
  }
  return most;
}

/** On each day: what is kept at a node is still there or untouched, so is what is kept anywhere, and that also beside what is kept at nodes. */
function nobodyLoses(
  nodes: readonly SlowNode[],
  quotas: readonly SlowQuota[],
  channel: string | undefined,
  before: number[][],
  after: number[][],
): boolean {
  const others = quotas.filter((quota) => quota.channel !== channel);
  const unconsumed = (list: readonly SlowQuota[]) =>
    list.reduce((sum, quota) => sum + Math.max(quota.protected - quota.consumed, 0), 0);
  const keptAt = nodes.map(({ node }) => unconsumed(others.filter((quota) => quota.node === node)));
  const besideNodes = [...new Set(others.map((quota) => quota.channel))].reduce((sum, other) => {
    const its = others.filter((quota) => quota.channel === other);
    return sum + Math.max(unconsumed(its.filter(anywhere)) - unconsumed(its.filter((quota) => !anywhere(quota))), 0);
  }, 0);
  const keeps = (kept: number, was: number, is: number) => is >= Math.min(kept, was);
  return before[0]!.every((_, day) => {
    const all = (rows: number[][]) => rows.reduce((sum, row) => sum + row[day]!, 0);
    const beside = (rows: number[][]) =>
      rows.reduce((sum, row, node) => sum + Math.max(row[day]! - keptAt[node]!, 0), 0);
    return (
      nodes.every((_node, node) => keeps(keptAt[node]!, before[node]![day]!, after[node]![day]!)) &&
      keeps(unconsumed(others.filter(anywhere)), all(before), all(after)) &&
      keeps(besideNodes, beside(before), beside(after))
    );
  });
}

function anywhere({ node }: SlowQuota): boolean {
  return node === undefined;
}

function rowUntil(days: Days, day: number): number[] {
  return Array.from({ length: day + 1 }, (_, at) => slowPromisable(days, at));
}

export function withDemand(days: Days, day: number, quantity: number): Days {
  return { ...days, goes: days.goes.map((each, at) => each + (at === day ? quantity : 0)) };
}
