import { useMayChange } from '../api/queries';
import { useDelivery, useEvent, useRedeliver } from '../api/webhooks';
import type { DeliveryDetail } from '../api/types';
import { Link } from '../router';
import { t, wholeTime } from '../texts/t';
import { Dialog } from '../ui/dialog';
import { Button, Code, Fault, Skeleton, Time } from '../ui/parts';
import { Fact, Facts } from '../ui/rows';
import { DeliveryState, StatusBadge } from '../ui/status';
import { pretty } from './start';

/** One delivery beside the list: its event, every attempt, and what the receiver answered. */
export function DeliveryPanel({ id, close }: { id: string | undefined; close: () => void }) {
  const delivery = useDelivery(id);
  const { data } = delivery;
  return (
    <Dialog open={id !== undefined} close={close} title={data?.eventType ?? t('deliveries.title')} place="side">
      {delivery.isPending && <Skeleton lines={6} />}
      {delivery.isError && <Fault error={delivery.error} retry={() => void delivery.refetch()} />}
      {data !== undefined && <Detail delivery={data} />}
    </Dialog>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { id, state, event, createdAt, nextAttemptAt, log } = delivery;
  const mayChange = useMayChange();
  const again = useRedeliver();
  return (
    <div className="space-y-4">
      <Facts>
        <Fact name={t('deliveries.state')}>
          <DeliveryState state={state} />
        </Fact>
        <Fact name={t('deliveries.event')}>
          <Link className="font-mono text-[13px] break-all text-link underline" to={`/events?open=${event}`}>
            {event}
          </Link>
        </Fact>
        <Fact name={t('deliveries.time')}>{wholeTime(createdAt)}</Fact>
        {nextAttemptAt !== undefined && (
          <Fact name={t('deliveries.next')}>
            <Time iso={nextAttemptAt} />
          </Fact>
        )}
      </Facts>
      {mayChange && (
        <Button look="primary" disabled={again.isPending || state === 'PENDING'} onClick={() => again.mutate({ id })}>
          {t('deliveries.again')}
        </Button>
      )}
      <p role="status" className="text-sm text-soft">
        {again.isSuccess && t('deliveries.again.done')}
      </p>
      {again.isError && <Fault error={again.error} />}
      {log.length === 0 && <p className="text-soft">{t('deliveries.attempt.none')}</p>}
      <ol className="space-y-3">
        {log.map((attempt, index) => (
          <Attempt key={attempt.at} number={index + 1} attempt={attempt} />
        ))}
      </ol>
      <EventBody id={event} />
    </div>
  );
}

function Attempt({ number, attempt }: { number: number; attempt: DeliveryDetail['log'][number] }) {
  const { at, status, milliseconds, answer, error } = attempt;
  return (
    <li className="rounded-md border border-line p-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{t('deliveries.attempt', { number })}</span>
        {status !== undefined && <StatusBadge status={status} />}
        <span className="text-soft">{t('deliveries.attempt.took', { ms: milliseconds })}</span>
        <span className="text-soft">
          <Time iso={at} />
        </span>
      </p>
      {error !== undefined && <p className="mt-1 break-words text-bad">{error}</p>}
      {answer !== undefined && answer !== '' && (
        <div className="mt-2">
          <Code text={answer} label={t('deliveries.attempt.answer')} />
        </div>
      )}
    </li>
  );
}

function EventBody({ id }: { id: string }) {
  const event = useEvent(id);
  if (event.data === undefined) return null;
  return (
    <section>
      <h3 className="mb-1 font-semibold">{t('events.body')}</h3>
      <Code text={pretty(JSON.stringify(event.data))} label={t('events.body')} />
    </section>
  );
}
