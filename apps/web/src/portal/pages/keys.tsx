import { useState } from 'react';
import { Plus } from 'lucide-react';
import { useKeys, useMayChange, useSession } from '../api/queries';
import type { ListedKey } from '../api/types';
import { DayBars } from '../charts/day-bars';
import { go, usePlace, withQuery } from '../router';
import { ago, t, wholeTime } from '../texts/t';
import { Button, Empty, Fault, PageHead, Skeleton } from '../ui/parts';
import { KeyState } from '../ui/status';
import { Clients } from './clients';
import { NewKeyDialog, RevokeDialog, RotateDialog } from './key-dialogs';

type Action = 'rotate' | 'revoke';

export function KeysPage() {
  const keys = useKeys();
  const mayChange = useMayChange();
  const { path, query } = usePlace();
  const [acting, setActing] = useState<{ action: Action; key: ListedKey }>();
  const done = (): void => setActing(undefined);
  const newest = [...(keys.data?.keys ?? [])].reverse();
  const open = (change: string): void => go(withQuery(path, query, { new: change }), { replace: true });
  return (
    <>
      <PageHead
        title={t('keys.title')}
        lead={t('keys.lead')}
        actions={
          mayChange && (
            <Button look="primary" onClick={() => open('1')}>
              <Plus size={16} aria-hidden />
              {t('keys.new')}
            </Button>
          )
        }
      />
      {!mayChange && <p className="mb-4 text-soft">{t('keys.viewer')}</p>}
      {keys.isPending && <Skeleton />}
      {keys.isError && <Fault error={keys.error} retry={() => void keys.refetch()} />}
      {keys.isSuccess && newest.length === 0 && <Empty>{t('keys.none')}</Empty>}
      {newest.length > 0 && <KeyTable keys={newest} act={(action, key) => setActing({ action, key })} />}
      <Clients />
      {mayChange && query.get('new') === '1' && <NewKeyDialog close={() => open('')} />}
      {acting?.action === 'rotate' && <RotateDialog view={acting.key} close={done} />}
      {acting?.action === 'revoke' && <RevokeDialog view={acting.key} close={done} />}
    </>
  );
}

function KeyTable({ keys, act }: { keys: readonly ListedKey[]; act: (action: Action, key: ListedKey) => void }) {
  const { partner } = useSession();
  const mayChange = useMayChange();
  return (
    <div
      className="overflow-x-auto rounded-lg border border-line bg-surface"
      tabIndex={0}
      role="region"
      aria-label={t('keys.list', { partner: partner.name })}
    >
      <table className="w-full text-left max-sm:block">
        <thead className="border-b border-line text-sm text-soft max-sm:sr-only">
          <tr>
            {(['keys.name', 'keys.key', 'keys.scopes', 'keys.use', 'keys.state', 'keys.actions'] as const).map(
              (head) => (
                <th key={head} scope="col" className="px-3 py-2 font-medium">
                  {t(head)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {keys.map((view) => (
            <tr key={view.id} className="border-b border-line last:border-0 max-sm:block max-sm:space-y-1.5 max-sm:p-3">
              <th scope="row" className="px-3 py-2 font-medium max-sm:block max-sm:p-0">
                {view.name}
                <span
                  className="block text-sm font-normal whitespace-nowrap text-soft"
                  title={wholeTime(view.createdAt)}
                >
                  {t('keys.created', { ago: ago(view.createdAt) })}
                </span>
              </th>
              <td className="px-3 py-2 max-sm:block max-sm:p-0">
                <span className="font-mono text-[13px] whitespace-nowrap">{view.hint}</span>{' '}
                <span className="text-sm text-soft">{t(view.mode === 'live' ? 'keys.live' : 'keys.test')}</span>
              </td>
              <td className="px-3 py-2 font-mono text-[13px] max-sm:block max-sm:p-0">{view.scopes.join(', ')}</td>
              <td className="px-3 py-2 max-sm:block max-sm:p-0">
                <DayBars use={view.use} id={view.id} name={view.name} />
              </td>
              <td className="px-3 py-2 max-sm:block max-sm:p-0">
                <KeyState view={view} />
              </td>
              <td className="px-3 py-2 max-sm:block max-sm:p-0">
                <div className="flex gap-1.5">
                  {mayChange && view.living && (
                    <>
                      {view.expiresAt === undefined && (
                        <Button onClick={() => act('rotate', view)} aria-label={`${t('keys.rotate')}: ${view.name}`}>
                          {t('keys.rotate')}
                        </Button>
                      )}
                      <Button
                        look="danger"
                        onClick={() => act('revoke', view)}
                        aria-label={`${t('keys.revoke')}: ${view.name}`}
                      >
                        {t('keys.revoke')}
                      </Button>
                    </>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
