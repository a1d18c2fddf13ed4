import { useQuery } from '@tanstack/react-query';
import { eventPage } from '../api/webhooks';
import type { RequestDetail } from '../api/types';
import { Link } from '../router';
import { t } from '../texts/t';
import { Time } from '../ui/parts';

const SUBJECTS = { orders: 'order', reservations: 'reservation', shipments: 'shipment' } as const;
const SHOWN = 10;
/** Of `/portal/v1/orders/ord_1` by its slashes. */
const ID_AT = 4;

interface Subject {
  readonly type: (typeof SUBJECTS)[keyof typeof SUBJECTS];
  readonly id: string;
}

/** What happened to the thing that a request was about, and so what its webhooks told. */
export function Outcome({ request }: { request: RequestDetail }) {
  const subject = subjectOf(request);
  return subject === undefined ? null : <Events subject={subject} />;
}

function Events({ subject: { type, id } }: { subject: Subject }) {
  const filters = { subjectType: type, subjectId: id };
  const events = useQuery({
    queryKey: ['events', 'outcome', filters],
    queryFn: () => eventPage(filters, SHOWN),
  });
  if (events.data === undefined) return null;
  const all = `/events?${new URLSearchParams(filters).toString()}`;
  return (
    <section>
      <h3 className="mb-1 font-semibold">{t('requests.came', { subject: t(`events.subject.${type}`) })}</h3>
      {events.data.events.length === 0 && <p className="text-soft">{t('requests.came.none')}</p>}
      <ul>
        {events.data.events.map((event) => (
          <li key={event.id} className="flex flex-wrap gap-x-3">
            <Link
              className="inline-block min-h-6 font-mono text-[13px] text-link underline"
              to={`${all}&open=${event.id}`}
            >
              {event.type}
            </Link>
            <span className="text-soft">
              <Time iso={event.occurredAt} />
            </span>
          </li>
        ))}
      </ul>
      {events.data.more && (
        <Link className="inline-block min-h-6 text-link underline" to={all}>
          {t('requests.came.all')}
        </Link>
      )}
    </section>
  );
}

/** By the id in the path; of what was just made, by the id in the answer. */
function subjectOf({ route, target, status, responseBody }: RequestDetail): Subject | undefined {
  const kind = /^\/portal\/v\d+\/(orders|reservations|shipments)(\/|$)/.exec(route)?.[1] as
    keyof typeof SUBJECTS | undefined;
  if (kind === undefined || status >= 400) return undefined;
  const id = route.includes('{id}') ? target.split(/[/?]/)[ID_AT] : madeId(responseBody?.text);
  return id === undefined ? undefined : { type: SUBJECTS[kind], id };
}

function madeId(body: string | undefined): string | undefined {
  return /^\{"id":"(\w+)"/.exec(body ?? '')?.[1];
}
