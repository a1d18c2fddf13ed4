import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { eventPage, useEventTypes, type EventFilters } from '../api/webhooks';
import type { PartnerEvent } from '../api/types';
import { go, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { Field, Select } from '../ui/field';
import { Button, Code, CopyButton, Empty, Fault, PageHead, Skeleton, Time, textOr } from '../ui/parts';
import { Cell, RowButton, RowTable, TableRow } from '../ui/rows';
import { EventPanel } from './event-panel';
import { missingOf } from './event-gaps';

const FILTERS = ['type', 'subjectType', 'subjectId'] as const;
const SUBJECTS = ['order', 'shipment', 'reservation', 'webhook-endpoint'] as const;
const HEADS = ['events.time', 'events.type', 'events.subject', 'events.sequence'] as const;

/** The feed as a program reads it: from a cursor on, oldest first. The address says which part of it. */
export function EventsPage() {
  const { path, query } = usePlace();
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as EventFilters; // prettier-ignore
  const since = query.get('since') ?? undefined;
  const set = (change: Readonly<Record<string, string>>): void => go(withQuery(path, query, change), { replace: true });
  const narrowed = JSON.stringify({ filters, since });
  return (
    <>
      <PageHead title={t('events.title')} lead={t('events.lead')} />
      <Filters key={narrowed} filters={filters} since={since} set={set} />
      <EventList
        key={`list ${narrowed}`}
        filters={filters}
        since={since}
        open={(id) => go(withQuery(path, query, { open: id }))}
      />
      <EventPanel id={query.get('open') ?? undefined} close={() => set({ open: '' })} />
    </>
  );
}

interface FiltersProps {
  readonly filters: EventFilters;
  readonly since: string | undefined;
  readonly set: (change: Readonly<Record<string, string>>) => void;
}

/** A cursor belongs to the filters it was made with: another filter begins anew. */
function Filters({ filters, since, set }: FiltersProps) {
  const types = useEventTypes();
  const [subjectType, setSubjectType] = useState(filters.subjectType ?? 'order');
  const [subjectId, setSubjectId] = useState(filters.subjectId ?? '');
  const [cursor, setCursor] = useState(since ?? '');
  const takeSubject = (kind: string, id: string): void => {
    const next = id.trim();
    if (next === (filters.subjectId ?? '') && (next === '' || kind === filters.subjectType)) return;
    set({ subjectType: next === '' ? '' : kind, subjectId: next, since: '' });
  };
  const takeCursor = (): void => {
    if (cursor.trim() !== (since ?? '')) set({ since: cursor.trim() });
  };
  const any = since !== undefined || Object.keys(filters).length > 0;
  return (
    <div data-filter className="mb-4 grid grid-cols-2 items-end gap-3 lg:grid-cols-5">
      <Select
        label={t('events.type')}
        value={filters.type ?? ''}
        onChange={(event) => set({ type: event.target.value, since: '' })}
      >
        <option value="">{t('app.all')}</option>
        {types.data?.eventTypes.map(({ type }) => (
          <option key={type}>{type}</option>
        ))}
      </Select>
      <Select
        label={t('events.subjectType')}
        value={subjectType}
        onChange={(event) => {
          setSubjectType(event.target.value);
          takeSubject(event.target.value, subjectId);
        }}
      >
        {SUBJECTS.map((subject) => (
          <option key={subject} value={subject}>
            {t(`events.subject.${subject}`)}
          </option>
        ))}
      </Select>
      <Field
        label={t('events.subjectId')}
        value={subjectId}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setSubjectId(event.target.value)}
        onBlur={() => takeSubject(subjectType, subjectId)}
        onKeyDown={(event) => event.key === 'Enter' && takeSubject(subjectType, subjectId)}
      />
      <Field
        label={t('events.since')}
        value={cursor}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setCursor(event.target.value)}
        onBlur={takeCursor}
        onKeyDown={(event) => event.key === 'Enter' && takeCursor()}
      />
      <Button
        disabled={!any}
        onClick={() => set({ ...Object.fromEntries(FILTERS.map((name) => [name, ''])), since: '' })}
      >
        {t('events.clear')}
      </Button>
    </div>
  );
}

interface EventListProps {
  readonly filters: EventFilters;
  readonly since: string | undefined;
  readonly open: (id: string) => void;
}

function EventList({ filters, since, open }: EventListProps) {
  const pages = useInfiniteQuery({
    queryKey: ['events', filters, since],
    queryFn: ({ pageParam }) => eventPage(filters, 100, pageParam),
    initialPageParam: since,
    getNextPageParam: ({ next }) => next,
  });
  if (pages.isPending) return <Skeleton lines={8} />;
  if (pages.isError) return <Fault error={pages.error} retry={() => void pages.refetch()} />;
  const events = pages.data.pages.flatMap((page) => page.events);
  const last = pages.data.pages.at(-1);
  return (
    <>
      {filters.subjectId !== undefined && filters.type === undefined && since === undefined && events.length > 0 && (
        <Sequence events={events} />
      )}
      {events.length === 0 ? (
        <Empty>{t('events.none')}</Empty>
      ) : (
        <RowTable label={t('events.list')} heads={HEADS}>
          {events.map((event) => (
            <EventRow key={event.id} event={event} open={open} />
          ))}
        </RowTable>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t(last?.more === true ? 'app.more' : 'events.newer')}
        </Button>
        {last?.more === false && (
          <p className="text-soft" role="status">
            {t('events.end')}
          </p>
        )}
      </div>
      {last !== undefined && <Cursor next={last.next} />}
    </>
  );
}

/** Whether all events of one subject are there. */
function Sequence({ events }: { events: readonly PartnerEvent[] }) {
  const missing = missingOf(events.map(({ sequence }) => sequence));
  const last = events.at(-1)?.sequence ?? 0;
  return (
    <p
      role="status"
      className={`mb-3 rounded-md p-3 ${missing.length === 0 ? 'bg-good-ground text-good' : 'bg-warn-ground text-warn'}`}
    >
      {missing.length === 0 ? t('events.whole', { last }) : t('events.gap', { missing: missing.join(', ') })}
    </p>
  );
}

function Cursor({ next }: { next: string }) {
  return (
    <section className="mt-5 space-y-2">
      <h2>{t('events.cursor')}</h2>
      <p className="text-soft">{t('events.cursor.text')}</p>
      <Code text={next} label={t('events.cursor')} />
      <CopyButton text={next} />
    </section>
  );
}

function EventRow({ event, open }: { event: PartnerEvent; open: (id: string) => void }) {
  const { id, type, subject, sequence, occurredAt } = event;
  const kind = textOr(`events.subject.${subject.type}`, subject.type);
  return (
    <TableRow>
      <Cell className="text-soft">
        <Time iso={occurredAt} />
      </Cell>
      <Cell>
        <RowButton label={t('events.open', { type, sequence, subject: `${kind} ${subject.id}` })} open={() => open(id)}>
          {type}
        </RowButton>
      </Cell>
      <Cell className="max-sm:w-full">
        {kind} <span className="font-mono text-[13px] break-all">{subject.id}</span>
      </Cell>
      <Cell className="tabular-nums">{sequence}</Cell>
    </TableRow>
  );
}
