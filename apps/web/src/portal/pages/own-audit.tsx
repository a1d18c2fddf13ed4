import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { OwnAuditEntry, OwnAuditPage } from '../api/types';
import { t } from '../texts/t';
import { Button, Empty, Fault, Skeleton, textOr, Time } from '../ui/parts';
import { Cell, RowTable, TableRow } from '../ui/rows';

const HEADS = ['audit.time', 'audit.action', 'audit.object', 'audit.by', 'audit.reason'] as const;
const PAGE = '20';

/** Who changed what of the partner's own access, newest first. */
export function OwnAudit() {
  const pages = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) =>
      ask<OwnAuditPage>('GET', '/account/v1/audit', { query: { limit: PAGE, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className="mt-8" aria-labelledby="own-audit">
      <h2 id="own-audit">{t('audit.title')}</h2>
      <p className="mt-1 mb-3 max-w-2xl text-soft">{t('audit.lead')}</p>
      {pages.isPending && <Skeleton />}
      {pages.isError && <Fault error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && entries.length === 0 && <Empty>{t('audit.none')}</Empty>}
      {entries.length > 0 && (
        <RowTable label={t('audit.list')} heads={HEADS}>
          {entries.map((entry) => (
            <EntryRow key={entry.seq} entry={entry} />
          ))}
        </RowTable>
      )}
      {pages.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('app.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function EntryRow({ entry: { at, by, action, object, reason, before, after } }: { entry: OwnAuditEntry }) {
  return (
    <TableRow>
      <Cell className="text-soft">
        <Time iso={at} />
      </Cell>
      <Cell>{textOr(`audit.${action}`, action)}</Cell>
      <Cell className="max-sm:w-full">
        <span title={object}>{calledOf(after ?? before) ?? object.split('/').at(-1)}</span>
      </Cell>
      <Cell name="audit.by">{by.name ?? t('audit.by.installation')}</Cell>
      <Cell className="text-soft max-sm:w-full">{reason ?? ''}</Cell>
    </TableRow>
  );
}

/** What was changed by its name, where it has one. */
function calledOf(what: OwnAuditEntry['after']): string | undefined {
  const name = what?.['name'];
  return typeof name === 'string' ? name : undefined;
}
