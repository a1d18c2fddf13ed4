import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { messageContradicted } from '#contracts/events/inbound-troubles';
import { Inbox } from '#messaging/inbox';
import { Jobs } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { crashPoint } from '#persistence/crash-point';
import { Database } from '#persistence/database';
import { correlationId } from '#service/correlation';
import { WmsConnections } from '../../wms-connections';
import { MAP_QUEUE } from '../messages/map-messages';
import type { MapPayload } from '../messages/map-messages';
import { sourceOf } from '../messages/publish';

export interface Webhook {
  readonly connection: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** Kept with the message. Signatures are not: they would let a reader of the archive replay it within the window. */
const KEPT_HEADERS = ['content-type', 'webhook-id', 'webhook-timestamp', 'user-agent'];

@Injectable()
export class ReceiveWebhook {
  constructor(
    private readonly connections: WmsConnections,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Proves the sender, archives the bytes and leaves the rest to a job. Errors: CONNECTION_UNKNOWN (not-found), WEBHOOK_* (unauthenticated,
   * nothing is kept), MESSAGE_ID_CONFLICT (conflict: the id is known with another body; both bodies are kept, the first stays valid).
   */
  async receive({ connection, headers, rawBody }: Webhook): Promise<{ received: 'new' | 'duplicate' }> {
    const single = singleHeaders(headers);
    const port = await this.connections.webhooks(connection);
    if (!port) throw unknown(connection);
    const messageId = port.verify(single, rawBody, Date.now());
    const outcome = await this.database.transaction(async (tx) => {
      const receipt = await this.inbox.receive(tx, {
        source: sourceOf(connection),
        messageId,
        contentType: single['content-type'] ?? 'application/json',
        body: rawBody,
        headers: Object.fromEntries(KEPT_HEADERS.flatMap((name) => (single[name] ? [[name, single[name]]] : []))),
        correlationId: correlationId(),
      });
      const payload: MapPayload = { connection, message: receipt.id };
      if (receipt.outcome === 'new') await this.jobs.enqueue(tx, [{ queue: MAP_QUEUE, key: receipt.id, payload }]);
      if (receipt.outcome === 'conflict') {
        const told = { connection, messageId, contradiction: receipt.id };
        await this.outbox.publish(tx, [messageContradicted('system/wms', told, correlationId())]);
      }
      return receipt.outcome;
    });
    crashPoint('webhook.archived');
    if (outcome === 'conflict') throw conflict(connection, messageId);
    return { received: outcome };
  }
}

function singleHeaders(headers: Webhook['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : value]),
  );
}

function unknown(connection: string): CrossdockError {
  const message = `there is no connection ${connection} that takes webhooks`;
  return new CrossdockError({ code: 'CONNECTION_UNKNOWN', kind: 'not-found', message, source: connection });
}

function conflict(connection: string, messageId: string): CrossdockError {
  const message = `message ${messageId} came before with another body`;
  return new CrossdockError({ code: 'MESSAGE_ID_CONFLICT', kind: 'conflict', message, source: connection });
}
