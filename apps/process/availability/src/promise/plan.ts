import type { Part, PromiseSource } from './book';
import { daysOf, dayAt, openOf, promisableQuantity, takeEarliest, undoAll, type CoverLine } from './line';
import type { Micro } from './quantity';
import { aimsOf, compareBy, nodeSets, type Sourcing } from './sourcing';

/** For each line the nodes that may serve it, the preferred first. */
export type Candidates = readonly (readonly PromiseSource[])[];

interface Plan {
  readonly set: readonly number[];
  readonly uncovered: Micro;
  readonly lastDay: number;
  /** Σ quantity × days late. */
  readonly lateness: Micro;
}

/**
 * For an objective that puts something before the date: books the whole order on one set of nodes after the other, and
 * keeps the plan that leaves the least uncovered and then fulfils the aims best, in their order. Exact for up to
 * `EXACT_NODES` nodes.
 */
export function planBySets(lines: readonly CoverLine[], candidates: Candidates, sourcing: Sourcing): Part[][] {
  const nodes = nodesOf(candidates);
  let best: Plan | undefined;
  for (const set of nodeSets(nodes, needsOf(lines, candidates, nodes), sourcing)) {
    if (best?.uncovered === 0n && beforeDate(best.set, set, nodes, sourcing) < 0) break;
    const parts = book(lines, candidates, set, nodes);
    const plan = judge(lines, candidates, parts, usedOf(parts, nodes));
    parts.forEach((own, index) => undoAll(candidates[index] ?? [], own));
    if (!best || compare(plan, best, nodes, sourcing) < 0) best = plan;
  }
  return best ? book(lines, candidates, best.set, nodes) : lines.map(() => []);
}

/** The names of all candidates in an order that keeps each line's order of preference. */
export function nodesOf(candidates: Candidates): string[] {
  const names: string[] = [];
  for (const nodes of candidates) {
    let place = 0;
    for (const { node } of nodes) {
      const known = names.indexOf(node);
      if (known < 0) names.splice(place, 0, node);
      place = (known < 0 ? place : Math.max(place, known)) + 1;
    }
  }
  return names;
}

export function among(
  candidates: readonly PromiseSource[],
  set: readonly number[],
  nodes: readonly string[],
): PromiseSource[] {
  // prettier-ignore
  return candidates.filter((candidate) => set.some((index) => nodes[index] === candidate.node));
}

function book(
  lines: readonly CoverLine[],
  candidates: Candidates,
  set: readonly number[],
  nodes: readonly string[],
): Part[][] {
  // prettier-ignore
  const used = new Set<string>();
  return lines.map((line, index) => {
    const parts = takeEarliest(line, among(candidates[index] ?? [], set, nodes), used);
    for (const part of parts) used.add(part.node);
    return parts;
  });
}

/** Nodes that do ship: what else the set had does not count for it. */
function usedOf(parts: readonly Part[][], nodes: readonly string[]): number[] {
  const used = new Set(parts.flat().map(({ node }) => node));
  return [...nodes.keys()].filter((index) => used.has(nodes[index] ?? ''));
}

function needsOf(lines: readonly CoverLine[], candidates: Candidates, nodes: readonly string[]) {
  return lines.map((line, index) => ({
    quantity: promisableQuantity(line),
    available: nodes.map((name) => {
      const node = candidates[index]?.find((each) => each.node === name);
      const last = node && daysOf(line, [node]).at(-1);
      return node && last !== undefined ? node.promisable(last, line.channel) : 0n;
    }),
  }));
}

function judge(
  lines: readonly CoverLine[],
  candidates: Candidates,
  parts: readonly Part[][],
  set: readonly number[],
): Plan {
  // prettier-ignore
  let uncovered = 0n;
  let lastDay = -Infinity;
  let lateness = 0n;
  lines.forEach((line, index) => {
    uncovered += openOf(line, parts[index] ?? []);
    const wanted = Math.min(...(candidates[index] ?? []).map((node) => dayAt(line, node)));
    for (const { day, quantity } of parts[index] ?? []) {
      lastDay = Math.max(lastDay, day);
      lateness += quantity * BigInt(day - wanted);
    }
  });
  return { set, uncovered, lastDay, lateness };
}

function compare(a: Plan, b: Plan, nodes: readonly string[], sourcing: Sourcing): number {
  if (a.uncovered !== b.uncovered) return a.uncovered < b.uncovered ? -1 : 1;
  for (const aim of aimsOf(sourcing)) {
    const difference = aim === 'EARLIEST_DATE' ? compareDates(a, b) : compareBy(aim, a.set, b.set, nodes, sourcing);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareDates(a: Plan, b: Plan): number {
  if (a.lastDay !== b.lastDay) return a.lastDay - b.lastDay;
  return a.lateness < b.lateness ? -1 : a.lateness > b.lateness ? 1 : 0;
}

/** Compares two sets by the aims that come before the date. */
function beforeDate(a: readonly number[], b: readonly number[], nodes: readonly string[], sourcing: Sourcing): number {
  for (const aim of aimsOf(sourcing)) {
    if (aim === 'EARLIEST_DATE') return 0;
    const difference = compareBy(aim, a, b, nodes, sourcing);
    if (difference !== 0) return difference;
  }
  return 0;
}
