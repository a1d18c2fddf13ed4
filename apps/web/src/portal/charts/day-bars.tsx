import type { CredentialUse } from '../api/types';
import { Link } from '../router';
import { ago, count, t } from '../texts/t';

const DAYS = 14;
const STEP = 6;
const HEIGHT = 20;
const DAY_MS = 86_400_000;

interface DayBarsProps {
  readonly use: CredentialUse | undefined;
  /** Of the key or client. */
  readonly id: string;
  readonly name: string;
}

/** Calls of a key or client by day, today on the right, and when the last one was. */
export function DayBars({ use, id, name }: DayBarsProps) {
  if (use === undefined) return <span className="text-sm text-soft">{t('keys.use.none')}</span>;
  const calls = new Map(use.days.map((each) => [each.day, each.calls]));
  const today = Date.now();
  const days = Array.from({ length: DAYS }, (_, index) => new Date(today - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10)); // prettier-ignore
  const most = Math.max(1, ...calls.values());
  const sum = use.days.reduce((all, each) => all + each.calls, 0);
  const finding = t('keys.use.plot', { calls: count(sum), most: count(most) });
  return (
    <div className="space-y-0.5">
      <svg role="img" aria-label={finding} width={DAYS * STEP} height={HEIGHT} className="shrink-0">
        {days.map((day, index) => {
          const height = Math.max(1, ((calls.get(day) ?? 0) / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP - 2}
              height={height}
              fill="var(--series-1)"
            />
          );
        })}
      </svg>
      <span className="block text-sm whitespace-nowrap">
        <Link
          to={`/requests?key=${id}`}
          className="inline-block min-h-6 min-w-6 text-link underline tabular-nums"
          aria-label={t('keys.use.requests', { calls: count(sum), name })}
        >
          {count(sum)}
        </Link>{' '}
        <span className="whitespace-nowrap text-soft">{t('keys.use.last', { ago: ago(use.lastCalledAt) })}</span>
      </span>
    </div>
  );
}
