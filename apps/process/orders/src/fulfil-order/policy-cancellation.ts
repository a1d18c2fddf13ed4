import { warn, type Draft } from './draft';
import { cancelPart } from './evolve/fulfilment-parts';
import { agreed, type Part } from './order-state';
import { policyOf } from './policy';
import { AT_NODE, quantityOf, take } from './quantities';

/** What the order does not want any longer, or never wanted: shown as a warning, because nobody asked for it by hand. */
export function cancelByPolicy(draft: Draft): void {
  const { partial, backorder } = policyOf(draft.contents);
  if (draft.progress.expired)
    cancelWhere(draft, isIdle, 'CANCELLED_AFTER_DATE', 'not with a node by the last day for it');
  const waits = draft.progress.lines.some((line) => line.parts.some((part) => part.stage === 'WAITING'));
  if (partial === 'FILL_OR_KILL' && waits)
    cancelWhere(draft, isIdle, 'KILLED', 'the order could not be filled at once');
  const { requestedDate } = agreed(draft);
  const late = ({ stage, promised }: Part): boolean =>
    stage === 'WAITING' && (promised === undefined || requestedDate === undefined || promised > requestedDate);
  if (!backorder) cancelWhere(draft, late, 'BACKORDER_NOT_WANTED', 'not on hand, and the partner takes no backorders');
}

function isIdle({ stage }: Part): boolean {
  return !AT_NODE.includes(stage);
}

function cancelWhere(draft: Draft, matches: (part: Part) => boolean, code: string, why: string): void {
  for (const line of draft.progress.lines) {
    const parts = take(line, Infinity, matches);
    for (const part of parts) cancelPart(draft, line, part);
    if (parts.length > 0) warn(draft, code, `line ${line.line}: ${quantityOf(parts).toFixed()} cancelled: ${why}`);
  }
}
