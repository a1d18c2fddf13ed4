import { Controller, Get, Query } from '@nestjs/common';
import { Cost, Scope } from '#service/operation';
import { RisksView } from '../../views/risks';
import { PlannerRisks, PlannerRisksQuery } from './risks.dto';

@Controller('planner/v1')
export class PlannerPlanController {
  constructor(private readonly risks: RisksView) {}

  /** Dated promises that can no longer be kept, with the orders they were made to. */
  @Get('promises-at-risk')
  @Scope('planner:risks:read')
  @Cost(2)
  promisesAtRisk(@Query() query: PlannerRisksQuery): Promise<PlannerRisks> {
    return this.risks.list(query);
  }
}
