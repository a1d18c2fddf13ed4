import { CrossdockError, type Finding } from '#canonical/errors';
import type { ReservedLine, ReserveLine, ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import type { Slice, SliceState } from '../out/slice.store';
import { without, type Book, type Part, type PromiseBook } from '../promise/book';
import { candidatesOf, giveBack, type CoveredLine } from '../promise/cover';
import { dateOf, dayOf, refuseImpossibleDates } from '../promise/days';
import type { CoverLine } from '../promise/line';
import type { NodeView } from '../promise/nodes';
import { micro, text, type Micro } from '../promise/quantity';
import { openDay } from '../promise/shipping-node';
import { convert, type Conversion } from './convert';
import { preempt, type Loss } from './preempt';
import type { SoftStock } from './soft-stock';
import { coverInTime, nextDay, type WantedLine } from './wanted';

const DEFAULT_PRIORITY = 5;

export type ReserveDecision =
  | {
      readonly accepted: true;
      readonly slices: readonly Slice[];
      readonly lines: ReservedLine[];
      readonly conversion: Conversion | undefined;
      readonly losses: readonly Loss[];
    }
  | { readonly accepted: false; readonly findings: Finding[] };

/** What a batch decides on, and takes from. */
export interface Ground {
  readonly book: Book;
  /** The book by ship days: what lines are covered from. */
  readonly sources: PromiseBook;
  /** Any book by ship days. */
  readonly dated: (book: Book) => PromiseBook;
  readonly view: NodeView;
  readonly soft: SoftStock;
}

/** Decides one reservation on the book, which keeps what it took; a refusal takes nothing. */
export function decide(request: ReserveRequest, ground: Ground): ReserveDecision {
  const { book, sources, view, soft } = ground;
  const lines = request.lines.map((line) => ({ ...toWantedLine(line), channel: request.channel }));
  const excluded = new Set(request.excludeNodes ?? []);
  const conversion =
    request.converts === undefined ? undefined : convert(request.converts, lines, excluded, soft, book, sources);
  const open = lines.map((line, index) => ({
    ...line,
    quantity: line.quantity - sum(conversion?.parts[index]),
    day: openDay(candidatesOf(sources, line, excluded), line.day),
  }));
  const first = coverInTime(sources, open, excluded);
  const urgency = ownerOf(request).priority;
  const preemption =
    request.preempt === true ? preempt(open, first, urgency, excluded, soft, book, sources) : undefined;
  const covered = preemption?.covered ?? first;
  if (request.mode === 'ALL_OR_NOTHING' && covered.some(({ uncovered }) => uncovered > 0n)) {
    giveBack(sources, open, covered);
    const findings = shortages(request, open, covered, ground, excluded);
    preemption?.undo();
    conversion?.undo();
    return { accepted: false, findings };
  }
  const promised = covered.map(({ parts, uncovered }, index) => ({
    parts: [...(conversion?.parts[index] ?? []), ...parts],
    uncovered,
  }));
  const slices = request.lines.flatMap((line, index) => {
    const { parts, uncovered } = promised[index] ?? { parts: [], uncovered: 0n };
    const own = parts.map((part) => sliceOf(request, line, part, view));
    if (uncovered === 0n || request.kind !== 'FIRM' || request.backorder !== true) return own;
    return [...own, backorderOf(request, line, uncovered, book, view, excluded)];
  });
  const answers = request.lines.map((line, index) =>
    answerOf(request, line, promised[index], conversion && sum(conversion.parts[index])),
  );
  return { accepted: true, slices, lines: answers, conversion, losses: preemption?.losses ?? [] };
}

function sum(parts: readonly Part[] = []): Micro {
  return parts.reduce((total, part) => total + part.quantity, 0n);
}

/** Refuses what no contract lets through: quantities that are not above 0, dates in no calendar. Errors: QUANTITY_INVALID, DATE_INVALID. */
export function refuseWrongLines(
  lines: readonly { quantity: string; requestedDate?: string; latestDate?: string }[],
): void {
  for (const field of ['requestedDate', 'latestDate'] as const) {
    refuseImpossibleDates(
      lines.map((line) => line[field]),
      (index) => `/lines/${index}/${field}`,
    );
  }
  for (const [index, { quantity }] of lines.entries()) {
    if (micro(quantity) > 0n) continue;
    const finding = {
      code: 'QUANTITY_INVALID',
      detail: 'must be greater than 0',
      pointer: `/lines/${index}/quantity`,
      seen: quantity,
    };
    throw new CrossdockError({ code: 'QUANTITY_INVALID', kind: 'invalid', findings: [finding] });
  }
}

export function toCoverLine(line: {
  item: string;
  quantity: string;
  requestedDate?: string;
  node?: string;
}): CoverLine {
  const day = line.requestedDate === undefined ? undefined : dayOf(line.requestedDate);
  return { item: line.item, quantity: micro(line.quantity), day, node: line.node };
}

function toWantedLine(line: ReserveLine): WantedLine {
  return {
    ...toCoverLine(line),
    latest: line.latestDate === undefined ? undefined : dayOf(line.latestDate),
    multiple: line.multiple === undefined ? undefined : micro(line.multiple),
  };
}

export function answer(request: ReserveRequest, lines: ReservedLine[], expiresAt: string | undefined): ReserveResponse {
  const { reservation } = request;
  return { reservation, outcome: 'created', lines, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

function stateOf(kind: 'SOFT' | 'FIRM', part: Part): Exclude<SliceState, 'BACKORDERED'> {
  if (kind === 'SOFT') return 'RESERVED';
  return part.held ? 'ALLOCATED' : 'PROMISED';
}

function sliceOf(request: ReserveRequest, line: ReserveLine, part: Part, view: NodeView): Slice {
  return {
    ...part,
    reservation: request.reservation,
    line: line.line,
    item: line.item,
    state: stateOf(request.kind, part),
    requested: line.requestedDate === undefined ? view.today(part.node) : dayOf(line.requestedDate),
    pinned: line.node !== undefined,
    excluded: request.excludeNodes ?? [],
    ...ownerOf(request),
  };
}

/** Whose a reservation and its slices are. */
export function ownerOf({ channel, partner, priority }: ReserveRequest) {
  return { channel, partner, priority: priority ?? DEFAULT_PRIORITY };
}

/** What nothing known covers waits in line, shown at the node that would serve it first. */
function backorderOf(
  request: ReserveRequest,
  line: ReserveLine,
  quantity: bigint,
  book: Book,
  view: NodeView,
  excluded: ReadonlySet<string>,
): Slice {
  const stocked = book.get(line.item)?.find((each) => !excluded.has(each.node))?.node;
  const node = line.node ?? stocked ?? view.home(excluded) ?? '';
  const day = line.requestedDate === undefined ? view.today(node) : dayOf(line.requestedDate);
  return {
    reservation: request.reservation,
    line: line.line,
    item: line.item,
    node,
    state: 'BACKORDERED',
    held: false,
    quantity,
    day,
    requested: day,
    basis: 'BACKORDER',
    supply: undefined,
    pinned: line.node !== undefined,
    excluded: request.excludeNodes ?? [],
    ...ownerOf(request),
  };
}

function answerOf(
  request: ReserveRequest,
  line: ReserveLine,
  covered: CoveredLine | undefined,
  converted: Micro | undefined,
): ReservedLine {
  return {
    line: line.line,
    item: line.item,
    slices: (covered?.parts ?? []).map((part) => ({ ...promiseSlice(part), state: stateOf(request.kind, part) })),
    uncovered: text(covered?.uncovered ?? 0n),
    ...(converted === undefined ? {} : { converted: text(converted) }),
  };
}

/** A part of a promise as the contract shows it. */
export function promiseSlice({ node, quantity, day, basis, supply }: Part) {
  const slice = { node, quantity: text(quantity), shipDate: dateOf(day), basis };
  return supply === undefined ? slice : { ...slice, supply };
}

/** No promise is made for so far a day, but the refusal may name it. */
function beyondHorizon(book: Book, item: string): Book {
  return new Map([[item, without(book.get(item) ?? [], new Set(['HORIZON']))]]);
}

/** Says of each short line what there is in time, and the next day on which all of it would work. */
function shortages(
  request: ReserveRequest,
  lines: readonly WantedLine[],
  covered: readonly CoveredLine[],
  { book, sources, dated }: Ground,
  excluded: ReadonlySet<string>,
): Finding[] {
  const wanted = new Map<string, Micro>();
  return request.lines.flatMap((asked, index) => {
    const line = lines[index];
    const uncovered = covered[index]?.uncovered ?? 0n;
    if (!line) return [];
    // Lines of one item share its stock: the later needs a day on which the earlier are served too.
    const together = (wanted.get(line.item) ?? 0n) + line.quantity;
    wanted.set(line.item, together);
    if (uncovered === 0n) return [];
    const day =
      nextDay(sources, line, together, excluded) ??
      nextDay(dated(beyondHorizon(book, line.item)), line, together, excluded);
    const whole = micro(asked.quantity);
    return [
      {
        code: 'INSUFFICIENT_AVAILABILITY',
        detail: `line ${asked.line}: ${text(uncovered)} of ${text(whole)} of ${asked.item} cannot be promised`,
        pointer: `/lines/${index}/quantity`,
        seen: text(whole),
        expected: text(whole - uncovered),
        ...(day === undefined ? {} : { nextDate: dateOf(day) }),
      },
    ];
  });
}
