import { CalendarClock } from 'lucide-react';
import { useCredentialNames } from '../api/clients';
import type { DeprecationNotice } from '../api/types';
import { Link } from '../router';
import { ago, count, day, t } from '../texts/t';
import { Time } from '../ui/parts';
import { Cell, RowTable, TableRow } from '../ui/rows';
import { Badge } from '../ui/status';

const HEADS = [
  'changelog.fixBy',
  'changelog.what',
  'changelog.instead',
  'changelog.last',
  'changelog.callers',
] as const;
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
      <Cell name="changelog.callers" className="tabular-nums max-sm:w-full">
        <Callers ending={ending} />
      </Cell>
    </TableRow>
  );
}

/** By whom: each is the way to the requests behind its number. */
function Callers({ ending }: { ending: DeprecationNotice }) {
  const names = useCredentialNames();
  const { method, route, callers } = ending;
  return (
    <ul>
      {callers.map(({ id, calls }) => {
        const those = { key: id, ...(method !== undefined && route !== undefined && { method, route }) };
        const name = names.get(id) ?? id;
        return (
          <li key={id}>
            <Link
              className="inline-block min-h-6 text-link underline"
              to={`/requests?${new URLSearchParams(those).toString()}`}
              aria-label={t('changelog.calls.of', { calls: count(calls), what: endingName(ending), name })}
            >
              {name}: {count(calls)}
            </Link>
          </li>
        );
      })}
    </ul>
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
