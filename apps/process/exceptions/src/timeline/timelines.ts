import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { OrderTimeline, TimelineEntry } from '#contracts/exceptions/evidence.dto';
import { listArchive, type ArchivedLine } from '#messaging/archive';
import { Database } from '#persistence/database';
import type { Exception } from '../keep-exception/exception';
import { page } from '../out/exception-list.store';
import { entriesOf, type TimelineRow } from '../out/timeline.store';
import { impliedPick, ownSubjects } from './told';

const LONGEST = 1_000;

/** What is known of an order from every side: facts told, calls made, messages that came, trouble met. */
@Injectable()
export class Timelines {
  constructor(private readonly database: Database) {}

  /** Errors: ORDER_UNKNOWN (not-found). */
  async of(order: string): Promise<OrderTimeline> {
    const told = await entriesOf(this.database, order, ownSubjects(order), LONGEST);
    const [open, over] = await Promise.all([
      page(this.database, { order }, '', LONGEST),
      page(this.database, { order, state: 'RESOLVED' }, '', LONGEST),
    ]);
    const trouble = [...open, ...over];
    if (told.length === 0 && trouble.length === 0) {
      throw new CrossdockError({
        code: 'ORDER_UNKNOWN',
        kind: 'not-found',
        message: `nothing is known of order ${order}`,
      });
    }
    const calls = await this.messagesOf(told, LONGEST);
    const entries = [
      ...impliedPicks(told),
      ...told.map((row) =>
        tellingOf(row, new Set(calls.filter(({ direction }) => direction === 'IN').map(({ id }) => id))),
      ),
      ...calls.filter(({ direction }) => direction === 'OUT').map(callOf),
      ...trouble.flatMap(troubleOf),
    ];
    return { order, entries: entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-LONGEST) };
  }

  /** Messages and correlations that an order's facts came from and led to. */
  async traces(order: string): Promise<{ ids: string[]; correlations: string[] }> {
    return tracesOf(await entriesOf(this.database, order, ownSubjects(order), LONGEST));
  }

  private async messagesOf(told: readonly TimelineRow[], limit: number): Promise<ArchivedLine[]> {
    const { ids, correlations } = tracesOf(told);
    const [byCorrelation, byId] = await Promise.all([
      listArchive(this.database, { correlations }, undefined, limit),
      listArchive(this.database, { ids }, undefined, limit),
    ]);
    return [...new Map([...byCorrelation, ...byId].map((line) => [line.id, line])).values()];
  }
}

function tracesOf(told: readonly TimelineRow[]): { ids: string[]; correlations: string[] } {
  return {
    ids: [...new Set(told.flatMap(({ causationId }) => causationId ?? []))],
    correlations: [...new Set(told.map(({ correlationId }) => correlationId))],
  };
}

function tellingOf(
  { causationId, at, subject: _, goods: __, ...told }: TimelineRow,
  messages: ReadonlySet<string>,
): TimelineEntry {
  const message = causationId !== null && messages.has(causationId) ? { message: causationId } : {};
  return { ...told, at: at.toISOString(), ...message };
}

/** A later milestone implies an earlier one that has not come; when it comes late, it stands there itself. */
function impliedPicks(told: readonly TimelineRow[]): TimelineEntry[] {
  const picked = new Set(told.filter(({ goods }) => goods === 'PICKED').map(({ subject }) => subject));
  const first = new Map(told.filter(({ goods }) => goods === 'LEFT').map((row) => [row.subject, row]));
  return [...first.values()].flatMap(({ subject, at, correlationId }): TimelineEntry[] =>
    picked.has(subject)
      ? []
      : [
          {
            ...{ at: at.toISOString(), kind: 'WAREHOUSE', source: 'process/exceptions', correlationId },
            ...{ what: impliedPick(subject), implied: true },
          },
        ],
  );
}

function callOf({ id, at, connection, name, status, correlationId }: ArchivedLine): TimelineEntry {
  return {
    ...{ at: at.toISOString(), kind: 'CALL', source: connection, message: id },
    what: `${name}: ${status === null ? 'no answer' : `answered ${status}`}`,
    ...(correlationId === null ? {} : { correlationId }),
  };
}

function troubleOf(exception: Exception): TimelineEntry[] {
  const { id, openedAt, code, cause, source, correlationId, resolution, occurrences } = exception;
  const common = { kind: 'EXCEPTION', exception: id, correlationId };
  const times = occurrences === 1 ? '' : ` (met ${occurrences} times)`;
  const opened = { ...common, at: openedAt, source, what: `${code}: ${cause}${times}` };
  if (resolution === null) return [opened];
  return [
    opened,
    { ...common, at: resolution.at, source: resolution.by, what: `${code} is over: ${resolution.reason}` },
  ];
}
