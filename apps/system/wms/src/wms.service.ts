import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { requireAbility, settleSeconds } from '#connections/backend';
import { createOnce } from '#connections/create-once';
import type { PostedDocument } from '#connections/create-once';
import { WmsApi } from '#contracts/wms/wms.api';
import type { CancelFulfilmentRequest, CancelFulfilmentResponse, FulfilmentQuery, FulfilmentState, ReleaseFulfilmentRequest, ReleaseFulfilmentResponse, WmsStock, WmsStockQuery } from '#contracts/wms/wms.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import * as cancellations from './out/cancellation.store';
import { WmsConnections } from './wms-connections';

@Injectable()
export class WmsService extends WmsApi {
  private readonly areCancelled = new Gatherer<string, boolean>(async (ids) => {
    const cancelled = await cancellations.cancelledOf(this.database, ids);
    return ids.map((id) => ({ value: cancelled.has(id) }));
  });

  constructor(
    private readonly connections: WmsConnections,
    private readonly database: Database,
  ) {
    super();
  }

  async release(request: ReleaseFulfilmentRequest): Promise<ReleaseFulfilmentResponse> {
    const { port, connection: settings } = await this.connections.port(request.connection);
    const { connection, fulfilmentOrder } = request;
    const settle = settleSeconds(settings);
    const { document, outcome } = await createOnce<PostedDocument>({
      database: this.database,
      schema: 'wms',
      kind: cancellations.RELEASE_KIND,
      businessKey: fulfilmentOrder,
      connection,
      // A repeat may come with another correlation id; it is the same release.
      request: { ...request, correlationId: undefined },
      ...(settle !== undefined && { settleSeconds: settle }),
      lookup: async () => {
        const found = await port.find(fulfilmentOrder);
        return found && { documentNumber: found.reference ?? fulfilmentOrder };
      },
      create: async () => {
        if (await this.areCancelled.call(fulfilmentOrder)) throw cancelled(request);
        return { documentNumber: (await port.release(request)).reference ?? fulfilmentOrder };
      },
    });
    return { fulfilmentOrder, reference: document.documentNumber, outcome };
  }

  /**
   * The wish is recorded first, so that a release that comes later, or was under way, cannot slip past it. Errors: FULFILMENT_UNKNOWN
   * (not-found: it is not there and never will be), FULFILMENT_UNSETTLED (unavailable: its release has no outcome yet).
   */
  async cancel(request: CancelFulfilmentRequest): Promise<CancelFulfilmentResponse> {
    const { port } = await this.connections.port(request.connection);
    const { connection, fulfilmentOrder, reason } = request;
    await cancellations.record(this.database, { connection, fulfilmentOrder, reason });
    const asked = await port.cancel(fulfilmentOrder, reason);
    if (asked) return { fulfilmentOrder, outcome: asked };
    const release = await cancellations.stateOfRelease(this.database, fulfilmentOrder);
    if (release === 'OPEN') throw unsettled(request);
    // Its release may have ended between the two looks.
    const again = release === 'DONE' ? await port.cancel(fulfilmentOrder, reason) : undefined;
    if (again) return { fulfilmentOrder, outcome: again };
    throw unknown(request);
  }

  async fulfilment(query: FulfilmentQuery): Promise<FulfilmentState> {
    const { port, connection } = await this.connections.port(query.connection);
    requireAbility(connection, 'canReportFulfilment');
    const found = await port.find(query.fulfilmentOrder);
    if (found) return { fulfilmentOrder: query.fulfilmentOrder, ...found };
    throw unknown(query);
  }

  async stock(query: WmsStockQuery): Promise<WmsStock> {
    const { port } = await this.connections.port(query.connection);
    return port.stock();
  }
}

function unknown({ connection, fulfilmentOrder }: FulfilmentQuery): CrossdockError {
  const message = `warehouse ${connection} has no fulfilment order ${fulfilmentOrder}`;
  return new CrossdockError({ code: 'FULFILMENT_UNKNOWN', kind: 'not-found', message, source: connection });
}

function unsettled({ connection, fulfilmentOrder }: FulfilmentQuery): CrossdockError {
  const message = `whether ${fulfilmentOrder} reached warehouse ${connection} is not known yet`;
  return new CrossdockError({
    code: 'FULFILMENT_UNSETTLED',
    kind: 'unavailable',
    message,
    source: connection,
    retryAfter: 1,
  });
}

function cancelled({ connection, fulfilmentOrder }: FulfilmentQuery): CrossdockError {
  const message = `${fulfilmentOrder} was cancelled before it reached warehouse ${connection}`;
  return new CrossdockError({ code: 'FULFILMENT_CANCELLED', kind: 'refused', message, source: connection });
}
