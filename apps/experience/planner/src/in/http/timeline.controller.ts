import { Controller, Get, Param, Query } from '@nestjs/common';
import { Cost, Scope } from '#service/operation';
import { TimelineView } from '../../views/timeline';
import { PlannerTimeline, PlannerTimelineQuery } from './timeline.dto';

@Controller('planner/v1/items')
export class PlannerTimelineController {
  constructor(private readonly timelines: TimelineView) {}

  /** Supply, demand and what can be promised of an item, by node and day, and what they are made of. */
  @Get(':item/timeline')
  @Scope('planner:timeline:read')
  @Cost(2)
  timeline(@Param('item') item: string, @Query() query: PlannerTimelineQuery): Promise<PlannerTimeline> {
    return this.timelines.get(item, query);
  }
}
