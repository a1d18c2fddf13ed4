import { useEffect } from 'react';
import { PAGES } from './pages/pages';
import { go } from './router';

/** `g` and a letter belong together when they come within this time. */
const TOGETHER_MS = 1200;

/** Keys of a text belong to the text. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** ⌘K or Ctrl+K everywhere; `g` and a page's letter, `/` and `?` unless somebody types. */
export function useShortcuts({ palette, help }: { palette: () => void; help: () => void }): void {
  useEffect(() => {
    let leader = 0;
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        palette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      const page = PAGES.find(({ letter }) => letter === event.key);
      if (page !== undefined && event.timeStamp - leader < TOGETHER_MS) go(page.path);
      else if (event.key === '?') help();
      else if (event.key === '/') focusFilter(event);
      leader = event.key === 'g' ? event.timeStamp : 0;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [palette, help]);
}

function focusFilter(event: KeyboardEvent): void {
  const filter = document.querySelector<HTMLElement>('[data-filter] input, [data-filter] select');
  if (filter === null) return;
  event.preventDefault();
  filter.focus();
}
