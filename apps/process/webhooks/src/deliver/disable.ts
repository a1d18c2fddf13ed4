import { Injectable } from '@nestjs/common';
import { newId } from '#canonical/ids';
import { exceptionCleared, exceptionOpened, type ExceptionIdentity } from '#contracts/events/exceptions';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { APP } from '../config';
import { failPending } from '../out/delivery.store';
import { setDisabled, type StoredEndpoint } from '../out/endpoint.store';
import { lockFeed } from '../out/event.store';
import { RecordEvents } from '../record-events/record-events';
import { DISABLE_AFTER_HOURS, type DisableReason } from './schedule';

const CAUSES: Readonly<Record<DisableReason, string>> = {
  GONE: 'it answered 410: it is gone for good',
  FAILING: `it has taken nothing for ${DISABLE_AFTER_HOURS} hours`,
};

/** Ends the sending to an endpoint that does not want it or cannot take it, and says so: to us, and to the partner's other endpoints. */
@Injectable()
export class Disable {
  constructor(
    private readonly outbox: Outbox,
    private readonly events: RecordEvents,
  ) {}

  async disable(
    tx: Transaction,
    { id, partner }: Pick<StoredEndpoint, 'id' | 'partner'>,
    reason: DisableReason,
  ): Promise<void> {
    // Feeds come before endpoints, everywhere.
    await lockFeed(tx, [partner]);
    const at = await setDisabled(tx, id, reason);
    if (at === undefined) return;
    await failPending(tx, id);
    await this.events.record(tx, [
      {
        ...{ partner, type: 'webhook.disabled', subject: { type: 'webhook-endpoint', id }, occurredAt: at },
        ...{ data: { endpoint: id, reason }, origin: `webhook.disabled/${newId('whd')}` },
      },
    ]);
    const trouble = {
      ...{ ...troubleOf(id), tier: 'BUSINESS' as const, partner },
      cause: `the endpoint ${id} of ${partner} is sent nothing any more: ${CAUSES[reason]}`,
      suggestedAction: 'Tell the partner. It enables the endpoint again, and replays what it has missed.',
    };
    await this.outbox.publish(tx, [exceptionOpened(APP, trouble)]);
  }

  /** It is enabled again, or deleted. */
  async over(tx: Transaction, id: string, why: string): Promise<void> {
    await this.outbox.publish(tx, [exceptionCleared(APP, troubleOf(id), why)]);
  }
}

function troubleOf(id: string): ExceptionIdentity {
  return { domain: 'webhooks', code: 'WEBHOOK_DISABLED', object: { type: 'webhook-endpoint', id } };
}
