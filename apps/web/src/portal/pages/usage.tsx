import { useRequests, useUsage } from '../api/queries';
import type { UsageView } from '../api/types';
import { UsageBars } from '../charts/bars';
import { PolicyGauge } from '../charts/gauge';
import { useMode } from '../mode';
import { go, Link, usePlace, withQuery } from '../router';
import { count, t } from '../texts/t';
import { Button, Card, Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { StatusBadge } from '../ui/status';

const WINDOWS = ['hour', 'day', 'week'] as const;

export function UsagePage() {
  const { path, query } = usePlace();
  const window = WINDOWS.find((each) => each === query.get('window')) ?? 'day';
  const { mode } = useMode();
  const usage = useUsage(window, mode);
  return (
    <>
      <PageHead
        title={t('usage.title')}
        lead={t('usage.lead')}
        actions={
          <div role="group" aria-label={t('usage.window')} className="flex flex-wrap gap-1">
            {WINDOWS.map((each) => (
              <Button
                key={each}
                look={each === window ? 'primary' : 'plain'}
                aria-pressed={each === window}
                onClick={() => go(withQuery(path, query, { window: each }), { replace: true })}
              >
                {t(`usage.${each}`)}
              </Button>
            ))}
          </div>
        }
      />
      {usage.isPending && <Skeleton lines={8} />}
      {usage.isError && <Fault error={usage.error} retry={() => void usage.refetch()} />}
      {usage.data !== undefined && (
        <div className="space-y-5">
          <Card title={t('usage.quotas')}>
            <Quotas usage={usage.data} />
          </Card>
          <Card title={t('usage.calls')}>
            <UsageBars usage={usage.data} />
          </Card>
          <Card title={t('usage.routes')}>
            <Routes usage={usage.data} />
          </Card>
          <Violations />
        </div>
      )}
    </>
  );
}

function Quotas({ usage }: { usage: UsageView }) {
  return (
    <div className="grid gap-6 md:grid-cols-2">
      {usage.plans.map(({ plan, mode, policies }) => (
        <div key={`${plan} ${mode}`} className="space-y-3">
          <h3 className="text-soft">
            {t('usage.plan', { plan, mode: t(mode === 'live' ? 'keys.live' : 'keys.test') })}
          </h3>
          {policies.map((policy) => (
            <PolicyGauge key={policy.name} policy={policy} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Routes({ usage }: { usage: UsageView }) {
  if (usage.routes.length === 0) return <Empty>{t('usage.none')}</Empty>;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('usage.routes')}>
      <table className="w-full text-left">
        <thead className="text-sm text-soft">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('requests.status')}
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('usage.operation')}
            </th>
            <th scope="col" className="py-1 pr-3 text-right font-medium">
              {t('usage.count')}
            </th>
            <th scope="col" className="py-1 pr-3 text-right font-medium">
              {t('usage.average')}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t('usage.p95')}
            </th>
          </tr>
        </thead>
        <tbody>
          {usage.routes.map(({ method, route, status, calls, durationMs, p95Ms }) => (
            <tr key={`${method} ${route} ${status}`} className="border-t border-line">
              <td className="py-1.5 pr-3">
                <StatusBadge status={status} />
              </td>
              <td className="py-1.5 pr-3 font-mono text-[13px]">
                {method} {route}
              </td>
              <td className="py-1.5 pr-3 text-right tabular-nums">
                <Link
                  className="inline-block min-w-6 text-link underline"
                  to={`/requests?${new URLSearchParams({ method, route, status: String(status) }).toString()}`}
                >
                  {count(calls)}
                </Link>
              </td>
              <td className="py-1.5 pr-3 text-right whitespace-nowrap tabular-nums">{durationMs.toFixed(1)} ms</td>
              <td className="py-1.5 text-right whitespace-nowrap tabular-nums">
                {p95Ms === undefined ? '–' : `${p95Ms.toFixed(1)} ms`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Each call that a limit refused, with the policy that did. */
function Violations() {
  const { mode } = useMode();
  const refused = useRequests({ status: '429', mode }, { every: 10_000, limit: 10 });
  return (
    <Card title={t('usage.violations')}>
      {refused.data?.requests.length === 0 && <p className="text-soft">{t('usage.violations.none')}</p>}
      <ul className="space-y-1.5">
        {(refused.data?.requests ?? []).map(({ id, at, method, target, violatedPolicies }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3">
            <strong>{violatedPolicies?.join(', ')}</strong>
            <Link
              className="inline-block min-h-6 font-mono text-[13px] break-all text-link underline"
              to={`/requests?status=429&open=${id}`}
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
