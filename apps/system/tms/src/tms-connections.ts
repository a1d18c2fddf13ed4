import { Injectable } from '@nestjs/common';
import { ConnectionsService } from '#connections/connections.service';
import { Secrets } from '#connections/secrets';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { tmsBackends } from './backends/registry';
import type { TmsPort } from './tms.port';

/** The carrier accounts that are connected. */
@Injectable()
export class TmsConnections extends ConnectionsService<TmsPort> {
  constructor(database: Database, secrets: Secrets, log: Log) {
    super({ schema: 'tms', database, registry: tmsBackends, secrets, log });
  }
}
