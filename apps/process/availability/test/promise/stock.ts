import { NodeBook, type Fences, type NodeStock } from '../../src/promise/book';
import { dateOf } from '../../src/promise/days';
import { stepOn, type Step } from '../../src/promise/projection';
import { micro, text, type Micro } from '../../src/promise/quantity';
import type { ChannelQuotas } from '../../src/promise/quotas';

export const FENCES: Fences = { horizonDays: 180, pastDueDays: 0 };

export const q = (value: number): Micro => micro(String(value));
export const n = (quantity: Micro): number => Number(text(quantity));

export interface Given extends Partial<Omit<NodeStock, 'free'>> {
  /** In whole units. */
  readonly free?: number;
}

/** A book as the examples give it: what is not named is nothing. */
export function bookOf({ free = 0, ...given }: Given = {}, quotas?: ChannelQuotas, fences = FENCES): NodeBook {
  return new NodeBook({ node: 'DC', supplies: [], demands: [], today: 0, ...given, free: q(free) }, fences, quotas);
}

/** Promisable on each of so many days from today on. */
export function row(book: NodeBook, days: number, channel?: string): number[] {
  return Array.from({ length: days }, (_, day) => n(book.promisable(book.today + day, channel)));
}

export function projectedRow(steps: readonly Step[], days: number): number[] {
  const first = steps[0]?.day ?? 0;
  return Array.from({ length: days }, (_, day) => n(stepOn(steps, first + day)?.projected ?? 0n));
}

/** "10@2026-03-02", a day each: how the examples write a promise. */
export function told(parts: readonly { readonly quantity: Micro; readonly day: number }[]): string[] {
  const days = new Map<number, Micro>();
  for (const { quantity, day } of parts) days.set(day, (days.get(day) ?? 0n) + quantity);
  return [...days].map(([day, quantity]) => `${text(quantity)}@${dateOf(day)}`);
}
