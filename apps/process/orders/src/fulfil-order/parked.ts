import { Decimal, plain } from '#canonical/decimal';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import { endHolds, hold, type Draft } from './draft';
import type { EventOf } from './order-event';
import type { HoldReason, LineProgress, OrderContents, OrderState } from './order-state';

/** Who ends the hold of a line whose codes have come to mean something. */
const REFERENCE = 'reference';

/** Findings that park a line. */
const PARKING: readonly OrderFinding['code'][] = ['ITEM_UNKNOWN', 'UNIT_UNKNOWN', 'UNIT_INEXACT'];
/** The one that parks the whole order. */
export const SHIP_TO_UNKNOWN = 'SHIP_TO_UNKNOWN';

/** Lines whose codes mean nothing yet: nothing is asked of anybody for them. */
export function parkedLines({ contents }: OrderState): number[] {
  return contents.lines.flatMap(({ line, parked }) => (parked ? line : []));
}

/** Why a parked line waits. It can be released by nobody: only a meaning of its codes, or its cancellation, ends it. */
export function parkingReason({ contents }: OrderState, line: number): HoldReason | undefined {
  const why = (contents.findings ?? []).find((each) => each.line === line && isParking(each));
  return why && { ...reasonOf(why), line };
}

function reasonOf({ code, detail, expected }: OrderFinding): HoldReason {
  const near = expected === undefined ? '' : `; known are ${expected}`;
  return { type: 'VALIDATION', code, detail: `${detail}${near}`, owner: 'master-data' };
}

/** Each parked line of which something is open is held, also when somebody has released its hold; so is an order without a place. */
export function holdParked(draft: Draft): void {
  const open = new Set(draft.progress.lines.flatMap(({ line, parts }) => (parts.length > 0 ? line : [])));
  if (draft.contents.unplaced) {
    // One hold for one cause: what its lines are called is looked at when it has a place.
    const why = (draft.contents.findings ?? []).find(({ code }) => code === SHIP_TO_UNKNOWN);
    if (why && open.size > 0) hold(draft, reasonOf(why));
    return;
  }
  for (const line of parkedLines(draft).filter((each) => open.has(each))) {
    const reason = parkingReason(draft, line);
    if (reason) hold(draft, reason);
  }
}

/**
 * The codes of parked lines were looked up again. What means something now is ordered in base units: what was cancelled meanwhile
 * stays cancelled, in the new measure. What still means nothing stays, with the reason of now.
 */
export function linesLookedUp(draft: Draft, { lines, findings, holds, total }: EventOf<'LINES_LOOKED_UP'>): void {
  const parked = parkedLines(draft);
  const news = lines.filter(({ line }) => parked.includes(line));
  if (news.length === 0) return;
  const asked = news.map(({ line }) => line);
  const kept = (draft.contents.findings ?? []).filter(({ line }) => line === undefined || !asked.includes(line));
  const contents: OrderContents = {
    ...draft.contents,
    lines: draft.contents.lines.map((line) => news.find((each) => each.line === line.line) ?? line),
    findings: [...kept, ...findings],
    ...(total && { total }),
  };
  Object.assign(draft, { contents });
  for (const { line, item, ordered, unit, parked: still } of news) {
    const reason = still ? parkingReason(draft, line)?.detail : undefined;
    const why = still ? 'its codes were looked up again' : `it means ${ordered} of ${item} (${unit})`;
    endHolds(draft, REFERENCE, why, (each) => isParkingHold(each, line) && each.detail !== reason);
    const progress = draft.progress.lines.find((each) => each.line === line);
    if (progress) remeasure(progress, ordered);
  }
  for (const reason of holds) hold(draft, reason);
}

/** Everything is decided as it would have been with the place known, except that a line which was dropped or cancelled stays so. */
export function placed(draft: Draft, { contents, holds }: EventOf<'PLACED'>): void {
  if (!draft.contents.unplaced) return;
  Object.assign(draft, { contents });
  endHolds(draft, REFERENCE, `the ship-to is ${contents.shipTo}`, ({ code }) => code === SHIP_TO_UNKNOWN);
  for (const { line, ordered } of contents.lines) {
    const progress = draft.progress.lines.find((each) => each.line === line);
    if (progress) remeasure(progress, ordered);
  }
  for (const reason of holds) hold(draft, reason);
}

function isParking({ code, severity }: OrderFinding): boolean {
  return PARKING.includes(code) && severity === 'HOLD';
}

function isParkingHold({ type, code, line }: HoldReason, of: number): boolean {
  return type === 'VALIDATION' && PARKING.includes(code) && line === of;
}

/** Nothing of it has left or was promised: its parts are NEW, and the rest is cancelled. */
function remeasure(progress: LineProgress, ordered: string): void {
  const before = progress.parts.reduce((sum, part) => sum.plus(part.quantity), new Decimal(progress.cancelled));
  const factor = new Decimal(ordered).div(before);
  const cancelled = new Decimal(progress.cancelled).times(factor).toDecimalPlaces(6);
  progress.cancelled = plain(cancelled);
  const open = new Decimal(ordered).minus(cancelled);
  progress.parts = open.gt(0) ? [{ stage: 'NEW', quantity: plain(open) }] : [];
}
