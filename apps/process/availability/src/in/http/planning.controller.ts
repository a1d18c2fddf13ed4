import { Controller, Get, Query } from '@nestjs/common';
import { PlanningApi } from '#contracts/availability/planning.api';
import { RiskPage, RisksQuery, ShortagePage, ShortagesQuery } from '#contracts/availability/planning.dto';

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
}
