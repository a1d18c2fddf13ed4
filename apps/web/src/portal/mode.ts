import { useSyncExternalStore } from 'react';
import { useKeys } from './api/queries';
import { go, usePlace, withQuery } from './router';

/** Whose calls are looked at: those of live or of test keys. */
export type Mode = 'live' | 'test';
export const MODES: readonly Mode[] = ['live', 'test'];
const KEPT_AS = 'crossdock-mode';
const CHANGED = 'portal:mode';

function kept(): string | null {
  return window.localStorage.getItem(KEPT_AS);
}

function onChange(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/** As the address says; else as was chosen last in this browser; else live as soon as there is a live key that works. */
export function useMode(): { mode: Mode; choose: (mode: Mode) => void } {
  const { path, query } = usePlace();
  const keys = useKeys();
  const last = useSyncExternalStore(onChange, kept);
  const isLive = keys.data?.keys.some(({ mode, living }) => mode === 'live' && living) === true;
  const named = [query.get('mode'), last].find((each) => MODES.some((mode) => mode === each)) as Mode | undefined;
  const choose = (mode: Mode): void => {
    window.localStorage.setItem(KEPT_AS, mode);
    window.dispatchEvent(new Event(CHANGED));
    go(withQuery(path, query, { mode: '' }), { replace: true });
  };
  return { mode: named ?? (isLive ? 'live' : 'test'), choose };
}
