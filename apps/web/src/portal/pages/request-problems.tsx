import { useUsage } from '../api/queries';
import type { UsageView } from '../api/types';
import { useMode } from '../mode';
import { Link } from '../router';
import { count, t } from '../texts/t';
import { Empty, Fault, Skeleton, Time } from '../ui/parts';
import { Cell, RowButton, RowTable, TableRow } from '../ui/rows';
import { StatusBadge } from '../ui/status';

const HEADS = ['requests.status', 'requests.code', 'requests.route', 'requests.problems.calls', 'requests.problems.newest'] as const; // prettier-ignore

/** What goes wrong, by code and operation: one row for what may be a thousand requests. */
export function Problems({ open }: { open: (id: string) => void }) {
  const { mode } = useMode();
  const usage = useUsage('week', mode);
  if (usage.isPending) return <Skeleton lines={6} />;
  if (usage.isError) return <Fault error={usage.error} retry={() => void usage.refetch()} />;
  const { problems } = usage.data;
  if (problems.length === 0) return <Empty>{t('requests.problems.none')}</Empty>;
  return (
    <RowTable label={t('requests.problems.list')} heads={HEADS}>
      {problems.map(
        (problem) =>
        <ProblemRow key={`${problem.code} ${problem.method} ${problem.route} ${problem.status}`} problem={problem} open={open} />, // prettier-ignore
      )}
    </RowTable>
  );
}

interface ProblemRowProps {
  readonly problem: UsageView['problems'][number];
  readonly open: (id: string) => void;
}

function ProblemRow({ problem, open }: ProblemRowProps) {
  const { status, code, method, route, calls, lastAt, lastRequest } = problem;
  const those = new URLSearchParams({ code, method, route, status: String(status) });
  return (
    <TableRow>
      <Cell>
        <StatusBadge status={status} />
      </Cell>
      <Cell>
        <RowButton label={t('requests.problems.open', { code, method, route })} open={() => open(lastRequest)}>
          {code}
        </RowButton>
      </Cell>
      <Cell className="font-mono text-[13px] break-all max-sm:w-full">
        {method} {route}
      </Cell>
      <Cell name="requests.problems.calls" className="tabular-nums">
        <Link className="inline-block min-h-6 min-w-6 text-link underline" to={`/requests?${those.toString()}`}>
          {count(calls)}
        </Link>
      </Cell>
      <Cell className="text-soft">
        <Time iso={lastAt} />
      </Cell>
    </TableRow>
  );
}
