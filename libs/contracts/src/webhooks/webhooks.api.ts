import { defineApi } from '../api';
import { CreateWebhookEndpoint, type DeletedWebhookEndpoint, DeleteWebhookEndpoint, ListPartnerEvents, ListWebhookDeliveries, ListWebhookEndpoints, type NewWebhookEndpoint, type PartnerEvent, type PartnerEventPage, PartnerEventQuery, ReplayWebhooks, RotateWebhookSecret, UpdateWebhookEndpoint, type WebhookDelivery, type WebhookDeliveryDetail, type WebhookDeliveryPage, WebhookDeliveryQuery, type WebhookEndpoint, type WebhookEndpointList, WebhookEndpointQuery, type WebhookReplay } from './webhooks.dto'; // prettier-ignore

/**
 * What partners are told, and where. Everything belongs to one partner: what another one has is not found. Errors of every method that
 * names an endpoint: ENDPOINT_UNKNOWN (not-found).
 */
export abstract class WebhooksApi {
  /** Errors: ENDPOINTS_TOO_MANY (conflict), ENDPOINT_NOT_HTTPS, TARGET_INVALID, TARGET_REFUSED, TARGET_UNRESOLVED (refused). */
  abstract createEndpoint(request: CreateWebhookEndpoint): Promise<NewWebhookEndpoint>;
  abstract endpoints(query: ListWebhookEndpoints): Promise<WebhookEndpointList>;
  abstract endpoint(query: WebhookEndpointQuery): Promise<WebhookEndpoint>;
  /** Replaces the settings. Errors: as of createEndpoint, VERSION_STALE (precondition). */
  abstract updateEndpoint(request: UpdateWebhookEndpoint): Promise<WebhookEndpoint>;
  /** With its deliveries; its events stay in the feed. Errors: VERSION_STALE (precondition). */
  abstract deleteEndpoint(request: DeleteWebhookEndpoint): Promise<DeletedWebhookEndpoint>;
  /** Errors: ROTATION_RUNNING (conflict) while an older secret still signs. */
  abstract rotateSecret(request: RotateWebhookSecret): Promise<NewWebhookEndpoint>;
  /** Sends `webhook.test` to this endpoint. Errors: ENDPOINT_DISABLED (conflict). */
  abstract test(request: WebhookEndpointQuery): Promise<WebhookDelivery>;
  /** Errors: CURSOR_INVALID (invalid). */
  abstract deliveries(query: ListWebhookDeliveries): Promise<WebhookDeliveryPage>;
  /** Errors: DELIVERY_UNKNOWN (not-found). */
  abstract delivery(query: WebhookDeliveryQuery): Promise<WebhookDeliveryDetail>;
  /** Sends it again, at once. Errors: DELIVERY_UNKNOWN (not-found), ENDPOINT_DISABLED (conflict). */
  abstract redeliver(request: WebhookDeliveryQuery): Promise<WebhookDelivery>;
  /** Errors: ENDPOINT_DISABLED (conflict). */
  abstract replay(request: ReplayWebhooks): Promise<WebhookReplay>;
  /** Errors: CURSOR_INVALID, SUBJECT_INCOMPLETE (invalid), EVENTS_EXPIRED (invalid, status 410). */
  abstract events(query: ListPartnerEvents): Promise<PartnerEventPage>;
  /** Errors: EVENT_UNKNOWN (not-found). */
  abstract event(query: PartnerEventQuery): Promise<PartnerEvent>;
}

const OF = '/v1/partners/:partner';

export const webhooksContract = defineApi<WebhooksApi>({
  token: WebhooksApi,
  document: 'process/webhooks.v1',
  name: 'webhooks',
  routes: {
    createEndpoint: { verb: 'POST', path: `${OF}/endpoints`, input: CreateWebhookEndpoint, status: 201 },
    endpoints: { verb: 'GET', path: `${OF}/endpoints`, input: ListWebhookEndpoints },
    endpoint: { verb: 'GET', path: `${OF}/endpoints/:id`, input: WebhookEndpointQuery },
    updateEndpoint: { verb: 'PUT', path: `${OF}/endpoints/:id`, input: UpdateWebhookEndpoint },
    deleteEndpoint: { verb: 'POST', path: `${OF}/endpoints/:id/delete`, input: DeleteWebhookEndpoint },
    rotateSecret: { verb: 'POST', path: `${OF}/endpoints/:id/rotate-secret`, input: RotateWebhookSecret },
    test: { verb: 'POST', path: `${OF}/endpoints/:id/test`, input: WebhookEndpointQuery },
    deliveries: { verb: 'GET', path: `${OF}/endpoints/:id/deliveries`, input: ListWebhookDeliveries },
    delivery: { verb: 'GET', path: `${OF}/deliveries/:id`, input: WebhookDeliveryQuery },
    redeliver: { verb: 'POST', path: `${OF}/deliveries/:id/redeliver`, input: WebhookDeliveryQuery },
    replay: { verb: 'POST', path: `${OF}/endpoints/:id/replay`, input: ReplayWebhooks },
    events: { verb: 'GET', path: `${OF}/events`, input: ListPartnerEvents },
    event: { verb: 'GET', path: `${OF}/events/:id`, input: PartnerEventQuery },
  },
});
