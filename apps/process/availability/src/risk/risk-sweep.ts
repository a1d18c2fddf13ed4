import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { lock } from '../out/item.store';
import { NodeDirectory } from '../out/node-directory';
import { itemsToLookAt } from '../out/risk.store';
import { PromiseRisks } from './promise-risks';

export const RISK_SWEEP_QUEUE = 'availability.risk-sweep';
const EVERY_SECONDS = 600;
const AT_ONCE = 200;

/** Time alone breaks promises: supply that was due and did not come is not an event. Looks every ten minutes. */
@Injectable()
export class RiskSweep implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly nodes: NodeDirectory,
    private readonly risks: PromiseRisks,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(RISK_SWEEP_QUEUE, (job) => this.look((job.payload as { after: string }).after), {
      concurrency: 1,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [look('', EVERY_SECONDS)]);
  }

  /** One chunk of items; re-arms itself in the transaction that completes it. */
  private async look(after: string): Promise<RecordOutcome> {
    await this.nodes.nodes();
    return async (tx) => {
      const items = await itemsToLookAt(tx, after, AT_ONCE);
      await lock(tx, items);
      await this.risks.judge(tx, items);
      const last = items.length === AT_ONCE ? items.at(-1) : undefined;
      await this.jobs.enqueue(tx, [last === undefined ? look('', EVERY_SECONDS) : look(last, 0)]);
    };
  }
}

function look(after: string, delaySeconds: number): NewJob {
  return { queue: RISK_SWEEP_QUEUE, key: 'look', payload: { after }, delaySeconds };
}
