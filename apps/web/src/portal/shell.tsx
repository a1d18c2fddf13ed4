import { useEffect, useState, type ReactNode } from 'react';
import { Keyboard, LogOut, Menu, Search, SunMoon } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { ask } from './api/client';
import { useSession } from './api/queries';
import { holdKey } from './held-key';
import { useShortcuts } from './keyboard';
import { PAGES } from './pages/pages';
import { Palette } from './palette';
import { Link } from './router';
import { t } from './texts/t';
import { nextTheme, useTheme } from './theme';
import { HelpDialog } from './ui/help';
import { ModeBanner, ModeSwitch } from './ui/mode-switch';

const ICON_BUTTON =
  'inline-flex min-h-10 min-w-10 items-center justify-center rounded-md text-soft hover:bg-raised hover:text-ink';

/** What is around every page: the way to all others, the mode, who is signed in. */
export function Shell({ path, children }: { path: string; children: ReactNode }) {
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useShortcuts({ palette: () => setPalette(true), help: () => setHelp(true) });
  useEffect(() => setMenu(false), [path]);
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        {t('app.skip')}
      </a>
      <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
        <header className="sticky top-0 z-30 border-b border-line bg-surface lg:h-dvh lg:overflow-y-auto lg:border-r lg:border-b-0">
          <div className="flex items-center justify-between gap-2 px-4 py-3">
            <Link to="/" className="rounded-md py-1 leading-tight">
              <span className="text-[17px] font-bold text-accent">{t('app.name')}</span>{' '}
              <span className="text-sm text-soft">{t('app.audience')}</span>
            </Link>
            <button
              type="button"
              className={`${ICON_BUTTON} lg:hidden`}
              aria-expanded={menu}
              aria-controls="menu"
              onClick={() => setMenu(!menu)}
            >
              <Menu size={20} aria-hidden />
              <span className="sr-only">{t('app.menu')}</span>
            </button>
          </div>
          <div id="menu" className={`${menu ? 'block' : 'hidden'} px-3 pb-4 lg:block`}>
            <button
              type="button"
              onClick={() => setPalette(true)}
              className="mb-3 flex min-h-9 w-full items-center gap-2 rounded-md border border-line bg-ground px-2.5 text-sm text-soft hover:bg-raised"
            >
              <Search size={15} aria-hidden />
              <span className="flex-1 text-left">{t('app.search')}</span>
              <kbd className="font-sans text-xs">⌘K</kbd>
            </button>
            <ModeSwitch />
            <nav aria-label={t('nav.label')}>
              <ul className="space-y-0.5">
                {PAGES.map(({ path: to, text, icon: Icon }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      aria-current={to === path ? 'page' : undefined}
                      className="flex min-h-10 items-center gap-2.5 rounded-md px-2.5 text-ink hover:bg-raised aria-[current=page]:bg-raised aria-[current=page]:font-semibold"
                    >
                      <Icon size={17} aria-hidden />
                      {t(text)}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
            <Person showHelp={() => setHelp(true)} />
          </div>
        </header>
        <div className="min-w-0">
          <ModeBanner />
          <div
            id="content"
            tabIndex={-1}
            role={path === '/reference' ? undefined : 'main'}
            className="mx-auto max-w-6xl px-4 py-6 sm:px-8"
          >
            {children}
          </div>
        </div>
      </div>
      <Palette open={palette} close={() => setPalette(false)} />
      <HelpDialog open={help} close={() => setHelp(false)} />
    </>
  );
}

function Person({ showHelp }: { showHelp: () => void }) {
  const { name, role, partner, csrf } = useSession();
  const client = useQueryClient();
  const theme = useTheme();
  const signOut = async (): Promise<void> => {
    await ask('POST', '/auth/sign-out', { csrf });
    // Nothing of this person stays in the memory of the page.
    holdKey(undefined);
    client.clear();
    window.location.assign('/developers/sign-in');
  };
  const themeText = t('app.theme', { theme: t(`app.theme.${theme}`) });
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="px-2.5 text-sm font-medium">{name}</p>
      <p className="px-2.5 text-sm text-soft">
        {t(`role.${role}`)} · {partner.name}
      </p>
      <div className="mt-2 flex gap-1">
        <button type="button" className={ICON_BUTTON} onClick={nextTheme} title={themeText} aria-label={themeText}>
          <SunMoon size={18} aria-hidden />
        </button>
        <button
          type="button"
          className={ICON_BUTTON}
          onClick={showHelp}
          title={t('app.keyboard')}
          aria-label={t('app.keyboard')}
        >
          <Keyboard size={18} aria-hidden />
        </button>
        <button
          type="button"
          className={ICON_BUTTON}
          onClick={() => void signOut()}
          title={t('app.signOut')}
          aria-label={t('app.signOut')}
        >
          <LogOut size={18} aria-hidden />
        </button>
      </div>
    </div>
  );
}
