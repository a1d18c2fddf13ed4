import { useEffect } from 'react';
import { useChangelog } from '../api/changelog';
import type { ChangelogView } from '../api/types';
import { go, usePlace, withQuery } from '../router';
import { count, t } from '../texts/t';
import { Button, Card, Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { Cell, RowTable, TableRow } from '../ui/rows';
import { Entries } from './changelog-entries';
import { Endings } from './endings';

const SHOWN = ['yours', 'all'] as const;
const VERSION_HEADS = ['changelog.contract', 'changelog.version', 'changelog.calls', 'changelog.first', 'changelog.last'] as const; // prettier-ignore

/** What changed and what will end: of what this partner calls, unless it wants to see all. */
export function ChangelogPage() {
  const changelog = useChangelog();
  const { path, query } = usePlace();
  const shown = SHOWN.find((each) => each === query.get('show')) ?? 'yours';
  const named = window.location.hash.slice(1);
  const isLoaded = changelog.data !== undefined;
  // The browser looked for the entry before there was one.
  useEffect(() => {
    if (isLoaded && named !== '') document.getElementById(named)?.scrollIntoView();
  }, [isLoaded, named]);
  return (
    <>
      <PageHead
        title={t('changelog.title')}
        lead={t('changelog.lead')}
        actions={
          <div role="group" aria-label={t('changelog.show')} className="flex flex-wrap gap-1">
            {SHOWN.map((each) => (
              <Button
                key={each}
                look={each === shown ? 'primary' : 'plain'}
                aria-pressed={each === shown}
                onClick={() => go(withQuery(path, query, { show: each === 'all' ? each : '' }), { replace: true })}
              >
                {t(`changelog.${each}`)}
              </Button>
            ))}
          </div>
        }
      />
      {changelog.isPending && <Skeleton lines={8} />}
      {changelog.isError && <Fault error={changelog.error} retry={() => void changelog.refetch()} />}
      {
        changelog.data !== undefined &&
        <Shown changelog={changelog.data} isAll={shown === 'all'} named={named} showAll={() => go(withQuery(path, query, { show: 'all' }))} /> // prettier-ignore
      }
    </>
  );
}

interface ShownProps {
  readonly changelog: ChangelogView;
  readonly isAll: boolean;
  /** The entry that the address names: it is shown, whomever it touches. */
  readonly named: string;
  readonly showAll: () => void;
}

function Shown({ changelog, isAll, named, showAll }: ShownProps) {
  const { asOf, deprecations, entries, versions } = changelog;
  const endings = deprecations.filter(({ touchesYou }) => isAll || touchesYou);
  const changes = entries.filter(({ touchesYou, slug }) => isAll || touchesYou || slug === named);
  return (
    <div className="space-y-5">
      <Card title={t('changelog.ends')}>
        {endings.length > 0 && <Endings endings={endings} asOf={asOf} />}
        {endings.length === 0 && (
          <p className="rounded-md bg-good-ground p-3 text-good">
            {t(deprecations.length === 0 ? 'changelog.ends.nothing' : 'changelog.ends.none')}
          </p>
        )}
        <p className="mt-2 text-sm text-soft">{t('changelog.counted')}</p>
      </Card>
      <Card title={t('changelog.entries')}>
        {changes.length === 0 ? <Empty>{t('changelog.entries.none')}</Empty> : <Entries entries={changes} />}
        {changes.length < entries.length && (
          <Button look="quiet" className="mt-3" onClick={showAll}>
            {t('changelog.hidden', { count: entries.length - changes.length })}
          </Button>
        )}
      </Card>
      <Card title={t('changelog.versions')}>
        {versions.length === 0 ? <Empty>{t('changelog.versions.none')}</Empty> : <Versions versions={versions} />}
      </Card>
    </div>
  );
}

function Versions({ versions }: { versions: ChangelogView['versions'] }) {
  return (
    <RowTable label={t('changelog.versions')} heads={VERSION_HEADS}>
      {versions.map(({ version, date, calls, firstCalledAt, lastCalledAt }) => (
        <TableRow key={`${version} ${date}`}>
          <Cell className="font-mono text-[13px]">{version}</Cell>
          <Cell className="font-mono text-[13px]">{date}</Cell>
          <Cell name="changelog.calls" className="tabular-nums">
            {count(calls)}
          </Cell>
          <Cell name="changelog.first" className="text-soft">
            <Time iso={firstCalledAt} />
          </Cell>
          <Cell name="changelog.last" className="text-soft">
            <Time iso={lastCalledAt} />
          </Cell>
        </TableRow>
      ))}
    </RowTable>
  );
}
