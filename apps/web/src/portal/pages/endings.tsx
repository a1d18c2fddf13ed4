import { CalendarClock } from 'lucide-react';
import type { DeprecationNotice } from '../api/types';
import { Link } from '../router';
import { ago, count, day, t } from '../texts/t';
import { Time } from '../ui/parts';
import { Cell, RowTable, TableRow } from '../ui/rows';
import { Badge } from '../ui/status';

const HEADS = ['changelog.fixBy', 'changelog.what', 'changelog.instead', 'changelog.last', 'changelog.calls'] as const;
/** Days before the end from which it is urgent. */
const URGENT_DAYS = 90;

/** What will end, and until when it has to be changed. */
export function Endings({ endings, asOf }: { endings: readonly DeprecationNotice[]; asOf: string }) {
  return (
    <RowTable label={t('changelog.ends')} heads={HEADS}>
      {endings.map((ending) => (
        <EndingRow key={endingName(ending)} ending={ending} asOf={asOf} />
      ))}
    </RowTable>
  );
}

/** What ends, as a program calls it: an operation, or a version with a date. */
export function endingName({ date, method, route }: DeprecationNotice): string {
  return date === undefined ? `${method ?? ''} ${route ?? ''}` : t('changelog.date', { date });
}

function EndingRow({ ending, asOf }: { ending: DeprecationNotice; asOf: string }) {
  const { sunsetAt, successor, lastCalledAt } = ending;
  return (
    <TableRow>
      <Cell>
        <span className="block font-medium whitespace-nowrap">{day(sunsetAt)}</span>
        <TimeLeft until={sunsetAt} asOf={asOf} />
      </Cell>
      <Cell className="font-mono text-[13px] break-all max-sm:w-full">{endingName(ending)}</Cell>
      <Cell name="changelog.instead" className="font-mono text-[13px] break-all max-sm:w-full">
        {successor ?? <span className="font-sans">{t('changelog.instead.version')}</span>}
      </Cell>
      <Cell name="changelog.last" className="text-soft">
        {lastCalledAt === undefined ? t('changelog.never') : <Time iso={lastCalledAt} />}
      </Cell>
      <Cell name="changelog.calls" className="tabular-nums">
        <CallsLink ending={ending} />
      </Cell>
    </TableRow>
  );
}

/** The number is the way to the requests behind it. A date has no route to look for. */
function CallsLink({ ending }: { ending: DeprecationNotice }) {
  const { method, route, calls } = ending;
  if (method === undefined || route === undefined || calls === 0) return count(calls);
  return (
    <Link
      className="inline-block min-h-6 min-w-6 text-link underline"
      to={`/requests?${new URLSearchParams({ method, route }).toString()}`}
      aria-label={t('changelog.calls.of', { calls: count(calls), what: endingName(ending) })}
    >
      {count(calls)}
    </Link>
  );
}

function TimeLeft({ until, asOf }: { until: string; asOf: string }) {
  const seconds = Math.floor((new Date(until).getTime() - new Date(asOf).getTime()) / 1000);
  const tone = seconds <= 0 ? 'bad' : seconds < URGENT_DAYS * 86_400 ? 'warn' : 'none';
  return (
    <Badge tone={tone} icon={CalendarClock}>
      {seconds <= 0 ? t('changelog.over') : ago(until, new Date(asOf).getTime())}
    </Badge>
  );
}
