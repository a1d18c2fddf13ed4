import { useState } from 'react';
import { ArrowLeft } from 'lucide-react';
import { useMayChange } from '../api/queries';
import { contentOf, useTestEvent, useUpdateEndpoint } from '../api/webhooks';
import type { Endpoint } from '../api/types';
import { Link } from '../router';
import { shortTime, t } from '../texts/t';
import { Button, Card, Fault, PageHead } from '../ui/parts';
import { Fact, Facts } from '../ui/rows';
import { EndpointState } from '../ui/status';
import { Deliveries } from './deliveries';
import { DeleteEndpointDialog, EndpointDialog, PauseDialog, RotateSecretDialog } from './endpoint-dialogs';
import { ReplayDialog } from './replay-dialog';

type Action = 'edit' | 'pause' | 'rotate' | 'replay' | 'delete';

/** One endpoint: what it is told, what can be done with it, and what was sent to it. */
export function EndpointView({ endpoint }: { endpoint: Endpoint }) {
  const mayChange = useMayChange();
  const [acting, setActing] = useState<Action>();
  const close = (): void => setActing(undefined);
  return (
    <>
      <Link to="/webhooks" className="mb-2 inline-flex min-h-7 items-center gap-1.5 text-link hover:underline">
        <ArrowLeft size={15} aria-hidden />
        {t('webhooks.all')}
      </Link>
      <PageHead title={endpoint.description ?? new URL(endpoint.url).host} />
      <div className="space-y-5">
        <Card>
          <Facts>
            <Fact name={t('webhooks.url')}>
              <span className="font-mono text-[13px] break-all">{endpoint.url}</span>
            </Fact>
            <Fact name={t('deliveries.state')}>
              <EndpointState endpoint={endpoint} />
            </Fact>
            <Fact name={t('webhooks.types')}>{typesOf(endpoint.eventTypes)}</Fact>
          </Facts>
          {endpoint.previousSecretUntil !== undefined && (
            <p className="mt-2 text-warn">
              {t('webhooks.rotating', { until: shortTime(endpoint.previousSecretUntil) })}
            </p>
          )}
          {mayChange && <Actions endpoint={endpoint} act={setActing} />}
        </Card>
        <Deliveries endpoint={endpoint.id} />
      </div>
      {acting === 'edit' && <EndpointDialog endpoint={endpoint} close={close} />}
      {acting === 'pause' && <PauseDialog endpoint={endpoint} close={close} />}
      {acting === 'rotate' && <RotateSecretDialog endpoint={endpoint} close={close} />}
      {acting === 'replay' && <ReplayDialog endpoint={endpoint} close={close} />}
      {acting === 'delete' && <DeleteEndpointDialog endpoint={endpoint} close={close} />}
    </>
  );
}

function Actions({ endpoint, act }: { endpoint: Endpoint; act: (action: Action) => void }) {
  const test = useTestEvent();
  const resume = useUpdateEndpoint();
  const failed = test.error ?? resume.error;
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-2">
        {endpoint.enabled ? (
          <>
            <Button look="primary" disabled={test.isPending} onClick={() => test.mutate(endpoint)}>
              {t('webhooks.test')}
            </Button>
            <Button onClick={() => act('replay')}>{t('webhooks.replay')}</Button>
          </>
        ) : (
          <Button
            look="primary"
            disabled={resume.isPending}
            onClick={() => resume.mutate({ endpoint, content: { ...contentOf(endpoint), enabled: true } })}
          >
            {t('webhooks.resume')}
          </Button>
        )}
        <Button onClick={() => act('edit')}>{t('webhooks.edit')}</Button>
        {endpoint.previousSecretUntil === undefined && (
          <Button onClick={() => act('rotate')}>{t('webhooks.rotate')}</Button>
        )}
        {endpoint.enabled && <Button onClick={() => act('pause')}>{t('webhooks.pause')}</Button>}
        <Button look="danger" onClick={() => act('delete')}>
          {t('webhooks.delete')}
        </Button>
      </div>
      <p role="status" className="mt-2 text-sm text-soft">
        {test.isSuccess && t('webhooks.test.sent')}
      </p>
      {failed !== null && <Fault error={failed} />}
    </>
  );
}

export function typesOf(eventTypes: readonly string[] | undefined): string {
  if (eventTypes === undefined) return t('webhooks.types.all');
  return eventTypes.length > 3 ? t('webhooks.types.some', { count: eventTypes.length }) : eventTypes.join(', ');
}
