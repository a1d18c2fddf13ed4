import { useState } from 'react';
import { CircleCheck, CircleX, Clock, Plus } from 'lucide-react';
import { useClients } from '../api/clients';
import { useMayChange, useSession } from '../api/queries';
import type { ListedClient } from '../api/types';
import { DayBars } from '../charts/day-bars';
import { go, usePlace, withQuery } from '../router';
import { shortTime, t } from '../texts/t';
import { Button, Empty, Fault, Skeleton } from '../ui/parts';
import { Cell, RowTable, TableRow } from '../ui/rows';
import { Badge } from '../ui/status';
import { NewClientDialog, RevokeClientDialog, RotateClientDialog } from './client-dialogs';

type Action = 'rotate' | 'revoke';
const HEADS = ['keys.name', 'clients.id', 'keys.scopes', 'keys.use', 'keys.state', 'keys.actions'] as const;

/** OAuth clients, beside the keys. */
export function Clients() {
  const clients = useClients();
  const mayChange = useMayChange();
  const { partner } = useSession();
  const { path, query } = usePlace();
  const [acting, setActing] = useState<{ action: Action; client: ListedClient }>();
  const done = (): void => setActing(undefined);
  const open = (change: string): void => go(withQuery(path, query, { new: change }), { replace: true });
  const newest = [...(clients.data?.clients ?? [])].reverse();
  return (
    <section className="mt-8" aria-labelledby="oauth-clients">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 id="oauth-clients">{t('clients.title')}</h2>
          <p className="mt-1 max-w-2xl text-soft">{t('clients.lead')}</p>
        </div>
        {mayChange && (
          <Button onClick={() => open('client')}>
            <Plus size={16} aria-hidden />
            {t('clients.new')}
          </Button>
        )}
      </div>
      {clients.isPending && <Skeleton lines={2} />}
      {clients.isError && <Fault error={clients.error} retry={() => void clients.refetch()} />}
      {clients.isSuccess && newest.length === 0 && <Empty>{t('clients.none')}</Empty>}
      {newest.length > 0 && (
        <RowTable label={t('clients.list', { partner: partner.name })} heads={HEADS}>
          {newest.map((client) => (
            <ClientRow key={client.id} client={client} act={(action) => setActing({ action, client })} />
          ))}
        </RowTable>
      )}
      {mayChange && query.get('new') === 'client' && <NewClientDialog close={() => open('')} />}
      {acting?.action === 'rotate' && <RotateClientDialog view={acting.client} close={done} />}
      {acting?.action === 'revoke' && <RevokeClientDialog view={acting.client} close={done} />}
    </section>
  );
}

function ClientRow({ client, act }: { client: ListedClient; act: (action: Action) => void }) {
  const { id, name, mode, scopes, issuer, use } = client;
  return (
    <TableRow>
      <Cell className="font-medium max-sm:w-full">{name}</Cell>
      <Cell className="max-sm:w-full">
        <span className="font-mono text-[13px] break-all">{id}</span>{' '}
        <span className="text-sm text-soft">
          {t(mode === 'live' ? 'keys.live' : 'keys.test')}
          {issuer !== undefined && `, ${t('clients.issuer', { issuer })}`}
        </span>
      </Cell>
      <Cell className="font-mono text-[13px] max-sm:w-full">{scopes.join(', ')}</Cell>
      <Cell className="max-sm:w-full">
        <DayBars use={use} id={id} name={name} />
      </Cell>
      <Cell>
        <ClientState client={client} />
      </Cell>
      <Cell>
        <Actions client={client} act={act} />
      </Cell>
    </TableRow>
  );
}

function ClientState({ client: { revokedAt, secrets } }: { client: ListedClient }) {
  const [oldest] = secrets;
  if (revokedAt !== undefined) return <Badge tone="none" icon={CircleX}>{t('clients.revoked')}</Badge>; // prettier-ignore
  if (oldest?.expiresAt !== undefined)
    return <Badge tone="warn" icon={Clock}>{t('clients.exchanging', { until: shortTime(oldest.expiresAt) })}</Badge>; // prettier-ignore
  return (
    <Badge tone="good" icon={CircleCheck}>
      {t('clients.works')}
    </Badge>
  );
}

function Actions({ client, act }: { client: ListedClient; act: (action: Action) => void }) {
  const mayChange = useMayChange();
  const { name, revokedAt, secrets, issuer } = client;
  return (
    <div className="flex gap-1.5">
      {mayChange && revokedAt === undefined && (
        <>
          {issuer === undefined && secrets.length < 2 && (
            <Button onClick={() => act('rotate')} aria-label={`${t('keys.rotate')}: ${name}`}>
              {t('keys.rotate')}
            </Button>
          )}
          <Button look="danger" onClick={() => act('revoke')} aria-label={`${t('keys.revoke')}: ${name}`}>
            {t('keys.revoke')}
          </Button>
        </>
      )}
    </div>
  );
}
