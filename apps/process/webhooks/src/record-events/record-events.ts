import { Injectable } from '@nestjs/common';
import { newId } from '#canonical/ids';
import { Jobs } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { addDeliveries, type NewDelivery } from '../out/delivery.store';
import { enabledOf, type StoredEndpoint } from '../out/endpoint.store';
import { append, lockFeed } from '../out/event.store';
import { lookAt } from '../deliver/lane';
import type { NewPartnerEvent } from './partner-events';

/** Puts events in the feeds of their partners, and on their way to every endpoint that wants them, in one transaction. */
@Injectable()
export class RecordEvents {
  constructor(private readonly jobs: Jobs) {}

  /** `only`: to this endpoint alone, whatever it wants. Returns the deliveries. */
  async record(tx: Transaction, events: readonly NewPartnerEvent[], only?: string): Promise<NewDelivery[]> {
    if (events.length === 0) return [];
    const partners = [...new Set(events.map(({ partner }) => partner))];
    // One packet: each statement sees what was committed before the locks of the one before.
    const locked = lockFeed(tx, partners);
    const [placed, enabled] = await Promise.all([append(tx, events), enabledOf(tx, partners), locked]);
    const endpoints = enabled.filter(({ id }) => only === undefined || id === only);
    const deliveries = placed.flatMap(({ id: event, partner, position, type }) =>
      endpoints
        .filter((each) => each.partner === partner && (only !== undefined || wants(each, type)))
        .map(({ id: endpoint }) => ({ id: newId('dlv'), endpoint, partner, position, event, eventType: type })),
    );
    await addDeliveries(tx, deliveries);
    const due = new Set(deliveries.map(({ endpoint }) => endpoint));
    await this.jobs.enqueue(tx, endpoints.filter(({ id }) => due.has(id)).map(lookAt)); // prettier-ignore
    return deliveries;
  }
}

export function wants({ eventTypes }: Pick<StoredEndpoint, 'eventTypes'>, type: string): boolean {
  return eventTypes === null || eventTypes.includes(type);
}
