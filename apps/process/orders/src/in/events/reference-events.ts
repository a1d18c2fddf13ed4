import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CUSTOMERS_PUT,
  ITEMS_PUT,
  MAPPING_ADDED,
  type CustomersPut,
  type ItemsPut,
  type MappingAdded,
} from '#contracts/events/reference';
import { Jobs } from '#messaging/jobs';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import { ordersWaitingFor, type MeaningfulCodes } from '../../out/parked-line.store';
import { lookUpJob } from '../../resume-lines/look-up-job';

const NONE: MeaningfulCodes = { items: [], units: [], skus: [], shipTos: [] };

/** A cross-reference, an item or a ship-to was put: the orders that wait for such a code look theirs up again. */
@Injectable()
export class ReferenceEvents implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly subscriptions: Subscriptions,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<MappingAdded>('orders', MAPPING_ADDED, async (events, tx) => {
      const codes = events.flatMap(({ data: { system, codes: added } }) => added.map((code) => ({ ...code, system })));
      const items = codes.filter(({ kind }) => kind === 'ITEM').map(({ external }) => external);
      const units = codes.filter(({ kind }) => kind === 'UNIT' || kind === 'PACK').map(({ external }) => external);
      const shipTos = codes
        .filter(({ kind }) => kind === 'SHIP_TO')
        .map(({ system: partner, external: code }) => ({ partner, code }));
      await this.wake(tx, { ...NONE, items, units, shipTos });
    });
    this.subscriptions.batch<ItemsPut>('orders', ITEMS_PUT, async (events, tx) => {
      const ids = events.flatMap(({ data }) => data.ids);
      await this.wake(tx, { ...NONE, items: ids, skus: ids });
    });
    this.subscriptions.batch<CustomersPut>('orders', CUSTOMERS_PUT, async (events, tx) => {
      const shipTos = events.flatMap(({ data }) => data.shipTos.map(({ partner, id: code }) => ({ partner, code })));
      await this.wake(tx, { ...NONE, shipTos });
    });
  }

  private async wake(tx: Transaction, codes: MeaningfulCodes): Promise<void> {
    await this.jobs.enqueue(tx, (await ordersWaitingFor(tx, codes)).map(lookUpJob));
  }
}
