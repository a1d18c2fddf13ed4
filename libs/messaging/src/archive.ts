import { Logger } from '@nestjs/common';
import { uuidv7 } from '#canonical/ids';
import type { Database, Queryable, Statement } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import { masked } from './masking';

/** One call to a backend and its answer, as it went. */
export interface Exchange {
  readonly connection: string;
  /** `POST /orders`: without query and base URL. */
  readonly operation: string;
  readonly correlationId: string | undefined;
  readonly milliseconds: number;
  readonly request: string;
  /** Undefined when none came. */
  readonly status?: number;
  readonly answer: string;
  /** Why no answer came, or the one that came was no good. */
  readonly error?: string;
  /** Values that must not be kept. */
  readonly secrets: readonly string[];
}

/** A message in or out, without its payload. */
export interface ArchivedLine {
  readonly id: string;
  readonly direction: 'IN' | 'OUT';
  readonly connection: string;
  /** IN: the sender's id of it. OUT: the operation. */
  readonly name: string;
  readonly correlationId: string | null;
  readonly at: Date;
  /** OUT: HTTP status; null when no answer came. */
  readonly status: number | null;
}

export interface ArchiveFilter {
  readonly ids?: readonly string[];
  readonly correlations?: readonly string[];
  readonly connection?: string;
}

/** Characters kept of a payload. */
const LARGEST = 65_536;
const LARGEST_BACKLOG = 1_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const insertOutbound: Statement = {
  name: 'outbound-archive-insert',
  text: `
    insert into messaging.outbound (id, connection, operation, correlation_id, milliseconds, status, error, request, answer)
    select * from jsonb_to_recordset($1) as n (id uuid, connection text, operation text, "correlationId" text, milliseconds int,
                                               status int, error text, request text, answer text)`,
};

/** Newest first. Indexes: inbound_correlation, inbound_source, outbound_correlation, outbound_connection. */
const listLines: Statement = {
  name: 'archive-list',
  text: `
    select * from (
      select id, 'IN' as direction, source as connection, message_id as name, correlation_id as "correlationId",
             received_at as at, null::int as status
        from messaging.inbound
       where ($1::uuid[] is null or id = any($1)) and ($2::text[] is null or correlation_id = any($2))
         and ($3::text is null or source = $3 or source like '%/' || $3) and ($4::uuid is null or id < $4)
       order by id desc limit $5) as i
    union all select * from (
      select id, 'OUT', connection, operation, correlation_id, at, status from messaging.outbound
       where ($1::uuid[] is null or id = any($1)) and ($2::text[] is null or correlation_id = any($2))
         and ($3::text is null or connection = $3) and ($4::uuid is null or id < $4)
       order by id desc limit $5) as o
     order by id desc limit $5`,
};

const readOutbound: Statement = {
  name: 'outbound-archive-read',
  text: `select request, answer, error, milliseconds from messaging.outbound where id = $1`,
};

const readInbound: Statement = {
  name: 'inbound-archive-read',
  text: `
    select m.content_type as "contentType", m.headers, m.body, m.purged_at is not null as purged,
           (select body from messaging.inbound_amendment a where a.inbound_id = m.id order by a.id desc limit 1) as mended
      from messaging.inbound m where m.id = $1`,
};

/** The id and the hash of an inbound message stay: the same one is recognised for ever. */
const purgeInbound: Statement = {
  name: 'inbound-archive-purge',
  text: `
    update messaging.inbound set body = '', headers = '{}', purged_at = now() where id in (
      select id from messaging.inbound
       where received_at < now() - $1 * interval '1 day' and purged_at is null order by received_at limit $2)`,
};

const purgeOutbound: Statement = {
  name: 'outbound-archive-purge',
  text: `
    delete from messaging.outbound where id in (
      select id from messaging.outbound where at < now() - $1 * interval '1 day' order by at limit $2)`,
};

