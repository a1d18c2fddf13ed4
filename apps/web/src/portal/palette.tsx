import { useState } from 'react';
import { Command } from 'cmdk';
import { useMayChange } from './api/queries';
import { PAGES } from './pages/pages';
import { go } from './router';
import { t } from './texts/t';
import { nextTheme } from './theme';
import { Dialog } from './ui/dialog';

const ITEM = 'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-raised';
const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-soft';

/** Any page, command or request id from the keyboard. */
export function Palette({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Dialog open={open} close={close} title={t('palette.title')}>
      <Choices close={close} />
    </Dialog>
  );
}

function Choices({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const mayChange = useMayChange();
  const choose = (act: () => void) => () => {
    close();
    act();
  };
  const id = text.trim();
  return (
    <Command label={t('palette.title')} loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={t('palette.placeholder')}
        className="mb-2 min-h-10 w-full rounded-md border border-soft/70 bg-surface px-3 placeholder:text-soft"
      />
      <Command.List label={t('palette.title')} className="max-h-[50dvh] overflow-y-auto">
        <Command.Empty className="p-3 text-soft">{t('palette.none')}</Command.Empty>
        <Command.Group heading={t('palette.pages')} className={GROUP}>
          {PAGES.map(({ path, text: name, icon: Icon, letter }) => (
            <Command.Item key={path} className={ITEM} onSelect={choose(() => go(path))}>
              <Icon size={17} aria-hidden />
              <span className="flex-1">{t(name)}</span>
              <kbd className="font-mono text-xs text-soft">g {letter}</kbd>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('palette.commands')} className={GROUP}>
          {mayChange && (
            <Command.Item className={ITEM} onSelect={choose(() => go('/keys?new=1'))}>
              {t('palette.newKey')}
            </Command.Item>
          )}
          <Command.Item className={ITEM} onSelect={choose(nextTheme)}>
            {t('palette.theme')}
          </Command.Item>
          {/^[\x21-\x7e]{6,100}$/.test(id) && (
            <Command.Item
              className={ITEM}
              value={id}
              onSelect={choose(() => go(`/requests?requestId=${encodeURIComponent(id)}`))}
            >
              <span className="break-all">{t('palette.request', { id })}</span>
            </Command.Item>
          )}
        </Command.Group>
      </Command.List>
    </Command>
  );
}
