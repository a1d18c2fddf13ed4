import type { Draft } from '../draft';
import type { EventOf } from '../order-event';

export function substituteOffered(draft: Draft, { substitution }: EventOf<'SUBSTITUTE_OFFERED'>): void {
  const { substitutions } = draft.progress;
  if (!substitutions.some((each) => each.id === substitution.id)) substitutions.push({ ...substitution });
}

/** Taken when an order carries it; the first answer counts. */
export function substituteAnswered(draft: Draft, { id, who, followOn }: EventOf<'SUBSTITUTE_ANSWERED'>): void {
  const offer = draft.progress.substitutions.find((each) => each.id === id);
  if (offer?.state !== 'OFFERED') return;
  offer.state = followOn === undefined ? 'DECLINED' : 'TAKEN';
  offer.who = who;
  if (followOn !== undefined) offer.followOn = followOn;
}
