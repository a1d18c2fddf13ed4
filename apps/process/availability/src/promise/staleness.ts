import { greatest, least, type Micro } from './quantity';

const ONE = 1_000_000n;

/** What speaks for a node has not been heard of for longer than its rule allows. */
export interface Staleness {
  readonly policy: 'HOLD' | 'FLOOR' | 'LAST_KNOWN';
  /** FLOOR: the share of usable stock that may be promised, in millionths. */
  readonly share: Micro;
}

/**
 * What of free stock is withheld while a node's source is stale. HOLD: all that is free. FLOOR: so much that commitments and promises
 * together stay within the share of what is usable; what is committed beyond it stays committed.
 */
export function withheldBy({ policy, share }: Staleness, usable: Micro, free: Micro): Micro {
  const open = greatest(free, 0n);
  if (policy === 'LAST_KNOWN') return 0n;
  return policy === 'HOLD' ? open : least(open, greatest(usable - (usable * share) / ONE, 0n));
}
