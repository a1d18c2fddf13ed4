import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const KEPT_AS = 'crossdock-theme';
const CHANGED = 'portal:theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function chosen(): Theme {
  const kept = window.localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
}

export function isDark(): boolean {
  return chosen() === 'dark' || (chosen() === 'system' && dark.matches);
}

/** Before the first paint, and whenever the system changes its mind. */
export function startTheme(): void {
  apply();
  dark.addEventListener('change', () => {
    apply();
    window.dispatchEvent(new Event(CHANGED));
  });
}

/** From the system's to the other of light and dark, and back again. */
export function nextTheme(): void {
  const order: Theme[] = ['system', 'light', 'dark'];
  const next = order[(order.indexOf(chosen()) + 1) % order.length] ?? 'system';
  window.localStorage.setItem(KEPT_AS, next);
  apply();
  window.dispatchEvent(new Event(CHANGED));
}

export function useTheme(): Theme {
  return useSyncExternalStore(onChange, chosen);
}

export function useIsDark(): boolean {
  return useSyncExternalStore(onChange, isDark);
}

function onChange(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}
