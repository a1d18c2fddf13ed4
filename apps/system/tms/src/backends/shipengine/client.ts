import type { OutboundCall, OutboundHttp } from '#resilience/outbound';
import { malformed } from '#resilience/outbound-errors';
import { mapErrors } from './errors';
import type {
  NativeLabel,
  NativeLabelRequest,
  NativeRates,
  NativeRatesRequest,
  NativeTracking,
  NativeVoid,
} from './native';

/** Statuses with ShipEngine's own errors in the body. 401, 403, 429 and 5xx are the outbound client's business. */
const ANSWERS = [400, 404, 409, 422];

/** ShipEngine's API, one method per call, in its own words. */
export class ShipEngineClient {
  constructor(
    private readonly http: OutboundHttp,
    private readonly connection: string,
    private readonly apiKey: string,
  ) {}

  async carriers(): Promise<number> {
    const { carriers } = await this.call<{ carriers: unknown[] }>(
      'list carriers',
      { method: 'GET', url: '/v1/carriers' },
      'carriers',
    );
    return carriers.length;
  }

  /** Reading prices makes nothing, so the POST may be repeated. */
  rates(body: NativeRatesRequest): Promise<NativeRates> {
    return this.call('calculate rates', { method: 'POST', url: '/v1/rates', body, idempotent: true }, 'rate_response');
  }

  createLabel(body: NativeLabelRequest): Promise<NativeLabel> {
    return this.call('create label', { method: 'POST', url: '/v1/labels', body, idempotent: false }, 'label_id');
  }

  findLabel(externalShipmentId: string): Promise<NativeLabel | undefined> {
    const url = `/v1/labels/external_shipment_id/${encodeURIComponent(externalShipmentId)}`;
    return this.find('find label', { method: 'GET', url }, 'label_id');
  }

  voidLabel(labelId: string): Promise<NativeVoid> {
    return this.call(
      'void label',
      { method: 'PUT', url: `/v1/labels/${encodeURIComponent(labelId)}/void` },
      'approved',
    );
  }

  track(trackingNumber: string, carrierCode?: string): Promise<NativeTracking | undefined> {
    const query = {
      tracking_number: trackingNumber,
      ...(carrierCode === undefined ? {} : { carrier_code: carrierCode }),
    };
    return this.find('track', { method: 'GET', url: '/v1/tracking', query }, 'status_code');
  }

  private async call<T>(operation: string, call: OutboundCall, mark: keyof T & string): Promise<T> {
    const found = await this.send<T>(operation, call, mark, false);
    if (found === undefined) throw mapErrors(this.failed(operation, call), 404, undefined);
    return found;
  }

  private find<T>(operation: string, call: OutboundCall, mark: keyof T & string): Promise<T | undefined> {
    return this.send<T>(operation, call, mark, true);
  }

  /** `mark` is a field that every good answer has: a 200 without it is no answer. */
  private async send<T>(
    operation: string,
    call: OutboundCall,
    mark: keyof T & string,
    mayMiss: boolean,
  ): Promise<T | undefined> {
    const answer = await this.http.call<unknown>({ ...call, headers: { 'api-key': this.apiKey }, expect: ANSWERS });
    if (answer.status === 404 && mayMiss) return undefined;
    if (answer.status >= 400) throw mapErrors(this.failed(operation, call), answer.status, answer.data);
    const { data } = answer;
    if (typeof data === 'object' && data !== null && mark in data) return data as T;
    throw malformed(this.failed(operation, call), `${answer.status} without ${mark}`);
  }

  private failed(operation: string, { method, idempotent }: OutboundCall) {
    return { connection: this.connection, operation, idempotent: idempotent ?? method !== 'POST' };
  }
}
