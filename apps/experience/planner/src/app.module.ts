import { Global, Module } from '@nestjs/common';
import { availabilityContract } from '#contracts/availability/availability.api';
import { planningContract } from '#contracts/availability/planning.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { referenceContract } from '#contracts/reference/reference.api';
import type { AppDefinition } from '#service/app';
import { PlannerPlanController } from './in/http/plan.controller';
import { PlannerTimelineController } from './in/http/timeline.controller';
import { PlannerProcesses } from './out/processes';
import { RisksView } from './views/risks';
import { ShortagesView } from './views/shortages';
import { TimelineView } from './views/timeline';
import { WhatIfView } from './views/what-if';

@Global()
@Module({
  providers: [PlannerProcesses, RisksView, ShortagesView, TimelineView, WhatIfView],
  exports: [RisksView, ShortagesView, TimelineView, WhatIfView],
})
export class PlannerModule {}

/** What planners see: supply and demand over time, what will be missing, what would be otherwise. */
export const plannerApp: AppDefinition = {
  name: 'planner',
  layer: 'experience',
  module: PlannerModule,
  controllers: [PlannerTimelineController, PlannerPlanController],
  needs: [referenceContract, availabilityContract, planningContract, ordersContract],
};
