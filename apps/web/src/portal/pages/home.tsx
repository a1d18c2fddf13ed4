import { CalendarClock } from 'lucide-react';
import { useChangelog } from '../api/changelog';
import { useRequests, useSession, useUsage } from '../api/queries';
import { useEndpoints } from '../api/webhooks';
import type { UsageView } from '../api/types';
import { PolicyGauge } from '../charts/gauge';
import { Link } from '../router';
import { count, day, t, type TextKey } from '../texts/t';
import { buttonLook, Card, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { endingName } from './endings';
import { Badge, EndpointState, StatusBadge } from '../ui/status';

/** What to do next, and whether anything is wrong. */
export function HomePage() {
  const { name } = useSession();
  const usage = useUsage('day');
  return (
    <>
      <PageHead title={t('home.title', { name })} />
      <div className="space-y-5">
        <Card title={t('home.next')}>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-xl">{t('home.next.start')}</p>
            <Link to="/start" className={buttonLook('primary')}>
              {t('home.next.open')}
            </Link>
          </div>
        </Card>
        <FailingEndpoints />
        <Ending />
        {usage.isPending && <Skeleton />}
        {usage.isError && <Fault error={usage.error} retry={() => void usage.refetch()} />}
        {usage.data !== undefined && <Day usage={usage.data} />}
        <Latest />
      </div>
    </>
  );
}

function Day({ usage }: { usage: UsageView }) {
  const sum = (name: 'succeeded' | 'refused' | 'limited' | 'failed'): number =>
    usage.points.reduce((all, point) => all + point[name], 0);
  const all = sum('succeeded') + sum('refused') + sum('limited') + sum('failed');
  return (
    <>
      <Card title={t('home.day')}>
        <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Figure text="home.calls" value={all} to="/requests" />
          <Figure text="home.refused" value={sum('refused')} to="/requests?status=4xx" />
          <Figure text="home.limited" value={sum('limited')} to="/requests?status=429" />
          <Figure text="home.failed" value={sum('failed')} to="/requests?status=5xx" />
        </ul>
      </Card>
      <Card title={t('home.quota')}>
        <div className="grid gap-5 md:grid-cols-2">
          {usage.plans.flatMap(({ plan, mode, policies }) =>
            policies.map((policy) => <PolicyGauge key={`${plan} ${mode} ${policy.name}`} policy={policy} />),
          )}
        </div>
      </Card>
    </>
  );
}

function Figure({ text, value, to }: { text: TextKey; value: number; to: string }) {
  return (
    <li>
      <Link to={to} className="block rounded-md border border-line p-3 hover:bg-raised">
        <span className="block text-2xl font-semibold tabular-nums">{count(value)}</span>
        <span className="text-sm text-soft">{t(text)}</span>
      </Link>
    </li>
  );
}

function Latest() {
  const refused = useRequests({ status: '4xx' }, { every: 10_000, limit: 5 });
  return (
    <Card title={t('home.latest')}>
      {refused.data?.requests.length === 0 && <p className="text-soft">{t('home.latest.none')}</p>}
      <ul className="space-y-1.5">
        {(refused.data?.requests ?? []).map(({ id, at, method, target, status, code }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={status} />
            <span className="font-mono text-[13px]">{code}</span>
            <Link
              className="inline-block min-h-6 font-mono text-[13px] break-all text-link underline"
              to={`/requests?open=${id}`}
            >
              {method} {target}
            </Link>
            <span className="text-soft">
              <Time iso={at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Endpoints that are told nothing, or not any more, by no wish of the partner. */
function FailingEndpoints() {
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
function Ending() {
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
