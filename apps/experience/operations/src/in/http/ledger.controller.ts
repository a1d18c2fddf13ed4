import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  GiveUpRequest,
  GiveUpResponse,
  LedgerPage,
  LedgerQuery,
  SourcePage,
  SourcesQuery,
} from '#contracts/availability/ledger.dto';
import {
  PutSourceRulesRequest,
  PutSourceRulesResponse,
  RefusedFactPage,
  RefusedFactsQuery,
  SourceRuleList,
  SourceRulesQuery,
} from '#contracts/availability/source-rules.dto';
import { Scope, SecondCall } from '#service/operation';
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

  /** Who states stock facts, with what authority, up to which number, and what is missing or waits. */
  @Get('sources')
  @Scope('operations:inventory:read')
  sources(@Query() query: SourcesQuery): Promise<SourcePage> {
    return this.processes.ledger.sources({ ...query });
  }

  /** Waits no longer for the missing numbers of a source at a node: what is behind them counts, marked. */
  @Post('sources/give-up')
  @HttpCode(200)
  @SecondCall('finds it given up')
  @Scope('operations:inventory:write')
  giveUp(@Body() body: GiveUpRequest): Promise<GiveUpResponse> {
    return this.processes.ledger.giveUp(body);
  }

  /** Says which source speaks for a node, and how old its word may be before promises there are held, lowered or marked. */
  @Put('source-rules')
  @Scope('operations:inventory:write')
  putSourceRules(@Body() body: PutSourceRulesRequest): Promise<PutSourceRulesResponse> {
    return this.processes.ledger.putSourceRules(body);
  }

  /** Which source speaks for which node, when it was last heard of, and whether it is stale. */
  @Get('source-rules')
  @Scope('operations:inventory:read')
  sourceRules(@Query() query: SourceRulesQuery): Promise<SourceRuleList> {
    return this.processes.ledger.sourceRules({ ...query });
  }

  /** Stock facts stated by sources without authority: kept as evidence, never counted. The newest first. */
  @Get('refused-facts')
  @Scope('operations:inventory:read')
  refusedFacts(@Query() query: RefusedFactsQuery): Promise<RefusedFactPage> {
    return this.processes.ledger.refusedFacts({ ...query });
  }
}
