import type { Command } from './order-command';
import { holdOf } from './holds';
import { namedItem } from './substitutes';
import type { EndedCommand, Hold, HoldReason, OrderState, Part } from './order-state';

/** What the order no longer wants of a reservation: what is held at the node, or without a node what waits. */
export interface Freed {
  readonly reservation: string;
  readonly line: number;
  /** Where the line may have been given more items than one. */
  readonly item?: string;
  readonly node?: string;
  readonly quantity: string;
}

/** A state being changed by one event, and what the change asks for. */
export interface Draft extends OrderState {
  /** RFC 3339. */
  readonly now: string;
  readonly freed: Freed[];
  /** Fulfilment orders to be taken back from their nodes. */
  readonly takeBack: { fulfilment: string; reason?: string }[];
  /** Commands to be given again, unchanged. */
  readonly again: Command[];
  /** Of the command that the present event answers. */
  tries: number | undefined;
}

/** The command has answered. */
export function answered(draft: Draft, command: string, outcome: EndedCommand['outcome'] = 'DONE'): void {
  const { progress, now, tries } = draft;
  if (!progress.pending.includes(command)) return;
  progress.pending = progress.pending.filter((key) => key !== command);
  progress.endedCommands.push({ key: command, outcome, at: now, ...(tries !== undefined && { tries }) });
}

/** Gives back what a taken part holds in availability. What is being asked is given back when the answer is here. */
export function free(draft: Draft, line: number, part: Part): void {
  const { reservation, reservedLine = line, node, quantity, stage } = part;
  if (reservation === undefined || stage === 'NEW' || stage === 'REQUESTED') return;
  const item = namedItem(draft, line);
  draft.freed.push({
    ...{ reservation, line: reservedLine, quantity },
    ...(item !== undefined && { item }),
    ...(stage === 'WAITING' || node === undefined ? {} : { node }),
  });
}

/** Opens a hold, unless the same one is open already. */
export function hold(draft: Draft, reason: HoldReason): void {
  const { holds } = draft.progress;
  const same = (each: Hold): boolean =>
    each.code === reason.code &&
    each.detail === reason.detail &&
    each.line === reason.line &&
    each.command?.key === reason.command?.key;
  if (!holds.some(same)) holds.push(holdOf(reason, nextNumber(draft), draft.now));
}

/** Ends those that match, and remembers who did it and why. */
export function endHolds(draft: Draft, who: string, why: string, matches: (hold: Hold) => boolean): Hold[] {
  const { progress, now } = draft;
  const ended = progress.holds.filter(matches);
  if (ended.length === 0) return ended;
  progress.holds = progress.holds.filter((each) => !ended.includes(each));
  for (const { command: _, ...each } of ended) progress.pastHolds.push({ ...each, ended: { at: now, who, why } });
  return ended;
}

/** Names what must never be named twice in an order. */
export function nextNumber({ progress }: Draft): number {
  progress.counter += 1;
  return progress.counter;
}

export function warn(draft: Draft, code: string, detail: string): void {
  const known = draft.progress.warnings.some((each) => each.code === code && each.detail === detail);
  if (!known) draft.progress.warnings.push({ code, detail });
}
