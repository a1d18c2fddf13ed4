import { t, type TextKey } from '../texts/t';
import { Dialog } from './dialog';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['⌘K / Ctrl+K', 'help.palette'],
  ['g', 'help.go'],
  ['/', 'help.filter'],
  ['j  k', 'help.rows'],
  ['Enter', 'help.open'],
  ['?', 'help.help'],
];

export function HelpDialog({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Dialog open={open} close={close} title={t('help.title')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2">
        {KEYS.map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-raised px-1.5 py-0.5 font-mono text-[13px] whitespace-nowrap">
                {key}
              </kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
