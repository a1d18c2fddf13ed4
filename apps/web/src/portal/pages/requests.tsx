import { useInfiniteQuery } from '@tanstack/react-query';
import { REQUEST_FILTERS, requestPage, useRequests, type RequestFilters } from '../api/queries';
import type { RequestSummary } from '../api/types';
import { useMode } from '../mode';
import { go, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { Button, Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { Cell, RowButton, RowTable, TableRow } from '../ui/rows';
import { StatusBadge } from '../ui/status';
import { Filters } from './request-filters';
import { Problems } from './request-problems';
import { RequestPanel } from './request-panel';

const VIEWS = ['each', 'problems'] as const;
const LIVE_MS = 4000;

/** The address says what is shown: filters, and which request is open. */
export function RequestsPage() {
  const { path, query } = usePlace();
  const { mode } = useMode();
  const filters = Object.fromEntries(REQUEST_FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as RequestFilters; // prettier-ignore
  // A key is of one kind, and who looks for an id means that request.
  const isNamed = filters.key !== undefined || filters.requestId !== undefined;
  const wanted = isNamed ? filters : { ...filters, mode };
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'each';
  const set = (change: Readonly<Record<string, string>>): void => go(withQuery(path, query, change), { replace: true });
  const open = (id: string): void => go(withQuery(path, query, { open: id }));
  return (
    <>
      <PageHead
        title={t('requests.title')}
        lead={t('requests.lead')}
        actions={
          <div role="group" aria-label={t('requests.view')} className="flex flex-wrap gap-1">
            {VIEWS.map((each) => (
              <Button
                key={each}
                look={each === view ? 'primary' : 'plain'}
                aria-pressed={each === view}
                onClick={() => set({ view: each === 'each' ? '' : each })}
              >
                {t(`requests.${each}`)}
              </Button>
            ))}
          </div>
        }
      />
      {view === 'problems' ? (
        <Problems open={open} />
      ) : (
        <>
          <Filters filters={filters} set={set} />
          <RequestList key={JSON.stringify(wanted)} filters={wanted} open={open} />
        </>
      )}
      <RequestPanel id={query.get('open') ?? undefined} close={() => set({ open: '' })} />
    </>
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
