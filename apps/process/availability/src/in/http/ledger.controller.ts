import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { LedgerApi } from '#contracts/availability/ledger.api';
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

@Controller()
export class LedgerController {
  constructor(private readonly ledgers: LedgerApi) {}

  /** Every fact behind the stock of an item, with the message it came in. */
  @Get('v1/ledger')
  ledger(@Query() query: LedgerQuery): Promise<LedgerPage> {
    return this.ledgers.ledger(query);
  }

  /** Who states stock facts, how far each is, and what is missing of it. */
  @Get('v1/sources')
  sources(@Query() query: SourcesQuery): Promise<SourcePage> {
    return this.ledgers.sources(query);
  }

  /** Waits no longer for missing numbers: what is behind them counts. */
  @Post('v1/sources/give-up')
  @HttpCode(200)
  giveUp(@Body() body: GiveUpRequest): Promise<GiveUpResponse> {
    return this.ledgers.giveUp(body);
  }

  /** Says which source speaks for a node, and how old its word may be. */
  @Put('v1/source-rules')
  putSourceRules(@Body() body: PutSourceRulesRequest): Promise<PutSourceRulesResponse> {
    return this.ledgers.putSourceRules(body);
  }

  /** Which source speaks for which node, and which are stale. */
  @Get('v1/source-rules')
  sourceRules(@Query() query: SourceRulesQuery): Promise<SourceRuleList> {
    return this.ledgers.sourceRules(query);
  }

  /** What was stated without authority. */
  @Get('v1/refused-facts')
  refusedFacts(@Query() query: RefusedFactsQuery): Promise<RefusedFactPage> {
    return this.ledgers.refusedFacts(query);
  }
}
