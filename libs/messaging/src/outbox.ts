import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#canonical/ids';
import { afterCommit } from '#persistence/database';
import type { Queryable, Statement } from '#persistence/database';
import { Listener } from './listener';

/** A fact to be told to whoever subscribed, recorded in the transaction that made it true. */
export interface NewEvent<T = unknown> {
  /** `crossdock.<domain>.<fact>.v<N>`. */
  type: string;
  /** The app that decided it. */
  source: string;
  subject: string;
  /** Events with the same key reach each subscriber in order. */
  partitionKey: string;
  data: T;
  /** Default: the id of the event, which then starts a chain. */
  correlationId?: string;
  causationId?: string;
  traceparent?: string;
  /** RFC 3339; default the database's clock. */
  time?: string;
}

export const outboxChannel = 'crossdock_outbox';

const insertEvents: Statement = {
  name: 'outbox-insert',
  text: `
    insert into messaging.outbox (event_id, type, partition_key, envelope)
    select event_id, type, partition_key,
           jsonb_build_object('time', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
             || envelope::jsonb
      from rows from (unnest($1::uuid[], $2::text[], $3::text[]), json_array_elements($4::json))
           with ordinality as n (event_id, type, partition_key, envelope, position)
     order by position`,
};

@Injectable()
export class Outbox {
  constructor(private readonly listener: Listener) {}

  /**
   * Records events with one statement. Hold the lock of the aggregate the partition key names: then the order of
   * ids, which is the order of delivery within a key, is the order of commits.
   */
  async publish(tx: Queryable, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const ids = events.map(() => uuidv7());
    await tx.query(insertEvents, [
      ids,
      events.map((event) => event.type),
      events.map((event) => event.partitionKey),
      // One list: in an array of texts the driver would escape every quote.
      JSON.stringify(events.map((event, index) => envelopeOf(ids[index] ?? uuidv7(), event))),
    ]);
    afterCommit(tx, () => this.listener.notify(outboxChannel));
  }
}

/** Without `sequence`, which is the outbox id, and without `time` unless the publisher gave one. */
function envelopeOf(id: string, event: NewEvent): Record<string, unknown> {
  return {
    specversion: '1.0',
    id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    datacontenttype: 'application/json',
    correlationid: event.correlationId ?? id,
    partitionkey: event.partitionKey,
    data: event.data,
    ...(event.time === undefined ? {} : { time: event.time }),
    ...(event.causationId === undefined ? {} : { causationid: event.causationId }),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  };
}
