import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { PlanningApi } from '#contracts/availability/planning.api';
import { RiskPage, RisksQuery, ShortagePage, ShortagesQuery } from '#contracts/availability/planning.dto';
import { WhatIfAnswer, WhatIfRequest } from '#contracts/availability/what-if.dto';

@Controller()
export class PlanningController {
  constructor(private readonly planning: PlanningApi) {}

  /** Dated promises that can no longer be kept. */
  @Get('v1/risks')
  risks(@Query() query: RisksQuery): Promise<RiskPage> {
    return this.planning.risks(query);
  }

  /** What will be missing, where, from when on and whom it touches. */
  @Get('v1/shortages')
  shortages(@Query() query: ShortagesQuery): Promise<ShortagePage> {
    return this.planning.shortages(query);
  }

  /** What the plan would be if supply or demand were otherwise; nothing is written. */
  @Post('v1/what-if')
  @HttpCode(200)
  whatIf(@Body() body: WhatIfRequest): Promise<WhatIfAnswer> {
    return this.planning.whatIf(body);
  }
}
