import { Inject, Injectable } from '@nestjs/common';
import type { Backend } from '#connections/backend';
import { ConnectionsService } from '#connections/connections.service';
import { Secrets } from '#connections/secrets';
import type { ConnectionView, PutConnectionRequest } from '#contracts/connections/connections.dto';
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import type { ErpPort } from './erp.port';
import { MASTER_DATA_QUEUE } from './in/poll/master-data.queue';

export const ERP_REGISTRY = Symbol('ERP_REGISTRY');

/** The ERP installations. */
@Injectable()
export class ErpConnections extends ConnectionsService<ErpPort> {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    secrets: Secrets,
    log: Log,
    @Inject(ERP_REGISTRY) registry: readonly Backend<ErpPort>[],
  ) {
    super({ schema: 'erp', database, registry, secrets, log });
  }

  /** A new or changed connection has its master data read at once, not with the next round. */
  override async put(request: PutConnectionRequest): Promise<ConnectionView> {
    const view = await super.put(request);
    await this.jobs.enqueue(this.database, [
      { queue: MASTER_DATA_QUEUE, payload: { connection: view.id }, key: view.id },
    ]);
    return view;
  }
}
