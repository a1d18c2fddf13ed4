import { Injectable } from '@nestjs/common';
import type { PutSafetyStockRequest, PutSuppliesRequest, PutSuppliesResponse } from '#contracts/availability/stock.dto';
import { Database } from '#persistence/database';
import { touch } from '../out/item.store';
import { NodeDirectory } from '../out/node-directory';
import { itemsOfSupplies, putSafety } from '../out/supply.store';
import { refuseImpossibleDates } from '../promise/days';
import { Waiters } from '../reserve/waiters';
import { state } from './expected';

/** What is expected and what is withheld: both move promises, neither is stock. */
@Injectable()
export class Expectations {
  constructor(
    private readonly database: Database,
    private readonly waiters: Waiters,
    private readonly nodes: NodeDirectory,
  ) {}

  /** Errors: DATE_INVALID, ANNOUNCEMENT_INVALID (invalid). The last one of an id that is sent twice counts. */
  async putSupplies({ supplies }: PutSuppliesRequest): Promise<PutSuppliesResponse> {
    refuseImpossibleDates(
      supplies.map((supply) => supply.availableOn),
      (index) => `/supplies/${index}/availableOn`,
    );
    const distinct = [...new Map(supplies.map((supply) => [supply.id, supply])).values()];
    await this.nodes.nodes();
    await this.database.transaction(async (tx) => {
      const before = await itemsOfSupplies(tx, distinct.map((supply) => supply.id)); // prettier-ignore
      const items = [...new Set([...before, ...distinct.map((supply) => supply.item)])];
      await touch(tx, items);
      await state(tx, distinct);
      await this.waiters.serve(tx, items);
    });
    return { stored: distinct.length };
  }

  async putSafetyStock({ levels }: PutSafetyStockRequest): Promise<PutSuppliesResponse> {
    const distinct = [...new Map(levels.map((level) => [`${level.item}\u001f${level.node}`, level])).values()];
    const items = [...new Set(distinct.map((level) => level.item))];
    await this.nodes.nodes();
    await this.database.transaction(async (tx) => {
      await touch(tx, items);
      await putSafety(tx, distinct);
      await this.waiters.serve(tx, items);
    });
    return { stored: distinct.length };
  }
}