/** Calls to backends are kept in sets, masked and cut. A database that is away for a moment loses none of them. */
export class OutboundArchive {
  private readonly log = new Logger('archive');
  private readonly sets: Gatherer<object, undefined>;
  private readonly backlog: object[] = [];
  private retry: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.sets = new Gatherer(
      async (rows) => {
        await database.query(insertOutbound, [JSON.stringify(rows)]);
        return rows.map(() => ({ value: undefined }));
      },
      { size: 64, inFlight: 1 },
    );
  }

  /** Resolves once it is kept, or once it waits to be kept. Never rejects: what was asked of a backend has been asked. */
  async record({ secrets, request, answer, ...exchange }: Exchange): Promise<void> {
    const kept = {
      id: uuidv7(),
      ...exchange,
      request: cut(masked(request, secrets)),
      answer: cut(masked(answer, secrets)),
    };
    await this.keep(kept);
  }

  private async keep(row: object): Promise<void> {
    try {
      await this.sets.call(row);
    } catch (error) {
      this.log.warn(`a call could not be archived yet: ${error instanceof Error ? error.message : String(error)}`);
      if (this.backlog.length < LARGEST_BACKLOG) this.backlog.push(row);
      this.retry ??= setTimeout(() => this.again(), 2_000).unref();
    }
  }

  private again(): void {
    this.retry = undefined;
    for (const row of this.backlog.splice(0)) void this.keep(row);
  }
}

/** A file of ours, in the transaction that decides to write it. What is personal in it is the caller's to mask. */
export async function archiveFile(
  tx: Queryable,
  { connection, name, content }: { readonly connection: string; readonly name: string; readonly content: string },
): Promise<void> {
  const row = { ...{ id: uuidv7(), connection, milliseconds: 0, answer: '' }, operation: `FILE ${name}` };
  await tx.query(insertOutbound, [JSON.stringify([{ ...row, request: cut(masked(content)) }])]);
}

/** Newest first; `before` is the id of the last one seen. */
export async function listArchive(
  db: Queryable,
  { ids, correlations, connection }: ArchiveFilter,
  before: string | undefined,
  limit: number,
): Promise<ArchivedLine[]> {
  const after = before !== undefined && UUID.test(before) ? before : null;
  const values = [ids?.filter((id) => UUID.test(id)) ?? null, correlations ?? null, connection ?? null, after, limit];
  return (await db.query<ArchivedLine>(listLines, values)).rows;
}

export interface ArchivedPayload {
  /** OUT: what was sent. IN: what came, empty when its time to be kept is over. Masked. */
  readonly request: string;
  /** OUT: what was answered. Masked. */
  readonly answer?: string;
  readonly error?: string;
  readonly milliseconds?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** IN: what a person put in its place. Masked. */
  readonly mended?: string;
  readonly purged?: boolean;
}

/** The payload of one line, undefined when there is no such message. */
export async function readArchive(
  db: Queryable,
  { id, direction }: ArchivedLine,
): Promise<ArchivedPayload | undefined> {
  if (direction === 'OUT') {
    const { rows } = await db.query<{ request: string; answer: string; error: string | null; milliseconds: number }>(readOutbound, [id]); // prettier-ignore
    return rows.map(({ error, ...row }) => ({ ...row, ...(error === null ? {} : { error }) }))[0];
  }
  type Row = {
    contentType: string;
    headers: Record<string, string>;
    body: Buffer;
    purged: boolean;
    mended: Buffer | null;
  };
  const { rows } = await db.query<Row>(readInbound, [id]);
  return rows.map(({ body, mended, ...row }) => ({
    ...row,
    request: cut(masked(body.toString('utf8'))),
    ...(mended === null ? {} : { mended: cut(masked(mended.toString('utf8'))) }),
  }))[0];
}

/** Empties or deletes what is older; returns how many. */
export async function purgeArchive(db: Queryable, days: number, limit: number): Promise<number> {
  const inbound = await db.query(purgeInbound, [days, limit]);
  const outbound = await db.query(purgeOutbound, [days, limit]);
  return inbound.rowCount + outbound.rowCount;
}

function cut(text: string): string {
  return text.length > LARGEST
    ? `${text.slice(0, LARGEST)}… (${text.length} characters)`
    : text.replaceAll('\u0000', '');
}
