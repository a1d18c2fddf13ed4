import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { GiveUpRequest, GiveUpResponse } from '#contracts/availability/ledger.dto';
import { exceptionCleared, exceptionOpened, type ExceptionIdentity } from '#contracts/events/exceptions';
import { Jobs, type RecordOutcome } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { Database, type Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { open, resolve } from '../out/exception.store';
import { release } from '../out/held.store';
import { NodeDirectory } from '../out/node-directory';
import { asked, giveUp, openStreams } from '../out/source.store';
import { unmarked } from './facts';
import { holes, type Range } from './ranges';
import { GAP_QUEUE, Sequencing } from './sequencing';
import { StockLedger } from './stock-ledger';

const ALERT = 'SequenceGap';
const APP = 'process/availability';

/** Numbers that do not come: the source is asked again and again, then somebody is told, then what waits counts without them. */
@Injectable()
export class Gaps implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly nodes: NodeDirectory,
    private readonly sequencing: Sequencing,
    private readonly ledger: StockLedger,
    private readonly outbox: Outbox,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(GAP_QUEUE, (job) => this.look(job.payload as { source: string; node: string }));
  }

  /** Errors: SOURCE_UNKNOWN (not-found). */
  async giveUp({ source, node }: GiveUpRequest): Promise<GiveUpResponse> {
    await this.nodes.nodes();
    return this.database.transaction((tx) => this.end(tx, source, node));
  }

  private async look({ source, node }: { source: string; node: string }): Promise<RecordOutcome> {
    await this.nodes.nodes();
    return async (tx) => {
      const missing = await this.missing(tx, source, node);
      const gap = await asked(tx, source, node, this.config.gapAlertSeconds);
      if (!gap) return this.over(tx, source, node, 'what was missing has come');
      const { gapGiveUpSeconds } = this.config;
      if (gapGiveUpSeconds > 0 && gap.age >= gapGiveUpSeconds) {
        await this.end(tx, source, node);
        return;
      }
      if (gap.alerted)
        await this.alert(tx, source, node, `missing since ${Math.round(gap.age)} s: ${wordsOf(missing)}`);
      if (gap.asks <= this.config.gapAsks) await this.sequencing.publish(tx, source, node, missing);
      await this.jobs.enqueue(tx, [this.sequencing.look(source, node)]);
    };
  }

  private async alert(tx: Transaction, source: string, node: string, detail: string): Promise<void> {
    await open(tx, ALERT, source, node, detail);
    await this.outbox.publish(tx, [
      exceptionOpened(APP, {
        ...{ ...troubleOf(source, node), tier: 'BUSINESS', cause: `stock facts of ${source} at ${node} are ${detail}` },
        suggestedAction:
          'See why the source does not tell them again (its connection, its ability canResendStock); have it count, or give the numbers up.',
      }),
    ]);
  }

  private async over(tx: Transaction, source: string, node: string, reason: string): Promise<void> {
    if (await resolve(tx, ALERT, source, node))
      await this.outbox.publish(tx, [exceptionCleared(APP, troubleOf(source, node), reason)]);
  }

  private async missing(tx: Transaction, source: string, node: string): Promise<Range[]> {
    const stream = (await openStreams(tx, source, [node])).get(node);
    if (!stream)
      throw new CrossdockError({
        code: 'SOURCE_UNKNOWN',
        kind: 'not-found',
        message: `${source} has stated nothing of ${node}`,
      });
    return stream.base === undefined ? [] : holes(stream.seen, stream.base);
  }

  /** What is missing is not waited for any more; what waited is entered, marked. */
  private async end(tx: Transaction, source: string, node: string): Promise<GiveUpResponse> {
    const missing = await this.missing(tx, source, node);
    if (missing.length > 0) {
      await giveUp(tx, source, node, missing);
      await this.over(tx, source, node, 'what is missing was given up');
    }
    const released = await release(tx, source, [{ node, frontier: Number.MAX_SAFE_INTEGER }]);
    const marks = { ...unmarked, afterGap: true };
    await this.ledger.enterReleased(tx, source, released.map((each) => ({ ...each, marks }))); // prettier-ignore
    return { source, node, givenUp: missing.map(([from, to]) => ({ from, to })), released: released.length };
  }
}

function troubleOf(source: string, node: string): ExceptionIdentity {
  return { domain: 'inventory', code: 'SEQUENCE_GAP', object: { type: 'source', id: `${source} at ${node}` } };
}

function wordsOf(missing: readonly Range[]): string {
  return missing.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
