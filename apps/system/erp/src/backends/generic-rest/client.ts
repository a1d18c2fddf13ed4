import type { Connection } from '#connections/backend';
import type { OutboundHttp } from '#resilience/outbound';
import type { FailedCall } from '#resilience/outbound-errors';
import { malformed } from '#resilience/outbound-errors';
import { QUANTITY_PATTERN, SIGNED_PATTERN } from '#contracts/values.dto';
import { nativeError, notADocument, refusal, SPEAKING_STATUSES } from './errors';
import type { Collection, NativeDocument, NativePage, NativeReceivables, NativeStock } from './native';

export type MasterCollection = 'items' | 'customers' | 'prices';

/** The calls of contract.yaml. */
export class GenericRestClient {
  private readonly headers: Record<string, string>;

  constructor(
    private readonly connection: Connection,
    private readonly http: OutboundHttp,
  ) {
    this.headers = { authorization: `Bearer ${connection.credentials['token'] ?? ''}` };
  }

  async status(): Promise<unknown> {
    return (await this.http.call({ method: 'GET', url: '/v1/status', headers: this.headers })).data;
  }

  /** Never repeated by itself. Errors: BACKEND_REFUSED with the ERP's words, POSTING_CONFLICT, and those of a broken call. */
  async post(
    collection: Collection,
    body: { readonly externalId: string },
    correlationId?: string,
  ): Promise<NativeDocument> {
    const url = `/v1/${collection}`;
    const headers = { ...this.headers, ...(correlationId !== undefined && { 'x-correlation-id': correlationId }) };
    const answer = await this.http.call<unknown>({ method: 'POST', url, headers, body, expect: SPEAKING_STATUSES });
    const call = this.failed('POST', url, false);
    if (answer.status >= 400) throw refusal(call, answer.status, answer.data);
    if (isDocument(answer.data, body.externalId)) return answer.data;
    throw notADocument(call, answer.data);
  }

  /** undefined only when the ERP itself says that it has no such document: a 404 of a proxy or a wrong path is no proof. */
  async find(collection: Collection, externalId: string): Promise<NativeDocument | undefined> {
    const url = `/v1/${collection}/${encodeURIComponent(externalId)}`;
    const answer = await this.http.call<unknown>({ method: 'GET', url, headers: this.headers, expect: [404] });
    const call = this.failed('GET', url, true);
    if (answer.status === 404) {
      if (nativeError(answer.data)?.code === 'DOCUMENT_UNKNOWN') return undefined;
      throw malformed(call, '404 without DOCUMENT_UNKNOWN: is the base URL right?');
    }
    if (isDocument(answer.data, externalId)) return answer.data;
    throw notADocument(call, answer.data);
  }

  /** Documents by external id, after this one. */
  async list(collection: Collection, after: string, limit: number): Promise<readonly NativeDocument[]> {
    const url = `/v1/${collection}`;
    const { data } = await this.http.call<unknown>({
      method: 'GET',
      url,
      headers: this.headers,
      query: { after, limit },
    });
    if (isObject(data) && Array.isArray(data['documents']) && data['documents'].every(isNumbered))
      return data['documents'];
    throw malformed(this.failed('GET', url, true), 'no list of documents');
  }

  async changes(collection: MasterCollection, changedSince: string | undefined): Promise<NativePage> {
    const url = `/v1/${collection}`;
    const query = { changedSince, limit: Number(this.connection.settings['pageSize'] ?? 500) };
    const { data } = await this.http.call<unknown>({ method: 'GET', url, headers: this.headers, query });
    if (isPage(data)) return data;
    throw malformed(this.failed('GET', url, true), 'no page of records');
  }

  async stock(node: string, items: readonly string[] | undefined): Promise<NativeStock> {
    const query = { node, items: items?.join(',') };
    const { data } = await this.http.call<unknown>({ method: 'GET', url: '/v1/stock', headers: this.headers, query });
    if (isStock(data)) return data;
    throw malformed(this.failed('GET', '/v1/stock', true), 'no stock');
  }

  async receivables(customers: readonly string[]): Promise<NativeReceivables> {
    const call = { method: 'POST', url: '/v1/receivables/query', idempotent: true } as const;
    const { data } = await this.http.call<unknown>({ ...call, headers: this.headers, body: { customers } });
    if (isReceivables(data)) return data;
    throw malformed(this.failed(call.method, call.url, true), 'no receivables');
  }

  private failed(method: string, url: string, idempotent: boolean): FailedCall {
    return { connection: this.connection.id, operation: `${method} ${url}`, idempotent };
  }
}

function isDocument(data: unknown, externalId: string): data is NativeDocument {
  return isNumbered(data) && data.externalId === externalId;
}

function isNumbered(data: unknown): data is NativeDocument {
  return (
    isObject(data) &&
    typeof data['externalId'] === 'string' &&
    typeof data['documentNumber'] === 'string' &&
    data['documentNumber'] !== ''
  );
}

function isPage(data: unknown): data is NativePage {
  return (
    isObject(data) &&
    Array.isArray(data['records']) &&
    typeof data['cursor'] === 'string' &&
    typeof data['more'] === 'boolean'
  );
}

function isStock(data: unknown): data is NativeStock {
  return (
    isObject(data) &&
    Array.isArray(data['lines']) &&
    data['lines'].every(
      (line) => isObject(line) && typeof line['item'] === 'string' && typeof line['onHand'] === 'string',
    )
  );
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isReceivables(data: unknown): data is NativeReceivables {
  return isObject(data) && Array.isArray(data['customers']) && data['customers'].every(isAccount);
}

function isAccount(data: unknown): boolean {
  if (!isObject(data) || typeof data['customer'] !== 'string' || data['customer'] === '') return false;
  const { currency, receivables, overdue, billedNotPosted = '0', creditLimit = '0' } = data;
  const isText = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
  return (
    isText(currency, /^[A-Z]{3}$/) &&
    [receivables, overdue].every((amount) => isText(amount, SIGNED_PATTERN)) &&
    [billedNotPosted, creditLimit].every((amount) => isText(amount, QUANTITY_PATTERN))
  );
}
