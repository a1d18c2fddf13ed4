import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs, type Job, type NewJob } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { open, resolve } from '../out/exception.store';
import { inTransitOf } from '../out/transit.store';
import type { StockRecord } from './facts';

const QUEUE = 'availability.transit';
const ALERT = 'InTransitOverdue';
const AGAIN_SECONDS = 86_400;

interface Shipment {
  readonly item: string;
  readonly node: string;
  /** The transfer; without one all that is in transit to the node is looked at. */
  readonly reference?: string | undefined;
}

/** What has left one node must arrive at the other or be said to be lost: what is in transit too long is an exception until it is 0. */
@Injectable()
export class Transit implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(QUEUE, (jobs, tx) => this.look(jobs, tx), { batchSize: 50 });
  }

  /** Looks again at transfers that have just left, after the time that one may take. */
  async watch(tx: Transaction, applied: readonly StockRecord[]): Promise<void> {
    const shipped = applied.flatMap(({ fact, item, toNode, reference }) =>
      fact === 'TRANSFER_SHIPPED' && toNode !== undefined ? [{ item, node: toNode, reference }] : [],
    );
    await this.jobs.enqueue(tx, shipped.map((each) => later(each, this.config.transitAlertSeconds))); // prettier-ignore
  }

  private async look(jobs: readonly Job[], tx: Transaction): Promise<void> {
    for (const { payload } of jobs) {
      const shipment = payload as Shipment;
      const { item, node, reference } = shipment;
      const left = await inTransitOf(tx, item, node, reference);
      if (left === '0') await resolve(tx, ALERT, item, node);
      else {
        await open(tx, ALERT, item, node, `${left} of transfer ${reference ?? 'without number'} have not arrived`);
        await this.jobs.enqueue(tx, [later(shipment, AGAIN_SECONDS)]);
      }
    }
  }
}

function later(shipment: Shipment, delaySeconds: number): NewJob {
  const { item, node, reference = '' } = shipment;
  return { queue: QUEUE, key: [item, node, reference].join('\u001f'), payload: shipment, delaySeconds };
}
