import { CrossdockError } from '#canonical/errors';
import type { OutboundHttp } from '#resilience/outbound';
import type { NativeFulfilmentOrder, NativeFulfilmentState, NativeResend, NativeStock } from './native';

/** The calls of `contract.yaml`, each once as it is written there. */
export class GenericRestClient {
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly http: OutboundHttp,
    token: string,
    private readonly connection: string,
  ) {
    this.headers = { authorization: `Bearer ${token}` };
  }

  async create(order: NativeFulfilmentOrder): Promise<NativeFulfilmentState> {
    const { data } = await this.http.call<unknown>({
      method: 'POST',
      url: '/fulfilment-orders',
      headers: this.headers,
      body: order,
      idempotent: false,
    });
    return this.stateOf(data, order.externalId, 'unknown-outcome');
  }

  async find(externalId: string): Promise<NativeFulfilmentState | undefined> {
    const { status, data } = await this.http.call<unknown>({
      method: 'GET',
      url: `/fulfilment-orders/${encodeURIComponent(externalId)}`,
      headers: this.headers,
      expect: [404],
    });
    return status === 404 ? undefined : this.stateOf(data, externalId, 'unavailable');
  }

  /** Safe to repeat: a cancelled order stays cancelled. */
  async cancel(externalId: string, reason: string | undefined): Promise<'cancelled' | 'too-late' | 'unknown'> {
    const { status } = await this.http.call<unknown>({
      method: 'POST',
      url: `/fulfilment-orders/${encodeURIComponent(externalId)}/cancel`,
      headers: this.headers,
      body: { ...(reason !== undefined && { reason }) },
      idempotent: true,
      expect: [404, 409],
    });
    if (status === 404) return 'unknown';
    return status === 409 ? 'too-late' : 'cancelled';
  }

  async stock(): Promise<NativeStock> {
    const { data } = await this.http.call<unknown>({ method: 'GET', url: '/stock', headers: this.headers });
    if (isStock(data)) return data;
    throw this.malformed('stock', 'unavailable');
  }

  /** Safe to repeat: facts that are known already change nothing. */
  async resendStock(request: NativeResend): Promise<void> {
    await this.http.call<unknown>({
      method: 'POST',
      url: '/inventory-events/resend',
      headers: this.headers,
      body: request,
      idempotent: true,
    });
  }

  /** An answer about another order, or an error dressed as 200, tells nothing of what happened. */
  private stateOf(data: unknown, externalId: string, kind: 'unknown-outcome' | 'unavailable'): NativeFulfilmentState {
    if (isRecord(data) && data['externalId'] === externalId && typeof data['number'] === 'string') {
      const { number, status } = data;
      if (isStatus(status)) return { externalId, number, status };
    }
    throw this.malformed(`fulfilment order ${externalId}`, kind);
  }

  private malformed(what: string, kind: 'unknown-outcome' | 'unavailable'): CrossdockError {
    return new CrossdockError({
      code: 'BACKEND_MALFORMED',
      kind,
      message: `the answer about ${what} is not what the contract says`,
      source: this.connection,
    });
  }
}

const STATUSES: readonly string[] = [
  'released',
  'accepted',
  'picking',
  'picked',
  'packed',
  'shipped',
  'cancelled',
  'rejected',
];

function isStatus(value: unknown): value is NativeFulfilmentState['status'] {
  return typeof value === 'string' && STATUSES.includes(value);
}

function isStock(value: unknown): value is NativeStock {
  return isRecord(value) && typeof value['asOf'] === 'string' && Array.isArray(value['lines']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
