import { Injectable } from '@nestjs/common';
import type { PostInventoryRequest, PostInventoryResponse } from '#contracts/availability/stock.dto';
import { Database } from '#persistence/database';
import { NodeDirectory } from '../out/node-directory';
import { StockLedger } from './stock-ledger';

/** Facts posted by a call: one transaction each. */
@Injectable()
export class Postings {
  constructor(
    private readonly database: Database,
    private readonly ledger: StockLedger,
    private readonly nodes: NodeDirectory,
  ) {}

  async post({ source, records }: PostInventoryRequest): Promise<PostInventoryResponse> {
    await this.nodes.nodes();
    return this.database.transaction(async (tx) => ({ results: await this.ledger.post(tx, source, records) }));
  }
}
