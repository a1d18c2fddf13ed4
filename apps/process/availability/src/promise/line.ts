import type { Part, PromiseSource } from './book';
import type { Day } from './days';
import { floorTo } from './packs';
import { least, type Micro } from './quantity';

export interface CoverLine {
  readonly item: string;
  readonly quantity: Micro;
  /** Earliest ship day wanted; today when absent. */
  readonly day: Day | undefined;
  /** Only this node. */
  readonly node: string | undefined;
  /** The sales channel that asks: its quotas apply. */
  readonly channel?: string | undefined;
  /** Sell pack: each node gives whole packs only. */
  readonly multiple?: Micro | undefined;
  /** No part later than this; the horizon when absent. */
  readonly latest?: Day | undefined;
  /** No part that arrives later than this. */
  readonly deliverBy?: Day | undefined;
  /** Only if all of it ships on one day. */
  readonly complete?: boolean | undefined;
  /** Whether approved substitutes may be delivered instead; they may when absent. */
  readonly substitutes?: boolean | undefined;
}

/** What a line may be promised: whole packs. */
export function promisableQuantity(line: CoverLine): Micro {
  return floorTo(line.quantity, line.multiple);
}

export function openOf(line: CoverLine, parts: readonly Part[]): Micro {
  return parts.reduce((rest, part) => rest - part.quantity, line.quantity);
}

export function isWhole(line: CoverLine, parts: readonly Part[]): boolean {
  return openOf(line, parts) === line.quantity - promisableQuantity(line);
}

export function dayAt(line: CoverLine, node: PromiseSource): Day {
  return Math.max(line.day ?? node.today, node.today);
}

/** The last ship day of a node that is good enough for the line; Infinity when any is. */
export function latestAt({ latest = Infinity, deliverBy }: CoverLine, node: PromiseSource | undefined): Day {
  return deliverBy === undefined ? latest : Math.min(latest, node?.lastShipFor?.(deliverBy) ?? deliverBy);
}

/** What a node has for the line on the day wanted. */
export function onTimeAt(line: CoverLine, node: PromiseSource): Micro {
  return allowedAt(line, node, dayAt(line, node));
}

function allowedAt(line: CoverLine, node: PromiseSource, day: Day): Micro {
  return day > latestAt(line, node) ? 0n : floorTo(node.promisable(day, line.channel), line.multiple);
}

/** On time from one node when one has it all, else from those that have the most. */
export function takeOnTime(line: CoverLine, nodes: readonly PromiseSource[]): Part[] {
  const whole = promisableQuantity(line);
  const alone = nodes.find((node) => onTimeAt(line, node) >= whole);
  const parts = takeOn(line, alone ? [alone] : mostFirst(line, nodes, new Set()), undefined);
  if (!line.complete || isWhole(line, parts)) return parts;
  undoAll(nodes, parts);
  return [];
}

/** As early as it can be: on the day wanted from as few nodes as possible, those already used first; then whatever comes next. */
export function takeEarliest(line: CoverLine, nodes: readonly PromiseSource[], used: ReadonlySet<string>): Part[] {
  if (line.complete) return wholeOnOneDay(line, nodes);
  const order = mostFirst(line, nodes, used);
  const parts = takeOn(line, order, undefined);
  for (let open = openOf(line, parts); open > 0n; open = openOf(line, parts)) {
    const next = earliest(line, order);
    const more = next ? takeOn({ ...line, quantity: open }, [next.node], next.day) : [];
    if (more.length === 0) break;
    parts.push(...more);
  }
  return parts;
}

export function undoAll(nodes: readonly PromiseSource[], parts: readonly Part[]): void {
  for (const part of parts) nodes.find((node) => node.node === part.node)?.undo([part]);
}

/** The day wanted and every later one on which a node's row changes. */
export function daysOf(line: CoverLine, nodes: readonly PromiseSource[]): Day[] {
  const days = new Set<Day>();
  for (const node of nodes)
    for (let day: Day | undefined = dayAt(line, node); day !== undefined; day = node.nextDay(day, line.channel))
      days.add(day);
  return [...days].sort((a, b) => a - b);
}

/** From each node in turn what it has on a day (the one wanted when absent), until the line is whole. */
function takeOn(line: CoverLine, nodes: readonly PromiseSource[], day: Day | undefined): Part[] {
  const parts: Part[] = [];
  let open = line.quantity;
  for (const node of nodes) {
    const on = Math.max(day ?? dayAt(line, node), node.today);
    const quantity = floorTo(least(allowedAt(line, node, on), open), line.multiple);
    if (quantity <= 0n) continue;
    parts.push(...node.take(on, quantity, line.channel));
    open -= quantity;
  }
  return parts;
}

/** The first day on which all of it can ship; nothing when there is none. */
function wholeOnOneDay(line: CoverLine, nodes: readonly PromiseSource[]): Part[] {
  for (const day of daysOf(line, nodes)) {
    const order = nodes.filter((node) => node.today <= day);
    const parts = takeOn(line, mostFirst({ ...line, day }, order, new Set()), day);
    if (isWhole(line, parts)) return parts;
    undoAll(nodes, parts);
  }
  return [];
}

function mostFirst(line: CoverLine, nodes: readonly PromiseSource[], used: ReadonlySet<string>): PromiseSource[] {
  if (nodes.length < 2) return [...nodes];
  return nodes
    .map((node) => ({ node, first: Number(used.has(node.node)), quantity: least(onTimeAt(line, node), line.quantity) }))
    .sort((a, b) => b.first - a.first || compare(b.quantity, a.quantity))
    .map(({ node }) => node);
}

function earliest(line: CoverLine, nodes: readonly PromiseSource[]): { node: PromiseSource; day: Day } | undefined {
  let found: { node: PromiseSource; day: Day } | undefined;
  for (const node of nodes) {
    const day = node.nextDay(dayAt(line, node), line.channel, line.multiple);
    if (day === undefined || day > latestAt(line, node)) continue;
    if (found === undefined || day < found.day) found = { node, day };
  }
  return found;
}

function compare(a: Micro, b: Micro): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
