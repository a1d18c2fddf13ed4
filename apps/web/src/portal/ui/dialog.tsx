import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { t } from '../texts/t';
import { Button, Code, CopyButton } from './parts';

interface DialogProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
  /** `side`: a panel beside the list it belongs to. */
  readonly place?: 'middle' | 'side';
}

const PLACES = {
  middle:
    'top-1/2 left-1/2 max-h-[92dvh] w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border',
  side: 'inset-y-0 right-0 w-[min(44rem,100vw)] border-l',
};

/** One dialog at a time; focus stays inside, Escape closes it, and focus returns to where it was. */
export function Dialog({ open, close, title, lead, children, place = 'middle' }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && close()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          className={`fixed z-50 overflow-y-auto border-line bg-surface p-5 text-ink shadow-xl ${PLACES[place]}`}
          {...(lead === undefined && { 'aria-describedby': undefined })}
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <div>
              <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
              {lead !== undefined && <Radix.Description className="mt-1 text-soft">{lead}</Radix.Description>}
            </div>
            <Radix.Close aria-label={t('app.close')} className="rounded-md p-2 text-soft hover:bg-raised">
              <X size={18} aria-hidden />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What to do, after the way out. */
export function DialogButtons({ close, children }: { close: () => void; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={close}>{t('app.cancel')}</Button>
      {children}
    </div>
  );
}

interface ShownOnceProps {
  readonly secret: string;
  /** What the secret is called. */
  readonly label: string;
  readonly lead: string;
  readonly close: () => void;
  readonly children?: ReactNode;
  /** Beside the copy button. */
  readonly actions?: ReactNode;
}

/** The only time that anybody sees a secret. */
export function ShownOnce({ secret, label, lead, close, children, actions }: ShownOnceProps) {
  return (
    <Dialog open close={close} title={t('secret.shown')} lead={lead}>
      <div className="space-y-3">
        <Code text={secret} label={label} />
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          {actions}
          <CopyButton text={secret} />
          <Button look="primary" onClick={close}>
            {t('secret.copied')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
