import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Cost, Scope } from '#service/operation';
import { RisksView } from '../../views/risks';
import { ShortagesView } from '../../views/shortages';
import { WhatIfView } from '../../views/what-if';
import { PlannerRisks, PlannerRisksQuery } from './risks.dto';
import { PlannerShortages, PlannerShortagesQuery } from './shortages.dto';
import { PlannerWhatIf, PlannerWhatIfRequest } from './what-if.dto';

@Controller('planner/v1')
export class PlannerPlanController {
  constructor(
    private readonly risks: RisksView,
    private readonly shortageList: ShortagesView,
    private readonly whatIfs: WhatIfView,
  ) {}

  /** Dated promises that can no longer be kept, with the orders they were made to. */
  @Get('promises-at-risk')
  @Scope('planner:risks:read')
  @Cost(2)
  promisesAtRisk(@Query() query: PlannerRisksQuery): Promise<PlannerRisks> {
    return this.risks.list(query);
  }

  /** What will be missing, of which item, where and from when on, with the orders it touches. */
  @Get('shortages')
  @Scope('planner:shortages:read')
  @Cost(5)
  shortages(@Query() query: PlannerShortagesQuery): Promise<PlannerShortages> {
    return this.shortageList.list(query);
  }

  /** What the plan of an item would be if supply or demand were added, moved or dropped. Nothing is written. */
  @Post('what-if')
  @HttpCode(200)
  @Scope('planner:what-if:read')
  @Cost(5)
  whatIf(@Body() body: PlannerWhatIfRequest): Promise<PlannerWhatIf> {
    return this.whatIfs.ask(body);
  }
}
