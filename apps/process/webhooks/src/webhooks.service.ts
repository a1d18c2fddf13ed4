import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { WebhooksApi } from '#contracts/webhooks/webhooks.api';
import type {
  CreateWebhookEndpoint,
  DeletedWebhookEndpoint,
  DeleteWebhookEndpoint,
  ListPartnerEvents,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  NewWebhookEndpoint,
  PartnerEvent,
  PartnerEventPage,
  PartnerEventQuery,
  ReplayWebhooks,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookDeliveryPage,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointQuery,
  WebhookReplay,
} from '#contracts/webhooks/webhooks.dto';
import { Database } from '#persistence/database';
import { Endpoints, type WithSecret } from './endpoints/endpoints';
import { Replays, unknownDelivery } from './endpoints/replays';
import { deliveriesOf, findDelivery } from './out/delivery.store';
import { eventsAfter, feedEnds, findEvent, type StoredEvent } from './out/event.store';
import { deliveryView, endpointView } from './views';

const DEFAULT_DELIVERIES = 50;
const DEFAULT_EVENTS = 100;

/** The API of webhooks and the event feed. */
@Injectable()
export class WebhooksService extends WebhooksApi {
  constructor(
    private readonly database: Database,
    private readonly places: Endpoints,
    private readonly replays: Replays,
  ) {
    super();
  }

  async createEndpoint(request: CreateWebhookEndpoint): Promise<NewWebhookEndpoint> {
    return shownOnce(await this.places.create(request));
  }

  async endpoints({ partner }: ListWebhookEndpoints): Promise<WebhookEndpointList> {
    return { endpoints: (await this.places.list(partner)).map(endpointView) };
  }

  async endpoint(query: WebhookEndpointQuery): Promise<WebhookEndpoint> {
    return endpointView(await this.places.get(query));
  }

  async updateEndpoint(request: UpdateWebhookEndpoint): Promise<WebhookEndpoint> {
    return endpointView(await this.places.update(request));
  }

  async deleteEndpoint(request: DeleteWebhookEndpoint): Promise<DeletedWebhookEndpoint> {
    await this.places.delete(request);
    return { id: request.id };
  }

  async rotateSecret(request: RotateWebhookSecret): Promise<NewWebhookEndpoint> {
    return shownOnce(await this.places.rotate(request));
  }

  async test(request: WebhookEndpointQuery): Promise<WebhookDelivery> {
    return deliveryView(await this.replays.test(request));
  }

  async deliveries({
    cursor,
    limit = DEFAULT_DELIVERIES,
    ...query
  }: ListWebhookDeliveries): Promise<WebhookDeliveryPage> {
    const before = decodeCursor(cursor, ['text'], 'webhook-deliveries', query)?.[0];
    await this.places.get(query);
    const found = await deliveriesOf(this.database.seenBy(query.partner), query.id, query, before, limit + 1);
    const deliveries = found.slice(0, limit).map(deliveryView);
    const last = deliveries.at(-1);
    return found.length > limit && last
      ? { deliveries, next: encodeCursor([last.id], 'webhook-deliveries', query) }
      : { deliveries };
  }

  async delivery({ partner, id }: WebhookDeliveryQuery): Promise<WebhookDeliveryDetail> {
    const found = await findDelivery(this.database.seenBy(partner), partner, id);
    if (found === undefined) throw unknownDelivery(id);
    return { ...deliveryView(found), log: found.log };
  }

  async redeliver(request: WebhookDeliveryQuery): Promise<WebhookDelivery> {
    return deliveryView(await this.replays.redeliver(request));
  }

  async replay(request: ReplayWebhooks): Promise<WebhookReplay> {
    return this.replays.replay(request);
  }

  /** A cursor is bound to its partner: that of another one is no cursor of this list. */
  async events({ since, limit = DEFAULT_EVENTS, ...query }: ListPartnerEvents): Promise<PartnerEventPage> {
    if ((query.subjectType === undefined) !== (query.subjectId === undefined)) throw incompleteSubject();
    const after = decodeCursor(since, ['number'], 'partner-events', query, 'since')?.[0];
    const { partner, ...filter } = query;
    const [found, { position, forgotten }] = await this.database.asPartner(partner, (tx) => {
      const asked = Promise.all([eventsAfter(tx, partner, after ?? '0', filter, limit + 1), feedEnds(tx, partner)]);
      tx.commit();
      return asked;
    });
    if (after !== undefined && BigInt(after) < BigInt(forgotten)) throw expired();
    const events = found.slice(0, limit);
    const more = found.length > limit;
    // Behind the last one that was seen; not behind the end of the feed, which may have moved since the page was read.
    const last = events.at(-1)?.position ?? (after === undefined ? lesser(position, forgotten) : after);
    return { events: events.map(shown), next: encodeCursor([last], 'partner-events', query), more };
  }

  async event({ partner, id }: PartnerEventQuery): Promise<PartnerEvent> {
    const found = await findEvent(this.database.seenBy(partner), partner, id);
    if (found === undefined)
      throw new CrossdockError({ code: 'EVENT_UNKNOWN', kind: 'not-found', message: `there is no event ${id}` });
    return shown(found);
  }
}

function shownOnce({ endpoint, secret }: WithSecret): NewWebhookEndpoint {
  return { ...endpointView(endpoint), secret };
}

function shown({ position: _, ...event }: StoredEvent): PartnerEvent {
  return event;
}

function lesser(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? one : other;
}

function incompleteSubject(): CrossdockError {
  const detail = 'subjectType and subjectId go together';
  return new CrossdockError({
    code: 'SUBJECT_INCOMPLETE',
    kind: 'invalid',
    message: detail,
    findings: [{ code: 'SUBJECT_INCOMPLETE', detail, pointer: '/subjectId' }],
  });
}

function expired(): CrossdockError {
  return new CrossdockError({
    code: 'EVENTS_EXPIRED',
    kind: 'invalid',
    message:
      'some of what came after this cursor is no longer kept: read the objects themselves, and start without a cursor',
    details: { status: 410 },
  });
}
