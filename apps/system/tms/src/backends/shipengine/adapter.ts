import { CrossdockError } from '#canonical/errors';
import type { Connection } from '#connections/backend';
import type { OutboundHttp } from '#resilience/outbound';
import type { TmsBackend, TmsPort } from '../../tms.port';
import { ShipEngineClient } from './client';
import { manifest } from './manifest';
import { externalShipmentId, labelOf, labelRequest, newsOf, rateOf, ratesRequest } from './mapping';
import type { ShipmentSettings } from './mapping';
import { trackingWebhooks } from './webhooks';

interface Settings extends ShipmentSettings {
  readonly carrierCode?: string;
  readonly webhookHeader: string;
}

export const shipengine: TmsBackend = {
  manifest,
  connect: (connection, http) => portOf(connection, http),
  webhooks: (connection) =>
    connection.abilities.includes('canPushTracking')
      ? trackingWebhooks(
          connection.id,
          settingsOf(connection).webhookHeader,
          connection.credentials['webhookSecret'] ?? '',
        )
      : undefined,
  test: (connection, http) => [
    {
      name: 'API key is accepted',
      run: async () => `${await clientOf(connection, http).carriers()} carrier accounts`,
    },
  ],
};

function clientOf(connection: Connection, http: OutboundHttp): ShipEngineClient {
  return new ShipEngineClient(http, connection.id, connection.credentials['apiKey'] ?? '');
}

function portOf(connection: Connection, http: OutboundHttp): TmsPort {
  const client = clientOf(connection, http);
  const settings = settingsOf(connection);
  return {
    async rates(request) {
      const { rate_response: answer } = await client.rates(ratesRequest(request, settings));
      return { rates: answer.rates.map(rateOf) };
    },
    async buy(request) {
      const { voided: _, ...label } = labelOf(await client.createLabel(labelRequest(request, settings)));
      return label;
    },
    async find(businessKey) {
      const native = await client.findLabel(externalShipmentId(businessKey));
      return native && labelOf(native);
    },
    async void(label) {
      const { approved, message } = await client.voidLabel(label.documentNumber);
      return approved ? { outcome: 'voided' } : { outcome: 'refused', detail: message };
    },
    async track(trackingNumber) {
      const native = await client.track(trackingNumber, settings.carrierCode);
      const news = native && newsOf(native);
      if (news) return news;
      if (native) return { trackingNumber, status: 'LABEL_CREATED', occurredAt: new Date(0).toISOString() };
      const message = `tracking number ${trackingNumber} is not known to the carrier`;
      throw new CrossdockError({ code: 'TRACKING_UNKNOWN', kind: 'not-found', message, source: connection.id });
    },
  };
}

/** The settings were checked against the manifest's schema when the connection was put. */
function settingsOf({ settings }: Connection): Settings {
  const text = (name: string): string => (typeof settings[name] === 'string' ? settings[name] : '');
  return {
    carrierId: text('carrierId'),
    defaultService: text('defaultService'),
    shipFromPhone: text('shipFromPhone'),
    webhookHeader: text('webhookHeader'),
    ...(settings['carrierCode'] === undefined ? {} : { carrierCode: text('carrierCode') }),
  };
}
