import { Controller, Get, Query } from '@nestjs/common';
import { LedgerApi } from '#contracts/availability/ledger.api';
import { LedgerPage, LedgerQuery } from '#contracts/availability/ledger.dto';

@Controller()
export class LedgerController {
  constructor(private readonly ledgers: LedgerApi) {}

  /** Every fact behind the stock of an item, with the message it came in. */
  @Get('v1/ledger')
  ledger(@Query() query: LedgerQuery): Promise<LedgerPage> {
    return this.ledgers.ledger(query);
  }
}
