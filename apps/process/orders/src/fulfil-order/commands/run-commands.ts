import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { ErpApi } from '#contracts/erp/erp.api';
import { WmsApi } from '#contracts/wms/wms.api';
import { isLastTry, Jobs, type Job } from '#messaging/jobs';
import { withCorrelation } from '#service/correlation';
import { crashPoint } from '#persistence/crash-point';
import { LookUpSubstitutes } from '../../substitute/look-up-substitutes';
import { ordersConfig, type OrdersConfig } from '../../config';
import { COMMAND_QUEUES, type CommandPayload } from '../command-job';
import type { Command } from '../order-command';
import type { OrderEvent } from '../order-event';
import { ProcessOrders, type OrderNews } from '../process-orders';
import { cancelErp } from './cancel-erp';
import { cancelFulfilment } from './cancel-fulfilment';
import { createErpOrder } from './create-erp-order';
import { releaseReservation } from './release-reservation';
import { releaseToNode } from './release-to-node';
import { reserve } from './reserve';

/**
 * A backend that is away is asked again at least every minute (CROSSDOCK_BACKEND_RETRY_SECONDS), for about five days.
 * A fault of ours is tried 20 times, then a person sees it.
 */
const TRIES = { maxAttempts: 10_000, maxDefects: 20, backoffSeconds: 1, concurrency: 32 };
/** Reserving asks no backend: what comes together is decided together, and a lane of 32 waits more than it works. */
const RESERVING = { [COMMAND_QUEUES.reserve]: 96 };

/** Which effect carries out which command. */
@Injectable()
export class Effects {
  constructor(
    private readonly availability: AvailabilityApi,
    private readonly erp: ErpApi,
    private readonly wms: WmsApi,
    private readonly substitutes: LookUpSubstitutes,
  ) {}

  run(command: Command): Promise<OrderEvent> {
    switch (command.kind) {
      case 'reserve':
        return reserve(this.availability, this.substitutes, command);
      case 'release-reservation':
        return releaseReservation(this.availability, command.request);
      case 'create-erp-order':
        return createErpOrder(this.erp, command.request);
      case 'cancel-erp':
        return cancelErp(this.erp, command.request, command.key);
      case 'release-to-node':
        return releaseToNode(this.wms, command.request);
      case 'cancel-fulfilment':
        return cancelFulfilment(this.wms, command.request);
    }
  }
}

/**
 * Commands as jobs: call outside first, then record the answer as an event of the order. A backend that says no holds the order with
 * its words; one that is away is asked again for days.
 *
 * Answers that arrive together are recorded in one transaction with the completion of their jobs. A crash between an answer and
 * its record repeats the call, which is idempotent by its business key.
 */
@Injectable()
export class RunCommands implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly effects: Effects,
    private readonly orders: ProcessOrders,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  onModuleInit(): void {
    const queues = [...new Set(Object.values(COMMAND_QUEUES))];
    this.jobs.handleGathered(
      queues,
      (job) => this.ask(job),
      (tx, news) => this.orders.apply(tx, news),
      { ...TRIES, concurrencyOf: RESERVING, maxBackoffSeconds: this.config.backendRetrySeconds },
    );
  }

  private ask(job: Job): Promise<OrderNews> {
    const { order, correlationId, command } = job.payload as CommandPayload;
    return withCorrelation(correlationId, async () => ({
      order,
      event: { ...(await this.outcome(command, job)), tries: job.attempts },
    }));
  }

  private async outcome(command: Command, job: Job): Promise<OrderEvent> {
    try {
      const answer = await this.effects.run(command);
      crashPoint('command.answered');
      return answer;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const refused = error instanceof CrossdockError && !error.retryable && error.kind !== 'defect';
      if (refused) return { type: 'COMMAND_REFUSED', command, code: error.code, detail };
      if (isLastTry(job, error)) return { type: 'COMMAND_FAILED', command, detail };
      throw error;
    }
  }
}
