import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#canonical/ids';
import { Database } from '#persistence/database';
import type { Queryable, Statement, Transaction } from '#persistence/database';

/** Something that came from outside, as it came. */
export interface InboundMessage {
  /** The connection it came through: message ids are unique within it. */
  source: string;
  messageId: string;
  contentType: string;
  body: string | Buffer;
  /** Without secrets: they are stored. */
  headers?: Record<string, string>;
  correlationId?: string;
}

export interface Receipt {
  /** Of the archived message; of the kept contradiction when the outcome is `conflict`. */
  id: string;
  /** `conflict`: the id is known with another body. The new body is kept beside the first, which stays valid. */
  outcome: 'new' | 'duplicate' | 'conflict';
}

export interface ArchivedMessage {
  id: string;
  source: string;
  messageId: string;
  contentType: string;
  body: Buffer;
  headers: Record<string, string>;
  correlationId: string | null;
  receivedAt: Date;
}

const insertInbound: Statement = {
  name: 'inbound-insert',
  text: `
    insert into messaging.inbound (id, source, message_id, content_type, body, body_sha256, headers, correlation_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (source, message_id) do nothing`,
};

const findInbound: Statement = {
  name: 'inbound-find',
  text: `
    select id, body_sha256 = $3 as same from messaging.inbound where source = $1 and message_id = $2`,
};

const insertConflict: Statement = {
  name: 'inbound-conflict-insert',
  text: `
    insert into messaging.inbound_conflict as c (id, inbound_id, content_type, body, body_sha256, headers)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (inbound_id, body_sha256) do update set received_at = c.received_at
    returning id`,
};

/** Of a mended message the newest body. */
const readInbound: Statement = {
  name: 'inbound-read',
  text: `
    select m.id, m.source, m.message_id as "messageId", coalesce(c.content_type, m.content_type) as "contentType",
           coalesce(c.body, a.body, m.body) as body, coalesce(c.headers, m.headers) as headers,
           m.correlation_id as "correlationId", coalesce(c.received_at, m.received_at) as "receivedAt"
      from (select id as inbound_id, null::uuid as conflict_id from messaging.inbound where id = $1
            union all
            select inbound_id, id from messaging.inbound_conflict where id = $1) as found
      join messaging.inbound m on m.id = found.inbound_id
      left join messaging.inbound_conflict c on c.id = found.conflict_id
      left join lateral (select body from messaging.inbound_amendment
                          where inbound_id = m.id order by id desc limit 1) a on true`,
};

const amendInbound: Statement = {
  name: 'inbound-amend',
  text: `
    insert into messaging.inbound_amendment (inbound_id, body, actor, reason)
    select id, $2, $3, $4 from messaging.inbound where id = $1`,
};

/** Everything inbound is archived as it came, then deduplicated, before anyone looks inside. */
@Injectable()
export class Inbox {
  constructor(private readonly database: Database) {}

  /** Archives and dedupes on (source, messageId), in the transaction that acts on the message. */
  async receive(tx: Transaction, message: InboundMessage): Promise<Receipt> {
    const body = Buffer.isBuffer(message.body) ? message.body : Buffer.from(message.body, 'utf8');
    const sha256 = createHash('sha256').update(body).digest();
    const headers = JSON.stringify(message.headers ?? {});
    const { source, messageId, contentType } = message;
    const id = uuidv7();
    const inserted = await tx.query(insertInbound, [
      ...[id, source, messageId, contentType, body, sha256, headers],
      message.correlationId ?? null,
    ]);
    if (inserted.rowCount === 1) return { id, outcome: 'new' };
    const known = await knownMessage(tx, source, messageId, sha256);
    if (known.same) return { id: known.id, outcome: 'duplicate' };
    const { rows } = await tx.query<{ id: string }>(insertConflict, [id, known.id, contentType, body, sha256, headers]);
    return { id: rows[0]?.id ?? id, outcome: 'conflict' };
  }

  /** Puts a mended body in the place of the one that came, which is kept. False when there is no such message. */
  async amend(
    tx: Transaction,
    id: string,
    { body, actor, reason }: { readonly body: string; readonly actor: string; readonly reason: string },
  ): Promise<boolean> {
    return (await tx.query(amendInbound, [id, Buffer.from(body, 'utf8'), actor, reason])).rowCount === 1;
  }

  /** The message of this id, as it was mended last; undefined when there is none. */
  async read(id: string, db: Queryable = this.database): Promise<ArchivedMessage | undefined> {
    const { rows } = await db.query<ArchivedMessage>(readInbound, [id]);
    return rows[0];
  }
}

async function knownMessage(
  tx: Transaction,
  source: string,
  messageId: string,
  sha256: Buffer,
): Promise<{ id: string; same: boolean }> {
  const { rows } = await tx.query<{ id: string; same: boolean }>(findInbound, [source, messageId, sha256]);
  const [known] = rows;
  if (!known) throw new Error(`message ${messageId} of ${source} vanished while it was received`);
  return known;
}
