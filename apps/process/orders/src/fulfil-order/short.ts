import type { Draft } from './draft';
import type { LineProgress } from './order-state';
import { policyOf } from './policy';

/**
 * Nodes that must not serve what has just come up short at one of them; `CANCEL` when nobody is asked any more. `SAME_NODE` looks
 * there once more, because the same item may lie in another bin.
 */
export function afterShort(draft: Draft, line: LineProgress, node: string): readonly string[] | 'CANCEL' {
  const { partial, pickShort } = policyOf(draft.contents);
  if (pickShort === 'CANCEL' || partial === 'FILL_OR_KILL' || draft.progress.expired) return 'CANCEL';
  const before = draft.progress.shorts.filter((each) => each.line === line.line && each.node === node);
  return pickShort === 'SAME_NODE' && before.length <= 1 ? [] : [node];
}
