import type { HoldType } from '#canonical/order';
import {
  EXCEPTION_CLEARED,
  EXCEPTION_OPENED,
  exceptionCleared,
  exceptionKey,
  exceptionOpened,
  type ExceptionIdentity,
} from '#contracts/events/exceptions';
import type { Fact } from './facts';
import { FAILURE_TYPES } from './holds';
import { parkedLines, SHIP_TO_UNKNOWN } from './parked';
import type { Hold, OrderState, PastHold } from './order-state';

export const SOURCE = 'process/orders';

const ACTIONS: Readonly<Record<HoldType, string>> = {
  CREDIT: 'Release the hold once credit is given; stock is then promised anew.',
  VALIDATION: 'Mend the data or agree with the partner, then release the hold.',
  COMMAND: 'Mend what the backend names, then retry the holds of the order.',
  WAREHOUSE: 'Ask the warehouse, then retry the holds of the order.',
  ANSWER: 'Ask the backend or the warehouse why it has not answered; the hold ends with the answer.',
  MANUAL: 'Release the hold when its reason is gone.',
};

const ADD_MAPPING =
  'Put the cross-reference or the item (PUT /operations/v1/mappings, /items): the line goes on by itself. Or cancel the line.';

const ADD_SHIP_TO =
  'Put the cross-reference (PUT /operations/v1/mappings, kind SHIP_TO) or the ship-to itself: the order goes on by itself. Or change its ship-to, or cancel it.';

/** A blocking hold is trouble for its owner: an exception opens with the first of its cause and is cleared with the last. */
export function troubles(before: readonly Hold[], after: OrderState): Fact[] {
  const known = new Set(before.map(({ id }) => id));
  const open = after.progress.holds.filter((each) => each.blocking);
  const stillOpen = new Set(open.map((hold) => exceptionKey(identityOf(after, hold))));
  const ended = after.progress.pastHolds.filter((each) => each.blocking && known.has(each.id));
  return [
    ...open.filter(({ id }) => !known.has(id)).map((hold) => opened(after, hold)),
    ...ended
      .filter((hold) => !stillOpen.has(exceptionKey(identityOf(after, hold))))
      .map((hold) => cleared(after, hold)),
  ];
}

function identityOf({ contents }: OrderState, { code, line }: Pick<Hold, 'code' | 'line'>): ExceptionIdentity {
  return { domain: 'orders', code, object: { type: 'order', id: contents.id }, ...(line !== undefined && { line }) };
}

function opened(state: OrderState, hold: Hold): Fact {
  const { id: order, partner } = state.contents;
  const waitsForPlace = state.contents.unplaced !== undefined && hold.code === SHIP_TO_UNKNOWN;
  const waitsForCode = waitsForPlace || (hold.line !== undefined && parkedLines(state).includes(hold.line));
  const trouble = {
    ...identityOf(state, hold),
    tier: 'BUSINESS' as const,
    partner,
    order,
    cause: hold.detail,
    diagnostics: { hold: hold.id, type: hold.type, owner: hold.owner, who: hold.who },
    ...(waitsForCode ? lookUpOf(state, hold.line) : figuresOf(hold)),
    suggestedAction: waitsForPlace ? ADD_SHIP_TO : waitsForCode ? ADD_MAPPING : ACTIONS[hold.type],
    ...(FAILURE_TYPES.includes(hold.type) && { retry: { app: 'orders', kind: 'ORDER_HOLDS', id: order } as const }),
  };
  return { type: EXCEPTION_OPENED, data: exceptionOpened(SOURCE, trouble).data };
}

function figuresOf({ seen, expected }: Pick<Hold, 'seen' | 'expected'>): { seen?: string; expected?: string } {
  return { ...(seen !== undefined && { seen }), ...(expected !== undefined && { expected }) };
}

/** What was sent, and what it may have meant. */
function lookUpOf({ contents }: OrderState, line: number | undefined): { seen?: string; expected?: string } {
  const finding = (contents.findings ?? []).find((each) => each.line === line && each.seen !== undefined);
  return finding ? figuresOf(finding) : {};
}

function cleared(state: OrderState, hold: PastHold): Fact {
  const reason = `${hold.ended.who}: ${hold.ended.why}`;
  return { type: EXCEPTION_CLEARED, data: exceptionCleared(SOURCE, identityOf(state, hold), reason).data };
}
