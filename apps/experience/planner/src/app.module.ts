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

@Global()
@Module({
  providers: [PlannerProcesses, RisksView, ShortagesView, TimelineView],
  exports: [RisksView, ShortagesView, TimelineView],
})
export class PlannerModule {}

/** What planners see: supply and demand over time. */
export const plannerApp: AppDefinition = {
  name: 'planner',
  layer: 'experience',
  module: PlannerModule,
  controllers: [PlannerTimelineController, PlannerPlanController],
  needs: [referenceContract, availabilityContract, planningContract, ordersContract],
};
