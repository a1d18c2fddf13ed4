import { endHolds, type Draft } from '../draft';
import { FAILURE_TYPES } from '../holds';
import type { EventOf } from '../order-event';

/** One hold ends by somebody's decision. The order goes on once no blocking one is left; a failed command goes out again. */
export function holdReleased(draft: Draft, { hold: id, who, why }: EventOf<'HOLD_RELEASED'>): void {
  giveAgain(
    draft,
    endHolds(draft, who, why, (each) => each.id === id),
  );
}

/** The cause of failures is mended: their commands go out again with the same content, everything else is planned anew. */
export function retried(draft: Draft, { who, why }: EventOf<'RETRY'>): void {
  giveAgain(
    draft,
    endHolds(draft, who, why, (each) => FAILURE_TYPES.includes(each.type)),
  );
}

function giveAgain(draft: Draft, ended: ReturnType<typeof endHolds>): void {
  for (const { command } of ended) if (command) draft.again.push(command);
}
