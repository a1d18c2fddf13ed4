import type { Command } from './order-command';
import type { Hold, OrderState, Part } from './order-state';

/** What the order no longer wants of a reservation: what is held at the node, or without a node what waits. */
export interface Freed {
  readonly reservation: string;
  readonly line: number;
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
}

/** The command has answered. */
export function answered(draft: Draft, command: string): void {
  draft.progress.pending = draft.progress.pending.filter((key) => key !== command);
}

/** Gives back what a taken part holds in availability. What is being asked is given back when the answer is here. */
export function free(draft: Draft, line: number, part: Part): void {
  const { reservation, node, quantity, stage } = part;
  if (reservation === undefined || stage === 'NEW' || stage === 'REQUESTED') return;
  draft.freed.push({ reservation, line, quantity, ...(stage === 'WAITING' || node === undefined ? {} : { node }) });
}

export function hold(draft: Draft, fields: Omit<Hold, 'since'>): void {
  const known = draft.progress.holds.some(
    (each) => each.code === fields.code && each.detail === fields.detail && each.command?.key === fields.command?.key,
  );
  if (!known) draft.progress.holds.push({ ...fields, since: draft.now });
}

export function warn(draft: Draft, code: string, detail: string): void {
  const known = draft.progress.warnings.some((each) => each.code === code && each.detail === detail);
  if (!known) draft.progress.warnings.push({ code, detail });
}
