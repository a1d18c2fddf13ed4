import { Plus } from 'lucide-react';
import { useMayChange } from '../api/queries';
import { useEndpoints, useNewestDeliveries } from '../api/webhooks';
import type { Delivery, Endpoint } from '../api/types';
import { DeliveryStrip } from '../charts/delivery-strip';
import { go, Link, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { Button, Empty, Fault, PageHead, Skeleton } from '../ui/parts';
import { EndpointState } from '../ui/status';
import { EndpointDialog } from './endpoint-dialogs';
import { EndpointView, typesOf } from './endpoint';

const LIVE_MS = 10_000;
/** Of the newest deliveries that an endpoint shows in the list. */
const STRIP = 30;

/** All endpoints, or one of them when the address names it. */
export function WebhooksPage() {
  const endpoints = useEndpoints();
  const mayChange = useMayChange();
  const { path, query } = usePlace();
  const id = query.get('endpoint');
  const chosen = endpoints.data?.endpoints.find((each) => each.id === id);
  const open = (change: string): void => go(withQuery(path, query, { new: change }), { replace: true });
  if (chosen !== undefined) return <EndpointView key={chosen.id} endpoint={chosen} />;
  return (
    <>
      <PageHead
        title={t('webhooks.title')}
        lead={t('webhooks.lead')}
        actions={
          mayChange && (
            <Button look="primary" onClick={() => open('1')}>
              <Plus size={16} aria-hidden />
              {t('webhooks.new')}
            </Button>
          )
        }
      />
      {!mayChange && <p className="mb-4 text-soft">{t('webhooks.viewer')}</p>}
      {endpoints.isPending && <Skeleton />}
      {endpoints.isError && <Fault error={endpoints.error} retry={() => void endpoints.refetch()} />}
      {endpoints.data?.endpoints.length === 0 && <Empty>{t('webhooks.none')}</Empty>}
      <ul className="space-y-3">
        {endpoints.data?.endpoints.map((endpoint) => (
          <EndpointCard key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
      {mayChange && query.get('new') !== null && <EndpointDialog close={() => open('')} />}
    </>
  );
}

function EndpointCard({ endpoint }: { endpoint: Endpoint }) {
  const { id, url, description, eventTypes } = endpoint;
  const recent = useNewestDeliveries(id, {}, LIVE_MS, STRIP);
  const deliveries: readonly Delivery[] = recent.data?.deliveries ?? [];
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <Link to={`/webhooks?endpoint=${id}`} className="min-h-6 font-mono text-sm break-all text-link underline">
          {url}
        </Link>
        <EndpointState endpoint={endpoint} />
      </div>
      <p className="mt-1 mb-2 text-sm text-soft">
        {[description, typesOf(eventTypes)].filter((text) => text !== undefined && text !== '').join(' · ')}
      </p>
      {recent.isSuccess && <DeliveryStrip deliveries={deliveries} />}
    </li>
  );
}
