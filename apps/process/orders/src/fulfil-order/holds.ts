import type { HoldType } from '#canonical/order';
import type { Hold, HoldReason, OrderState } from './order-state';
import { withSubstitutes } from './substitutes';

/** Who opens and ends a hold that no person did. */
export const THE_PROCESS = 'orders';

/** Whose work it is to end a hold that names no owner. */
const OWNERS: Readonly<Record<HoldType, string>> = {
  CREDIT: 'credit',
  VALIDATION: 'customer-service',
  COMMAND: 'integration',
  WAREHOUSE: 'warehouse',
  ANSWER: 'integration',
  MANUAL: 'customer-service',
};

/** Types that a failure opened: once the cause is mended they may all be tried again at once. The others are decisions. */
export const FAILURE_TYPES: readonly HoldType[] = ['COMMAND', 'WAREHOUSE', 'ANSWER'];

/** A hold opened now, the `number`th of its order. */
export function holdOf(reason: HoldReason, number: number, now: string): Hold {
  const { type, owner = OWNERS[type], who = THE_PROCESS, blocking = true } = reason;
  return { ...reason, id: `h${number}`, since: now, owner, who, blocking };
}

/** What may not leave: everything, or these lines. A line that is stopped stops an order that ships complete. */
export function stopped({ contents, progress }: OrderState): { order: boolean; lines: ReadonlySet<number> } {
  const blocking = progress.holds.filter((each) => each.blocking);
  const lines = withSubstitutes(
    contents,
    blocking.flatMap(({ line }) => line ?? []),
  );
  return { order: blocking.some(({ line }) => line === undefined) || (contents.shipComplete && lines.size > 0), lines };
}

/**
 * Lines for which no stock may be kept. Who has no credit keeps nothing from others, so a released credit hold makes the promise anew
 * and never sends out what was allocated before it.
 */
export function withoutCredit({ contents, progress }: OrderState): ReadonlySet<number> {
  const credit = progress.holds.filter((each) => each.blocking && each.type === 'CREDIT');
  if (credit.some(({ line }) => line === undefined)) return new Set(contents.lines.map(({ line }) => line));
  return withSubstitutes(
    contents,
    credit.flatMap(({ line }) => line ?? []),
  );
}
