import type { WebhookDelivery, WebhookEndpoint } from '#contracts/webhooks/webhooks.dto';
import type { StoredDelivery } from './out/delivery.store';
import type { StoredEndpoint } from './out/endpoint.store';

/** Without what only the sender needs to know. */
export function endpointView(endpoint: StoredEndpoint): WebhookEndpoint {
  const { id, url, eventTypes, description, enabled, disabledReason, version, createdAt, updatedAt } = endpoint;
  return {
    ...{ id, url, enabled, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
    ...(eventTypes !== null && { eventTypes }),
    ...(description !== null && { description }),
    ...(disabledReason !== null && { disabledReason }),
    ...at('disabledAt', endpoint.disabledAt),
    ...at('failingSince', endpoint.failingSince),
    ...at('suspendedAt', endpoint.suspendedAt),
    ...at('previousSecretUntil', endpoint.previousUntil),
  };
}

export function deliveryView(delivery: StoredDelivery): WebhookDelivery {
  const { id, endpoint, event, eventType, state, attempts, createdAt, lastStatus } = delivery;
  return {
    ...{ id, endpoint, event, eventType, state, attempts, createdAt: createdAt.toISOString() },
    ...at('nextAttemptAt', delivery.nextAt),
    ...at('finishedAt', delivery.finishedAt),
    ...(lastStatus !== null && { lastStatus }),
    ...(delivery.held && { held: 'PARTNER_DEACTIVATED' as const }),
  };
}

function at<Name extends string>(name: Name, moment: Date | null): Partial<Record<Name, string>> {
  return moment === null ? {} : ({ [name]: moment.toISOString() } as Record<Name, string>);
}
