import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MAPPING_ADDED, type MappingAdded } from '#contracts/events/reference';
import type { MappingDto } from '#contracts/reference/mappings.dto';
import { Jobs } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { beginningOn, untilFirstDays } from '../out/mapping.store';

const FIRST_DAY_QUEUE = 'reference.mappings-begin';
/** Whoever looks up a day by a clock that is a little behind sees it begun, too. */
const MARGIN_SECONDS = 60;

/** Says which codes mean something new: when it is put, and once more on its first day when that is still to come. */
@Injectable()
export class TellMappings implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleBatch(FIRST_DAY_QUEUE, async (begun, tx) => {
      const days = begun.map(({ payload }) => (payload as { day: string }).day);
      await this.tell(tx, await beginningOn(tx, days));
    });
  }

  async put(tx: Transaction, mappings: readonly MappingDto[]): Promise<void> {
    await this.tell(tx, mappings);
    const days = await untilFirstDays(tx, [...new Set(mappings.map(({ validFrom }) => validFrom))]);
    // One timer for all that begins on a day.
    const timers = days.map(({ day, seconds }) => ({ queue: FIRST_DAY_QUEUE, key: day, payload: { day }, delaySeconds: seconds + MARGIN_SECONDS })); // prettier-ignore
    await this.jobs.enqueue(tx, timers);
  }

  /** One event per system, so that what waits for its codes goes on by itself. */
  private async tell(tx: Transaction, mappings: readonly Pick<MappingDto, 'kind' | 'system' | 'external'>[]) {
    const systems = new Map<string, MappingAdded['codes'][number][]>();
    for (const { kind, system, external } of mappings)
      systems.set(system, [...(systems.get(system) ?? []), { kind, external }]);
    const events = [...systems].map(([system, codes]) => ({
      type: MAPPING_ADDED,
      source: 'process/reference',
      subject: system,
      partitionKey: system,
      data: { system, codes } satisfies MappingAdded,
    }));
    await this.outbox.publish(tx, events);
  }
}
