import { Injectable } from '@nestjs/common';
import { ConnectionsService } from '#connections/connections.service';
import { Secrets } from '#connections/secrets';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { wmsBackends } from './backends/registry';
import type { WebhookPort, WmsBackend, WmsPort } from './wms.port';

/** The warehouses that are connected. */
@Injectable()
export class WmsConnections extends ConnectionsService<WmsPort> {
  private readonly backends: readonly WmsBackend[];

  constructor(database: Database, secrets: Secrets, log: Log) {
    const registry = wmsBackends(database);
    super({ schema: 'wms', database, registry, secrets, log });
    this.backends = registry;
  }

  /** How this warehouse calls us, also while its connection is paused: what has happened has happened. Errors: CONNECTION_UNKNOWN. */
  async webhooks(id: string): Promise<WebhookPort | undefined> {
    const connection = await this.inbound(id);
    return this.backends.find(({ manifest }) => manifest.product === connection.product)?.webhooks?.(connection);
  }
}
