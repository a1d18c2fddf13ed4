import { useCertification } from '../api/certification';
import { useRequests, useSession, useUsage } from '../api/queries';
import type { CertificationView, UsageView } from '../api/types';
import { PolicyGauge } from '../charts/gauge';
import { useMode } from '../mode';
import { Link } from '../router';
import { count, t, type TextKey } from '../texts/t';
import { buttonLook, Card, Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { StatusBadge } from '../ui/status';
import { Ending, FailingEndpoints } from './home-warnings';

/** What to do next, and whether anything is wrong. */
export function HomePage() {
  const { name } = useSession();
  const { mode } = useMode();
  const usage = useUsage('day', mode);
  return (
    <>
      <PageHead title={t('home.title', { name })} />
      <div className="space-y-5">
        <NextStep />
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

/** The first order is the first step; afterwards what the certification has not seen yet; nothing once it has seen all. */
function NextStep() {
  const certification = useCertification();
  if (certification.data === undefined) return <Skeleton lines={2} />;
  const { checks, certified } = certification.data;
  if (certified) return null;
  const ordered = checks.some(({ check, shown }) => check === 'order' && shown);
  return (
    <Card title={t('home.next')}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-xl">{ordered ? nextCheck(checks) : t('home.next.start')}</p>
        <Link to={ordered ? '/certification' : '/start'} className={buttonLook('primary')}>
          {t(ordered ? 'nav.certification' : 'home.next.open')}
        </Link>
      </div>
    </Card>
  );
}

function nextCheck(checks: CertificationView['checks']): string {
  const open = checks.find(({ shown }) => !shown);
  const done = t('home.next.progress', { done: checks.filter(({ shown }) => shown).length, all: checks.length });
  return open === undefined ? done : `${t('home.next.check', { what: t(`certification.${open.check}`) })} (${done})`;
}

function Day({ usage }: { usage: UsageView }) {
  const sum = (name: 'succeeded' | 'refused' | 'limited' | 'failed'): number =>
    usage.points.reduce((all, point) => all + point[name], 0);
  const all = sum('succeeded') + sum('refused') + sum('limited') + sum('failed');
  return (
    <>
      <Card title={t('home.day')}>
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
          <Figure text="home.calls" value={count(all)} to="/requests" />
          <Figure text="home.refused" value={count(sum('refused'))} to="/requests?view=problems" />
          <Figure text="home.failed" value={count(sum('failed'))} to="/requests?status=5xx" />
          <Figure text="home.limited" value={count(sum('limited'))} to="/usage" />
          <Figure
            text="home.p95"
            value={usage.p95Ms === undefined ? '–' : `${Math.round(usage.p95Ms)} ms`}
            to="/usage"
          />
        </ul>
      </Card>
      <Card title={t('home.quota')}>
        {usage.plans.length === 0 && <Empty>{t('home.quota.none')}</Empty>}
        <div className="grid gap-5 md:grid-cols-2">
          {usage.plans.flatMap(({ plan, mode, policies }) =>
            policies.map((policy) => <PolicyGauge key={`${plan} ${mode} ${policy.name}`} policy={policy} />),
          )}
        </div>
      </Card>
    </>
  );
}

function Figure({ text, value, to }: { text: TextKey; value: string; to: string }) {
  return (
    <li>
      <Link to={to} className="block rounded-md border border-line p-3 hover:bg-raised">
        <span className="block text-2xl font-semibold whitespace-nowrap tabular-nums">{value}</span>
        <span className="text-sm text-soft">{t(text)}</span>
      </Link>
    </li>
  );
}

function Latest() {
  const { mode } = useMode();
  const refused = useRequests({ status: '4xx', mode }, { every: 10_000, limit: 5 });
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
