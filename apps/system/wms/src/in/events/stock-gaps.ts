import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { CrossdockEvent } from '#canonical/event';
import { STOCK_GAP_FOUND, type StockGapFound } from '#contracts/events/catalogue';
import { Subscriptions } from '#messaging/subscriptions';
import { Log } from '#service/logging';
import { WmsConnections } from '../../wms-connections';
import { connectionOf } from '../messages/publish';

const SUBSCRIBER = 'wms.gaps';

/**
 * Numbers are missing in what a warehouse told: it is asked to tell them again, where it can. One call for each time that the ledger
 * asks; who does not answer is asked at its next time, and when it has asked long enough somebody is told there.
 */
@Injectable()
export class StockGaps implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly connections: WmsConnections,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.subscriptions.each<StockGapFound>(SUBSCRIBER, STOCK_GAP_FOUND, (event) => this.ask(event));
  }

  private async ask({ data: { source, node, missing } }: CrossdockEvent<StockGapFound>): Promise<void> {
    const connection = connectionOf(source);
    // Not a warehouse of ours: a file, a person, another system.
    if (connection === undefined || missing.length === 0) return;
    try {
      const { port } = await this.connections.port(connection);
      await port.resendStock(missing);
      this.log.info({ connection, node, missing }, 'a warehouse was asked for stock facts again');
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      this.log.warn({ connection, node, missing, code: error.code }, 'a warehouse could not be asked for stock facts');
    }
  }
}
