import { useEffect, useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { requestPage, useKeys, useRequests, type RequestFilters } from '../api/queries';
import type { RequestSummary } from '../api/types';
import { go, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { Field, Select } from '../ui/field';
import { Button, Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { Cell, RowButton, RowTable, TableRow } from '../ui/rows';
import { StatusBadge } from '../ui/status';
import { RequestPanel } from './request-panel';

const FILTERS = ['status', 'method', 'route', 'key', 'code', 'requestId', 'from'] as const;
const LIVE_MS = 4000;

/** The address says what is shown: filters, and which request is open. */
export function RequestsPage() {
  const { path, query } = usePlace();
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as RequestFilters; // prettier-ignore
  const set = (change: Readonly<Record<string, string>>): void => go(withQuery(path, query, change), { replace: true });
  return (
    <>
      <PageHead title={t('requests.title')} lead={t('requests.lead')} />
      <Filters filters={filters} set={set} />
      <RequestList
        key={JSON.stringify(filters)}
        filters={filters}
        open={(id) => go(withQuery(path, query, { open: id }))}
      />
      <RequestPanel id={query.get('open') ?? undefined} close={() => set({ open: '' })} />
    </>
  );
}

function Filters({
  filters,
  set,
}: {
  filters: RequestFilters;
  set: (change: Readonly<Record<string, string>>) => void;
}) {
  const keys = useKeys();
  const any = Object.keys(filters).length > 0;
  const none = Object.fromEntries(FILTERS.map((name) => [name, '']));
  return (
    <div data-filter className="mb-4 grid grid-cols-2 items-end gap-3 lg:grid-cols-6">
      <Select
        label={t('requests.status')}
        value={filters.status ?? ''}
        onChange={(event) => set({ status: event.target.value })}
      >
        <option value="">{t('app.all')}</option>
        {(['2xx', '4xx', '429', '5xx'] as const).map((status) => (
          <option key={status} value={status}>
            {t(`requests.status.${status}`)}
          </option>
        ))}
        {filters.status !== undefined && !['2xx', '4xx', '429', '5xx'].includes(filters.status) && (
          <option>{filters.status}</option>
        )}
      </Select>
      <Select
        label={t('requests.method')}
        value={filters.method ?? ''}
        onChange={(event) => set({ method: event.target.value })}
      >
        <option value="">{t('app.all')}</option>
        {['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => (
          <option key={method}>{method}</option>
        ))}
      </Select>
      <Select
        label={t('requests.key')}
        value={filters.key ?? ''}
        onChange={(event) => set({ key: event.target.value })}
      >
        <option value="">{t('app.all')}</option>
        {(keys.data?.keys ?? []).map(({ id, name, hint }) => (
          <option key={id} value={id}>
            {name} {hint}
          </option>
        ))}
      </Select>
      <Typed name="route" label={t('requests.route')} value={filters.route ?? ''} set={set} />
      <Typed name="requestId" label={t('requests.id')} value={filters.requestId ?? ''} set={set} />
      <Button disabled={!any} onClick={() => set(none)}>
        {t('requests.clear')}
      </Button>
    </div>
  );
}

/** Takes effect when it is left or confirmed: half an id finds nothing. */
function Typed({
  name,
  label,
  value,
  set,
}: {
  name: string;
  label: string;
  value: string;
  set: (change: Record<string, string>) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = (): void => {
    if (text.trim() !== value) set({ [name]: text.trim() });
  };
  return (
    <Field
      label={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

function RequestList({ filters, open }: { filters: RequestFilters; open: (id: string) => void }) {
  const pages = useInfiniteQuery({
    queryKey: ['requests', 'pages', filters],
    queryFn: ({ pageParam }) => requestPage(filters, 50, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const newest = useRequests(filters, { every: LIVE_MS, limit: 1 });
  const rows = pages.data?.pages.flatMap(({ requests }) => requests) ?? [];
  const fresh = newest.data?.requests[0];
  if (pages.isPending) return <Skeleton lines={8} />;
  if (pages.isError) return <Fault error={pages.error} retry={() => void pages.refetch()} />;
  return (
    <>
      <p className="mb-2 flex min-h-9 flex-wrap items-center gap-3 text-sm text-soft" aria-live="polite">
        {newest.isError
          ? t('requests.stale', { time: new Date(newest.dataUpdatedAt).toLocaleTimeString('en') })
          : t('requests.live')}
        {fresh !== undefined && fresh.id !== rows[0]?.id && (
          <Button look="quiet" onClick={() => void pages.refetch()}>
            {t('requests.fresh')}
          </Button>
        )}
      </p>
      {rows.length === 0 ? <Empty>{t('requests.none')}</Empty> : <Rows rows={rows} open={open} />}
      {pages.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('app.more')}
          </Button>
        </div>
      )}
    </>
  );
}

const HEADS = ['requests.status', 'requests.method', 'requests.route', 'requests.code', 'requests.duration', 'requests.time'] as const; // prettier-ignore

function Rows({ rows, open }: { rows: readonly RequestSummary[]; open: (id: string) => void }) {
  return (
    <RowTable label={t('requests.list')} heads={HEADS}>
      {rows.map((row) => (
        <Row key={row.id} row={row} open={open} />
      ))}
    </RowTable>
  );
}

function Row({ row, open }: { row: RequestSummary; open: (id: string) => void }) {
  const { id, at, method, target, status, code, durationMs, idempotency } = row;
  return (
    <TableRow>
      <Cell>
        <StatusBadge status={status} />
      </Cell>
      <Cell className="font-mono text-[13px]">{method}</Cell>
      <Cell className="max-sm:w-full">
        <RowButton label={t('requests.open', { method, target, status })} open={() => open(id)}>
          {target}
        </RowButton>
      </Cell>
      <Cell className="font-mono text-[13px]">
        {code ?? (idempotency === 'replayed' ? t('requests.replayed') : '')}
      </Cell>
      <Cell className="text-right whitespace-nowrap tabular-nums">{Math.round(durationMs)} ms</Cell>
      <Cell className="text-soft">
        <Time iso={at} />
      </Cell>
    </TableRow>
  );
}
