import { BASE } from '../router';

export interface Reference {
  destroy(): void;
}
interface Wanted {
  /** @example "portal.v1" */
  readonly document: string;
  /** A test key, filled in for trying operations. */
  readonly secret: string | undefined;
  readonly dark: boolean;
}
interface ScalarModule {
  readonly createApiReference: (element: Element, configuration: object) => { destroy(): void };
}

/** Ours instead of theirs, in both modes; small targets are made large enough to hit. */
const STYLE = `
  .light-mode.light-mode, .dark-mode.dark-mode { --scalar-font: inherit; --scalar-color-accent: var(--link); --scalar-background-1: var(--surface);
    --scalar-background-2: var(--ground); --scalar-background-3: var(--raised); --scalar-border-color: var(--line);
    --scalar-color-green: var(--good); --scalar-color-red: var(--bad); --scalar-color-yellow: var(--warn); --scalar-color-orange: var(--warn);
    --scalar-color-blue: var(--link); --scalar-color-purple: var(--violet); --scalar-color-1: var(--ink); --scalar-color-2: var(--soft); --scalar-color-3: var(--soft); }
  body { background: var(--ground) !important; color: var(--ink) !important; }
  button[aria-expanded] { min-width: 24px; min-height: 24px; }
`;

/**
 * The reference runs in the browser alone. It asks nobody outside: no fonts, no proxy, no telemetry, no assistant, and it keeps no key.
 */
export async function mountReference(element: HTMLElement, { document, secret, dark }: Wanted): Promise<Reference> {
  const inner = window.document.createElement('div');
  element.replaceChildren(inner);
  const { createApiReference } = (await import(/* @vite-ignore */ `${BASE}/assets/${SCALAR_FOLDER}/standalone.esm.js`)) as ScalarModule; // prettier-ignore
  const observer = mendsNames();
  const app = createApiReference(inner, {
    url: `/openapi/${document}.json`,
    servers: [{ url: window.location.origin }],
    proxyUrl: '',
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    persistAuth: false,
    hideDarkModeToggle: true,
    forceDarkModeState: dark ? 'dark' : 'light',
    showSidebar: false,
    customCss: STYLE,
    ...(secret !== undefined && {
      authentication: { preferredSecurityScheme: 'key', securitySchemes: { key: { token: secret } } },
    }),
  });
  return {
    destroy: () => {
      observer.disconnect();
      app.destroy();
      inner.remove();
    },
  };
}

const MENDS: readonly (readonly [selector: string, attribute: string, value: string | undefined])[] = [
  ['button[class*=copy-button]:not([aria-label])', 'aria-label', 'Copy'],
  ['button.show-more[aria-label]', 'aria-label', undefined],
  ['.cm-content:not([aria-label])', 'aria-label', 'Body'],
  ['ul.endpoints:not([tabindex])', 'tabindex', '0'],
  ['button[role=none]', 'role', undefined],
  ['[role=combobox]:not([aria-expanded])', 'aria-expanded', 'false'],
];

/** Some of its parts have no name for assistive technology, a wrong one, or a role that lacks what it needs. */
function mendsNames(): MutationObserver {
  const mend = (): void => {
    for (const [selector, attribute, value] of MENDS)
      for (const found of window.document.querySelectorAll(selector)) {
        if (value === undefined) found.removeAttribute(attribute);
        else found.setAttribute(attribute, value);
      }
  };
  const observer = new MutationObserver(mend);
  observer.observe(window.document.body, { childList: true, subtree: true });
  mend();
  return observer;
}
