import type { PlanUsage } from '../api/types';
import { count, span, t } from '../texts/t';

type Policy = PlanUsage['policies'][number];

/** What is left of one quota, as a bar with its numbers beside it. */
export function PolicyGauge({ policy }: { policy: Policy }) {
  const { name, quota, remaining, windowSeconds, resetSeconds } = policy;
  const left = Math.round((remaining / quota) * 100);
  const colour = left < 10 ? 'bg-bad' : left < 30 ? 'bg-warn' : 'bg-accent';
  return (
    <div>
      <div className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">
          {name} <span className="font-normal text-soft">{t('usage.per', { window: span(windowSeconds) })}</span>
        </span>
        <span className="tabular-nums">{t('usage.left', { remaining: count(remaining), quota: count(quota) })}</span>
      </div>
      <div
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={quota}
        aria-valuenow={remaining}
        className="mt-1 h-2.5 overflow-hidden rounded-full bg-raised"
      >
        <div className={`h-full ${colour}`} style={{ width: `${left}%` }} />
      </div>
      {resetSeconds > 0 && <p className="mt-0.5 text-sm text-soft">{t('usage.full', { time: span(resetSeconds) })}</p>}
    </div>
  );
}
