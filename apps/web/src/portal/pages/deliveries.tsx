import { useInfiniteQuery } from '@tanstack/react-query';
import { deliveryPage, useEventTypes, useNewestDeliveries, type DeliveryFilters } from '../api/webhooks';
import type { Delivery } from '../api/types';
import { go, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { Select } from '../ui/field';
import { Button, Card, Empty, Fault, Skeleton, Time } from '../ui/parts';
import { Cell, RowButton, RowTable, TableRow } from '../ui/rows';
import { DeliveryState, StatusBadge } from '../ui/status';
import { DeliveryPanel } from './delivery-panel';

const LIVE_MS = 3000;
const STATES = ['DELIVERED', 'PENDING', 'FAILED'] as const;
const HEADS = ['deliveries.state', 'deliveries.type', 'deliveries.status', 'deliveries.attempts', 'deliveries.time'] as const; // prettier-ignore

/** What was sent to an endpoint. Rows change where they stand; new ones wait until somebody asks for them. */
export function Deliveries({ endpoint }: { endpoint: string }) {
  const { path, query } = usePlace();
  const filters: DeliveryFilters = Object.fromEntries(
    (['state', 'eventType'] as const).flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])),
  );
  const set = (change: Readonly<Record<string, string>>): void => go(withQuery(path, query, change), { replace: true });
  return (
    <Card title={t('deliveries.title')}>
      <Filters filters={filters} set={set} />
      <DeliveryList
        key={JSON.stringify(filters)}
        endpoint={endpoint}
        filters={filters}
        open={(id) => go(withQuery(path, query, { open: id }))}
      />
      <DeliveryPanel id={query.get('open') ?? undefined} close={() => set({ open: '' })} />
    </Card>
  );
}

function Filters({ filters, set }: { filters: DeliveryFilters; set: (change: Record<string, string>) => void }) {
  const types = useEventTypes();
  return (
    <div data-filter className="mb-3 grid grid-cols-2 gap-3 lg:max-w-xl">
      <Select
        label={t('deliveries.state')}
        value={filters.state ?? ''}
        onChange={(event) => set({ state: event.target.value })}
      >
        <option value="">{t('app.all')}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(`deliveries.${state}`)}
          </option>
        ))}
      </Select>
      <Select
        label={t('deliveries.type')}
        value={filters.eventType ?? ''}
        onChange={(event) => set({ eventType: event.target.value })}
      >
        <option value="">{t('app.all')}</option>
        {types.data?.eventTypes.map(({ type }) => (
          <option key={type}>{type}</option>
        ))}
      </Select>
    </div>
  );
}

interface DeliveryListProps {
  readonly endpoint: string;
  readonly filters: DeliveryFilters;
  readonly open: (id: string) => void;
}

function DeliveryList({ endpoint, filters, open }: DeliveryListProps) {
  const pages = useInfiniteQuery({
    queryKey: ['webhooks', 'deliveries', 'pages', endpoint, filters],
    queryFn: ({ pageParam }) => deliveryPage(endpoint, filters, 50, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const newest = useNewestDeliveries(endpoint, filters, LIVE_MS);
  if (pages.isPending) return <Skeleton />;
  if (pages.isError) return <Fault error={pages.error} retry={() => void pages.refetch()} />;
  const now = new Map(newest.data?.deliveries.map((each) => [each.id, each]));
  const rows = pages.data.pages.flatMap(({ deliveries }) => deliveries).map((each) => now.get(each.id) ?? each);
  const first = newest.data?.deliveries[0];
  return (
    <>
      {first !== undefined && !rows.some(({ id }) => id === first.id) && (
        <Button look="quiet" className="mb-2" onClick={() => void pages.refetch()}>
          {t('deliveries.fresh')}
        </Button>
      )}
      {rows.length === 0 ? (
        <Empty>{t('deliveries.none')}</Empty>
      ) : (
        <RowTable label={t('deliveries.list')} heads={HEADS}>
          {rows.map((row) => (
            <DeliveryRow key={row.id} row={row} open={open} />
          ))}
        </RowTable>
      )}
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

function DeliveryRow({ row, open }: { row: Delivery; open: (id: string) => void }) {
  const { id, state, eventType, attempts, lastStatus, createdAt } = row;
  const label = t('deliveries.open', { type: eventType, state: t(`deliveries.${state}`) });
  return (
    <TableRow>
      <Cell>
        <DeliveryState state={state} />
      </Cell>
      <Cell>
        <RowButton label={label} open={() => open(id)}>
          {eventType}
        </RowButton>
      </Cell>
      <Cell>
        {lastStatus !== undefined && <StatusBadge status={lastStatus} />}
        {lastStatus === undefined && attempts > 0 && <span className="text-soft">{t('deliveries.noAnswer')}</span>}
      </Cell>
      <Cell className="tabular-nums">{attempts}</Cell>
      <Cell className="text-soft">
        <Time iso={createdAt} />
      </Cell>
    </TableRow>
  );
}
