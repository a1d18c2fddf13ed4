import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import {
  ERP_CUSTOMERS_CHANGED,
  ERP_ITEMS_CHANGED,
  ERP_PRICES_CHANGED,
  type ErpCustomersChanged,
  type ErpItemsChanged,
  type ErpPricesChanged,
} from '#contracts/events/catalogue';
import type { PutResults } from '#contracts/reference/reference.dto';
import { Subscriptions } from '#messaging/subscriptions';
import { Log } from '#service/logging';
import { ReferenceService } from '../../reference.service';

/** Master data that an ERP owns. A record that cannot be stored is logged with its reason; the others are stored. */
@Injectable()
export class ErpMasterData implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly reference: ReferenceService,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<ErpItemsChanged>('reference', ERP_ITEMS_CHANGED, async (events, tx) => {
      for (const { data } of events) {
        if (data.items.length > 0)
          this.report(data, await this.reference.storeErpItems(tx, { items: [...data.items] }));
      }
    });
    this.subscriptions.batch<ErpCustomersChanged>('reference', ERP_CUSTOMERS_CHANGED, async (events, tx) => {
      for (const { data } of events) {
        const customers = customersOf({ data });
        if (customers.length > 0) this.report(data, await this.reference.storeErpCustomers(tx, { customers }));
      }
    });
    this.subscriptions.batch<ErpPricesChanged>('reference', ERP_PRICES_CHANGED, async (events, tx) => {
      for (const { data } of events) {
        if (data.prices.length > 0)
          this.report(data, await this.reference.storePrices(tx, { prices: [...data.prices] }));
      }
    });
  }

  private report({ connection }: { connection: string }, { results }: PutResults): void {
    const rejected = results.filter((result) => result.outcome === 'rejected');
    if (rejected.length > 0) this.log.warn({ connection, rejected }, 'master data of the ERP was rejected');
  }
}

/** The ERP that sends a customer owns it. */
function customersOf({
  data,
}: Pick<CrossdockEvent<ErpCustomersChanged>, 'data'>): ErpCustomersChanged['customers'][number][] {
  return data.customers.map((customer) => ({ ...customer, erpConnection: customer.erpConnection ?? data.connection }));
}
