import { CalendarClock } from 'lucide-react';
import { useChangelog } from '../api/changelog';
import { useEndpoints } from '../api/webhooks';
import { Link } from '../router';
import { day, t } from '../texts/t';
import { buttonLook, Card } from '../ui/parts';
import { Badge, EndpointState } from '../ui/status';
import { endingName } from './endings';

/** Endpoints that are told nothing, or not any more, by no wish of the partner. */
export function FailingEndpoints() {
  const endpoints = useEndpoints();
  const failing = (endpoints.data?.endpoints ?? []).filter(
    ({ failingSince, disabledReason }) =>
      failingSince !== undefined || (disabledReason !== undefined && disabledReason !== 'BY_PARTNER'),
  );
  if (failing.length === 0) return null;
  return (
    <Card title={t('home.webhooks')}>
      <ul className="space-y-1.5">
        {failing.map((endpoint) => (
          <li key={endpoint.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <EndpointState endpoint={endpoint} />
            <Link
              className="inline-block min-h-6 font-mono text-[13px] break-all text-link underline"
              to={`/webhooks?endpoint=${endpoint.id}`}
            >
              {endpoint.url}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What ends and is still called: the date until which it has to be changed. */
export function Ending() {
  const changelog = useChangelog();
  const ending = (changelog.data?.deprecations ?? []).filter(({ touchesYou }) => touchesYou);
  if (ending.length === 0) return null;
  return (
    <Card
      title={t('home.ending')}
      actions={
        <Link to="/changelog" className={buttonLook()}>
          {t('home.ending.all')}
        </Link>
      }
    >
      <ul className="space-y-1.5">
        {ending.map((notice) => (
          <li key={endingName(notice)} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone="warn" icon={CalendarClock}>
              {t('home.ending.by', { date: day(notice.sunsetAt) })}
            </Badge>
            <span className="font-mono text-[13px] break-all">{endingName(notice)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
