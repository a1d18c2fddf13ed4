import { Decimal } from '#canonical/decimal';
import type { LineProgress, OrderContents, OrderState } from './order-state';

/** These lines, and those that stand for a part of them: what stops or ends a line concerns both. */
export function withSubstitutes({ lines }: Pick<OrderContents, 'lines'>, numbers: Iterable<number>): Set<number> {
  const all = new Set(numbers);
  // Asked for every line of an order: the usual one has nothing that is stopped.
  if (all.size === 0) return all;
  for (const { line, insteadOf } of lines) if (insteadOf && all.has(insteadOf.line)) all.add(line);
  return all;
}

/** The line that has this item in the place of a line of a reservation: a substitute, or the line itself. */
export function reservedAs({ contents, progress }: OrderState, line: number, item: string): LineProgress | undefined {
  const instead = contents.lines.find((each) => each.insteadOf?.line === line && each.item === item)?.line ?? line;
  return progress.lines.find((each) => each.line === instead);
}

/** May be asked for: the partner consents, nothing was refused, and the ERP, which takes lines once, does not know the order yet. */
export function takesSubstitutes({ contents, progress }: OrderState, line: LineProgress): boolean {
  const consents = contents.lines.find((each) => each.line === line.line)?.substitutes === true;
  return consents && line.refusedSubstitutes !== true && progress.erp.state === 'NONE';
}

/** It is not decided yet what stands for what: the ERP waits for it. */
export function awaitsSubstitutes(state: OrderState): boolean {
  const isOpen = (line: LineProgress): boolean =>
    line.parts.some(({ stage }) => stage === 'NEW' || stage === 'REQUESTED');
  return state.progress.lines.some((line) => takesSubstitutes(state, line) && isOpen(line));
}

/** Base units that nobody wants any more: what is delivered as another item is not among them. */
export function reallyCancelled({ cancelled, substituted = '0' }: LineProgress): string {
  return new Decimal(cancelled).minus(substituted).toFixed();
}

/** Named in a reservation only where a line may have more items than its own. */
export function namedItem({ contents }: OrderState, line: number): string | undefined {
  const ordered = contents.lines.find((each) => each.line === line);
  return ordered?.substitutes || ordered?.insteadOf ? ordered.item : undefined;
}
