import type { Connection, TestStep } from '#connections/backend';
import { requireAbility } from '#connections/backend';
import type { CancelFulfilmentResponse, ReleaseFulfilmentRequest, WmsStock } from '#contracts/wms/wms.dto';
import type { OutboundHttp } from '#resilience/outbound';
import type { SequenceRange, WarehouseOrder, WebhookPort, WmsBackend, WmsPort } from '../../wms.port';
import { GenericRestClient } from './client';
import { manifest, settingsOf, webhookSecretsOf } from './manifest';
import { mapWebhook, toNativeOrder, toWarehouseOrder } from './mapping';
import type { MappingContext } from './mapping';
import { verifyWebhook } from './signature';

type CancelOutcome = CancelFulfilmentResponse['outcome'];
const cancelOutcome = { cancelled: 'CANCELLED', 'too-late': 'TOO_LATE', unknown: undefined } as const;

class GenericRestWarehouse implements WmsPort {
  private readonly client: GenericRestClient;
  private readonly context: MappingContext;

  constructor(
    private readonly connection: Connection,
    http: OutboundHttp,
  ) {
    this.context = contextOf(connection);
    this.client = new GenericRestClient(http, connection.credentials['token'] ?? '', connection.id);
  }

  async release(request: ReleaseFulfilmentRequest): Promise<{ reference?: string }> {
    const { number } = await this.client.create(toNativeOrder(request, this.context));
    return { reference: number };
  }

  async find(fulfilmentOrder: string): Promise<WarehouseOrder | undefined> {
    const state = await this.client.find(fulfilmentOrder);
    return state && toWarehouseOrder(state);
  }

  async cancel(fulfilmentOrder: string, reason: string | undefined): Promise<CancelOutcome | undefined> {
    return cancelOutcome[await this.client.cancel(fulfilmentOrder, reason)];
  }

  async stock(): Promise<WmsStock> {
    requireAbility(this.connection, 'canReportStock');
    const { asOf, lines } = await this.client.stock();
    return { asOf, node: this.context.node, lines: lines.map(({ item, onHand }) => ({ item, onHand })) };
  }

  async resendStock(missing: readonly SequenceRange[]): Promise<void> {
    requireAbility(this.connection, 'canResendStock');
    await this.client.resendStock({ node: this.context.warehouseCode, missing });
  }
}

function contextOf(connection: Connection): MappingContext {
  return { connection: connection.id, ...settingsOf(connection) };
}

function webhooks(connection: Connection): WebhookPort {
  const secrets = webhookSecretsOf(connection);
  const context = contextOf(connection);
  return {
    verify: (headers, rawBody, now) => verifyWebhook(secrets, headers, rawBody, now),
    map: (rawBody) => mapWebhook(rawBody, context),
  };
}

function test(connection: Connection, http: OutboundHttp): TestStep[] {
  const client = new GenericRestClient(http, connection.credentials['token'] ?? '', connection.id);
  return [
    {
      name: 'webhook secret is usable',
      run: () =>
        webhookSecretsOf(connection).every((secret) => /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(secret))
          ? Promise.resolve()
          : Promise.reject(new Error('the webhook secret is not whsec_ followed by base64')),
    },
    { name: 'answers and accepts the token', run: () => client.find('connection-test').then(() => undefined) },
    { name: 'reports stock', run: async () => `${(await client.stock()).lines.length} items` },
  ];
}

/** Our own published contract: whoever implements `contract.yaml` is connected without code here. */
export const genericRest: WmsBackend = {
  manifest,
  connect: (connection, http) => new GenericRestWarehouse(connection, http),
  test,
  webhooks,
};
