import { useDeliveriesOf, useEvent, useEventTypes } from '../api/webhooks';
import type { PartnerEvent } from '../api/types';
import { Link } from '../router';
import { t, wholeTime } from '../texts/t';
import { Dialog } from '../ui/dialog';
import { buttonLook, Code, CopyButton, Fault, Skeleton, textOr } from '../ui/parts';
import { Fact, Facts } from '../ui/rows';
import { DeliveryState } from '../ui/status';
import { pretty } from './start';

/** One event beside the list: what it means, and the body that webhooks carry. */
export function EventPanel({ id, close }: { id: string | undefined; close: () => void }) {
  const event = useEvent(id);
  return (
    <Dialog open={id !== undefined} close={close} title={event.data?.type ?? t('events.detail')} place="side">
      {event.isPending && <Skeleton lines={6} />}
      {event.isError && <Fault error={event.error} retry={() => void event.refetch()} />}
      {event.data !== undefined && <Detail event={event.data} />}
    </Dialog>
  );
}

function Detail({ event }: { event: PartnerEvent }) {
  const { id, type, subject, sequence, occurredAt, schemaVersion } = event;
  const types = useEventTypes();
  const means = types.data?.eventTypes.find((each) => each.type === type)?.description;
  const body = pretty(JSON.stringify(event));
  return (
    <div className="space-y-4">
      <Facts>
        {means !== undefined && <Fact name={t('events.means')}>{means}</Fact>}
        <Fact name={t('events.id')}>
          <span className="font-mono text-[13px] break-all">{id}</span>
        </Fact>
        <Fact name={t('events.time')}>{wholeTime(occurredAt)}</Fact>
        <Fact name={t('events.subject')}>
          {textOr(`events.subject.${subject.type}`, subject.type)}{' '}
          <span className="font-mono text-[13px] break-all">{subject.id}</span>
        </Fact>
        <Fact name={t('events.sequence')}>{sequence}</Fact>
        <Fact name={t('events.version')}>{schemaVersion}</Fact>
      </Facts>
      <div className="flex flex-wrap gap-2">
        <Link to={`/events?subjectType=${subject.type}&subjectId=${subject.id}`} className={buttonLook()}>
          {t('events.siblings')}
        </Link>
        <CopyButton text={body} />
      </div>
      <EventDeliveries event={id} />
      <section>
        <h3 className="mb-1 font-semibold">{t('events.body')}</h3>
        <Code text={body} label={t('events.body')} />
      </section>
    </div>
  );
}

/** Where it was sent to, and whether it arrived. */
function EventDeliveries({ event }: { event: string }) {
  const sent = useDeliveriesOf(event);
  if (sent.data === undefined) return null;
  return (
    <section>
      <h3 className="mb-1 font-semibold">{t('events.deliveries')}</h3>
      {sent.data.length === 0 && <p className="text-soft">{t('events.deliveries.none')}</p>}
      <ul className="space-y-1.5">
        {sent.data.map(({ delivery: { id, endpoint, state }, url }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <DeliveryState state={state} />
            <Link
              className="inline-block min-h-6 font-mono text-[13px] break-all text-link underline"
              to={`/webhooks?endpoint=${endpoint}&open=${id}`}
            >
              {url}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
