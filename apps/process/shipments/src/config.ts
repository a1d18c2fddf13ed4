import type { ConfigOf } from '#service/config';
import { defineConfig, integer } from '#service/config';

/** The name under which this app hears events. */
export const SUBSCRIBER = 'shipments';

export const shipmentsConfig = defineConfig('shipments', {
  effectConcurrency: integer(
    'CROSSDOCK_SHIPMENTS_CONCURRENCY',
    10,
    'labels, deliveries and invoices that one process asks for at the same time, of each kind',
    { min: 1, max: 200 },
  ),
  effectAttempts: integer(
    'CROSSDOCK_SHIPMENTS_ATTEMPTS',
    10_000,
    'tries of a label, delivery or invoice while the backend is away, before it counts as failed',
    { min: 1 },
  ),
  backendRetrySeconds: integer(
    'CROSSDOCK_BACKEND_RETRY_SECONDS',
    60,
    'seconds between two tries at most while a backend is away: so soon one that is back is noticed',
    { min: 1, max: 3600 },
  ),
  defaultParcelWeightKg: integer(
    'CROSSDOCK_DEFAULT_PARCEL_WEIGHT_KG',
    1,
    'kilograms a label is bought for when neither the warehouse nor the item master knows the weight',
    { min: 1, max: 1000 },
  ),
  parkedAlertMinutes: integer(
    'CROSSDOCK_PARKED_ALERT_MINUTES',
    60,
    'minutes after which an exception tells that a shipment waits for its fulfilment order, or its delivery for the sales order',
    { min: 1 },
  ),
  parkedAlertHours: integer(
    'CROSSDOCK_PARKED_ALERT_HOURS',
    24,
    'hours after which a shipment whose fulfilment order is unknown is reported as a breach',
    { min: 1 },
  ),
});
export type ShipmentsConfig = ConfigOf<typeof shipmentsConfig>;
