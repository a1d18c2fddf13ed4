import { Controller, Get, Query } from '@nestjs/common';
import { LedgerPage, LedgerQuery } from '#contracts/availability/ledger.dto';
import { Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

@Controller('operations/v1')
export class OperationsLedgerController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Every fact behind the stock of an item: who said it, in which message, what it moved, and how it came. */
  @Get('ledger')
  @Scope('operations:inventory:read')
  ledger(@Query() query: LedgerQuery): Promise<LedgerPage> {
    return this.processes.ledger.ledger({ ...query });
  }
}
