import { useEvent, useEventTypes } from '../api/webhooks';
import type { PartnerEvent } from '../api/types';
import { Link } from '../router';
import { t, wholeTime } from '../texts/t';
import { Dialog } from '../ui/dialog';
import { buttonLook, Code, CopyButton, Fault, Skeleton, textOr } from '../ui/parts';
import { Fact, Facts } from '../ui/rows';
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
      <section>
        <h3 className="mb-1 font-semibold">{t('events.body')}</h3>
        <Code text={body} label={t('events.body')} />
      </section>
    </div>
  );
}
