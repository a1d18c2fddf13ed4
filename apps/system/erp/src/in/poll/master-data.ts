import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ERP_CUSTOMERS_CHANGED, ERP_ITEMS_CHANGED, ERP_PRICES_CHANGED } from '#contracts/events/catalogue';
import type { ErpCustomersChanged, ErpItemsChanged, ErpPricesChanged } from '#contracts/events/catalogue';
import type { SyncMasterDataResponse } from '#contracts/erp/erp.dto';
import { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { ErpConnections } from '../../connections.service';
import type { ChangePage, ErpAbility, ErpPort } from '../../erp.port';
import { CursorStore } from '../../out/cursor.store';
import type { MasterDataKind } from '../../out/cursor.store';

type Change = ErpItemsChanged | ErpCustomersChanged | ErpPricesChanged;

/** One kind of master data: where it comes from, what a record must be, how it is told. */
interface Feed<Record extends object> {
  readonly kind: MasterDataKind;
  readonly ability: ErpAbility;
  readonly type: string;
  readonly record: ClassConstructor<Record>;
  readonly read: (port: ErpPort, cursor: string | undefined) => Promise<ChangePage<Record>>;
  readonly change: (connection: string, records: readonly Record[]) => Change;
}

const ITEMS: Feed<ItemDto> = {
  kind: 'items',
  ability: 'canProvideItems',
  type: ERP_ITEMS_CHANGED,
  record: ItemDto,
  read: (port, cursor) => port.changedItems(cursor),
  change: (connection, items) => ({ connection, items }),
};
const CUSTOMERS: Feed<CustomerDto> = {
  kind: 'customers',
  ability: 'canProvideCustomers',
  type: ERP_CUSTOMERS_CHANGED,
  record: CustomerDto,
  read: (port, cursor) => port.changedCustomers(cursor),
  // Orders of a customer go to the ERP that owns it: the one we read it from.
  change: (connection, customers) => ({
    connection,
    customers: customers.map((customer) => ({ ...customer, erpConnection: connection })),
  }),
};
const PRICES: Feed<ContractPriceDto> = {
  kind: 'prices',
  ability: 'canProvidePrices',
  type: ERP_PRICES_CHANGED,
  record: ContractPriceDto,
  read: (port, cursor) => port.changedPrices(cursor),
  change: (connection, prices) => ({ connection, prices }),
};

/** Reads what changed in an ERP's master data and tells it, page by page; the cursor moves in the transaction that tells. */
@Injectable()
export class MasterData {
  constructor(
    private readonly database: Database,
    private readonly connections: ErpConnections,
    private readonly cursors: CursorStore,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** Numbers of records told. Errors: those of the connection and of the backend; what was told before stays told. */
  async sync(connection: string): Promise<SyncMasterDataResponse> {
    return {
      // Items first: prices name items and customers.
      items: await this.follow(connection, ITEMS),
      customers: await this.follow(connection, CUSTOMERS),
      prices: await this.follow(connection, PRICES),
    };
  }

  private async follow<Record extends object>(id: string, feed: Feed<Record>): Promise<number> {
    const { port, connection } = await this.connections.port(id);
    if (!connection.abilities.includes(feed.ability)) return 0;
    let cursor = await this.cursors.read(id, feed.kind);
    let told = 0;
    for (;;) {
      const page = await feed.read(port, cursor);
      if (page.cursor === cursor && page.records.length === 0) return told;
      const records = this.sound(id, feed, page.records);
      if (!(await this.tell(id, feed, cursor, page.cursor, records))) return told;
      told += records.length;
      // A backend that says "more" without moving on would keep us here for ever.
      if (!page.more || page.cursor === cursor) return told;
      cursor = page.cursor;
    }
  }

  /** False when another process has told this page. */
  private async tell<Record extends object>(
    connection: string,
    feed: Feed<Record>,
    from: string | undefined,
    to: string,
    records: readonly Record[],
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.cursors.advance(tx, connection, feed.kind, from, to))) return false;
      if (records.length === 0) return true;
      const data = feed.change(connection, records);
      await this.outbox.publish(tx, [
        { type: feed.type, source: 'system/erp', subject: connection, partitionKey: connection, data },
      ]);
      return true;
    });
  }

  /** A record that is not what the contract says is left out and reported; the others go on. */
  private sound<Record extends object>(connection: string, feed: Feed<Record>, records: readonly Record[]): Record[] {
    return records.filter((record) => {
      const faults = faultsOf(feed.record, record);
      if (faults.length > 0)
        this.log.warn(
          { connection, kind: feed.kind, record: JSON.stringify(record).slice(0, 300), faults },
          'master data record left out',
        );
      return faults.length === 0;
    });
  }
}

function faultsOf<Record extends object>(type: ClassConstructor<Record>, record: unknown): string[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return ['it is no object'];
  return validateSync(plainToInstance(type, record), { forbidUnknownValues: true }).map((fault) => fault.property);
}
