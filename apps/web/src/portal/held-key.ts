import { useSyncExternalStore } from 'react';

/** A key that was made in this tab. It lives in the memory of the page alone: a reload forgets it. */
export interface HeldKey {
  readonly id: string;
  readonly key: string;
}

let held: HeldKey | undefined;
const listeners = new Set<() => void>();

export function holdKey(key: HeldKey | undefined): void {
  held = key;
  for (const listener of listeners) listener();
}

export function useHeldKey(): HeldKey | undefined {
  return useSyncExternalStore(subscribe, () => held);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
