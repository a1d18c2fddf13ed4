import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from 'react';

/** All pages are under this path. */
export const BASE = '/developers';
const MOVED = 'portal:moved';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

/** Path below the base and query: what the page shows is what its address says. */
export function usePlace(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => `${window.location.pathname}${window.location.search}`);
  return useMemo(() => {
    const [path = '', search = ''] = address.split('?');
    return { path: path.slice(BASE.length).replace(/\/$/, '') || '/', query: new URLSearchParams(search) };
  }, [address]);
}

/** `to` is below the base: `/keys`. `replace` for what the back button should not return to. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const address = to === '/' ? BASE : `${BASE}${to}`;
  if (replace) window.history.replaceState(null, '', address);
  else window.history.pushState(null, '', address);
  window.dispatchEvent(new Event(MOVED));
}

/** The query with some of it changed; an empty value leaves the name out. */
export function withQuery(path: string, query: URLSearchParams, change: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? path : `${path}?${next.toString()}`;
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
  readonly children: ReactNode;
}

/** An anchor that moves within the pages; opened in another tab it is an anchor like any other. */
export function Link({ to, children, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to === '/' ? BASE : `${BASE}${to}`} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
