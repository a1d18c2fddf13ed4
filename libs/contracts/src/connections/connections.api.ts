import type { ApiContract } from '../api';
import { defineApi } from '../api';
import { type ConnectionDiagnostics, type ConnectionList, ConnectionQuery, type ConnectionTest, type ConnectionView, ListConnectionsQuery, PauseConnectionRequest, type PostingPage, PostingsQuery, type ProductList, PutConnectionRequest } from './connections.dto'; // prettier-ignore

/** Installations of backend products: the same administration for every kind of backend. Errors: CONNECTION_UNKNOWN (not-found). */
export abstract class ConnectionsApi {
  abstract products(query: ListConnectionsQuery): Promise<ProductList>;
  abstract list(query: ListConnectionsQuery): Promise<ConnectionList>;
  abstract get(query: ConnectionQuery): Promise<ConnectionView>;
  /** Creates or changes. Errors: PRODUCT_UNKNOWN, SETTINGS_INVALID, CREDENTIALS_MISSING (all invalid). */
  abstract put(request: PutConnectionRequest): Promise<ConnectionView>;
  /** Talks to the backend step by step; answers what worked, never throws for what did not. */
  abstract test(query: ConnectionQuery): Promise<ConnectionTest>;
  abstract diagnostics(query: ConnectionQuery): Promise<ConnectionDiagnostics>;
  /** Calls through it are refused as retryable until it is resumed; work waits, nothing is lost. */
  abstract pause(request: PauseConnectionRequest): Promise<ConnectionView>;
  abstract resume(query: ConnectionQuery): Promise<ConnectionView>;
  /** The posting ledger: what was asked of the backends, once per business key. Errors: CURSOR_INVALID (invalid). */
  abstract postings(query: PostingsQuery): Promise<PostingPage>;
}

/** One token per kind of backend, so that all three can live in one process. */
export abstract class ErpConnectionsApi extends ConnectionsApi {}
export abstract class WmsConnectionsApi extends ConnectionsApi {}
export abstract class TmsConnectionsApi extends ConnectionsApi {}

function contractOf(token: abstract new () => ConnectionsApi, app: 'erp' | 'wms' | 'tms'): ApiContract<ConnectionsApi> {
  return defineApi<ConnectionsApi>({
    token,
    document: `system/${app}.v1`,
    name: `${app}Connections`,
    routes: {
      products: { verb: 'GET', path: '/v1/products', input: ListConnectionsQuery },
      list: { verb: 'GET', path: '/v1/connections', input: ListConnectionsQuery },
      get: { verb: 'GET', path: '/v1/connections/:id', input: ConnectionQuery },
      put: { verb: 'PUT', path: '/v1/connections/:id', input: PutConnectionRequest },
      test: { verb: 'POST', path: '/v1/connections/:id/test', input: ConnectionQuery },
      diagnostics: { verb: 'GET', path: '/v1/connections/:id/diagnostics', input: ConnectionQuery },
      pause: { verb: 'POST', path: '/v1/connections/:id/pause', input: PauseConnectionRequest },
      postings: { verb: 'GET', path: '/v1/postings', input: PostingsQuery },
      resume: { verb: 'POST', path: '/v1/connections/:id/resume', input: ConnectionQuery },
    },
  });
}

export const erpConnectionsContract = contractOf(ErpConnectionsApi, 'erp');
export const wmsConnectionsContract = contractOf(WmsConnectionsApi, 'wms');
export const tmsConnectionsContract = contractOf(TmsConnectionsApi, 'tms');
