import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import {
  ErpConnectionsApi,
  TmsConnectionsApi,
  WmsConnectionsApi,
  type ConnectionsApi,
} from '#contracts/connections/connections.api';

/** The administration of connections, by kind of backend. */
@Injectable()
export class OperationsBackends {
  private readonly kinds: ReadonlyMap<string, ConnectionsApi>;

  constructor(erp: ErpConnectionsApi, wms: WmsConnectionsApi, tms: TmsConnectionsApi) {
    this.kinds = new Map<string, ConnectionsApi>([
      ['erp', erp],
      ['wms', wms],
      ['tms', tms],
    ]);
  }

  /** Errors: KIND_UNKNOWN (not-found). */
  of(kind: string): ConnectionsApi {
    const api = this.kinds.get(kind);
    if (api === undefined) {
      throw new CrossdockError({ code: 'KIND_UNKNOWN', kind: 'not-found', message: `no backend is of kind ${kind}` });
    }
    return api;
  }
}
